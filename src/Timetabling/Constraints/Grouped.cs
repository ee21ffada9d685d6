using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Two or three lessons stand in one block on one day, in any order, with nothing but breaks between. Unit: 1.</summary>
public sealed record Grouped(IReadOnlyList<Activity> Activities) : Rule
{
    public override string Name => Activities.Count == 2 ? "TwoActivitiesGrouped" : "ThreeActivitiesGrouped";
    public override string Describe() => $"{List(Activities)} stand in one block";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Activities;

    private int Amount(SchoolIndex index, Func<Activity, int> startOf)
    {
        if (Activities.Any(a => startOf(a) < 0)) return 0;
        var order = Activities.OrderBy(startOf).ToList();
        return Enumerable.Range(0, order.Count - 1).All(i => Consecutive.Follows(index, order[i], startOf(order[i]), startOf(order[i + 1]))) ? 0 : 1;
    }

    internal override void Measure(TimetableView view, List<Breach> breaches)
        => Report(breaches, Amount(view.Index, view.StartOf), List(Activities), [.. Activities]);

    internal override void Compile(ProblemBuilder problem)
    {
        if (Activities.Count == 2)
        {
            var (first, second) = (Activities[0], Activities[1]);
            problem.AddPair(this, first, second, (GetType(), first.Duration, second.Duration),
                (a, b) => Amount(problem.Index, activity => activity == first ? a : b));
        }
        else
        {
            problem.AddGroup(this, Activities, units => new BlockMonitor(problem.Index, units, [.. Activities.Select(a => a.Duration)]));
        }
    }
}
