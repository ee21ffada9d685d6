namespace Tessera.Timetabling.Search.Events;

/// <summary>
/// A timetable under change. A move is a transaction: changes are recorded, <see cref="Evaluate"/> prices them by recounting only the monitors they
/// touched, then <see cref="Commit"/> keeps them or <see cref="RollBack"/> undoes them. Nothing is allocated.
/// </summary>
internal sealed partial class EventState
{
    private readonly EventModel model;
    private readonly int times, words;
    private readonly int[] firstMeet;
    private readonly int[] blockOf;
    private readonly int[] firstAssigned;
    private readonly int[] duration;
    private readonly int[] time;
    private readonly int[] assigned;
    private readonly short[] cover;
    private readonly int[] occupants;
    private readonly ulong[] busy;
    private readonly int[] clashes;
    private readonly long[] load;
    private readonly int[] sum;
    private readonly int[] counters;

    private enum Change : byte { Time, Resource, Duration }
    private readonly (Change Kind, int Meet, int Slot, int Old)[] journal;
    private int journaled;
    private readonly int[] held;

    public EventState(EventModel model)
    {
        this.model = model;
        (times, words) = (model.Times, model.Words);
        firstMeet = new int[model.Blocks.Length + 1];
        for (var b = 0; b < model.Blocks.Length; b++) firstMeet[b + 1] = firstMeet[b] + model.Blocks[b].MaxParts;
        var meets = firstMeet[^1];
        (blockOf, firstAssigned, duration, time) = (new int[meets], new int[meets + 1], new int[meets], new int[meets]);
        for (var b = 0; b < model.Blocks.Length; b++)
            for (var m = firstMeet[b]; m < firstMeet[b + 1]; m++) (blockOf[m], firstAssigned[m + 1]) = (b, firstAssigned[m] + model.Blocks[b].SlotCount);
        assigned = new int[firstAssigned[^1]];
        Array.Fill(time, -1);
        Array.Fill(assigned, -1);
        cover = new short[model.Resources * times];
        occupants = new int[model.Resources * times];
        busy = new ulong[model.Resources * words];
        clashes = new int[model.Resources];
        load = [.. model.BaseLoad];
        counters = [.. model.BaseCounters];
        sum = [.. model.Monitors.Select(m => m.Base)];
        journal = new (Change, int, int, int)[8 * meets + 4 * assigned.Length + 64];
        held = new int[model.Blocks.Max(b => b.Preassigned.Length + b.SlotCount)];
        PrepareMonitors();
        for (var b = 0; b < model.Blocks.Length; b++)
            for (var i = 0; i < model.Blocks[b].Parts.Length; i++) Resize(firstMeet[b] + i, model.Blocks[b].Parts[i]);
        Recount();
    }

    public EventModel Model => model;
    /// <summary>Meets that exist or may come to exist.</summary>
    public int MeetCount => blockOf.Length;
    /// <summary>Meets that have a time, and all meets there are now.</summary>
    public (int Placed, int All) CountMeets()
    {
        var (placed, all) = (0, 0);
        for (var m = 0; m < MeetCount; m++)
        {
            if (duration[m] == 0) continue;
            all++;
            if (time[m] >= 0) placed++;
        }
        return (placed, all);
    }

    public int FirstMeet(int block) => firstMeet[block];
    public int EndMeet(int block) => firstMeet[block + 1];
    public int BlockOf(int meet) => blockOf[meet];
    /// <summary>0 when the meet does not exist now.</summary>
    public int Duration(int meet) => duration[meet];
    public int Time(int meet) => time[meet];
    public int Assigned(int meet, int slot) => assigned[firstAssigned[meet] + slot];
    public int Cover(int resource, int at) => cover[resource * times + at];

    /// <summary>The meet a resource attends at a time; -1 when there is none or more than one.</summary>
    public int OccupantOf(int resource, int at) => cover[resource * times + at] == 1 ? occupants[resource * times + at] : -1;

    public ReadOnlySpan<ulong> Busy(int resource) => busy.AsSpan(resource * words, words);

    /// <summary>Gives the meet a starting time; -1 takes it away.</summary>
    public void SetTime(int meet, int at)
    {
        var old = time[meet];
        if (old == at) return;
        Record(Change.Time, meet, 0, old);
        var block = model.Blocks[blockOf[meet]];
        var d = duration[meet];
        if (old < 0 || at < 0)
        {
            foreach (var monitor in block.PlacingMonitors)
            {
                sum[monitor] += at < 0 ? d : -d;
                Touch(monitor);
            }
        }
        foreach (var rule in block.TimeRulesOf[d])
        {
            var change = rule.Units(d, at) - rule.Units(d, old);
            if (change == 0) continue;
            sum[rule.Monitor] += change;
            Touch(rule.Monitor);
        }
        foreach (var m in block.SpreadMonitors)
        {
            var monitor = model.Monitors[m];
            if (monitor.GroupOf.Length > 0)
            {
                var (left, entered) = (old < 0 ? -1 : monitor.GroupOf[old], at < 0 ? -1 : monitor.GroupOf[at]);
                if (left == entered) continue;
                if (left >= 0) counters[monitor.FirstCounter + left]--;
                if (entered >= 0) counters[monitor.FirstCounter + entered]++;
                Touch(m);
                continue;
            }
            for (var g = 0; g < monitor.Groups.Length; g++)
            {
                var (was, now) = (old >= 0 && Has(monitor.Groups[g], old), at >= 0 && Has(monitor.Groups[g], at));
                if (was == now) continue;
                counters[monitor.FirstCounter + g] += now ? 1 : -1;
                Touch(m);
            }
        }
        foreach (var m in block.WholeMonitors) Touch(m);
        foreach (var r in block.Preassigned)
        {
            if (old >= 0) Leave(r, meet, old, d);
            if (at >= 0) Enter(r, meet, at, d);
        }
        for (var k = firstAssigned[meet]; k < firstAssigned[meet + 1]; k++)
        {
            if (assigned[k] < 0) continue;
            if (old >= 0) Leave(assigned[k], meet, old, d);
            if (at >= 0) Enter(assigned[k], meet, at, d);
        }
        time[meet] = at;
    }

    /// <summary>Gives a slot of the meet a resource; -1 takes it away.</summary>
    public void SetResource(int meet, int slot, int resource)
    {
        var k = firstAssigned[meet] + slot;
        var old = assigned[k];
        if (old == resource) return;
        Record(Change.Resource, meet, slot, old);
        assigned[k] = resource;
        if (duration[meet] == 0) return;
        Count(model.Slots[model.Blocks[blockOf[meet]].FirstSlot + slot], old, -duration[meet], -1);
        Count(model.Slots[model.Blocks[blockOf[meet]].FirstSlot + slot], resource, duration[meet], 1);
        if (time[meet] < 0) return;
        if (old >= 0) Leave(old, meet, time[meet], duration[meet]);
        if (resource >= 0) Enter(resource, meet, time[meet], duration[meet]);
    }

    /// <summary>Makes a meet without a time longer or shorter; 0 ends it. The caller keeps the block's total.</summary>
    public void Resize(int meet, int hours)
    {
        var old = duration[meet];
        if (old == hours) return;
        Record(Change.Duration, meet, 0, old);
        var block = model.Blocks[blockOf[meet]];
        foreach (var rule in block.TimeRules)
        {
            if (rule.Allowed is not null) continue;
            sum[rule.Monitor] += hours - old;
            Touch(rule.Monitor);
        }
        foreach (var m in block.SplitMonitors) Touch(m);
        foreach (var m in block.WholeMonitors) Touch(m);
        var exists = (hours > 0 ? 1 : 0) - (old > 0 ? 1 : 0);
        for (var s = 0; s < block.SlotCount; s++) Count(model.Slots[block.FirstSlot + s], assigned[firstAssigned[meet] + s], hours - old, exists);
        duration[meet] = hours;
    }

    /// <summary>Counts hours and a meet of a slot for or against its resource.</summary>
    private void Count(EventModel.OpenSlot slot, int resource, int hours, int meets)
    {
        foreach (var rule in slot.Rules)
        {
            if (!rule.Breaks(resource)) continue;
            sum[rule.Monitor] += hours;
            Touch(rule.Monitor);
        }
        if (resource < 0) return;
        load[resource] += slot.Load * hours;
        TouchResource(resource);
        if (meets == 0) return;
        foreach (var m in slot.SameMonitors)
        {
            ref var users = ref counters[model.Monitors[m].FirstCounter + resource];
            var before = users;
            users += meets;
            if (before > 0 == users > 0) continue;
            sum[m] += meets;
            Touch(m);
        }
    }

    private void Enter(int resource, int meet, int at, int hours)
    {
        TouchResource(resource);
        var end = Math.Min(times, at + hours);
        for (var t = at; t < end; t++)
        {
            var cell = resource * times + t;
            if (cover[cell]++ == 0) busy[resource * words + (t >> 6)] |= 1UL << t;
            else clashes[resource]++;
            occupants[cell] ^= meet;
            changed[resource * words + (t >> 6)] |= 1UL << t;
        }
    }

    private void Leave(int resource, int meet, int at, int hours)
    {
        TouchResource(resource);
        var end = Math.Min(times, at + hours);
        for (var t = at; t < end; t++)
        {
            var cell = resource * times + t;
            if (--cover[cell] == 0) busy[resource * words + (t >> 6)] &= ~(1UL << t);
            else clashes[resource]--;
            occupants[cell] ^= meet;
            changed[resource * words + (t >> 6)] |= 1UL << t;
        }
    }

    private static bool Has(ulong[] set, int at) => (set[at >> 6] >> at & 1) != 0;

    private void Record(Change kind, int meet, int slot, int old)
    {
        if (journaled < journal.Length) journal[journaled] = (kind, meet, slot, old);
        journaled++;
    }

    /// <summary>Undoes every change since the last commit.</summary>
    public void RollBack()
    {
        if (journaled > journal.Length) throw new InvalidOperationException("The move has more steps than the journal holds.");
        var steps = journaled;
        for (var i = steps - 1; i >= 0; i--)
        {
            var (kind, meet, slot, old) = journal[i];
            if (kind == Change.Time) SetTime(meet, old);
            else if (kind == Change.Resource) SetResource(meet, slot, old);
            else Resize(meet, old);
        }
        Forget();
    }

    /// <summary>The resources the meet takes along when its time changes: preassigned ones, and chosen ones that it shares with other events. Valid until the next call.</summary>
    public ReadOnlySpan<int> HeldBy(int meet)
    {
        var block = model.Blocks[blockOf[meet]];
        if (!block.HasSticky) return block.Preassigned;
        var count = block.Preassigned.Length;
        block.Preassigned.CopyTo(held, 0);
        for (var s = 0; s < block.SlotCount; s++)
            if (model.Slots[block.FirstSlot + s].Sticky && assigned[firstAssigned[meet] + s] is >= 0 and var resource) held[count++] = resource;
        return held.AsSpan(0, count);
    }

    /// <summary>
    /// Starting times other than its own at which none of the resources the meet holds resources attends another; up to <paramref name="free"/>'s length,
    /// the number found is returned.
    /// </summary>
    public int FreeStarts(int meet, Span<int> free)
    {
        Span<ulong> all = stackalloc ulong[words];
        all.Clear();
        var block = model.Blocks[blockOf[meet]];
        var (d, own) = (duration[meet], time[meet]);
        var resources = HeldBy(meet);
        foreach (var r in resources)
            for (var w = 0; w < words; w++) all[w] |= busy[r * words + w];
        for (var q = own; own >= 0 && q < Math.Min(times, own + d); q++)
        {
            var alone = true;
            foreach (var r in resources) alone &= cover[r * times + q] <= 1;
            if (alone) all[q >> 6] &= ~(1UL << q);
        }
        var found = 0;
        foreach (var t in block.Starts[d])
        {
            var clear = t != own;
            for (var q = t; q < t + d && clear; q++) clear = (all[q >> 6] >> q & 1) == 0;
            if (!clear) continue;
            free[found++] = t;
            if (found == free.Length) break;
        }
        return found;
    }

    /// <summary>Keeps the placements in the given copy.</summary>
    public void Save(Copy copy)
    {
        (copy.Hard, copy.Soft) = (Hard, Soft);
        duration.CopyTo(copy.Durations, 0);
        time.CopyTo(copy.Times, 0);
        assigned.CopyTo(copy.Resources, 0);
    }

    /// <summary>Returns to a copy.</summary>
    public void Load(Copy copy)
    {
        for (var m = 0; m < MeetCount; m++)
        {
            if (time[m] == copy.Times[m] && duration[m] == copy.Durations[m]) continue;
            SetTime(m, -1);
            Resize(m, copy.Durations[m]);
            SetTime(m, copy.Times[m]);
        }
        for (var m = 0; m < MeetCount; m++)
            for (var k = firstAssigned[m]; k < firstAssigned[m + 1]; k++) SetResource(m, k - firstAssigned[m], copy.Resources[k]);
        Evaluate();
        Commit();
    }

    /// <summary>Placements to compare and to return to.</summary>
    internal sealed class Copy(EventState state)
    {
        public int[] Durations { get; } = [.. state.duration];
        public int[] Times { get; } = [.. state.time];
        public int[] Resources { get; } = [.. state.assigned];
        public long Hard { get; set; } = state.Hard;
        public long Soft { get; set; } = state.Soft;

        public bool IsWorseThan(EventState other) => other.Hard < Hard || other.Hard == Hard && other.Soft < Soft;
    }
}
