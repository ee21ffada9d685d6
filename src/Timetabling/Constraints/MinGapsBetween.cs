using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons on one day have at least so many hours between them. Unit: 1 per pair that is too close.</summary>
public sealed record MinGapsBetween(IReadOnlyList<Activity> Activities, int MinGaps) : PairRule(Activities)
{
    public override string Name => "MinGapsBetweenActivities";
    public override string Describe() => $"{List(Activities)}: at least {Count(MinGaps, "hour")} between them on one day";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
    {
        if (index.Grid.DayOf(firstStart) != index.Grid.DayOf(secondStart)) return 0;
        var between = firstStart <= secondStart ? secondStart - firstStart - first.Duration : firstStart - secondStart - second.Duration;
        return between < MinGaps ? 1 : 0;
    }

    private protected override object TableKey(Activity first, Activity second) => (GetType(), MinGaps, first.Duration, second.Duration);
}
