using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons of a course are at most so many days apart. Unit: a day too many, per pair of lessons.</summary>
public sealed record MaxDaysBetween(IReadOnlyList<Activity> Activities, int MaxDays) : PairRule(Activities)
{
    public override string Name => "MaxDaysBetweenActivities";
    public override string Describe() => $"{List(Activities)}: at most {Count(MaxDays, "day")} apart";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
        => Math.Max(0, Math.Abs(index.Grid.DayOf(firstStart) - index.Grid.DayOf(secondStart)) - MaxDays);

    private protected override object TableKey(Activity first, Activity second) => (GetType(), MaxDays);
}
