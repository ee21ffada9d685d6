using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons are on the same day. Unit: 1 per pair that is not.</summary>
public sealed record SameStartDay(IReadOnlyList<Activity> Activities) : PairRule(Activities)
{
    public override string Name => "ActivitiesSameStartingDay";
    public override string Describe() => $"{List(Activities)} are on one day";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
        => index.Grid.DayOf(firstStart) == index.Grid.DayOf(secondStart) ? 0 : 1;

    private protected override object TableKey(Activity first, Activity second) => GetType();
}
