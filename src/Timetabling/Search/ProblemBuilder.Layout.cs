using Tessera.Timetabling.Constraints;

namespace Tessera.Timetabling.Search;

internal sealed partial class ProblemBuilder
{
    private readonly List<Rule> monitorRule = [];
    private readonly List<long> monitorSoft = [];
    private readonly List<int> monitorHard = [];
    private readonly List<int[]> monitorUnits = [];

    private int NewMonitor(Rule rule, int times, int[] units)
    {
        monitorRule.Add(rule);
        monitorSoft.Add(rule.SoftUnits * times);
        monitorHard.Add(rule.IsHard ? times : 0);
        monitorUnits.Add(units);
        return monitorRule.Count - 1;
    }

    private Problem LayOut()
    {
        AttachTerms();
        var roots = Enumerable.Range(0, parent.Length).Select(Root).ToArray();
        int[][] members = [.. Enumerable.Range(0, parent.Length).GroupBy(a => roots[a]).OrderBy(g => g.Min()).Select(g => g.Order().ToArray())];
        var unitOf = new int[parent.Length];
        for (var u = 0; u < members.Length; u++)
            foreach (var a in members[u]) unitOf[a] = u;
        int[] span = [.. members.Select(m => m.Max(a => school.Activities[a].Duration))];
        var slots = Index.Grid.SlotCount;
        var mayStart = new bool[members.Length * slots];
        var startCost = new long[members.Length * slots];
        LayOutStarts(members, span, mayStart, startCost);
        var pairLists = LayOutPairs(unitOf, members.Length, mayStart, startCost, out var pairTable);
        int[][] starts = [.. Enumerable.Range(0, members.Length).Select(u => Enumerable.Range(0, slots).Where(s => mayStart[u * slots + s]).ToArray())];
        for (var u = 0; u < members.Length; u++)
            if (starts[u].Length == 0) ReportNoStart(members[u]);

        var covered = FindCovered();
        var (useFirst, useResource, useMask) = LayOutUses(members, covered);
        var resourceUnits = resources.Select(r => r.Lessons.Select(l => unitOf[l.Index]).Distinct().Order().ToArray()).ToArray();
        var open = new ulong[resources.Count * Index.Grid.DayCount];
        var everyHour = (1UL << Index.Grid.HoursPerDay) - 1;
        for (var r = 0; r < resources.Count; r++)
            for (var d = 0; d < Index.Grid.DayCount; d++)
                open[r * Index.Grid.DayCount + d] = everyHour & ~Index.Breaks[d] & ~(resources[r].Person?.Unavailable[d] ?? 0);
        Term[][] termLists = [.. resources.Select((r, i) => r.Terms.Select(t => new Term(t.Kind, t.Limit, t.Mask, NewMonitor(t.Rule, t.Times, resourceUnits[i]))).ToArray())];

        var groupMonitors = new List<GroupMonitor>();
        var groupIds = new List<int>();
        var groupsOf = members.Select(_ => new List<int>()).ToArray();
        foreach (var (rule, activities, create) in groups)
        {
            int[] units = [.. activities.Select(a => unitOf[a.Index])];
            var monitor = create(units);
            groupIds.Add(NewMonitor(rule, 1, [.. monitor.RepairUnits.Distinct()]));
            foreach (var unit in units.Distinct()) groupsOf[unit].Add(groupMonitors.Count);
            groupMonitors.Add(monitor);
        }

        return new Problem
        {
            Index = Index,
            UnitMembers = members,
            UnitOf = unitOf,
            Duration = [.. school.Activities.Select(a => a.Duration)],
            UnitHours = [.. members.Select(m => m.Sum(a => school.Activities[a].Duration))],
            UnitSpan = span,
            Starts = starts,
            MayStart = mayStart,
            IsHopeless = new bool[mayStart.Length],
            StartCost = startCost,
            IsFixed = [.. starts.Select(s => s.Length == 1)],
            UseFirst = useFirst,
            UseResource = useResource,
            UseMask = useMask,
            ResourceCount = resources.Count,
            Clashes = [.. resources.Select(r => r.Clashes)],
            ResourceName = [.. resources.Select(r => r.Name)],
            ResourceUnits = resourceUnits,
            Open = open,
            Terms = termLists,
            OptionFirst = [.. optionFirst],
            OptionRoomFirst = [.. optionRoomFirst],
            OptionRooms = [.. optionRooms],
            OptionCost = [.. optionCost],
            OptionChoice = [.. optionChoice],
            RoomClosed = closed,
            MonitorRule = [.. monitorRule],
            MonitorSoft = [.. monitorSoft],
            MonitorHard = [.. monitorHard],
            MonitorUnits = [.. monitorUnits],
            PairFirst = Offsets(pairLists),
            Pairs = [.. pairLists.SelectMany(p => p)],
            PairTable = pairTable,
            GroupFirst = Offsets(groupsOf),
            GroupOfUnit = [.. groupsOf.SelectMany(g => g)],
            Groups = [.. groupMonitors],
            GroupMonitorId = [.. groupIds],
            Contradictions = contradictions,
        };
    }

    private void LayOutStarts(int[][] members, int[] span, bool[] mayStart, long[] startCost)
    {
        var slots = Index.Grid.SlotCount;
        for (var u = 0; u < members.Length; u++)
        {
            for (var s = 0; s < slots; s++)
            {
                var possible = Index.Grid.HourOf(s) + span[u] <= Index.Grid.HoursPerDay;
                var cost = 0L;
                for (var m = 0; possible && m < members[u].Length; m++)
                {
                    foreach (var (rule, amount) in startRules[members[u][m]])
                    {
                        var units = amount(s);
                        if (units > 0 && rule.IsHard) possible = false;
                        cost += units * rule.SoftUnits;
                    }
                }
                mayStart[u * slots + s] = possible;
                startCost[u * slots + s] = cost;
            }
        }
    }

    private List<Pair>[] LayOutPairs(int[] unitOf, int unitCount, bool[] mayStart, long[] startCost, out byte[] table)
    {
        var slots = Index.Grid.SlotCount;
        var lists = Enumerable.Range(0, unitCount).Select(_ => new List<Pair>()).ToArray();
        var tables = new List<byte>();
        var offsets = new Dictionary<object, int>();
        foreach (var (rule, first, second, key, amount) in pairs)
        {
            var (a, b) = (unitOf[first.Index], unitOf[second.Index]);
            if (a == b)
            {
                // Lessons that move as one keep their distance, so the rule becomes a property of the start.
                for (var s = 0; s < slots; s++)
                {
                    var units = mayStart[a * slots + s] ? amount(s, s) : 0;
                    if (units > 0 && rule.IsHard) mayStart[a * slots + s] = false;
                    startCost[a * slots + s] += units * rule.SoftUnits;
                }
                continue;
            }
            if (!offsets.TryGetValue(key, out var offset))
            {
                offsets[key] = offset = tables.Count;
                for (var s = 0; s < slots; s++)
                    for (var t = 0; t < slots; t++) tables.Add((byte)Math.Min(255, amount(s, t)));
            }
            var monitor = NewMonitor(rule, 1, [a, b]);
            lists[a].Add(new Pair(monitor, b, offset, slots, 1));
            lists[b].Add(new Pair(monitor, a, offset, 1, slots));
        }
        table = [.. tables];
        return lists;
    }

    private (int[] First, int[] Resource, ulong[] Mask) LayOutUses(int[][] members, bool[] covered)
    {
        var usesOf = new SortedDictionary<int, ulong>[members.Length];
        var unitOf = new int[parent.Length];
        for (var u = 0; u < members.Length; u++)
        {
            usesOf[u] = [];
            foreach (var a in members[u]) unitOf[a] = u;
        }
        for (var r = 0; r < resources.Count; r++)
        {
            if (covered[r]) continue;
            foreach (var lesson in resources[r].Lessons)
            {
                var uses = usesOf[unitOf[lesson.Index]];
                var mask = (1UL << lesson.Duration) - 1;
                if (resources[r].Clashes && uses.ContainsKey(r)) ReportTogether(resources[r], members[unitOf[lesson.Index]]);
                uses[r] = uses.GetValueOrDefault(r) | mask;
            }
        }
        return (Offsets(usesOf), [.. usesOf.SelectMany(u => u.Keys)], [.. usesOf.SelectMany(u => u.Values)]);
    }

    /// <summary>Lessons that must start together, directly or through others, cannot share a person or be kept apart.</summary>
    private void ReportTogether(ResourceDraft shared, int[] members)
    {
        var together = shared.Lessons.Where(l => members.Contains(l.Index)).ToList();
        List<Rule> rules = [.. school.Rules.OfType<SameStart>().Where(r => r.IsHard && r.Activities.Count(a => members.Contains(a.Index)) > 1)];
        if (shared.Exclusive is { } exclusive) rules.Add(exclusive);
        contradictions.Add(new Contradiction(shared.Exclusive is null ? $"{string.Join(" and ", together)} must start together, but all need {shared.Name}."
            : $"{string.Join(" and ", together)} must start together, and must not overlap.", rules, together));
    }

    /// <summary>Names the rules that leave a lesson without any start.</summary>
    private void ReportNoStart(int[] members)
    {
        var activities = members.Select(a => school.Activities[a]).ToList();
        var span = activities.Max(a => a.Duration);
        var fits = Enumerable.Range(0, Index.Grid.SlotCount).Where(s => Index.Grid.HourOf(s) + span <= Index.Grid.HoursPerDay).ToList();
        var hard = members.SelectMany(a => startRules[a]).Where(r => r.Rule.IsHard && fits.Exists(s => r.Amount(s) > 0)).ToList();
        // Deletion filter: drop every rule without which there is still no start.
        for (var i = hard.Count - 1; i >= 0; i--)
        {
            var without = hard.Where((_, j) => j != i).ToList();
            if (!fits.Exists(s => without.TrueForAll(r => r.Amount(s) == 0))) hard = without;
        }
        var rules = hard.Select(r => r.Rule).Distinct().ToList();
        if (members.Length > 1) rules.AddRange(school.Rules.OfType<SameStart>().Where(r => r.IsHard && r.Activities.Count(activities.Contains) > 1));
        contradictions.Add(new Contradiction(
            $"{string.Join(" together with ", activities)} can start nowhere: {string.Join("; ", rules.Select(r => r.Describe()))}.", rules, activities));
    }

    private static int[] Offsets<T>(IReadOnlyList<IReadOnlyCollection<T>> lists)
    {
        var first = new int[lists.Count + 1];
        for (var i = 0; i < lists.Count; i++) first[i + 1] = first[i] + lists[i].Count;
        return first;
    }

    private static int[] Offsets(SortedDictionary<int, ulong>[] lists) => Offsets<KeyValuePair<int, ulong>>(lists);
}
