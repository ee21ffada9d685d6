using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>When on one day, the second lesson comes after the first. Unit: 1.</summary>
public sealed record OrderedIfSameDay(Activity First, Activity Second) : PairRule([First, Second])
{
    public override string Name => "TwoActivitiesOrderedIfSameDay";
    public override string Describe() => $"{Second} comes after {First} when on one day";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
        => index.Grid.DayOf(firstStart) == index.Grid.DayOf(secondStart) && secondStart < firstStart + first.Duration ? 1 : 0;
}
