using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>The second lesson comes after the first in the week. Unit: 1.</summary>
public sealed record Ordered(Activity First, Activity Second) : PairRule([First, Second])
{
    public override string Name => "TwoActivitiesOrdered";
    public override string Describe() => $"{Second} comes after {First}";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
        => secondStart < firstStart + first.Duration ? 1 : 0;
}
