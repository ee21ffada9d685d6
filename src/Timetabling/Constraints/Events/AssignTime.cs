using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>Every meet of the events has a time. Unit: an hour without one.</summary>
public sealed record AssignTime(IReadOnlyList<int> Events) : EventConstraint
{
    public override string Describe() => $"{Events.Count} events have a time";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view)
        => Events.Select(e => (view.Problem.Events[e].Id, view.MeetsOf(e).Where(m => m.Time < 0).Sum(m => m.Duration)));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var lesson in Events) model.AddTimeSum(this, lesson, allowed: null, duration: 0);
    }
}
