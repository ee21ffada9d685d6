using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons stay within these slots. Unit: a lesson hour outside.</summary>
/// <remarks><c>Kind</c>: How the lessons were chosen: "Activity", "Activities" or "Subactivities".</remarks>
public sealed record PreferredSlots(string Kind, IReadOnlyList<Activity> Activities, IReadOnlyList<int> Slots) : Rule
{
    public override string Name => Kind + "PreferredTimeSlots";
    public override string Describe() => $"{List(Activities, 3)} stay within {Count(Slots.Count, "slot")}";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Activities;

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var activity in Activities)
            if (view.StartOf(activity) >= 0) Report(breaches, SlotAmounts.Outside(view.Grid, Slots, view.StartOf(activity), activity.Duration), activity.ToString(), activity);
    }

    internal override void Compile(ProblemBuilder problem)
    {
        foreach (var activity in Activities)
            problem.AddStartCost(this, activity, start => SlotAmounts.Outside(problem.Index.Grid, Slots, start, activity.Duration));
    }
}
