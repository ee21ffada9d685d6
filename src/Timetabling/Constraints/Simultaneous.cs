using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>In each selected slot at most, or at least, so many of the lessons run. Unit: a lesson too many or too few, less the hours still to place.</summary>
/// <remarks><c>AllowEmptySlots</c>: For a minimum: a slot with none of the lessons is fine.</remarks>
public sealed record Simultaneous(IReadOnlyList<Activity> Activities, IReadOnlyList<int> Slots, int Limit, bool AtMost, bool AllowEmptySlots) : Rule
{
    public override string Name => AtMost ? "ActivitiesMaxSimultaneousInSelectedTimeSlots" : "ActivitiesMinSimultaneousInSelectedTimeSlots";
    public override string Describe() => $"{(AtMost ? "at most" : "at least")} {Limit} of {List(Activities, 3)} run at a time in {Count(Slots.Count, "slot")}";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Activities;

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        var running = new int[view.Grid.SlotCount];
        foreach (var activity in Activities.Where(a => view.StartOf(a) >= 0))
            for (var k = 0; k < activity.Duration; k++) running[view.StartOf(activity) + k]++;
        var missing = Activities.Where(a => view.StartOf(a) < 0).Sum(a => a.Duration);
        var amount = Slots.Distinct().Sum(s => AtMost ? Math.Max(0, running[s] - Limit) : running[s] == 0 && AllowEmptySlots ? 0 : Math.Max(0, Limit - running[s]));
        Report(breaches, AtMost ? amount : amount - missing, List(Activities, 3));
    }

    internal override void Compile(ProblemBuilder problem) => problem.AddGroup(this, Activities,
        units => new SimultaneousMonitor(problem.Index.Grid.SlotCount, units, [.. Activities.Select(a => a.Duration)], [.. Slots.Distinct()], Limit, AtMost, AllowEmptySlots));
}
