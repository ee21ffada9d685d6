namespace Tessera.Timetabling.Search.Events;

/// <summary>The neighbourhoods. A move changes the state without committing and says whether there is anything to evaluate.</summary>
internal sealed class EventMoves
{
    private const int LongestChain = 24;
    /// <summary>Meets looked at for a chain of resources.</summary>
    private const int LongestRelay = 64;
    /// <summary>Moves in a hundred that change resources, those of them that change a whole group's, and those that change durations.</summary>
    private const int ResourceShare = 25, GroupShare = 8, SplitShare = 5;

    private readonly EventState state;
    private readonly EventModel model;
    private readonly Xoshiro random;
    private readonly int[] free;
    private readonly (int Meet, int At)[] queue = new (int, int)[LongestChain];
    private readonly int[] movedStamp;
    /// <summary>Search for a chain of resources: who would take the resource that the previous one now has.</summary>
    private readonly (int Meet, int Slot, int Previous, int Had)[] relay = new (int, int, int, int)[LongestRelay];
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

    /// <summary>After a change of time: a chosen resource that is busy now gives way to a free one.</summary>
    private void Rehouse(int meet)
    {
        var block = model.Blocks[state.BlockOf(meet)];
        for (var s = 0; s < block.SlotCount; s++)
        {
            var resource = state.Assigned(meet, s);
            var slot = model.Slots[block.FirstSlot + s];
            if (resource < 0 ? slot.MayRest || random.Next(8) != 0 : IsAlone(meet, resource) || (slot.Sticky ? random.Next(8) != 0 : random.Next(4) == 0)) continue;
            if (FreeCandidate(meet, s) is >= 0 and var other) state.SetResource(meet, s, other);
            else if (!slot.Sticky && resource >= 0) Relay(meet, s);
        }
    }

    private bool IsAlone(int meet, int resource)
    {
        for (var q = state.Time(meet); q < state.Time(meet) + state.Duration(meet); q++)
            if (q >= 0 && state.Cover(resource, q) > 1) return false;
        return true;
    }

    /// <summary>A candidate of the slot that is free at the meet's times, or -1.</summary>
    private int FreeCandidate(int meet, int slot)
    {
        var candidates = model.Slots[model.Blocks[state.BlockOf(meet)].FirstSlot + slot].Candidates;
        if (candidates.Length == 0) return -1;
        for (int i = 0, at = random.Next(candidates.Length); i < candidates.Length; i++, at++)
        {
            var r = candidates[at < candidates.Length ? at : at - candidates.Length];
            var clear = true;
            for (var q = Math.Max(0, state.Time(meet)); q < state.Time(meet) + state.Duration(meet) && clear; q++) clear = state.Cover(r, q) == 0;
            if (clear) return r;
        }
        return -1;
    }

    /// <summary>Another resource for one slot of one meet; half the time whoever has it takes the old one.</summary>
    private bool MoveResource()
    {
        var number = random.Next(model.Slots.Length);
        var meet = -1;
        if (random.Next(4) == 0 && state.BrokenRequired > 0 && model.Monitors[state.Broken(random.Next(state.BrokenRequired))] is { Kind: MonitorKind.Clashes } clash)
            meet = FindClash(clash.Resource, ref number);
        var slot = model.Slots[number];
        if (meet >= 0 && !slot.Sticky && random.Next(4) == 0 && Relay(meet, number - model.Blocks[slot.Block].FirstSlot)) return true;
        if (meet < 0) meet = MeetOf(slot.Block);
        if (meet < 0) return false;
        var local = number - model.Blocks[slot.Block].FirstSlot;
        var old = state.Assigned(meet, local);
        var draw = random.Next(32);
        if (draw == 0 && slot.MayRest && old >= 0)
        {
            state.SetResource(meet, local, -1);
            return true;
        }
        if (slot.Candidates.Length == 0) return false;
        var to = draw < 12 ? FreeCandidate(meet, local) : -1;
        if (to < 0) to = slot.Candidates[random.Next(slot.Candidates.Length)];
        if (to == old) return false;
        var displaced = draw is >= 12 and < 24 && state.Time(meet) >= 0 ? state.OccupantOf(to, state.Time(meet)) : -1;
        state.SetResource(meet, local, to);
        if (displaced >= 0 && displaced != meet) HandOver(displaced, to, old);
        return true;
    }

    /// <summary>A meet for which a resource was chosen that has another meet at the time, looked for from a slot on; -1 when all of them are preassigned.</summary>
    private int FindClash(int resource, ref int slot)
    {
        for (int i = 0, s = slot; i < model.Slots.Length; i++, s = s + 1 < model.Slots.Length ? s + 1 : 0)
        {
            var block = model.Slots[s].Block;
            for (var m = state.FirstMeet(block); m < state.EndMeet(block); m++)
            {
                if (state.Duration(m) == 0 || state.Assigned(m, s - model.Blocks[block].FirstSlot) != resource || IsAlone(m, resource)) continue;
                slot = s;
                return m;
            }
        }
        return -1;
    }

    /// <summary>The slot for which a meet has chosen a resource, or -1.</summary>
    private int SlotWith(int meet, int resource)
    {
        var block = model.Blocks[state.BlockOf(meet)];
        for (var s = 0; s < block.SlotCount; s++)
            if (state.Assigned(meet, s) == resource) return block.FirstSlot + s;
        return -1;
    }

    private bool HandOver(int meet, int from, int to)
    {
        var slot = SlotWith(meet, from);
        if (slot < 0 || to >= 0 && Array.IndexOf(model.Slots[slot].Candidates, to) < 0) return false;
        state.SetResource(meet, slot - model.Blocks[state.BlockOf(meet)].FirstSlot, to);
        return true;
    }

    /// <summary>The meet, and all meets of events that should share its resource and have it, go over to another.</summary>
    private void HandOverGroup(int meet, int from, int to)
    {
        var slot = SlotWith(meet, from);
        if (slot < 0) return;
        if (!model.Slots[slot].Sticky)
        {
            HandOver(meet, from, to);
            return;
        }
        foreach (var s in model.Monitors[model.Slots[slot].SameMonitors[0]].Slots)
        {
            var block = model.Slots[s].Block;
            if (to >= 0 && Array.IndexOf(model.Slots[s].Candidates, to) < 0) continue;
            for (var m = state.FirstMeet(block); m < state.EndMeet(block); m++)
                if (state.Duration(m) > 0 && state.Assigned(m, s - model.Blocks[block].FirstSlot) == from) state.SetResource(m, s - model.Blocks[block].FirstSlot, to);
        }
    }

    /// <summary>All events that should have the same resource get another one together; whoever is in the way, or somebody else of the new one, may take the old one in exchange.</summary>
    private bool MoveGroup()
    {
        var monitor = sameMonitors[random.Next(sameMonitors.Length)];
        if (random.Next(4) == 0 && state.BrokenCount > 0 && state.Broken(random.Next(state.BrokenCount)) is var some && model.Monitors[some].Slots.Count > 0) monitor = some;
        var slots = model.Monitors[monitor].Slots;
        var candidates = model.Slots[slots[random.Next(slots.Count)]].Candidates;
        if (candidates.Length == 0) return false;
        var to = candidates[random.Next(candidates.Length)];
        var draw = random.Next(4);
        var any = false;
        foreach (var s in slots)
        {
            var block = model.Slots[s].Block;
            var local = s - model.Blocks[block].FirstSlot;
            for (var m = state.FirstMeet(block); m < state.EndMeet(block); m++)
            {
                if (state.Duration(m) == 0 || state.Assigned(m, local) is var old && old == to) continue;
                if (draw is 1 or 2) Displace(m, to, old, wholeGroups: draw == 2);
                else if (draw == 3 && !any) Exchange(to, old, s);
                state.SetResource(m, local, to);
                any = true;
            }
        }
        return any;
    }

    /// <summary>Whom a resource attends at a meet's times goes over to another one.</summary>
    private void Displace(int meet, int resource, int to, bool wholeGroups)
    {
        for (var q = state.Time(meet); q >= 0 && q < state.Time(meet) + state.Duration(meet); q++)
        {
            if (state.OccupantOf(resource, q) is not (>= 0 and var displaced)) continue;
            if (wholeGroups) HandOverGroup(displaced, resource, to);
            else HandOver(displaced, resource, to);
        }
    }

    /// <summary>Some other events of a resource go over to another one.</summary>
    private void Exchange(int from, int to, int except)
    {
        for (var i = 0; i < 24; i++)
        {
            var number = random.Next(model.Slots.Length);
            var slot = model.Slots[number];
            if (number == except || !slot.Sticky || slot.SameMonitors[0] == model.Slots[except].SameMonitors[0]) continue;
            var meet = MeetOf(slot.Block);
            if (meet < 0 || state.Assigned(meet, number - model.Blocks[slot.Block].FirstSlot) != from) continue;
            HandOverGroup(meet, from, to);
            return;
        }
    }

    /// <summary>
    /// A meet gets a resource that is free at its times by passing resources on: whoever has one of its candidates takes another, until somebody's is free.
    /// The shortest such chain, by looking at each meet and resource once.
    /// </summary>
    internal bool Relay(int meet, int slot)
    {
        stamp++;
        var (first, end) = (0, 1);
        relay[0] = (meet, slot, -1, -1);
        movedStamp[meet] = stamp;
        for (; first < end; first++)
        {
            var (m, s, _, _) = relay[first];
            var candidates = model.Slots[model.Blocks[state.BlockOf(m)].FirstSlot + s].Candidates;
            var (from, to) = (Math.Max(0, state.Time(m)), state.Time(m) + state.Duration(m));
            for (int i = 0, at = candidates.Length == 0 ? 0 : random.Next(candidates.Length); i < candidates.Length; i++, at++)
            {
                var r = candidates[at < candidates.Length ? at : at - candidates.Length];
                if (relayed[r] == stamp || r == state.Assigned(m, s)) continue;
                var (holder, several) = (-1, false);
                for (var q = from; q < to && !several; q++)
                {
                    if (state.Cover(r, q) == 0) continue;
                    var occupant = state.OccupantOf(r, q);
                    several = occupant < 0 || holder >= 0 && occupant != holder;
                    holder = occupant;
                }
                if (several) continue;
                relayed[r] = stamp;
                if (holder < 0)
                {
                    Pass(first, r);
                    return true;
                }
                if (movedStamp[holder] == stamp || end == relay.Length || SlotWith(holder, r) is var held && (held < 0 || model.Slots[held].Sticky)) continue;
                movedStamp[holder] = stamp;
                relay[end++] = (holder, held - model.Blocks[state.BlockOf(holder)].FirstSlot, first, r);
            }
        }
        return false;
    }

    private void Pass(int last, int free)
    {
        for (var i = last; i >= 0; i = relay[i].Previous)
        {
            state.SetResource(relay[i].Meet, relay[i].Slot, free);
            free = relay[i].Had;
        }
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
