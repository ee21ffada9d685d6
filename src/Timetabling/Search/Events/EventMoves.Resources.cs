namespace Tessera.Timetabling.Search.Events;

// Who attends, and where: moves that change chosen resources.
internal sealed partial class EventMoves
{
    /// <summary>Meets looked at for a chain of resources.</summary>
    private const int LongestRelay = 64;

    /// <summary>Search for a chain of resources: who would take the resource that the previous one now has.</summary>
    private readonly (int Meet, int Slot, int Previous, int Had)[] relay = new (int, int, int, int)[LongestRelay];

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
                if (draw is 1 or 2) GiveWay(m, to, old, wholeGroups: draw == 2);
                else if (draw == 3 && !any) Exchange(to, old, s);
                state.SetResource(m, local, to);
                any = true;
            }
        }
        return any;
    }

    /// <summary>Whom a resource attends at a meet's times goes over to another one.</summary>
    private void GiveWay(int meet, int resource, int to, bool wholeGroups)
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
}
