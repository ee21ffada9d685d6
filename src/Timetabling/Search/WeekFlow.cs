using System.Numerics;

namespace Tessera.Timetabling.Search;

/// <summary>
/// One person's week as a flow: each lesson hour goes to a slot, by way of (course, day) where lessons of a course must be on different days, and each slot to the week, by way of
/// its day where hours a day are limited. A start is possible for the week only if some flow of all lesson hours uses it; the strongly connected parts of one such flow
/// tell this for all starts at once.
/// </summary>
internal sealed class WeekFlow(Problem problem, bool[] may)
{
    private readonly List<(int Unit, int Hour, int Course)> items = [];
    private int[] head = new int[256], part = new int[256], low = new int[256], index = new int[256], stack = new int[256];
    private bool[] seen = new bool[256];
    private int[] next = new int[1024], target = new int[1024];
    private bool[] used = new bool[1024];
    private int nodes, edges, sink, parts, visits, stacked;
    private int[] edgeOfStart = [], edgeOfCourse = [];
    private readonly int[] least = new int[problem.Days], most = new int[problem.Days];
    private readonly ulong[] reach = new ulong[problem.Days], demanded = new ulong[problem.Days];

    /// <summary>Tells which starts cannot be. False when the week cannot hold all lessons, or when taking a start away says so.</summary>
    public bool Filter(int person, int[] courses, Func<int, int, bool> take)
    {
        Collect(person, courses);
        if (items.Count == 0) return true;
        if (items.Count > problem.Slots || !Bound(person)) return false;
        Build(out var source);
        for (var i = 0; i < items.Count; i++)
        {
            Array.Clear(seen, 0, nodes);
            if (!Augment(source)) return false;
        }
        FindParts();
        for (var i = 0; i < items.Count; i++)
        {
            var (unit, hour, course) = items[i];
            foreach (var s in problem.Starts[unit])
            {
                if (!may[unit * problem.Slots + s]) continue;
                var possible = IsPossible(edgeOfStart[i * problem.Slots + s]) && (course < 0 || IsPossible(edgeOfCourse[course * problem.Slots + s + hour]));
                if (!possible && !take(unit, s)) return false;
            }
        }
        return true;
    }

    private void Collect(int person, int[] courses)
    {
        items.Clear();
        var own = problem.ResourceUnits[person];
        for (var k = 0; k < own.Length; k++)
        {
            var mask = 0UL;
            for (var i = problem.UseFirst[own[k]]; i < problem.UseFirst[own[k] + 1]; i++)
                if (problem.UseResource[i] == person) mask = problem.UseMask[i];
            var course = Array.FindAll(courses, c => c == courses[k]).Length > 1 ? courses[k] : -1;
            for (; mask != 0; mask &= mask - 1, course = -1) items.Add((own[k], BitOperations.TrailingZeroCount(mask), course));
        }
    }

    /// <summary>How many hours each day must and may have, and, for a class whose days have no gaps, which. False when that is impossible.</summary>
    private bool Bound(int person)
    {
        var (days, hours) = (problem.Days, problem.Hours);
        Array.Clear(reach);
        foreach (var (unit, hour, _) in items)
            foreach (var s in problem.Starts[unit])
                if (may[unit * problem.Slots + s]) reach[s / hours] |= 1UL << s % hours + hour;
        var (maxHours, maxDays, minUsed, minEvery, noGaps, noLate) = (hours, days, 1, 0, false, false);
        foreach (var term in problem.Terms[person])
        {
            if (problem.MonitorHard[term.Monitor] == 0) continue;
            switch (term.Kind)
            {
                case TermKind.MaxHoursDaily or TermKind.HoursBeyondDaily or TermKind.MaxSpan: maxHours = Math.Min(maxHours, term.Limit); break;
                case TermKind.MaxDays: maxDays = Math.Min(maxDays, term.Limit); break;
                case TermKind.MinHoursUsedDay: minUsed = Math.Max(minUsed, term.Limit); break;
                case TermKind.MinHoursEveryDay: minEvery = Math.Max(minEvery, term.Limit); break;
                case TermKind.GapsPerDay or TermKind.GapsPerWeek: noGaps |= term.Limit == 0; break;
                case TermKind.LateBeginnings: noLate |= term.Limit == 0; break;
            }
        }
        for (var d = 0; d < days; d++) noLate &= (reach[d] & ~problem.Open[person * days + d]) == 0;
        var fromFirst = noGaps && noLate;
        for (var d = 0; d < days; d++)
        {
            // Without gaps and late beginnings a day is the first so many open hours, and ends before one that nobody can fill.
            var open = problem.Open[person * days + d];
            if (fromFirst)
                while ((open & ~reach[d]) != 0) open &= (1UL << 63 - BitOperations.LeadingZeroCount(open & ~reach[d])) - 1;
            (least[d], most[d]) = (0, Math.Min(maxHours, BitOperations.PopCount(fromFirst ? open : reach[d])));
        }
        for (var round = 0; round < 3; round++)
        {
            for (var d = 0; d < days; d++)
            {
                if (most[d] < minUsed) most[d] = 0;
                // Who cannot be without this day has at least what the other days leave.
                if (items.Count > Others(d, maxDays) || minEvery > 0) least[d] = Math.Max(Math.Max(minEvery, minUsed), items.Count - Others(d, maxDays - 1));
                most[d] = Math.Min(most[d], items.Count - least.Sum() + least[d]);
                if (least[d] > most[d]) return false;
            }
        }
        for (var d = 0; d < days; d++)
        {
            demanded[d] = 0;
            if (!fromFirst) continue;
            var open = problem.Open[person * days + d];
            for (var k = 0; k < least[d]; k++, open &= open - 1) demanded[d] |= open & (0 - open);
            var allowed = demanded[d];
            for (var k = least[d]; k < most[d]; k++, open &= open - 1) allowed |= open & (0 - open);
            reach[d] &= allowed;
        }
        return true;
    }

    /// <summary>Most hours on so many days other than this one.</summary>
    private int Others(int day, int count)
    {
        var (sum, counted) = (0, 0);
        for (var hours = problem.Hours; hours > 0 && counted < count; hours--)
            for (var d = 0; d < most.Length && counted < count; d++)
                if (d != day && most[d] == hours) (sum, counted) = (sum + hours, counted + 1);
        return sum;
    }

    private void Build(out int source)
    {
        var (slots, hours, days) = (problem.Slots, problem.Hours, problem.Days);
        var courseCount = 0;
        foreach (var item in items) courseCount = Math.Max(courseCount, item.Course + 1);
        var firstCourse = items.Count;
        var firstSlot = firstCourse + 2 * courseCount * days;
        var firstDay = firstSlot + slots;
        var rest = firstDay + 2 * days;
        source = rest + 1;
        sink = rest + 2;
        Clear(sink + 1);
        Reset(ref edgeOfStart, items.Count * slots);
        Reset(ref edgeOfCourse, courseCount * slots);
        for (var i = 0; i < items.Count; i++)
        {
            var (unit, hour, course) = items[i];
            Join(source, i);
            foreach (var s in problem.Starts[unit])
            {
                if (!may[unit * slots + s] || (reach[s / hours] >> s % hours + hour & 1) == 0) continue;
                var node = course < 0 ? firstSlot + s + hour : firstCourse + 2 * (course * days + s / hours);
                // Several starts on one day lead to the same (course, day).
                var known = -1;
                for (var t = s / hours * hours; course >= 0 && t < s && known < 0; t++) known = edgeOfStart[i * slots + t];
                edgeOfStart[i * slots + s] = known >= 0 ? known : Join(i, node);
                if (course >= 0 && edgeOfCourse[course * slots + s + hour] < 0) edgeOfCourse[course * slots + s + hour] = Join(node + 1, firstSlot + s + hour);
            }
        }
        for (var c = 0; c < courseCount * days; c++) Join(firstCourse + 2 * c, firstCourse + 2 * c + 1);
        for (var d = 0; d < days; d++)
        {
            for (var h = 0; h < hours; h++)
                if ((reach[d] >> h & 1) != 0) Join(firstSlot + d * hours + h, (demanded[d] >> h & 1) != 0 ? sink : firstDay + 2 * d);
            for (var k = BitOperations.PopCount(demanded[d]); k < least[d]; k++) Join(firstDay + 2 * d, sink);
            for (var k = least[d]; k < most[d]; k++) Join(firstDay + 2 * d, rest);
        }
        for (var k = least.Sum(); k < items.Count; k++) Join(rest, sink);
    }

    private void Clear(int count)
    {
        if (head.Length < count)
        {
            head = new int[count * 2];
            (part, low, index, stack, seen) = (new int[count * 2], new int[count * 2], new int[count * 2], new int[count * 2], new bool[count * 2]);
        }
        (nodes, edges) = (count, 0);
        Array.Fill(head, -1, 0, nodes);
    }

    private static void Reset(ref int[] array, int count)
    {
        if (array.Length < count) array = new int[count * 2];
        Array.Fill(array, -1, 0, count);
    }

    /// <summary>An edge for one unit of flow: half 2e leads forward, half 2e + 1 back.</summary>
    private int Join(int from, int to)
    {
        if (2 * edges + 2 > target.Length)
        {
            Array.Resize(ref next, next.Length * 2);
            Array.Resize(ref target, target.Length * 2);
            Array.Resize(ref used, used.Length * 2);
        }
        (target[2 * edges], next[2 * edges], head[from]) = (to, head[from], 2 * edges);
        (target[2 * edges + 1], next[2 * edges + 1], head[to]) = (from, head[to], 2 * edges + 1);
        used[edges] = false;
        return edges++;
    }

    private bool IsOpen(int half) => used[half >> 1] == ((half & 1) != 0);

    private bool IsPossible(int edge) => edge >= 0 && (used[edge] || part[target[2 * edge]] == part[target[2 * edge + 1]]);

    private bool Augment(int node)
    {
        if (node == sink) return true;
        seen[node] = true;
        for (var half = head[node]; half >= 0; half = next[half])
        {
            if (!IsOpen(half) || seen[target[half]] || !Augment(target[half])) continue;
            used[half >> 1] = (half & 1) == 0;
            return true;
        }
        return false;
    }

    private void FindParts()
    {
        (parts, visits, stacked) = (0, 0, 0);
        Array.Clear(index, 0, nodes);
        Array.Fill(part, -1, 0, nodes);
        for (var n = 0; n < nodes; n++)
            if (index[n] == 0) Visit(n);
    }

    private void Visit(int node)
    {
        index[node] = low[node] = ++visits;
        stack[stacked++] = node;
        for (var half = head[node]; half >= 0; half = next[half])
        {
            if (!IsOpen(half)) continue;
            var to = target[half];
            if (index[to] == 0) Visit(to);
            if (part[to] < 0) low[node] = Math.Min(low[node], low[to]);
        }
        if (low[node] != index[node]) return;
        int member;
        do part[member = stack[--stacked]] = parts;
        while (member != node);
        parts++;
    }
}
