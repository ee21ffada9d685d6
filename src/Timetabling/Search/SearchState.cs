using System.Numerics;
using System.Runtime.CompilerServices;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>
/// A partial timetable free of clashes, with running totals. Changes are made in transactions: <see cref="Begin"/>, any number of
/// <see cref="Lift"/> and <see cref="TryDrop"/>, then <see cref="Settle"/>, which brings the totals up to date, and either go on or
/// <see cref="Rollback"/>. Nothing here allocates.
/// </summary>
internal sealed partial class SearchState
{
    private readonly int days, hours, slots;
    private readonly int[] start;
    private readonly int[] option;
    private readonly ulong[] busy;
    private readonly int[] occupant;
    private readonly int[] unplacedOf;
    private readonly ulong[] roomBusy;
    private readonly int[] roomOccupant;
    private readonly int[] amount;
    private readonly long[] weight;
    private readonly GroupMonitor[] groups;
    /// <summary>What the broken limits on each resource's week cost now: the most that a change of its week can give back.</summary>
    private readonly long[] owed;
    private readonly int[] resourceOfMonitor;

    // The open transaction
    private readonly int[] touched;
    private readonly int[] touchStamp;
    private readonly int[] savedStart;
    private readonly int[] savedOption;
    private readonly int[] dirty;
    private readonly int[] dirtyStamp;
    private readonly long[] savedOwed;
    private readonly int[] logMonitor;
    private readonly int[] logAmount;
    private int touchedCount, dirtyCount, logCount, stamp;
    private long savedSoft, savedCost;
    private int savedHard, savedUnplaced;

    public SearchState(Problem problem)
    {
        Problem = problem;
        (days, hours, slots) = (problem.Days, problem.Hours, problem.Slots);
        start = new int[problem.UnitCount];
        Array.Fill(start, -1);
        option = new int[problem.ActivityCount];
        lastOption = new int[problem.ActivityCount];
        Array.Fill(option, -1);
        for (var a = 0; a < lastOption.Length; a++) lastOption[a] = problem.OptionFirst[a];
        busy = new ulong[problem.ResourceCount * days];
        occupant = new int[problem.ResourceCount * slots];
        Array.Fill(occupant, -1);
        unplacedOf = new int[problem.ResourceCount];
        UnplacedWeight = new long[problem.UnitCount];
        roomBusy = [.. problem.RoomClosed];
        roomOccupant = new int[problem.RoomCount * slots];
        Array.Fill(roomOccupant, -1);
        amount = new int[problem.MonitorCount];
        weight = [.. problem.MonitorSoft];
        groups = [.. problem.Groups.Select(g => g.ForWorker())];
        touched = new int[problem.UnitCount];
        touchStamp = new int[problem.UnitCount];
        savedStart = new int[problem.UnitCount];
        savedOption = new int[problem.ActivityCount];
        dirty = new int[problem.ResourceCount];
        dirtyStamp = new int[problem.ResourceCount];
        savedOwed = new long[problem.ResourceCount];
        owed = new long[problem.ResourceCount];
        resourceOfMonitor = new int[problem.MonitorCount];
        Array.Fill(resourceOfMonitor, -1);
        for (var r = 0; r < problem.ResourceCount; r++)
            foreach (var term in problem.Terms[r]) resourceOfMonitor[term.Monitor] = r;
        groupStamp = new int[groups.Length];
        groupDirty = new int[groups.Length];
        conflictStamp = new int[problem.UnitCount];
        roomRefund = FindRoomRefunds(problem);
        plannedStart = new int[problem.UnitCount];
        plannedStamp = new int[problem.UnitCount];
        foreseenResource = new int[problem.ResourceCount];
        foreseenGroup = new int[groups.Length];
        logMonitor = new int[problem.MonitorCount + 16];
        logAmount = new int[problem.MonitorCount + 16];
        logStamp = new int[problem.MonitorCount];
        for (var u = 0; u < start.Length; u++)
        {
            UnplacedHours += problem.UnitHours[u];
            for (var i = problem.UseFirst[u]; i < problem.UseFirst[u + 1]; i++)
                unplacedOf[problem.UseResource[i]] += BitOperations.PopCount(problem.UseMask[i]);
        }
        Recompute();
    }

    public Problem Problem { get; }
    /// <summary>Lesson hours without a place.</summary>
    public int UnplacedHours { get; private set; }
    /// <summary>Units of hard rules broken.</summary>
    public int Hard { get; private set; }
    /// <summary>Soft cost in ten-thousandths.</summary>
    public long Soft { get; private set; }
    /// <summary>What the search minimises: soft cost, plus weighted hard units and the slope towards mending them, plus the weights of unplaced units.</summary>
    public long Cost { get; private set; }
    /// <summary>Weight of each unit while unplaced; change it only through <see cref="SetUnplacedWeight"/>.</summary>
    public long[] UnplacedWeight { get; }
    public bool IsComplete => UnplacedHours == 0 && Hard == 0;

    public int StartOf(int unit) => start[unit];
    public int OptionOf(int activity) => option[activity];
    public ulong Busy(int resource, int day) => busy[resource * days + day];
    public int AmountOf(int monitor) => amount[monitor];

    /// <summary>Real rooms a placed lesson occupies.</summary>
    public ReadOnlySpan<int> RoomsOf(int activity)
    {
        var o = option[activity];
        return o < 0 ? [] : Problem.OptionRooms.AsSpan(Problem.OptionRoomFirst[o], Problem.OptionRoomFirst[o + 1] - Problem.OptionRoomFirst[o]);
    }

    public void SetUnplacedWeight(int unit, long value)
    {
        if (start[unit] < 0) Cost += value - UnplacedWeight[unit];
        UnplacedWeight[unit] = value;
    }

    public long WeightOf(int monitor) => weight[monitor];

    /// <summary>Changes what one unit of a monitor costs the search; soft monitors keep their own price.</summary>
    public void SetWeight(int monitor, long value)
    {
        var change = (value - weight[monitor]) * amount[monitor];
        Cost += change;
        if (resourceOfMonitor[monitor] is >= 0 and var resource) owed[resource] += change;
        weight[monitor] = value;
    }

    public void Begin()
    {
        stamp++;
        touchedCount = dirtyCount = logCount = groupDirtyCount = 0;
        (savedSoft, savedCost, savedHard, savedUnplaced) = (Soft, Cost, Hard, UnplacedHours);
    }

    /// <summary>Takes a placed unit out.</summary>
    public void Lift(int unit)
    {
        Touch(unit);
        RawLift(unit);
        Cost += UnplacedWeight[unit];
    }

    private void Touch(int unit)
    {
        if (touchStamp[unit] == stamp) return;
        touchStamp[unit] = stamp;
        touched[touchedCount++] = unit;
        savedStart[unit] = start[unit];
        foreach (var activity in Problem.UnitMembers[unit]) savedOption[activity] = option[activity];
        var (first, end) = (Problem.UseFirst[unit], Problem.UseFirst[unit + 1]);
        for (var i = first; i < end; i++)
        {
            var resource = Problem.UseResource[i];
            if (dirtyStamp[resource] == stamp) continue;
            dirtyStamp[resource] = stamp;
            savedOwed[dirtyCount] = owed[resource];
            dirty[dirtyCount++] = resource;
        }
        for (var i = Problem.GroupFirst[unit]; i < Problem.GroupFirst[unit + 1]; i++) MarkGroup(Problem.GroupOfUnit[i]);
    }

    private void RawLift(int unit)
    {
        var at = start[unit];
        var (day, hour) = (at / hours, at % hours);
        for (var i = Problem.UseFirst[unit]; i < Problem.UseFirst[unit + 1]; i++)
        {
            var resource = Problem.UseResource[i];
            var mask = Problem.UseMask[i];
            busy[resource * days + day] &= ~(mask << hour);
            unplacedOf[resource] += BitOperations.PopCount(mask);
        }
        foreach (var activity in Problem.UnitMembers[unit]) FreeRoom(activity, day, hour);
        start[unit] = -1;
        UnplacedHours += Problem.UnitHours[unit];
        var cost = Problem.StartCost[unit * slots + at];
        Soft -= cost;
        Cost -= cost;
    }

    private void RawDrop(int unit, int at)
    {
        var (day, hour) = (at / hours, at % hours);
        for (var i = Problem.UseFirst[unit]; i < Problem.UseFirst[unit + 1]; i++)
        {
            var resource = Problem.UseResource[i];
            var mask = Problem.UseMask[i];
            busy[resource * days + day] |= mask << hour;
            unplacedOf[resource] -= BitOperations.PopCount(mask);
            if (!Problem.Clashes[resource]) continue;
            var slot = resource * slots + at;
            for (; mask != 0; mask >>= 1, slot++)
                if ((mask & 1) != 0) occupant[slot] = unit;
        }
        start[unit] = at;
        UnplacedHours -= Problem.UnitHours[unit];
        var cost = Problem.StartCost[unit * slots + at];
        Soft += cost;
        Cost += cost;
    }

    /// <summary>Puts an unplaced unit into a slot that nobody else occupies, finding rooms. False, and nothing changed, when that is impossible.</summary>
    public bool TryDrop(int unit, int at)
    {
        if (!IsFree(unit, at)) return false;
        Touch(unit);
        if (Problem.UnitMembers[unit].Length == 1 && !Problem.NeedsRoom(Problem.UnitMembers[unit][0])) { }
        else if (!TryTakeRooms(unit, at)) return false;
        RawDrop(unit, at);
        Cost -= UnplacedWeight[unit];
        return true;
    }

    /// <summary>Whether the unit may start here and all its people are free.</summary>
    public bool IsFree(int unit, int at)
    {
        if (!Problem.MayStart[unit * slots + at]) return false;
        var (day, hour) = (at / hours, at % hours);
        for (var i = Problem.UseFirst[unit]; i < Problem.UseFirst[unit + 1]; i++)
        {
            var resource = Problem.UseResource[i];
            if ((busy[resource * days + day] & Problem.UseMask[i] << hour) != 0 && Problem.Clashes[resource]) return false;
        }
        return true;
    }

    /// <summary>Brings totals up to date after the moves of this transaction.</summary>
    public void Settle() => TrySettle(long.MaxValue / 2);

    /// <summary>
    /// Brings totals up to date, unless the cost is certain to exceed the limit: then false, and only <see cref="Rollback"/> may follow.
    /// </summary>
    public bool TrySettle(long limit)
    {
        SettlePairs();
        // What is still to be counted can give back what it costs now, and no more.
        var refund = 0L;
        for (var i = 0; i < dirtyCount; i++) refund += savedOwed[i];
        for (var i = 0; i < groupDirtyCount; i++) refund += OwedByGroup(groupDirty[i]);
        for (var i = 0; i < dirtyCount; i++)
        {
            if (Cost - refund > limit) return false;
            refund -= savedOwed[i];
            RefreshResource(dirty[i]);
        }
        for (var i = 0; i < groupDirtyCount; i++)
        {
            if (Cost - refund > limit) return false;
            refund -= OwedByGroup(groupDirty[i]);
            SetAmount(Problem.GroupMonitorId[groupDirty[i]], groups[groupDirty[i]].Amount(this));
        }
        return Cost <= limit;
    }

    private void SettlePairs()
    {
        for (var i = 0; i < touchedCount; i++)
        {
            var unit = touched[i];
            var at = start[unit];
            for (var p = Problem.PairFirst[unit]; p < Problem.PairFirst[unit + 1]; p++)
            {
                ref readonly var pair = ref Problem.Pairs[p];
                var other = start[pair.Other];
                SetAmount(pair.Monitor, at < 0 || other < 0 ? 0 : Problem.PairTable[pair.Offset + at * pair.Scale + other * pair.OtherScale]);
            }
        }
    }

    private long OwedByGroup(int group)
    {
        var monitor = Problem.GroupMonitorId[group];
        return weight[monitor] * amount[monitor];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetAmount(int monitor, int value)
    {
        Cost += (value - amount[monitor]) * weight[monitor];
        SetCount(monitor, value);
    }

    /// <summary>Of a limit on a resource's week, which is priced as a whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetCount(int monitor, int value)
    {
        var old = amount[monitor];
        if (value == old) return;
        if (logStamp[monitor] != stamp)
        {
            logStamp[monitor] = stamp;
            logMonitor[logCount] = monitor;
            logAmount[logCount++] = old;
        }
        amount[monitor] = value;
        Hard += (value - old) * Problem.MonitorHard[monitor];
        Soft += (value - old) * Problem.MonitorSoft[monitor];
    }

    /// <summary>Monitors whose amounts this transaction has changed, with their amounts before it.</summary>
    public IEnumerable<(int Monitor, int Before)> Changes()
    {
        for (var i = 0; i < logCount; i++) yield return (logMonitor[i], logAmount[i]);
    }

    /// <summary>Undoes everything since <see cref="Begin"/>.</summary>
    public void Rollback()
    {
        for (var i = 0; i < touchedCount; i++)
            if (start[touched[i]] >= 0) RawLift(touched[i]);
        for (var i = 0; i < touchedCount; i++)
        {
            var unit = touched[i];
            var at = savedStart[unit];
            if (at < 0) continue;
            RawDrop(unit, at);
            foreach (var activity in Problem.UnitMembers[unit])
                if (savedOption[activity] >= 0) TakeRoom(activity, savedOption[activity], at / hours, at % hours);
        }
        for (var i = 0; i < logCount; i++) amount[logMonitor[i]] = logAmount[i];
        for (var i = 0; i < dirtyCount; i++) owed[dirty[i]] = savedOwed[i];
        (Soft, Cost, Hard, UnplacedHours) = (savedSoft, savedCost, savedHard, savedUnplaced);
    }

    /// <summary>Replaces all placements.</summary>
    public void Load(Snapshot snapshot)
    {
        Begin();
        for (var u = 0; u < start.Length; u++)
            if (start[u] >= 0) Lift(u);
        for (var u = 0; u < start.Length; u++)
        {
            var at = snapshot.Starts[u];
            if (at < 0) continue;
            Touch(u);
            RawDrop(u, at);
            Cost -= UnplacedWeight[u];
            foreach (var activity in Problem.UnitMembers[u])
                if (snapshot.Options[activity] >= 0) TakeRoom(activity, snapshot.Options[activity], at / hours, at % hours);
        }
        Settle();
    }

    /// <summary>Places what a timetable places, as far as it is allowed and free; the rest stays unplaced.</summary>
    public void Load(Timetable timetable)
    {
        Begin();
        for (var u = 0; u < start.Length; u++)
        {
            if (start[u] >= 0) Lift(u);
            var at = timetable.StartOf(Problem.Index.School.Activities[Problem.UnitMembers[u][0]]);
            if (at < 0) continue;
            foreach (var activity in Problem.UnitMembers[u]) PreferOption(activity, timetable);
            TryDrop(u, at);
        }
        Settle();
    }

    private void PreferOption(int activity, Timetable timetable)
    {
        if (timetable.RoomOf(Problem.Index.School.Activities[activity]) is not { } choice) return;
        for (var o = Problem.OptionFirst[activity]; o < Problem.OptionFirst[activity + 1]; o++)
            if (Problem.OptionChoice[o] is { } offered && offered.RealRooms.SequenceEqual(choice.RealRooms)) lastOption[activity] = o;
    }

    /// <summary>Recomputes every monitor from the placements; amounts and totals must not change by it.</summary>
    public void Recompute()
    {
        Begin();
        for (var r = 0; r < Problem.ResourceCount; r++) RefreshResource(r);
        for (var u = 0; u < Problem.UnitCount; u++) Touch(u);
        Settle();
        stamp++;
    }
}
