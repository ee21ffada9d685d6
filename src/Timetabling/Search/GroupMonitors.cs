using System.Numerics;
using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>Watches a rule on several lessons; recomputed whenever one of its units moves. Scratch arrays make it one worker's own.</summary>
/// <param name="units">Unit of each lesson, in the rule's order.</param>
internal abstract class GroupMonitor(int[] units)
{
    protected int[] Units { get; } = units;

    /// <summary>Units whose move may repair a breach.</summary>
    public virtual IEnumerable<int> RepairUnits => Units;

    /// <summary>Whether the amount also depends on the rooms of the lessons.</summary>
    public virtual bool AsksForRooms => false;

    public abstract int Amount(SearchState state);

    /// <summary>The same monitor with scratch arrays of its own.</summary>
    public virtual GroupMonitor ForWorker() => this;
}

internal sealed class BlockMonitor(SchoolIndex index, int[] units, int[] durations) : GroupMonitor(units)
{
    public override int Amount(SearchState state)
    {
        // Each lesson but the last must have exactly one direct follower.
        var followed = 0;
        for (var i = 0; i < Units.Length; i++)
        {
            var start = state.StartOf(Units[i]);
            if (start < 0) return 0;
            var day = index.Grid.DayOf(start);
            var after = index.Grid.Slot(day, 0) + index.AfterBreak(day, index.Grid.HourOf(start) + durations[i]);
            if (index.Grid.HourOf(start) + durations[i] >= index.Grid.HoursPerDay) continue;
            for (var j = 0; j < Units.Length; j++)
            {
                if (j == i || state.StartOf(Units[j]) != after || index.Grid.DayOf(after) != day) continue;
                followed++;
                break;
            }
        }
        return followed >= Units.Length - 1 ? 0 : 1;
    }
}

internal sealed class EndOfDayMonitor(int[] units, int duration, int[] leaves) : GroupMonitor(units)
{
    public override int Amount(SearchState state)
    {
        var start = state.StartOf(Units[0]);
        if (start < 0) return 0;
        var (day, end) = (start / state.Problem.Hours, start % state.Problem.Hours + duration);
        foreach (var leaf in leaves)
            if (state.Busy(leaf, day) >> end != 0) return 1;
        return 0;
    }
}

internal sealed class OccupiedSlotsMonitor(int slotCount, int[] units, int[] durations, IReadOnlyList<int> slots, int limit, bool atMost) : GroupMonitor(units)
{
    private readonly int[] uses = new int[slotCount];
    private readonly bool[] selected = [.. Enumerable.Range(0, slotCount).Select(slots.Contains)];

    public override GroupMonitor ForWorker() => new OccupiedSlotsMonitor(slotCount, Units, durations, slots, limit, atMost);

    public override int Amount(SearchState state)
    {
        Array.Clear(uses);
        var (used, missing) = (0, 0);
        for (var i = 0; i < Units.Length; i++)
        {
            var start = state.StartOf(Units[i]);
            if (start < 0) missing += durations[i];
            else for (var k = 0; k < durations[i]; k++) if (selected[start + k] && uses[start + k]++ == 0) used++;
        }
        return Math.Max(0, atMost ? used - limit : limit - used - missing);
    }
}

internal sealed class SimultaneousMonitor(int slotCount, int[] units, int[] durations, int[] slots, int limit, bool atMost, bool allowEmpty) : GroupMonitor(units)
{
    private readonly int[] running = new int[slotCount];

    public override GroupMonitor ForWorker() => new SimultaneousMonitor(slotCount, Units, durations, slots, limit, atMost, allowEmpty);

    public override int Amount(SearchState state)
    {
        Array.Clear(running);
        var (amount, missing) = (0, 0);
        for (var i = 0; i < Units.Length; i++)
        {
            var start = state.StartOf(Units[i]);
            if (start < 0) missing += durations[i];
            else for (var k = 0; k < durations[i]; k++) running[start + k]++;
        }
        foreach (var slot in slots)
            amount += atMost ? Math.Max(0, running[slot] - limit) : running[slot] == 0 && allowEmpty ? 0 : Math.Max(0, limit - running[slot]);
        return atMost ? amount : Math.Max(0, amount - missing);
    }
}

internal sealed class DifferentRoomsMonitor(int[] units, int[] activities, int roomCount, int limit) : GroupMonitor(units)
{
    private readonly int[] mark = new int[roomCount];
    private int stamp;

    public override GroupMonitor ForWorker() => new DifferentRoomsMonitor(Units, activities, roomCount, limit);

    public override bool AsksForRooms => true;

    public override int Amount(SearchState state)
    {
        stamp++;
        var used = 0;
        foreach (var activity in activities)
        {
            foreach (var room in state.RoomsOf(activity))
            {
                if (mark[room] == stamp) continue;
                mark[room] = stamp;
                used++;
            }
        }
        return Math.Max(0, used - limit);
    }
}

internal sealed class SameRoomMonitor(SchoolIndex index, int[] units, Activity first, Activity second) : GroupMonitor(units)
{
    public override bool AsksForRooms => true;

    public override int Amount(SearchState state)
    {
        var (a, b) = (state.StartOf(Units[0]), state.StartOf(Units[1]));
        if (a < 0 || b < 0 || !Consecutive.Follows(index, first, a, b) && !Consecutive.Follows(index, second, b, a)) return 0;
        var one = state.RoomsOf(first.Index);
        var two = state.RoomsOf(second.Index);
        return one.Length > 0 && two.Length > 0 && !one.SequenceEqual(two) ? 1 : 0;
    }
}

internal sealed class PlaceChangesMonitor(TimeGrid grid, int[] units, List<Activity> lessons, PlaceChanges rule, int[] placeOfRoom) : GroupMonitor(units)
{
    private readonly int[] activities = [.. lessons.Select(l => l.Index)];
    private readonly int[] durations = [.. lessons.Select(l => l.Duration)];
    private readonly ulong[] visited = new ulong[grid.DayCount];
    private readonly int[] placeAt = new int[grid.SlotCount];

    public override GroupMonitor ForWorker() => new PlaceChangesMonitor(grid, Units, lessons, rule, placeOfRoom);

    public override bool AsksForRooms => true;

    public override int Amount(SearchState state)
    {
        if (!MarkVisits(state)) return 0;
        var (amount, week) = (0, 0);
        for (var day = 0; day < visited.Length; day++)
        {
            var (place, end, changes) = (-1, 0, 0);
            for (var hours = visited[day]; hours != 0; hours &= hours - 1)
            {
                var hour = BitOperations.TrailingZeroCount(hours);
                var here = placeAt[day * grid.HoursPerDay + hour];
                if (place >= 0 && place != here)
                {
                    changes++;
                    if (rule.Limit == PlaceChangeLimit.MinGapsBetween && hour - end < rule.Number) amount++;
                }
                (place, end) = (here, hour + 1);
            }
            week += changes;
            if (rule.Limit == PlaceChangeLimit.MaxPerDay) amount += Math.Max(0, changes - rule.Number);
        }
        return rule.Limit == PlaceChangeLimit.MaxPerWeek ? Math.Max(0, week - rule.Number) : amount;
    }

    /// <summary>Notes where the person is in each hour. False when all is in one place.</summary>
    private bool MarkVisits(SearchState state)
    {
        Array.Clear(visited);
        var (only, several) = (-1, false);
        for (var i = 0; i < activities.Length; i++)
        {
            var start = state.StartOf(Units[i]);
            if (start < 0) continue;
            var rooms = state.RoomsOf(activities[i]);
            if (rooms.Length == 0 || placeOfRoom[rooms[0]] is var place && place < 0) continue;
            if (only < 0) only = place;
            several |= place != only;
            var (day, hour) = (start / grid.HoursPerDay, start % grid.HoursPerDay);
            visited[day] |= ((1UL << durations[i]) - 1) << hour;
            for (var k = 0; k < durations[i]; k++) placeAt[start + k] = place;
        }
        return several;
    }
}
