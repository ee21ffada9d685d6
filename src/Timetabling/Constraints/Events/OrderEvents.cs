using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>The second event begins so many times after the first has ended. Unit: a time too few or too many; nothing while either lacks a time.</summary>
public sealed record OrderEvents(IReadOnlyList<OrderEvents.Pair> Pairs) : EventConstraint
{
    /// <param name="First">The earlier event.</param>
    /// <param name="Second">The later event.</param>
    /// <param name="MinSeparation">Fewest times between them.</param>
    /// <param name="MaxSeparation">Most times between them.</param>
    public sealed record Pair(int First, int Second, int MinSeparation, int MaxSeparation);

    public override string Describe() => $"{Pairs.Count} pairs of events are in order";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view) => Pairs.Select(p =>
    {
        var (first, second) = (view.MeetsOf(p.First), view.MeetsOf(p.Second));
        var subject = $"{view.Problem.Events[p.First].Id} before {view.Problem.Events[p.Second].Id}";
        if (first.Concat(second).Any(m => m.Time < 0)) return (subject, 0);
        return (subject, Outside(second.Min(m => m.Time) - first.Max(m => m.Time + m.Duration), p.MinSeparation, p.MaxSeparation));
    });

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var pair in Pairs) model.AddOrder(this, pair);
    }
}
