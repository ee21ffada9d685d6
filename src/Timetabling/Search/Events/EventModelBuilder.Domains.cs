using System.Numerics;
using Tessera.Timetabling.Constraints.Events;

namespace Tessera.Timetabling.Search.Events;

// What each block and slot may choose from, and how blocks are split at the beginning.
internal sealed partial class EventModelBuilder
{
    /// <summary>Partitions looked at for one block; those of 30 hours are 5604.</summary>
    private const int MaxPartitions = 20_000;

    private EventModel Finish()
    {
        foreach (var block in blocks)
        {
            block.MayRest = !block.TimeRules.Exists(r => r.Allowed is null && monitors[r.Monitor].Constraint.Required);
            block.HasSticky = Enumerable.Range(block.FirstSlot, block.SlotCount).Any(s => slots[s].Sticky);
            block.Parts = block.Fixed >= 0 ? [block.Duration] : Parts(block);
            block.Starts = [.. Enumerable.Range(0, block.Duration + 1).Select(d => d == 0 ? [] : Starts(block, d))];
            block.PlacingMonitors = [.. block.TimeRules.Where(r => r.Allowed is null).Select(r => r.Monitor)];
            block.TimeRulesOf = [.. block.Starts.Select((starts, d) => block.TimeRules.Where(r => r.Allowed is not null && Array.Exists(starts, t => r.Units(d, t) > 0)).ToArray())];
            block.StartSets = [.. block.Starts.Select(Set)];
        }
        foreach (var slot in slots)
        {
            var type = problem.Events[slot.Event].Slots[slot.Slot].Type;
            int[] all = [.. Enumerable.Range(0, problem.Resources.Count).Where(r => problem.Resources[r].Type == type)];
            int[] preferred = [.. all.Where(r => !slot.Rules.Exists(rule => rule.Allowed is not null && monitors[rule.Monitor].Constraint.Required && rule.Breaks(r)))];
            slot.Candidates = preferred.Length > 0 ? preferred : all;
            slot.MayRest = !slot.Rules.Exists(rule => rule.Allowed is null && monitors[rule.Monitor].Constraint.Required);
        }
        var load = new long[problem.Resources.Count];
        foreach (var slot in problem.Events.SelectMany(e => e.Slots).Where(s => s.Preassigned >= 0)) load[slot.Preassigned] += LoadOf(slot.Workload);
        var resourceBlocks = problem.Resources.Select(_ => new List<int>()).ToArray();
        for (var b = 0; b < blocks.Count; b++)
            foreach (var r in blocks[b].Preassigned) resourceBlocks[r].Add(b);
        FindInescapable();
        return new EventModel
        {
            Problem = problem,
            Times = problem.Times.Count,
            Resources = problem.Resources.Count,
            Blocks = [.. blocks],
            Slots = [.. slots],
            Monitors = [.. monitors],
            ResourceMonitors = [.. resourceMonitors.Select(l => l.ToArray())],
            ResourceBlocks = [.. resourceBlocks.Select(l => l.ToArray())],
            BaseLoad = load,
            CounterCount = counters.Count,
            BaseCounters = [.. counters],
        };
    }

    /// <summary>
    /// "At least five of the first hours, or none": with none there is no cost, and one lesson there costs four units. Where a resource's lessons
    /// cannot all be elsewhere, the search prices "none" as what it is: five too few.
    /// </summary>
    private void FindInescapable()
    {
        for (var r = 0; r < resourceMonitors.Length; r++)
        {
            var hours = blocks.Where(b => b.Preassigned.Contains(r)).Sum(b => b.Duration);
            var open = new ulong[(problem.Times.Count + 63) / 64];
            foreach (var t in Enumerable.Range(0, problem.Times.Count)) open[t / 64] |= 1UL << t;
            foreach (var closed in resourceMonitors[r].Select(m => monitors[m]).Where(m => m is { Kind: MonitorKind.Unavailable, Constraint.Required: true }))
                for (var w = 0; w < open.Length; w++) open[w] &= ~closed.AllTimes[w];
            foreach (var monitor in resourceMonitors[r].Select(m => monitors[m]).Where(m => m is { Kind: MonitorKind.Busy, Constraint.Required: true, Minimum: > 1 }))
                monitor.Inescapable = [.. monitor.Groups.Where(g => hours > open.Select((w, i) => BitOperations.PopCount(w & ~g[i])).Sum())];
        }
    }

    private int[] Starts(EventModel.Block block, int duration)
    {
        if (block.Fixed >= 0) return [block.Fixed];
        int[] all = [.. Enumerable.Range(0, Math.Max(0, problem.Times.Count - duration + 1))];
        int[] preferred = [.. all.Where(t => !block.TimeRules.Exists(r => r.Allowed is not null && monitors[r.Monitor].Constraint.Required && r.Units(duration, t) > 0))];
        if (preferred.Length == 0) preferred = all;
        var closed = new ulong[(problem.Times.Count + 63) / 64];
        foreach (var monitor in block.Preassigned.Distinct().SelectMany(r => resourceMonitors[r]).Select(m => monitors[m]).Where(m => m is { Kind: MonitorKind.Unavailable, Constraint.Required: true }))
            for (var w = 0; w < closed.Length; w++) closed[w] |= monitor.AllTimes[w];
        int[] open = [.. preferred.Where(t => Enumerable.Range(t, duration).All(q => (closed[q / 64] >> q & 1) == 0))];
        return open.Length > 0 ? open : preferred;
    }

    /// <summary>The durations that cost least, by the split constraints and by how many meets can spread; of equals the fewest meets.</summary>
    private int[] Parts(EventModel.Block block)
    {
        var rules = block.SplitMonitors.Select(m => monitors[m]).ToList();
        // [duration]: what the best time for such a meet still costs.
        long[] timeCost = [.. Enumerable.Range(0, block.Duration + 1).Select(d => d == 0 ? 0 : Enumerable.Range(0, problem.Times.Count - d + 1)
            .Min(t => block.TimeRules.Where(r => monitors[r.Monitor].Constraint.Required).Sum(r => monitors[r.Monitor].Constraint.CostOf(r.Units(d, t)))))];
        if (rules.Count == 0 && block.SpreadMonitors.Count == 0 && timeCost[block.Duration] == 0) return [block.Duration];
        // Meets beyond the longest allowed are never better; without this, long events have too many partitions to look at.
        var bound = rules.Where(r => r.Kind == MonitorKind.Split).Select(r => Math.Max(1, r.Longest)).Append(block.Duration).Min();
        var (best, bestCost, seen) = (new[] { block.Duration }, (long.MaxValue, long.MaxValue), 0);
        var parts = new List<int>();
        Extend(block.Duration, bound);
        return best;

        void Extend(int left, int longest)
        {
            if (seen >= MaxPartitions) return;
            if (left == 0)
            {
                seen++;
                var cost = (CostOf(true) + parts.Sum(d => timeCost[d]), CostOf(false));
                if (cost.CompareTo(bestCost) < 0) (best, bestCost) = ([.. parts], cost);
                return;
            }
            for (var d = Math.Min(left, longest); d >= 1; d--)
            {
                parts.Add(d);
                Extend(left - d, d);
                parts.RemoveAt(parts.Count - 1);
            }
        }

        long CostOf(bool required) => rules.Where(r => r.Constraint.Required == required).Sum(r => r.Constraint.CostOf(r.Kind == MonitorKind.Distribution
                ? Outside(parts.Count(d => d == r.Shortest), r.Minimum, r.Maximum)
                : parts.Count(d => d < r.Shortest) + parts.Count(d => d > r.Longest) + Outside(parts.Count, r.Minimum, r.Maximum)))
            + Spreads(block, parts.Count).Where(s => s.Constraint.Required == required).Sum(s => s.Constraint.CostOf(s.Missing));
    }

    /// <summary>Meets of one event that its spread constraints cannot take, or lack, whatever their times.</summary>
    private IEnumerable<(EventConstraint Constraint, int Missing)> Spreads(EventModel.Block block, int meets)
    {
        foreach (var monitor in block.SpreadMonitors.Distinct().Select(m => monitors[m]))
            if (monitor.Blocks.Length == 1) yield return (monitor.Constraint, Math.Max(0, monitor.Shares.Sum(s => s.Minimum) - meets) + Math.Max(0, meets - monitor.Shares.Sum(s => s.Maximum)));
    }

    private static int Outside(int value, int minimum, int maximum) => Math.Max(0, minimum - value) + Math.Max(0, value - maximum);
}
