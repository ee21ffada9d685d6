using System.Runtime.CompilerServices;

namespace Tessera.Timetabling.Search;

internal sealed partial class SearchState
{
    private readonly int[] lastOption;
    private readonly int[] groupStamp;
    private readonly int[] groupDirty;
    private readonly int[] logStamp;
    private int groupDirtyCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MarkGroup(int group)
    {
        if (groupStamp[group] == stamp) return;
        groupStamp[group] = stamp;
        groupDirty[groupDirtyCount++] = group;
    }

    private ulong MaskAt(int activity, int hour) => ((1UL << Problem.Duration[activity]) - 1) << hour;

    private void FreeRoom(int activity, int day, int hour)
    {
        var o = option[activity];
        if (o < 0) return;
        var mask = MaskAt(activity, hour);
        for (var i = Problem.OptionRoomFirst[o]; i < Problem.OptionRoomFirst[o + 1]; i++) roomBusy[Problem.OptionRooms[i] * days + day] &= ~mask;
        option[activity] = -1;
        Soft -= Problem.OptionCost[o];
        Cost -= Problem.OptionCost[o];
    }

    private void TakeRoom(int activity, int o, int day, int hour)
    {
        var mask = MaskAt(activity, hour);
        for (var i = Problem.OptionRoomFirst[o]; i < Problem.OptionRoomFirst[o + 1]; i++)
        {
            var room = Problem.OptionRooms[i];
            roomBusy[room * days + day] |= mask;
            var slot = room * slots + day * hours + hour;
            for (var k = mask >> hour; k != 0; k >>= 1, slot++) roomOccupant[slot] = activity;
        }
        option[activity] = o;
        lastOption[activity] = o;
        Soft += Problem.OptionCost[o];
        Cost += Problem.OptionCost[o];
    }

    private bool IsOptionFree(int o, int day, ulong mask)
    {
        for (var i = Problem.OptionRoomFirst[o]; i < Problem.OptionRoomFirst[o + 1]; i++)
            if ((roomBusy[Problem.OptionRooms[i] * days + day] & mask) != 0) return false;
        return true;
    }

    /// <summary>The cheapest free option, the one used last when it is as cheap; -1 when none is free.</summary>
    private int FindOption(int activity, int day, int hour, int except = -1)
    {
        var mask = MaskAt(activity, hour);
        var best = -1;
        var last = lastOption[activity];
        if (last != except && IsOptionFree(last, day, mask)) best = last;
        if (best >= 0 && Problem.OptionCost[best] == 0) return best;
        for (var o = Problem.OptionFirst[activity]; o < Problem.OptionFirst[activity + 1]; o++)
        {
            if (o == except || best >= 0 && Problem.OptionCost[o] >= Problem.OptionCost[best]) continue;
            if (!IsOptionFree(o, day, mask)) continue;
            best = o;
            if (Problem.OptionCost[o] == 0) break;
        }
        return best;
    }

    private bool TryTakeRooms(int unit, int at)
    {
        var (day, hour) = (at / hours, at % hours);
        var members = Problem.UnitMembers[unit];
        for (var m = 0; m < members.Length; m++)
        {
            var activity = members[m];
            if (!Problem.NeedsRoom(activity)) continue;
            var o = FindOption(activity, day, hour);
            if (o < 0 && (o = ShiftForRoom(activity, day, hour)) < 0)
            {
                while (--m >= 0) FreeRoom(members[m], day, hour);
                return false;
            }
            TakeRoom(activity, o, day, hour);
        }
        return true;
    }

    /// <summary>Frees a room by sending its one occupant to another of its rooms; -1 when that does not help.</summary>
    private int ShiftForRoom(int activity, int day, int hour)
    {
        var mask = MaskAt(activity, hour);
        for (var o = Problem.OptionFirst[activity]; o < Problem.OptionFirst[activity + 1]; o++)
        {
            var blocker = SingleBlocker(o, day, hour, mask);
            if (blocker < 0) continue;
            var unit = Problem.UnitOf[blocker];
            if (start[unit] < 0) continue;
            var blockerHour = start[unit] % hours;
            var was = option[blocker];
            var other = FindOption(blocker, day, blockerHour, was);
            if (other < 0) continue;
            Touch(unit);
            FreeRoom(blocker, day, blockerHour);
            TakeRoom(blocker, other, day, blockerHour);
            if (IsOptionFree(o, day, mask)) return o;
            FreeRoom(blocker, day, blockerHour);
            TakeRoom(blocker, was, day, blockerHour);
        }
        return -1;
    }

    /// <summary>The only lesson in the way of a room option, -1 when there are several or the room is closed.</summary>
    private int SingleBlocker(int o, int day, int hour, ulong mask)
    {
        var blocker = -1;
        for (var i = Problem.OptionRoomFirst[o]; i < Problem.OptionRoomFirst[o + 1]; i++)
        {
            var room = Problem.OptionRooms[i];
            if ((Problem.RoomClosed[room * days + day] & mask) != 0) return -1;
            var taken = roomBusy[room * days + day] & mask;
            for (var h = hour; taken >> h != 0; h++)
            {
                if ((taken >> h & 1) == 0) continue;
                var found = roomOccupant[room * slots + day * hours + h];
                if (blocker >= 0 && blocker != found) return -1;
                blocker = found;
            }
        }
        return blocker;
    }

    /// <summary>Moves a placed lesson to another of its rooms. False when that room is taken.</summary>
    public bool TryChangeRoom(int activity, int newOption)
    {
        var unit = Problem.UnitOf[activity];
        var (day, hour) = (start[unit] / hours, start[unit] % hours);
        var was = option[activity];
        Touch(unit);
        FreeRoom(activity, day, hour);
        var free = IsOptionFree(newOption, day, MaskAt(activity, hour));
        TakeRoom(activity, free ? newOption : was, day, hour);
        return free;
    }
}
