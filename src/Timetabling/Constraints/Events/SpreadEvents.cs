using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>Within each set of times so many meets of the event group start. Unit: a meet too few or too many.</summary>
public sealed record SpreadEvents(IReadOnlyList<Group> EventGroups, IReadOnlyList<SpreadEvents.Share> Shares) : EventConstraint
{
    /// <param name="Times">The times.</param>
    /// <param name="Minimum">Fewest meets that start within them.</param>
    /// <param name="Maximum">Most.</param>
    public sealed record Share(IReadOnlyList<int> Times, int Minimum, int Maximum);

    public override string Describe()
        => $"each of {EventGroups.Count} groups of events starts {string.Join(", ", Shares.Select(s => Range(s.Minimum, s.Maximum)).Distinct())} times within each of {Shares.Count} time groups";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view) => EventGroups.Select(g =>
    {
        var starts = g.Members.SelectMany(view.MeetsOf).Where(m => m.Time >= 0).Select(m => m.Time).ToList();
        return (g.Id, Shares.Sum(s => Outside(starts.Count(s.Times.Contains), s.Minimum, s.Maximum)));
    });

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var group in EventGroups) model.AddSpread(this, group, Shares);
    }
}
