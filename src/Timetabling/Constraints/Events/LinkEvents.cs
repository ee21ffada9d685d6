using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>All events of a group run at the same times. Unit: a time at which some run and others do not.</summary>
public sealed record LinkEvents(IReadOnlyList<Group> EventGroups) : EventConstraint
{
    public override string Describe() => $"the events of each of {EventGroups.Count} groups run at the same times";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view) => EventGroups.Where(g => g.Members.Count > 0).Select(g =>
    {
        var runs = g.Members.Select(view.RunningTimes).ToList();
        return (g.Id, runs.SelectMany(r => r).Distinct().Count(t => !runs.TrueForAll(r => r.Contains(t))));
    });

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var group in EventGroups) model.AddLink(this, group);
    }
}
