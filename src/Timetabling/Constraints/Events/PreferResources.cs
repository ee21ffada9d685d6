using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>The resource in the role is one of these. Unit: an hour with another one; an hour without any costs nothing here.</summary>
public sealed record PreferResources(IReadOnlyList<int> Events, string Role, IReadOnlySet<int> Resources) : EventConstraint
{
    public override string Describe() => $"{Events.Count} events have one of {Resources.Count} resources in the role '{Role}'";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view)
        => Events.Select(e => (view.Problem.Events[e].Id, view.MeetsOf(e).Where(m => view.InRole(m, Role) is >= 0 and var r && !Resources.Contains(r)).Sum(m => m.Duration)));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var lesson in Events) model.AddResourceSum(this, lesson, Role, Resources);
    }
}
