using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>The whole school pauses in these slots. Unit: a lesson hour in a break.</summary>
public sealed record BreakTimes(IReadOnlyList<int> Slots) : Rule
{
    public override string Name => "BreakTimes";
    public override string Describe() => $"The school pauses in {Count(Slots.Count, "hour")} of the week";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => index.School.Activities;

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var activity in view.Index.School.Activities)
            if (view.StartOf(activity) >= 0) Report(breaches, SlotAmounts.Inside(view.Grid, Slots, view.StartOf(activity), activity.Duration), activity.ToString(), activity);
    }

    internal override void Compile(ProblemBuilder problem)
    {
        foreach (var activity in problem.Index.School.Activities)
            problem.AddStartCost(this, activity, start => SlotAmounts.Inside(problem.Index.Grid, Slots, start, activity.Duration));
    }
}
