using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>A teacher or a class is away in these slots. Unit: a lesson hour while away; the hours also do not count as gaps.</summary>
public sealed record NotAvailable(Who Who, IReadOnlyList<int> Slots) : Rule
{
    public override string Name => Who.Prefix + "NotAvailableTimes";
    public override string Describe() => $"{Who} is not available in {Count(Slots.Count, "hour")} of the week";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Who.Lessons(index);

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var activity in Who.Lessons(view.Index))
            if (view.StartOf(activity) >= 0) Report(breaches, SlotAmounts.Inside(view.Grid, Slots, view.StartOf(activity), activity.Duration), activity.ToString(), activity);
    }

    internal override void Compile(ProblemBuilder problem)
    {
        foreach (var activity in Who.Lessons(problem.Index))
            problem.AddStartCost(this, activity, start => SlotAmounts.Inside(problem.Index.Grid, Slots, start, activity.Duration));
    }
}
