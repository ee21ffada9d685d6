using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>Every meet of the events has a resource in the role. Unit: an hour without one.</summary>
public sealed record AssignResource(IReadOnlyList<int> Events, string Role) : EventConstraint
{
    public override string Describe() => $"{Events.Count} events have a resource in the role '{Role}'";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view)
        => Events.Select(e => (view.Problem.Events[e].Id, view.MeetsOf(e).Where(m => view.InRole(m, Role) == -1).Sum(m => m.Duration)));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var lesson in Events) model.AddResourceSum(this, lesson, Role, allowed: null);
    }
}
