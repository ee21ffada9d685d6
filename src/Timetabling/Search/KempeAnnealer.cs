namespace Tessera.Timetabling.Search;

/// <summary>
/// Simulated annealing. A move sends one unit to another start; whoever is in the way there, in person or in the room, goes where the unit came from, and so on until
/// nobody collides (a Kempe chain between two times). Chains never unplace anybody.
/// </summary>
internal sealed class KempeAnnealer
{
    /// <summary>Longest chain ever followed. Long chains free what short ones cannot, short ones are faster; neither wins everywhere.</summary>
    private const int LongChain = 60;

    private const int MaxEjected = 24;
    private const int MaxCycle = 5;

    private readonly SearchState state;
    private readonly Problem problem;
    private readonly Xoshiro random;
    private readonly int[] movable;
    private readonly int[] roomed;
    private readonly int[] chain;
    private readonly int[] chainStart;
    private readonly int[] chainStamp;
    private readonly int[] conflicts;
    private readonly int[] focus;
    private readonly bool[] needsRoom;
    private int stamp, focusCount;

    public KempeAnnealer(SearchState state, Xoshiro random)
    {
        (this.state, this.random) = (state, random);
        problem = state.Problem;
        movable = [.. Enumerable.Range(0, problem.UnitCount).Where(u => problem.Starts[u].Length > 1)];
        roomed = [.. Enumerable.Range(0, problem.ActivityCount).Where(a => problem.OptionFirst[a + 1] - problem.OptionFirst[a] > 1)];
        chain = new int[problem.UnitCount];
        chainStart = new int[problem.UnitCount];
        chainStamp = new int[problem.UnitCount];
        conflicts = new int[problem.UnitCount];
        focus = new int[problem.UnitCount];
        needsRoom = [.. problem.UnitMembers.Select(m => Array.Exists(m, problem.NeedsRoom))];
    }

    /// <summary>Longest chain followed now, at most 60.</summary>
    public int MaxChain { get; set; } = LongChain;
    public long Proposed { get; private set; }
    public long Accepted { get; private set; }
    /// <summary>Whether there is anything to move at all.</summary>
    public bool CanMove => movable.Length > 0 || roomed.Length > 0;

    /// <summary>Price of one hard unit while annealing.</summary>
    public void SetHardWeight(long price)
    {
        for (var m = 0; m < problem.MonitorCount; m++)
            if (problem.MonitorHard[m] > 0) state.SetWeight(m, price * problem.MonitorHard[m]);
    }

    /// <summary>Proposes one move and accepts it by its cost at the temperature (in ten-thousandths). True when the state changed.</summary>
    public bool Step(double temperature)
    {
        Proposed++;
        var allowance = (long)(-temperature * Math.Log(random.NextDouble()));
        if (movable.Length == 0 || roomed.Length > 0 && random.Next(16) == 0) return ChangeRoom(allowance);
        var unit = focusCount > 0 && (Proposed & 7) == 0 ? focus[random.Next(focusCount)] : movable[random.Next(movable.Length)];
        var starts = problem.Starts[unit];
        var to = starts[random.Next(starts.Length)];
        var from = state.StartOf(unit);
        if (to == from) return false;
        if (from < 0) return Relocate(unit, to, allowance);
        return (Proposed & 7) == 4 ? Cycle(unit, to, allowance) : Move(unit, to, allowance);
    }

    /// <summary>Looks up which units are unplaced; they are tried more often from now on.</summary>
    public void Focus()
    {
        focusCount = 0;
        if (state.UnplacedHours == 0) return;
        for (var u = 0; u < problem.UnitCount; u++)
            if (state.StartOf(u) < 0 && problem.Starts[u].Length > 1) focus[focusCount++] = u;
    }

    private bool Move(int unit, int to, long allowance)
    {
        var length = Chain(unit, to);
        if (length == 0) return false;
        var before = state.Cost;
        if (state.Foresee(chain.AsSpan(0, length), chainStart) > before + allowance) return false;
        state.Begin();
        for (var i = 0; i < length; i++) state.Lift(chain[i]);
        for (var i = 0; i < length; i++)
        {
            if (state.TryDrop(chain[i], chainStart[i])) continue;
            state.Rollback();
            return false;
        }
        return Decide(before, allowance);
    }

    private bool Decide(long before, long allowance)
    {
        if (state.TrySettle(before + allowance))
        {
            Accepted++;
            return true;
        }
        state.Rollback();
        return false;
    }

    /// <summary>Collects who must move along; 0 when the chain leaves the grid, is too long, or hits a lesson that cannot go there.</summary>
    private int Chain(int unit, int to)
    {
        stamp++;
        chain[0] = unit;
        chainStart[0] = to;
        chainStamp[unit] = stamp;
        var length = 1;
        for (var next = 0; next < length; next++)
        {
            var count = state.Conflicts(chain[next], chainStart[next], conflicts);
            if (needsRoom[chain[next]] && (count = state.RoomConflicts(chain[next], chainStart[next], conflicts, count, state.UnplacedWeight)) < 0) return 0;
            // Whoever stands where a unit arrives moves by the opposite shift.
            var back = state.StartOf(chain[next]) - chainStart[next];
            for (var c = 0; c < count; c++)
            {
                var other = conflicts[c];
                if (chainStamp[other] == stamp) continue;
                var target = state.StartOf(other) + back;
                if (length == MaxChain || target < 0 || target >= problem.Slots || !problem.MayStart[other * problem.Slots + target]) return 0;
                chainStamp[other] = stamp;
                chain[length] = other;
                chainStart[length++] = target;
            }
        }
        return length;
    }

    /// <summary>Sends a unit to a start and finds any free start for each one in its way.</summary>
    private bool Relocate(int unit, int to, long allowance)
    {
        var count = state.Conflicts(unit, to, conflicts);
        count = state.RoomConflicts(unit, to, conflicts, count, state.UnplacedWeight);
        if (count is < 0 or > MaxEjected) return false;
        for (var c = 0; c < count; c++)
            if (problem.IsFixed[conflicts[c]]) return false;
        var before = state.Cost;
        var gain = state.StartOf(unit) < 0 ? state.UnplacedWeight[unit] : 0;
        state.Begin();
        if (gain == 0) state.Lift(unit);
        for (var c = 0; c < count; c++) state.Lift(conflicts[c]);
        var dropped = state.TryDrop(unit, to);
        for (var c = 0; dropped && c < count; c++)
        {
            var placed = TryAnyStart(conflicts[c]);
            // One may stay out for now if another went in.
            if (!placed && state.UnplacedWeight[conflicts[c]] > allowance + gain) dropped = false;
        }
        if (dropped) return Decide(before, allowance);
        state.Rollback();
        return false;
    }

    /// <summary>
    /// Sends a unit to a start, whoever is there to any free start, or in place of somebody who then does the same. Closes cycles of three
    /// and more times, which Kempe chains between two times cannot: a class without a free hour may need them.
    /// </summary>
    private bool Cycle(int unit, int to, long allowance)
    {
        var count = state.Conflicts(unit, to, conflicts);
        if (count > 2) return Relocate(unit, to, allowance);
        if (count == 0 || problem.IsFixed[conflicts[0]] || problem.IsFixed[conflicts[count - 1]]) return false;
        stamp++;
        chainStamp[unit] = stamp;
        var waiting = count;
        conflicts.AsSpan(0, count).CopyTo(chain);
        var before = state.Cost;
        state.Begin();
        state.Lift(unit);
        for (var c = 0; c < count; c++) state.Lift(chain[c]);
        var closed = state.TryDrop(unit, to);
        for (var depth = 0; closed && waiting > 0; depth++)
        {
            var next = chain[--waiting];
            chainStamp[next] = stamp;
            if (TryAnyStart(next)) continue;
            var starts = problem.Starts[next];
            var at = starts[random.Next(starts.Length)];
            closed = depth < MaxCycle && state.Conflicts(next, at, conflicts) == 1 && chainStamp[conflicts[0]] != stamp && !problem.IsFixed[conflicts[0]];
            if (!closed) break;
            chain[waiting++] = conflicts[0];
            state.Lift(conflicts[0]);
            closed = state.TryDrop(next, at);
        }
        if (closed) return Decide(before, allowance);
        state.Rollback();
        return false;
    }

    private bool TryAnyStart(int unit)
    {
        var starts = problem.Starts[unit];
        var offset = random.Next(starts.Length);
        for (var i = 0; i < starts.Length; i++)
        {
            if (state.TryDrop(unit, starts[offset])) return true;
            if (++offset == starts.Length) offset = 0;
        }
        return false;
    }

    private bool ChangeRoom(long allowance)
    {
        var activity = roomed[random.Next(roomed.Length)];
        if (state.StartOf(problem.UnitOf[activity]) < 0) return false;
        var first = problem.OptionFirst[activity];
        var to = first + random.Next(problem.OptionFirst[activity + 1] - first);
        if (to == state.OptionOf(activity)) return false;
        var before = state.Cost;
        state.Begin();
        if (state.TryChangeRoom(activity, to)) return Decide(before, allowance);
        state.Rollback();
        return false;
    }
}
