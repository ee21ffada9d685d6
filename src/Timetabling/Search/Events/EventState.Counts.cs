using System.Numerics;

namespace Tessera.Timetabling.Search.Events;

// What each kind of monitor counts now.
internal sealed partial class EventState
{
    private int CountNow(int m)
    {
        var monitor = model.Monitors[m];
        switch (monitor.Kind)
        {
            case MonitorKind.TimeSum:
            case MonitorKind.ResourceSum: return sum[m];
            case MonitorKind.SameResource: return Math.Max(0, sum[m] - 1);
            case MonitorKind.Split:
            case MonitorKind.Distribution: return Splits(monitor);
            case MonitorKind.Spread:
                var off = 0;
                for (var g = 0; g < monitor.Shares.Length; g++) off += Outside(counters[monitor.FirstCounter + g], monitor.Shares[g].Minimum, monitor.Shares[g].Maximum);
                return off;
            case MonitorKind.Link: return Unlinked(monitor);
            case MonitorKind.Order: return OutOfOrder(monitor);
            case MonitorKind.Clashes: return clashes[monitor.Resource];
            case MonitorKind.Workload: return Overload(monitor);
            case MonitorKind.Unavailable: return BusyWithin(monitor.Groups[0], monitor.Resource);
            case MonitorKind.Busy:
                var wrong = 0;
                foreach (var group in monitor.Groups)
                    if (BusyWithin(group, monitor.Resource) is > 0 and var hours) wrong += Outside(hours, monitor.Minimum, monitor.Maximum);
                return wrong;
            case MonitorKind.Cluster:
                var used = 0;
                foreach (var group in monitor.Groups)
                    if (BusyWithin(group, monitor.Resource) > 0) used++;
                return Outside(used, monitor.Minimum, monitor.Maximum);
            default:
                var idle = 0;
                foreach (var group in monitor.Groups) idle += Idle(group, monitor.Resource);
                return Outside(idle, monitor.Minimum, monitor.Maximum);
        }
    }

    private static int Outside(int amount, int minimum, int maximum) => Math.Max(0, minimum - amount) + Math.Max(0, amount - maximum);

    private int BusyWithin(ulong[] set, int resource)
    {
        var count = 0;
        for (var w = 0; w < set.Length; w++) count += BitOperations.PopCount(set[w] & busy[resource * words + w]);
        return count;
    }

    private int Idle(ulong[] set, int resource)
    {
        var (first, last, taken) = (-1, -1, 0);
        for (var w = 0; w < set.Length; w++)
        {
            var here = set[w] & busy[resource * words + w];
            if (here == 0) continue;
            if (first < 0) first = w * 64 + BitOperations.TrailingZeroCount(here);
            last = w * 64 + BitOperations.Log2(here);
            taken += BitOperations.PopCount(here);
        }
        if (taken < 2) return 0;
        var span = 0;
        for (var w = first >> 6; w <= last >> 6; w++)
        {
            var within = set[w];
            if (w == first >> 6) within &= ulong.MaxValue << first;
            if (w == last >> 6) within &= ulong.MaxValue >> 63 - (last & 63);
            span += BitOperations.PopCount(within);
        }
        return span - taken;
    }

    private int Splits(EventModel.Monitor monitor)
    {
        var (wrong, meets, exact) = (0, 0, 0);
        for (var m = firstMeet[monitor.Blocks[0]]; m < firstMeet[monitor.Blocks[0] + 1]; m++)
        {
            var d = duration[m];
            if (d == 0) continue;
            meets++;
            if (d == monitor.Shortest) exact++;
            if (d < monitor.Shortest) wrong++;
            if (d > monitor.Longest) wrong++;
        }
        return monitor.Kind == MonitorKind.Distribution ? Outside(exact, monitor.Minimum, monitor.Maximum) : wrong + Outside(meets, monitor.Minimum, monitor.Maximum);
    }

    private int Unlinked(EventModel.Monitor monitor)
    {
        var count = 0;
        for (var w = 0; w < words; w++)
        {
            var (any, all) = (0UL, ulong.MaxValue);
            foreach (var block in monitor.Blocks)
            {
                var runs = 0UL;
                for (var m = firstMeet[block]; m < firstMeet[block + 1]; m++)
                    for (var t = Math.Max(time[m], w * 64); time[m] >= 0 && t < Math.Min(times, Math.Min(time[m] + duration[m], w * 64 + 64)); t++) runs |= 1UL << t;
                any |= runs;
                all &= runs;
            }
            count += BitOperations.PopCount(any & ~all);
        }
        return count;
    }

    private int OutOfOrder(EventModel.Monitor monitor)
    {
        var (end, start) = (0, int.MaxValue);
        for (var m = firstMeet[monitor.Blocks[0]]; m < firstMeet[monitor.Blocks[0] + 1]; m++)
        {
            if (duration[m] == 0) continue;
            if (time[m] < 0) return 0;
            end = Math.Max(end, time[m] + duration[m]);
        }
        for (var m = firstMeet[monitor.Blocks[1]]; m < firstMeet[monitor.Blocks[1] + 1]; m++)
        {
            if (duration[m] == 0) continue;
            if (time[m] < 0) return 0;
            start = Math.Min(start, time[m]);
        }
        return Outside(start - end, monitor.Minimum, monitor.Maximum);
    }

    private int Overload(EventModel.Monitor monitor)
    {
        var carried = load[monitor.Resource];
        return (int)Math.Max(0, Math.Max(RoundUp(carried - monitor.Maximum * EventModel.LoadUnit), RoundUp(monitor.Minimum * EventModel.LoadUnit - carried)));
    }

    private static long RoundUp(long amount)
    {
        const long tolerance = (long)(Constraints.Events.LimitWorkload.Rounding * EventModel.LoadUnit);
        return amount <= tolerance ? 0 : (amount - tolerance + EventModel.LoadUnit - 1) / EventModel.LoadUnit;
    }
}
