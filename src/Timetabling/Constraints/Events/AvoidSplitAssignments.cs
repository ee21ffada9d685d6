using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>All events of a group have the same resource in the role. Unit: a resource beyond the first.</summary>
public sealed record AvoidSplitAssignments(IReadOnlyList<Group> EventGroups, string Role) : EventConstraint
{
    public override string Describe() => $"each of {EventGroups.Count} groups of events has one resource in the role '{Role}'";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view) => EventGroups.Select(g => (g.Id,
        Math.Max(0, g.Members.SelectMany(view.MeetsOf).Select(m => view.InRole(m, Role)).Where(r => r >= 0).Distinct().Count() - 1)));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var group in EventGroups) model.AddSameResource(this, group, Role);
    }
}
