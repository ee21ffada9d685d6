using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons of a course are at least so many days apart. Unit: a missing day, per pair of lessons.</summary>
public sealed record MinDaysBetween(IReadOnlyList<Activity> Activities, int MinDays) : PairRule(Activities)
{
    public override string Name => "MinDaysBetweenActivities";
    public override string Describe() => $"{List(Activities)}: at least {Count(MinDays, "day")} apart";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
        => Math.Max(0, MinDays - Math.Abs(index.Grid.DayOf(firstStart) - index.Grid.DayOf(secondStart)));

    private protected override object TableKey(Activity first, Activity second) => (GetType(), MinDays);
}
