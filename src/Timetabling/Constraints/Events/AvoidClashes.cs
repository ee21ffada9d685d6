using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>The resources attend one meet at a time. Unit: a meet beyond the first at a time.</summary>
public sealed record AvoidClashes(IReadOnlyList<int> Resources) : EventConstraint
{
    public override string Describe() => $"{Resources.Count} resources attend one meet at a time";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view)
        => Resources.Select(r => (view.Problem.Resources[r].Id, Enumerable.Range(0, view.Problem.Times.Count).Sum(t => Math.Max(0, view.Cover(r, t) - 1))));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var resource in Resources) model.AddResourceMonitor(this, resource, MonitorKind.Clashes);
    }
}
