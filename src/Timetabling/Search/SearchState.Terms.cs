using System.Numerics;

namespace Tessera.Timetabling.Search;

internal sealed partial class SearchState
{
    /// <summary>Recomputes every limit on the week of one resource.</summary>
    private void RefreshResource(int resource)
    {
        var terms = Problem.Terms[resource];
        if (terms.Length == 0) return;
        var week = busy.AsSpan(resource * days, days);
        var open = Problem.Open.AsSpan(resource * days, days);
        var total = 0L;
        foreach (ref readonly var term in terms.AsSpan())
        {
            var now = Measure(term, week, open, unplacedOf[resource]);
            SetCount(term.Monitor, now);
            total += weight[term.Monitor] * now;
            if (now > 0 && Problem.MonitorHard[term.Monitor] > 0) total += weight[term.Monitor] / SlopeShare * Slope(term, week);
        }
        Cost += total - owed[resource];
        owed[resource] = total;
    }

    /// <summary>An hour on the way to keeping a broken hard limit is worth this part of a unit.</summary>
    private const int SlopeShare = 8;

    /// <summary>
    /// Hours that must go before a limit which counts whole days is kept on one day more. Without it, the first lessons to leave a day too many gain nothing, and
    /// an improvement that came to have such a day never got rid of it.
    /// </summary>
    private static int Slope(in Term term, ReadOnlySpan<ulong> week)
    {
        var least = int.MaxValue;
        foreach (var day in week)
        {
            var left = term.Kind switch
            {
                TermKind.MaxDays => BitOperations.PopCount(day),
                TermKind.IntervalDays => BitOperations.PopCount(day & term.Mask),
                TermKind.MaxHoursDaily => BitOperations.PopCount(day) - term.Limit,
                _ => 0,
            };
            if (left > 0) least = Math.Min(least, left);
        }
        return least == int.MaxValue ? 0 : least - 1;
    }

    private int Measure(in Term term, ReadOnlySpan<ulong> week, ReadOnlySpan<ulong> open, int unplaced)
    {
        var (sum, limit) = (0, term.Limit);
        switch (term.Kind)
        {
            case TermKind.GapsPerWeek:
                for (var d = 0; d < week.Length; d++) sum += Gaps(week[d], open[d]);
                return Math.Max(0, sum - limit - unplaced);
            case TermKind.GapsPerDay:
                for (var d = 0; d < week.Length; d++) sum += Math.Max(0, Gaps(week[d], open[d]) - limit);
                return Math.Max(0, sum - unplaced);
            case TermKind.MaxDays:
                foreach (var day in week) sum += day != 0 ? 1 : 0;
                return Math.Max(0, sum - limit);
            case TermKind.MinDays:
                foreach (var day in week) sum += day != 0 ? 1 : 0;
                return Math.Max(0, limit - sum - unplaced);
            case TermKind.MaxHoursDaily:
                foreach (var day in week) sum += BitOperations.PopCount(day) > limit ? 1 : 0;
                return sum;
            case TermKind.HoursBeyondDaily:
                foreach (var day in week) sum += Math.Max(0, BitOperations.PopCount(day) - limit);
                return sum;
            case TermKind.MinHoursUsedDay:
                foreach (var day in week) sum += day == 0 ? 0 : Math.Max(0, limit - BitOperations.PopCount(day));
                return Math.Max(0, sum - unplaced);
            case TermKind.MinHoursEveryDay:
                foreach (var day in week) sum += Math.Max(0, limit - BitOperations.PopCount(day));
                return Math.Max(0, sum - unplaced);
            case TermKind.MaxRun:
                foreach (var day in week) sum += RunBeyond(day, limit);
                return sum;
            case TermKind.MaxSpan:
                foreach (var day in week) sum += day == 0 ? 0 : Math.Max(0, Span(day) - limit);
                return sum;
            case TermKind.IntervalDays:
                foreach (var day in week) sum += (day & term.Mask) != 0 ? 1 : 0;
                return Math.Max(0, sum - limit);
            case TermKind.LateBeginnings:
                return Math.Max(0, Late(week, open, limit) - unplaced);
            default:
                for (var d = 0; d + 1 < week.Length; d++)
                    if (week[d] != 0 && week[d + 1] != 0)
                        sum += Math.Max(0, limit - (hours - 1 - (63 - BitOperations.LeadingZeroCount(week[d])) + BitOperations.TrailingZeroCount(week[d + 1])));
                return sum;
        }
    }

    private static int Span(ulong day) => 64 - BitOperations.LeadingZeroCount(day) - BitOperations.TrailingZeroCount(day);

    private static int Gaps(ulong day, ulong open)
    {
        if (day == 0) return 0;
        var span = (ulong.MaxValue >> BitOperations.LeadingZeroCount(day)) & ~((day & (0 - day)) - 1);
        return BitOperations.PopCount(span & ~day & open);
    }

    private static int Late(ReadOnlySpan<ulong> week, ReadOnlySpan<ulong> open, int limit)
    {
        var (over, second) = (0, 0);
        for (var d = 0; d < week.Length; d++)
        {
            if (week[d] == 0) continue;
            var missed = BitOperations.PopCount(open[d] & ((week[d] & (0 - week[d])) - 1));
            if (missed == 1) second++;
            else if (missed > 1) over += missed - 1;
        }
        return over + Math.Max(0, second - limit);
    }

    /// <summary>Hours that continue a run of more than <paramref name="limit"/>: bits whose <paramref name="limit"/> predecessors are busy too.</summary>
    private static int RunBeyond(ulong day, int limit)
    {
        var run = day;
        for (var k = 0; k < limit && run != 0; k++) run &= day << (k + 1);
        return BitOperations.PopCount(run);
    }
}
