using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons start at the same hour of their days. Unit: 1 per pair that does not.</summary>
public sealed record SameStartHour(IReadOnlyList<Activity> Activities) : PairRule(Activities)
{
    public override string Name => "ActivitiesSameStartingHour";
    public override string Describe() => $"{List(Activities)} start at the same hour";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
        => index.Grid.HourOf(firstStart) == index.Grid.HourOf(secondStart) ? 0 : 1;

    private protected override object TableKey(Activity first, Activity second) => GetType();
}
