using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons of a course that fall on one day follow each other directly. Unit: a pair that does not.</summary>
public sealed record AdjacentIfSameDay(IReadOnlyList<Activity> Activities) : PairRule(Activities)
{
    public override string Name => "SameDayNotConsecutive";
    public override string Describe() => $"{List(Activities)}: adjacent when on one day";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
        => index.Grid.DayOf(firstStart) == index.Grid.DayOf(secondStart)
            && firstStart + first.Duration != secondStart && secondStart + second.Duration != firstStart ? 1 : 0;
}
