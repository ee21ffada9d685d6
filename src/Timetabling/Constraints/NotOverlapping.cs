using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons do not run at the same time. Unit: a shared hour, per pair of lessons.</summary>
public sealed record NotOverlapping(IReadOnlyList<Activity> Activities) : PairRule(Activities)
{
    public override string Name => "ActivitiesNotOverlapping";
    public override string Describe() => $"{List(Activities)} do not overlap";

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
        => Math.Max(0, Math.Min(firstStart + first.Duration, secondStart + second.Duration) - Math.Max(firstStart, secondStart));

    internal override void Compile(ProblemBuilder problem)
    {
        if (IsHard) problem.AddExclusive(this, Activities);
        else base.Compile(problem);
    }
}
