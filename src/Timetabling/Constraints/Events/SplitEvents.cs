using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>The events are split into so many meets of such durations. Unit: a meet too short or too long, a meet too few or too many.</summary>
public sealed record SplitEvents(IReadOnlyList<int> Events, int MinimumDuration, int MaximumDuration, int MinimumAmount, int MaximumAmount) : EventConstraint
{
    public override string Describe()
        => $"{Events.Count} events are split into {Range(MinimumAmount, MaximumAmount)} meets of {Range(MinimumDuration, MaximumDuration)} hours";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view) => Events.Select(e => (view.Problem.Events[e].Id,
        view.MeetsOf(e).Count(m => m.Duration < MinimumDuration) + view.MeetsOf(e).Count(m => m.Duration > MaximumDuration) + Outside(view.MeetsOf(e).Count, MinimumAmount, MaximumAmount)));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var lesson in Events) model.AddSplit(this, lesson, MinimumDuration, MaximumDuration, MinimumAmount, MaximumAmount);
    }
}
