using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons together use at most, or at least, so many of the selected slots. Unit: a slot too many or too few, less the hours still to place.</summary>
public sealed record OccupySlots(IReadOnlyList<Activity> Activities, IReadOnlyList<int> Slots, int Limit, bool AtMost) : Rule
{
    public override string Name => AtMost ? "ActivitiesOccupyMaxTimeSlotsFromSelection" : "ActivitiesOccupyMinTimeSlotsFromSelection";
    public override string Describe() => $"{List(Activities, 3)} use {(AtMost ? "at most" : "at least")} {Limit} of {Count(Slots.Count, "slot")}";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Activities;

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        var selected = Slots.ToHashSet();
        var used = Activities.Where(a => view.StartOf(a) >= 0).SelectMany(a => Enumerable.Range(view.StartOf(a), a.Duration)).Where(selected.Contains).Distinct().Count();
        var missing = Activities.Where(a => view.StartOf(a) < 0).Sum(a => a.Duration);
        Report(breaches, AtMost ? used - Limit : Limit - used - missing, List(Activities, 3));
    }

    internal override void Compile(ProblemBuilder problem) => problem.AddGroup(this, Activities,
        units => new OccupiedSlotsMonitor(problem.Index.Grid.SlotCount, units, [.. Activities.Select(a => a.Duration)], Slots, Limit, AtMost));
}
