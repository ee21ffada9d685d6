using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>A resource's load lies between two limits. Unit: load too little or too much, rounded up to a whole number.</summary>
public sealed record LimitWorkload(IReadOnlyList<int> Resources, int Minimum, int Maximum) : EventConstraint
{
    /// <summary>Loads are sums of fractions of hours: this much of a difference is rounding.</summary>
    internal const double Rounding = 1e-6;

    public override string Describe() => $"{Resources.Count} resources have a load of {Range(Minimum, Maximum)}";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view)
        => Resources.Select(r => (view.Problem.Resources[r].Id, Amount(view.Load(r), Minimum, Maximum)));

    internal static int Amount(double load, int minimum, int maximum)
        => Math.Max(0, Math.Max((int)Math.Ceiling(load - maximum - Rounding), (int)Math.Ceiling(minimum - load - Rounding)));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var resource in Resources) model.AddResourceMonitor(this, resource, MonitorKind.Workload, minimum: Minimum, maximum: Maximum);
    }
}
