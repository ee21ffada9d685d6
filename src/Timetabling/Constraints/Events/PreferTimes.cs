using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>Meets (of one duration, when <paramref name="Duration"/> is not 0) start at one of these times. Unit: an hour of a meet that starts elsewhere.</summary>
public sealed record PreferTimes(IReadOnlyList<int> Events, IReadOnlySet<int> Times, int Duration) : EventConstraint
{
    public override string Describe() => $"{(Duration > 0 ? $"meets of {Duration} hours" : "meets")} of {Events.Count} events start at one of {Times.Count} times";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view) => Events.Select(e => (view.Problem.Events[e].Id,
        view.MeetsOf(e).Where(m => m.Time >= 0 && (Duration == 0 || m.Duration == Duration) && !Times.Contains(m.Time)).Sum(m => m.Duration)));

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var lesson in Events) model.AddTimeSum(this, lesson, Times, Duration);
    }
}
