namespace Tessera.Timetabling.Search.Events;

/// <summary>The neighbourhoods. A move changes the state without committing and says whether there is anything to evaluate.</summary>
internal sealed partial class EventMoves
{
    private const int LongestChain = 24;
    /// <summary>Moves in a hundred that change resources, those of them that change a whole group's, and those that change durations.</summary>
    private const int ResourceShare = 25, GroupShare = 8, SplitShare = 5;

    private readonly EventState state;
    private readonly EventModel model;
    private readonly Xoshiro random;
    private readonly int[] free;
    private readonly (int Meet, int At)[] queue = new (int, int)[LongestChain];
    private readonly int[] movedStamp;
    private readonly int[] relayed;
    private readonly int[] sameMonitors;
    private readonly int[] splittable;
    private int stamp;

    public EventMoves(EventState state, Xoshiro random)
    {
        (this.state, this.random) = (state, random);
        model = state.Model;
        free = new int[model.Times];
        movedStamp = new int[state.MeetCount];
        relayed = new int[model.Resources];
        sameMonitors = [.. Enumerable.Range(0, model.Monitors.Length).Where(m => model.Monitors[m].Slots.Count > 0)];
        splittable = [.. Enumerable.Range(0, model.Blocks.Length).Where(b => model.Blocks[b].MaxParts > 1)];
    }

    /// <summary>Makes one random move; false when it came to nothing (the state is as before).</summary>
    public bool Try()
    {
        var draw = random.Next(100);
        if (model.Slots.Length > 0 && draw < ResourceShare) return draw < GroupShare && sameMonitors.Length > 0 ? MoveGroup() : MoveResource();
        if (splittable.Length > 0 && draw >= 100 - SplitShare) return Resplit();
        var meet = PickMeet();
        if (meet < 0) return false;
        var block = model.Blocks[state.BlockOf(meet)];
        if (block.Fixed >= 0) return false;
        var kind = random.Next(100);
        if (block.MayRest && kind == 0 && state.Time(meet) >= 0)
        {
            state.SetTime(meet, -1);
            return true;
        }
        if (state.Time(meet) >= 0)
        {
            if (kind < 50) return Chain(meet, RandomStart(meet));
            if (kind < 60) return ExchangeNeighbours(meet);
        }
        return kind < 85 ? MoveFreely(meet) || Eject(meet, RandomStart(meet)) : Eject(meet, RandomStart(meet));
    }

    /// <summary>A meet; one time in four one that some broken monitor counts, if possible a required one.</summary>
    private int PickMeet()
    {
        var draw = random.Next(8);
        if (draw < 2 && state.BrokenCount > 0)
        {
            var monitor = model.Monitors[state.Broken(random.Next(draw == 0 && state.BrokenRequired > 0 ? state.BrokenRequired : state.BrokenCount))];
            if (monitor.Resource < 0) return MeetOf(monitor.Blocks[random.Next(monitor.Blocks.Length)]);
            var blocks = model.ResourceBlocks[monitor.Resource];
            if (blocks.Length > 0) return MeetOf(blocks[random.Next(blocks.Length)]);
            for (var i = 0; i < 4; i++)
                if (state.OccupantOf(monitor.Resource, random.Next(model.Times)) is >= 0 and var found) return found;
        }
        for (var i = 0; i < 8; i++)
            if (random.Next(state.MeetCount) is var meet && state.Duration(meet) > 0) return meet;
        return MeetOf(random.Next(model.Blocks.Length));
    }

    private int MeetOf(int block)
    {
        var (first, count) = (state.FirstMeet(block), state.EndMeet(block) - state.FirstMeet(block));
        for (int i = 0, at = random.Next(count); i < count; i++, at++)
            if (state.Duration(first + at % count) > 0) return first + at % count;
        return -1;
    }

    private int RandomStart(int meet)
    {
        var starts = model.Blocks[state.BlockOf(meet)].Starts[state.Duration(meet)];
        return starts.Length == 0 ? -1 : starts[random.Next(starts.Length)];
    }

    private bool MayStart(int meet, int at)
    {
        if (at < 0 || at >= model.Times) return false;
        return (model.Blocks[state.BlockOf(meet)].StartSets[state.Duration(meet)][at >> 6] >> at & 1) != 0;
    }

    /// <summary>To a time at which all its preassigned resources are free.</summary>
    private bool MoveFreely(int meet)
    {
        var count = state.FreeStarts(meet, free);
        if (count == 0) return false;
        state.SetTime(meet, free[random.Next(count)]);
        Rehouse(meet);
        return true;
    }

    /// <summary>To any time; up to three meets in the way go where they are free, or take the place left.</summary>
    private bool Eject(int meet, int at)
    {
        var old = state.Time(meet);
        if (at < 0 || at == old) return false;
        var rivals = 0;
        foreach (var r in state.HeldBy(meet))
        {
            for (var q = at; q < at + state.Duration(meet); q++)
            {
                var rival = state.OccupantOf(r, q);
                if (rival < 0 || rival == meet || IsQueued(rival, rivals)) continue;
                if (rivals == 3 || model.Blocks[state.BlockOf(rival)].Fixed >= 0) return false;
                queue[rivals++] = (rival, -1);
            }
        }
        state.SetTime(meet, at);
        for (var i = 0; i < rivals; i++)
        {
            var rival = queue[i].Meet;
            var to = state.FreeStarts(rival, free) is > 0 and var count ? free[random.Next(count)] : old;
            if (to < 0 || !MayStart(rival, to)) return Abandon();
            state.SetTime(rival, to);
            Rehouse(rival);
        }
        Rehouse(meet);
        return true;
    }

    private bool IsQueued(int meet, int count)
    {
        for (var i = 0; i < count; i++)
            if (queue[i].Meet == meet) return true;
        return false;
    }

    private bool Abandon()
    {
        state.RollBack();
        return false;
    }

    /// <summary>A Kempe chain: whoever is in the way moves by the same distance back, and so on.</summary>
    private bool Chain(int meet, int to)
    {
        if (to < 0 || to == state.Time(meet)) return false;
        stamp++;
        movedStamp[meet] = stamp;
        queue[0] = (meet, to);
        return Follow(1, random.Next(4) == 0 ? LongestChain : 6);
    }

    /// <summary>Plans who else must move because of those queued, then moves them all.</summary>
    private bool Follow(int end, int limit)
    {
        for (var i = 0; i < end; i++)
        {
            var (moving, at) = queue[i];
            end = Displace(moving, at, state.Duration(moving), state.Time(moving) - at, end, limit);
        }
        if (end < 0) return Abandon();
        for (var i = 0; i < end; i++) state.SetTime(queue[i].Meet, queue[i].At);
        for (var i = 0; i < end; i++) Rehouse(queue[i].Meet);
        return true;
    }

    /// <summary>Queues those whom a meet meets within some hours, each to move by a distance; the new end of the queue, or -1 when one cannot.</summary>
    private int Displace(int meet, int first, int hours, int distance, int end, int limit)
    {
        foreach (var r in state.HeldBy(meet))
        {
            for (var q = first; q < first + hours; q++)
            {
                var rival = state.OccupantOf(r, q);
                if (rival < 0 || rival == meet || movedStamp[rival] == stamp) continue;
                if (end == limit || model.Blocks[state.BlockOf(rival)].Fixed >= 0 || !MayStart(rival, state.Time(rival) + distance)) return -1;
                movedStamp[rival] = stamp;
                queue[end++] = (rival, state.Time(rival) + distance);
            }
        }
        return end;
    }

    /// <summary>Two meets of different length that follow each other in some resource's day change their order.</summary>
    private bool ExchangeNeighbours(int meet)
    {
        var block = model.Blocks[state.BlockOf(meet)];
        if (block.Preassigned.Length == 0) return false;
        var (at, d) = (state.Time(meet), state.Duration(meet));
        if (at + d >= model.Times) return false;
        var next = state.OccupantOf(block.Preassigned[random.Next(block.Preassigned.Length)], at + d);
        if (next < 0 || next == meet || state.Time(next) != at + d || state.Duration(next) == d || !MayStart(next, at) || !MayStart(meet, at + state.Duration(next))) return false;
        state.SetTime(meet, at + state.Duration(next));
        state.SetTime(next, at);
        Rehouse(meet);
        Rehouse(next);
        return true;
    }

    /// <summary>
    /// One meet of an event gives hours to another, which may be new: splits, joins and shifts in one. The hours move in time, and whoever is in the
    /// way goes the same distance back.
    /// </summary>
    private bool Resplit()
    {
        var block = splittable[random.Next(splittable.Length)];
        var giver = MeetOf(block);
        var taker = MeetOf(block);
        var (had, at) = (state.Duration(giver), state.Time(giver));
        if (giver == taker)
        {
            if (had < 2) return false;
            for (taker = state.FirstMeet(block); state.Duration(taker) > 0;) taker++;
        }
        var (gained, to) = (state.Duration(taker), state.Time(taker));
        var hours = 1 + random.Next(gained == 0 ? had - 1 : had);
        if (at < 0 || gained > 0 && to < 0) return false;
        // From which end the hours are taken, and to which they are added.
        var (front, before) = (random.Next(2) == 0, random.Next(2) == 0);
        state.SetTime(giver, -1);
        state.Resize(giver, had - hours);
        var left = front ? at + hours : at;
        if (had > hours && !MayStart(giver, left)) return Abandon();
        state.SetTime(taker, -1);
        state.Resize(taker, gained + hours);
        var start = gained == 0 ? RandomStart(taker) : before ? to - hours : to;
        if (!MayStart(taker, start)) return Abandon();
        if (gained == 0)
            for (var s = 0; s < model.Blocks[block].SlotCount; s++) state.SetResource(taker, s, state.Assigned(giver, s));
        stamp++;
        movedStamp[taker] = movedStamp[giver] = stamp;
        var (first, from) = (gained > 0 && !before ? start + gained : start, front ? at : left + had - hours);
        if (!Follow(Displace(taker, first, hours, from - first, 0, LongestChain), LongestChain)) return false;
        if (had > hours) state.SetTime(giver, left);
        state.SetTime(taker, start);
        Rehouse(giver);
        Rehouse(taker);
        return true;
    }
}
