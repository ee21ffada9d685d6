using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons start together. Unit: 1 per pair that does not when hard; when soft, the distance in days plus the distance in hours.</summary>
public sealed record SameStart(IReadOnlyList<Activity> Activities) : PairRule(Activities)
{
    public override string Name => "ActivitiesSameStartingTime";
    public override string Describe() => $"{List(Activities)} start together";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart) => IsHard
        ? firstStart == secondStart ? 0 : 1
        : Math.Abs(index.Grid.DayOf(firstStart) - index.Grid.DayOf(secondStart)) + Math.Abs(index.Grid.HourOf(firstStart) - index.Grid.HourOf(secondStart));

    internal override void Compile(ProblemBuilder problem)
    {
        // A hard rule needs no watching once the search moves the lessons as one.
        if (IsHard)
            foreach (var (first, second) in Pairs()) problem.Fuse(this, first, second);
        base.Compile(problem);
    }

    private protected override object TableKey(Activity first, Activity second) => (GetType(), IsHard);
}
