using Tessera.Timetabling.Constraints;

namespace Tessera.Timetabling.Search;

/// <summary>
/// A soft cost that no timetable can stay below: every lesson at its cheapest start and in its cheapest room, and every soft rule between lessons on the days open to
/// these lessons, each rule by itself. A timetable that costs no more is the best there is.
/// </summary>
internal sealed class SoftFloor
{
    /// <summary>Assignments of days looked at for one rule; beyond it the rule counts as free.</summary>
    private const int MaxSteps = 100_000;

    private readonly Problem problem;
    private readonly Dictionary<(int Monitor, int Day, int OtherDay), long> dayCosts = [];
    private int steps;

    private SoftFloor(Problem problem) => this.problem = problem;

    /// <summary>The floor in ten-thousandths.</summary>
    public static long Find(Problem problem)
    {
        var floor = new SoftFloor(problem);
        var total = 0L;
        for (var u = 0; u < problem.UnitCount; u++)
            if (problem.Starts[u].Length > 0) total += problem.Starts[u].Min(s => problem.StartCost[u * problem.Slots + s]);
        for (var a = 0; a < problem.ActivityCount; a++)
            if (problem.NeedsRoom(a)) total += problem.OptionCost[problem.OptionFirst[a]..problem.OptionFirst[a + 1]].Min();
        return total + floor.OfPairs();
    }

    private long OfPairs()
    {
        var links = new Dictionary<Rule, HashSet<int>>(ReferenceEqualityComparer.Instance);
        for (var u = 0; u < problem.UnitCount; u++)
        {
            foreach (var pair in problem.Pairs.AsSpan(problem.PairFirst[u]..problem.PairFirst[u + 1]))
            {
                if (problem.MonitorSoft[pair.Monitor] == 0) continue;
                if (!links.TryGetValue(problem.MonitorRule[pair.Monitor], out var units)) links[problem.MonitorRule[pair.Monitor]] = units = [];
                units.Add(u);
                units.Add(pair.Other);
            }
        }
        return links.Sum(l => OfRule(l.Key, [.. l.Value.Order()]));
    }

    private long OfRule(Rule rule, int[] units)
    {
        var open = units.Select(u => Enumerable.Range(0, problem.Days).Where(d => problem.Starts[u].Any(s => s / problem.Hours == d)).ToArray()).ToArray();
        var between = new List<(int Before, Pair Pair)>[units.Length];
        for (var i = 0; i < units.Length; i++)
        {
            between[i] = [];
            for (var p = problem.PairFirst[units[i]]; p < problem.PairFirst[units[i] + 1]; p++)
                if (Array.IndexOf(units, problem.Pairs[p].Other, 0, i) is >= 0 and var before && ReferenceEquals(problem.MonitorRule[problem.Pairs[p].Monitor], rule)) between[i].Add((before, problem.Pairs[p]));
        }
        var (chosen, best) = (new int[units.Length], long.MaxValue);
        steps = 0;
        Choose(0, 0);
        return steps > MaxSteps || best == long.MaxValue ? 0 : best;

        void Choose(int i, long cost)
        {
            if (cost >= best || ++steps > MaxSteps) return;
            if (i == units.Length)
            {
                best = cost;
                return;
            }
            foreach (var day in open[i])
            {
                chosen[i] = day;
                var more = 0L;
                foreach (var (before, pair) in between[i]) more += DayCost(units[i], pair, day, chosen[before]);
                Choose(i + 1, cost + more);
            }
        }
    }

    /// <summary>The least that a rule between two lessons costs when they are on these days.</summary>
    private long DayCost(int unit, in Pair pair, int day, int otherDay)
    {
        var key = (pair.Monitor, day, otherDay);
        if (dayCosts.TryGetValue(key, out var known)) return known;
        var least = long.MaxValue;
        foreach (var s in problem.Starts[unit])
        {
            if (s / problem.Hours != day) continue;
            foreach (var t in problem.Starts[pair.Other])
                if (t / problem.Hours == otherDay) least = Math.Min(least, problem.PairTable[pair.Offset + s * pair.Scale + t * pair.OtherScale]);
        }
        return dayCosts[key] = least * problem.MonitorSoft[pair.Monitor];
    }
}
