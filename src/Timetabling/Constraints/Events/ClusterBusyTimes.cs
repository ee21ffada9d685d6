using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>A resource is busy within so many of the time groups, usually days. Unit: a group too few or too many.</summary>
public sealed record ClusterBusyTimes(IReadOnlyList<int> Resources, IReadOnlyList<Group> TimeGroups, int Minimum, int Maximum) : EventConstraint
{
    public override string Describe() => $"{Resources.Count} resources are busy within {Range(Minimum, Maximum)} of {TimeGroups.Count} time groups";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view)
        => Resources.Select(r => (view.Problem.Resources[r].Id, Outside(TimeGroups.Count(g => g.Members.Any(t => view.IsBusy(r, t))), Minimum, Maximum)));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var resource in Resources) model.AddResourceMonitor(this, resource, MonitorKind.Cluster, [.. TimeGroups.Select(g => g.Members)], Minimum, Maximum);
    }
}
