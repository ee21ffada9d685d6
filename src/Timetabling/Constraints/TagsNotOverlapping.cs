using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons with one of these tags do not run at the same time as lessons with another of them. Unit: a shared hour, per pair.</summary>
public sealed record TagsNotOverlapping(IReadOnlyList<string> Tags, IReadOnlyList<Activity> Activities) : PairRule(Activities)
{
    public override string Name => "ActivityTagsNotOverlapping";
    public override string Describe() => $"Lessons tagged {List(Tags)} do not overlap across tags";

    private protected override IEnumerable<(Activity First, Activity Second)> Pairs()
        => base.Pairs().Where(p => Tags.Any(t => p.First.Tags.Contains(t, StringComparer.Ordinal) && Tags.Any(u => u != t && p.Second.Tags.Contains(u, StringComparer.Ordinal))));

    internal override int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart)
        => Math.Max(0, Math.Min(firstStart + first.Duration, secondStart + second.Duration) - Math.Max(firstStart, secondStart));
}
