using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>Within each time group a resource is busy so many times, or not at all. Unit: a busy time too few or too many, of all groups together.</summary>
public sealed record LimitBusyTimes(IReadOnlyList<int> Resources, IReadOnlyList<Group> TimeGroups, int Minimum, int Maximum) : EventConstraint
{
    public override string Describe() => $"{Resources.Count} resources are busy {Range(Minimum, Maximum)} times, or not at all, within each of {TimeGroups.Count} time groups";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view) => Resources.Select(r => (view.Problem.Resources[r].Id,
        TimeGroups.Select(g => g.Members.Count(t => view.IsBusy(r, t))).Where(busy => busy > 0).Sum(busy => Outside(busy, Minimum, Maximum))));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var resource in Resources) model.AddResourceMonitor(this, resource, MonitorKind.Busy, [.. TimeGroups.Select(g => g.Members)], Minimum, Maximum);
    }
}
