namespace Tessera.Timetabling.Search;

internal sealed partial class SearchState
{
    private readonly int[] conflictStamp;
    private int conflictMark;

    /// <summary>Units, other than <paramref name="unit"/>, whose people it would need at a start. Returns how many were written.</summary>
    public int Conflicts(int unit, int at, Span<int> into)
    {
        conflictMark++;
        var count = 0;
        var (day, hour) = (at / hours, at % hours);
        for (var i = Problem.UseFirst[unit]; i < Problem.UseFirst[unit + 1]; i++)
        {
            var resource = Problem.UseResource[i];
            var shared = busy[resource * days + day] & Problem.UseMask[i] << hour;
            if (shared == 0 || !Problem.Clashes[resource]) continue;
            for (var slot = resource * slots + day * hours; shared != 0; shared &= shared - 1)
            {
                var other = occupant[slot + System.Numerics.BitOperations.TrailingZeroCount(shared)];
                if (other == unit || conflictStamp[other] == conflictMark) continue;
                conflictStamp[other] = conflictMark;
                into[count++] = other;
            }
        }
        return count;
    }

    /// <summary>
    /// Adds the units that hold the rooms a unit would need at a start, choosing for each member the option whose holders weigh least.
    /// Returns the new number of conflicts, or -1 when a member can have no room at this time at all.
    /// </summary>
    public int RoomConflicts(int unit, int at, Span<int> into, int count, ReadOnlySpan<long> unitWeight)
    {
        var (day, hour) = (at / hours, at % hours);
        foreach (var activity in Problem.UnitMembers[unit])
        {
            if (!Problem.NeedsRoom(activity)) continue;
            var mask = MaskAt(activity, hour);
            var (best, bestWeight) = (-1, long.MaxValue);
            for (var o = Problem.OptionFirst[activity]; o < Problem.OptionFirst[activity + 1] && bestWeight > 0; o++)
            {
                var total = HoldersWeight(o, day, hour, mask, unit, unitWeight);
                if (total < bestWeight) (best, bestWeight) = (o, total);
            }
            if (best < 0) return -1;
            if (bestWeight == 0) continue;
            for (var i = Problem.OptionRoomFirst[best]; i < Problem.OptionRoomFirst[best + 1]; i++)
            {
                var room = Problem.OptionRooms[i];
                var taken = roomBusy[room * days + day] & mask;
                for (; taken != 0; taken &= taken - 1)
                {
                    var holder = Problem.UnitOf[roomOccupant[room * slots + day * hours + System.Numerics.BitOperations.TrailingZeroCount(taken)]];
                    if (holder == unit || conflictStamp[holder] == conflictMark) continue;
                    conflictStamp[holder] = conflictMark;
                    into[count++] = holder;
                }
            }
        }
        return count;
    }

    private long HoldersWeight(int o, int day, int hour, ulong mask, int unit, ReadOnlySpan<long> unitWeight)
    {
        var total = 0L;
        for (var i = Problem.OptionRoomFirst[o]; i < Problem.OptionRoomFirst[o + 1]; i++)
        {
            var room = Problem.OptionRooms[i];
            if ((Problem.RoomClosed[room * days + day] & mask) != 0) return long.MaxValue;
            var taken = roomBusy[room * days + day] & mask;
            for (; taken != 0; taken &= taken - 1)
            {
                var holder = Problem.UnitOf[roomOccupant[room * slots + day * hours + System.Numerics.BitOperations.TrailingZeroCount(taken)]];
                if (holder != unit && conflictStamp[holder] != conflictMark) total += unitWeight[holder] + 1;
            }
        }
        return total;
    }
}
