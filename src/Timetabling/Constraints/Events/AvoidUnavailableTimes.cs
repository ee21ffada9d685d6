using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>The resources are not busy at these times. Unit: a time at which one is.</summary>
public sealed record AvoidUnavailableTimes(IReadOnlyList<int> Resources, IReadOnlySet<int> Times) : EventConstraint
{
    public override string Describe() => $"{Resources.Count} resources are free at {Times.Count} times";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view)
        => Resources.Select(r => (view.Problem.Resources[r].Id, Times.Count(t => view.IsBusy(r, t))));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var resource in Resources) model.AddResourceMonitor(this, resource, MonitorKind.Unavailable, [[.. Times.Order()]]);
    }
}
