using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>The second lesson follows the first on the same day, with nothing but breaks between. Unit: 1.</summary>
public sealed record Consecutive(Activity First, Activity Second) : PairRule([First, Second])
{
    public override string Name => "TwoActivitiesConsecutive";
    public override string Describe() => $"{Second} follows directly on {First}";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
        => Follows(index, first, firstStart, secondStart) ? 0 : 1;

    internal static bool Follows(SchoolIndex index, Activity first, int firstStart, int secondStart)
    {
        var day = index.Grid.DayOf(firstStart);
        return index.Grid.DayOf(secondStart) == day
            && index.Grid.HourOf(secondStart) == index.AfterBreak(day, index.Grid.HourOf(firstStart) + first.Duration);
    }
}
