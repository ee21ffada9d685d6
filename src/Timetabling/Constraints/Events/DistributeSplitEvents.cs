using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>The events have so many meets of one duration. Unit: a meet too few or too many.</summary>
public sealed record DistributeSplitEvents(IReadOnlyList<int> Events, int Duration, int Minimum, int Maximum) : EventConstraint
{
    public override string Describe() => $"{Events.Count} events have {Range(Minimum, Maximum)} meets of {Duration} hours";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view)
        => Events.Select(e => (view.Problem.Events[e].Id, Outside(view.MeetsOf(e).Count(m => m.Duration == Duration), Minimum, Maximum)));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var lesson in Events) model.AddDistribution(this, lesson, Duration, Minimum, Maximum);
    }
}
