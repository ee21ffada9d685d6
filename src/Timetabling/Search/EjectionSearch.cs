namespace Tessera.Timetabling.Search;

/// <summary>
/// Works towards a complete timetable: puts one unit where it disturbs least, throwing out whoever is in the way, and lets the weights
/// of what was thrown out or stays broken grow, so that no obstacle can be ignored for long.
/// </summary>
internal sealed class EjectionSearch
{
    /// <summary>Cost of an unplaced unit or of one broken hard unit at first; far above any soft rule.</summary>
    public const long BaseWeight = 1_000_000;

    private const int LeavingWeight = 4;

    private readonly SearchState state;
    private readonly Problem problem;
    private readonly Xoshiro random;
    private readonly int[] unplaced;
    private readonly int[] position;
    private readonly long[] tabuUntil;
    private readonly int[] conflicts;
    private readonly int[] bestConflicts;
    private readonly int[] violated;
    private readonly long[] cheapest, secondCheapest;
    private int unplacedCount;
    private long iteration;

    public EjectionSearch(SearchState state, Xoshiro random)
    {
        (this.state, this.random) = (state, random);
        problem = state.Problem;
        unplaced = new int[problem.UnitCount];
        position = new int[problem.UnitCount];
        tabuUntil = new long[problem.UnitCount * problem.Slots];
        conflicts = new int[problem.UnitCount];
        bestConflicts = new int[problem.UnitCount];
        violated = new int[problem.MonitorCount];
        (cheapest, secondCheapest) = (new long[problem.UnitCount], new long[problem.UnitCount]);
        for (var u = 0; u < problem.UnitCount; u++)
        {
            position[u] = -1;
            if (problem.Starts[u].Length == 0) continue;
            var costs = problem.Starts[u].Select(at => problem.StartCost[u * problem.Slots + at]).Order().Take(2).ToArray();
            (cheapest[u], secondCheapest[u]) = (costs[0], costs[^1]);
            // Who needs many people for long is hard to place again, so it goes in first and is thrown out last.
            var uses = problem.UseFirst[u + 1] - problem.UseFirst[u];
            state.SetUnplacedWeight(u, BaseWeight + BaseWeight / 20 * uses + BaseWeight / 4 * (problem.UnitHours[u] + uses) / problem.Starts[u].Length);
        }
        for (var m = 0; m < problem.MonitorCount; m++)
            if (problem.MonitorHard[m] > 0) state.SetWeight(m, BaseWeight * problem.MonitorHard[m]);
        Restart();
    }

    public long Iterations => iteration;

    /// <summary>Forgets all placements but not what was learned about who is in the way.</summary>
    public void StartOver()
    {
        for (var u = 0; u < problem.UnitCount; u++)
        {
            if (state.StartOf(u) < 0) continue;
            state.Begin();
            state.Lift(u);
            state.Settle();
        }
        Restart();
    }

    /// <summary>Takes the placements of the state as they are.</summary>
    public void Restart()
    {
        unplacedCount = 0;
        Array.Clear(tabuUntil);
        for (var u = 0; u < problem.UnitCount; u++)
        {
            position[u] = -1;
            if (state.StartOf(u) < 0 && problem.Starts[u].Length > 0) AddUnplaced(u);
        }
    }

    private void AddUnplaced(int unit)
    {
        position[unit] = unplacedCount;
        unplaced[unplacedCount++] = unit;
    }

    private void RemoveUnplaced(int unit)
    {
        var last = unplaced[--unplacedCount];
        unplaced[position[unit]] = last;
        position[last] = position[unit];
        position[unit] = -1;
    }

    /// <summary>One placement with its ejections. False when nothing is left to repair.</summary>
    public bool Step()
    {
        iteration++;
        if (unplacedCount > 0) Improve(PickUnplaced());
        else if (state.Hard > 0) Improve(PickFromViolated());
        else return false;
        return true;
    }

    /// <summary>What a unit at its cheapest start will cost more elsewhere, several times over: who was thrown out seldom comes back at once.</summary>
    private long LeavingCost(int unit) => problem.StartCost[unit * problem.Slots + state.StartOf(unit)] == cheapest[unit] ? LeavingWeight * (secondCheapest[unit] - cheapest[unit]) : 0;

    private int PickUnplaced()
    {
        var best = unplaced[random.Next(unplacedCount)];
        for (var k = 0; k < 5; k++)
        {
            var other = unplaced[random.Next(unplacedCount)];
            if (state.UnplacedWeight[other] > state.UnplacedWeight[best]) best = other;
        }
        return best;
    }

    private int PickFromViolated()
    {
        var count = 0;
        for (var m = 0; m < problem.MonitorCount; m++)
            if (problem.MonitorHard[m] > 0 && state.AmountOf(m) > 0) violated[count++] = m;
        var monitor = violated[random.Next(count)];
        var units = problem.MonitorUnits[monitor];
        var unit = units[random.Next(units.Length)];
        for (var k = 0; k < 8 && problem.IsFixed[unit]; k++) unit = units[random.Next(units.Length)];
        // Broken hard rules of a full timetable are what is in the way: they grow heavier until something gives.
        for (var i = 0; i < count; i++) state.SetWeight(violated[i], state.WeightOf(violated[i]) + BaseWeight / 50);
        return unit;
    }

    private void Improve(int unit)
    {
        var wasPlaced = state.StartOf(unit);
        var starts = problem.Starts[unit];
        var offset = random.Next(starts.Length);
        var (bestStart, bestDelta, ties) = (-1, long.MaxValue, 0);
        var before = state.Cost;
        for (var i = 0; i < starts.Length; i++)
        {
            var at = starts[offset];
            if (++offset == starts.Length) offset = 0;
            if (at == wasPlaced) continue;
            if (tabuUntil[unit * problem.Slots + at] > iteration) continue;
            var count = state.Conflicts(unit, at, conflicts);
            count = state.RoomConflicts(unit, at, conflicts, count, state.UnplacedWeight);
            if (count < 0) continue;
            var (eject, away) = (0L, 0L);
            var locked = false;
            for (var c = 0; c < count; c++)
            {
                eject += state.UnplacedWeight[conflicts[c]];
                away += LeavingCost(conflicts[c]);
                locked |= problem.IsFixed[conflicts[c]];
            }
            if (locked || bestStart >= 0 && eject - state.UnplacedWeight[unit] > bestDelta + BaseWeight) continue;
            state.Begin();
            if (wasPlaced >= 0) state.Lift(unit);
            for (var c = 0; c < count; c++) state.Lift(conflicts[c]);
            if (state.TryDrop(unit, at) && state.TrySettle(bestStart < 0 ? long.MaxValue / 2 : before + bestDelta - away))
            {
                var delta = state.Cost - before + away;
                if (delta < bestDelta) (bestStart, bestDelta, ties) = (at, delta, 1);
                else if (delta == bestDelta && random.Next(++ties) == 0) bestStart = at;
            }
            state.Rollback();
        }
        if (bestStart < 0)
        {
            Loosen(unit);
            return;
        }
        Apply(unit, bestStart, wasPlaced);
    }

    private void Apply(int unit, int at, int wasPlaced)
    {
        var count = state.Conflicts(unit, at, bestConflicts);
        count = state.RoomConflicts(unit, at, bestConflicts, count, state.UnplacedWeight);
        state.Begin();
        if (wasPlaced >= 0)
        {
            tabuUntil[unit * problem.Slots + wasPlaced] = iteration + Tenure();
            state.Lift(unit);
        }
        for (var c = 0; c < count; c++)
        {
            var ejected = bestConflicts[c];
            tabuUntil[ejected * problem.Slots + state.StartOf(ejected)] = iteration + Tenure();
            state.Lift(ejected);
            AddUnplaced(ejected);
        }
        state.TryDrop(unit, at);
        state.Settle();
        if (wasPlaced < 0) RemoveUnplaced(unit);
        if (count > 0) state.SetUnplacedWeight(unit, state.UnplacedWeight[unit] + BaseWeight / 20);
    }

    private int Tenure() => 10 + unplacedCount + random.Next(20);

    /// <summary>Every start is forbidden for the moment: forget so for this unit.</summary>
    private void Loosen(int unit) => Array.Clear(tabuUntil, unit * problem.Slots, problem.Slots);
}
