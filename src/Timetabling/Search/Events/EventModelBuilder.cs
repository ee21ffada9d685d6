using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Model.Events;

namespace Tessera.Timetabling.Search.Events;

/// <summary>Builds the search's arrays; every constraint adds its own monitors.</summary>
internal sealed partial class EventModelBuilder
{
    private readonly EventProblem problem;
    private readonly List<EventModel.Block> blocks = [];
    private readonly int[] blockOf;
    private readonly List<EventModel.OpenSlot> slots = [];
    private readonly Dictionary<(int Event, int Slot), int> openSlot = [];
    private readonly List<EventModel.Monitor> monitors = [];
    private readonly List<int>[] resourceMonitors;
    private readonly List<int> counters = [];

    private EventModelBuilder(EventProblem problem)
    {
        this.problem = problem;
        blockOf = new int[problem.Events.Count];
        resourceMonitors = [.. problem.Resources.Select(_ => new List<int>())];
        foreach (var members in Bundles()) AddBlock(members);
    }

    public static EventModel Build(EventProblem problem)
    {
        var builder = new EventModelBuilder(problem);
        foreach (var constraint in problem.Constraints.Where(c => c.Weight > 0)) constraint.Compile(builder);
        return builder.Finish();
    }

    /// <summary>Events under a required link become one block when nothing keeps them apart.</summary>
    private IEnumerable<int[]> Bundles()
    {
        var leader = Enumerable.Range(0, problem.Events.Count).ToArray();
        int Find(int e) => leader[e] == e ? e : leader[e] = Find(leader[e]);
        List<int>[] members = [.. leader.Select(e => new List<int> { e })];
        foreach (var group in problem.Constraints.OfType<LinkEvents>().Where(c => c is { Required: true, Weight: > 0 }).SelectMany(c => c.EventGroups))
            for (var i = 0; i < group.Members.Count; i++)
                for (var j = i + 1; j < group.Members.Count; j++)
                {
                    var (a, b) = (Find(group.Members[i]), Find(group.Members[j]));
                    if (a == b || !members[a].TrueForAll(x => members[b].TrueForAll(y => FitTogether(problem.Events[x], problem.Events[y])))) continue;
                    leader[b] = a;
                    members[a].AddRange(members[b]);
                }
        return Enumerable.Range(0, leader.Length).Where(e => Find(e) == e).Select(e => members[e].Order().ToArray());
    }

    private static bool FitTogether(Event one, Event other)
        => one.Duration == other.Duration && (one.Time == other.Time || one.Time < 0 || other.Time < 0)
            && !one.Slots.Any(s => s.Preassigned >= 0 && other.Slots.Any(o => o.Preassigned == s.Preassigned));

    private void AddBlock(int[] members)
    {
        var all = members.Select(e => problem.Events[e]).ToList();
        var block = new EventModel.Block
        {
            Events = members,
            Duration = all[0].Duration,
            Fixed = all.Max(e => e.Time),
            Preassigned = [.. all.SelectMany(e => e.Slots).Where(s => s.Preassigned >= 0).Select(s => s.Preassigned)],
            FirstSlot = slots.Count,
        };
        foreach (var e in members)
        {
            blockOf[e] = blocks.Count;
            var lesson = problem.Events[e];
            for (var s = 0; s < lesson.Slots.Count; s++)
            {
                if (lesson.Slots[s].Preassigned >= 0) continue;
                openSlot[(e, s)] = slots.Count;
                slots.Add(new EventModel.OpenSlot { Event = e, Slot = s, Block = blocks.Count, Load = LoadOf(lesson.Slots[s].Workload / lesson.Duration) });
            }
        }
        block.SlotCount = slots.Count - block.FirstSlot;
        blocks.Add(block);
    }

    private static long LoadOf(double hours) => (long)Math.Round(hours * EventModel.LoadUnit);

    private int Add(EventModel.Monitor monitor)
    {
        monitors.Add(monitor);
        return monitors.Count - 1;
    }

    internal void AddTimeSum(EventConstraint constraint, int lesson, IReadOnlySet<int>? allowed, int duration)
    {
        var monitor = Add(new EventModel.Monitor { Constraint = constraint, Kind = MonitorKind.TimeSum, Blocks = [blockOf[lesson]] });
        blocks[blockOf[lesson]].TimeRules.Add(new EventModel.TimeRule(monitor, allowed is null ? null : [.. Enumerable.Range(0, problem.Times.Count).Select(allowed.Contains)], duration));
    }

    internal void AddResourceSum(EventConstraint constraint, int lesson, string role, IReadOnlySet<int>? allowed)
    {
        var slot = problem.Events[lesson].SlotOf(role);
        if (slot < 0) return;
        var rule = new EventModel.ResourceRule(monitors.Count, allowed is null ? null : [.. Enumerable.Range(0, problem.Resources.Count).Select(allowed.Contains)]);
        var (preassigned, duration) = (problem.Events[lesson].Slots[slot].Preassigned, problem.Events[lesson].Duration);
        Add(new EventModel.Monitor { Constraint = constraint, Kind = MonitorKind.ResourceSum, Blocks = [blockOf[lesson]], Base = preassigned >= 0 && rule.Breaks(preassigned) ? duration : 0 });
        if (preassigned < 0) slots[openSlot[(lesson, slot)]].Rules.Add(rule);
    }

    internal void AddSplit(EventConstraint constraint, int lesson, int shortest, int longest, int minimum, int maximum)
        => blocks[blockOf[lesson]].SplitMonitors.Add(Add(new EventModel.Monitor
        {
            Constraint = constraint,
            Kind = MonitorKind.Split,
            Blocks = [blockOf[lesson]],
            Shortest = shortest,
            Longest = longest,
            Minimum = minimum,
            Maximum = maximum,
        }));

    internal void AddDistribution(EventConstraint constraint, int lesson, int duration, int minimum, int maximum)
        => blocks[blockOf[lesson]].SplitMonitors.Add(Add(new EventModel.Monitor
        {
            Constraint = constraint,
            Kind = MonitorKind.Distribution,
            Blocks = [blockOf[lesson]],
            Shortest = duration,
            Minimum = minimum,
            Maximum = maximum,
        }));

    internal void AddSpread(EventConstraint constraint, Group group, IReadOnlyList<SpreadEvents.Share> shares)
    {
        var monitor = Add(new EventModel.Monitor
        {
            Constraint = constraint,
            Kind = MonitorKind.Spread,
            Blocks = BlocksOf(group.Members),
            FirstCounter = counters.Count,
            Groups = [.. shares.Select(s => Set(s.Times))],
            Shares = [.. shares.Select(s => (s.Minimum, s.Maximum))],
            GroupOf = shares.SelectMany(s => s.Times).GroupBy(t => t).All(g => g.Count() == 1)
                ? [.. Enumerable.Range(0, problem.Times.Count).Select(t => shares.ToList().FindIndex(s => s.Times.Contains(t)))] : [],
        });
        counters.AddRange(new int[shares.Count]);
        foreach (var lesson in group.Members) blocks[blockOf[lesson]].SpreadMonitors.Add(monitor);
    }

    internal void AddSameResource(EventConstraint constraint, Group group, string role)
    {
        var monitor = new EventModel.Monitor { Constraint = constraint, Kind = MonitorKind.SameResource, Blocks = BlocksOf(group.Members), FirstCounter = counters.Count };
        counters.AddRange(new int[problem.Resources.Count]);
        var position = Add(monitor);
        foreach (var lesson in group.Members)
        {
            var slot = problem.Events[lesson].SlotOf(role);
            if (slot < 0) continue;
            if (problem.Events[lesson].Slots[slot].Preassigned is >= 0 and var resource)
            {
                if (counters[monitor.FirstCounter + resource]++ == 0) monitor.Base++;
            }
            else
            {
                slots[openSlot[(lesson, slot)]].SameMonitors.Add(position);
                monitor.Slots.Add(openSlot[(lesson, slot)]);
            }
        }
    }

    internal void AddLink(EventConstraint constraint, Group group) => AddWhole(constraint, MonitorKind.Link, BlocksOf(group.Members), 0, 0);

    internal void AddOrder(EventConstraint constraint, OrderEvents.Pair pair)
        => AddWhole(constraint, MonitorKind.Order, [blockOf[pair.First], blockOf[pair.Second]], pair.MinSeparation, pair.MaxSeparation);

    private void AddWhole(EventConstraint constraint, MonitorKind kind, int[] members, int minimum, int maximum)
    {
        // Events of one block always run together.
        if (kind == MonitorKind.Link && members.Length < 2) return;
        var monitor = Add(new EventModel.Monitor { Constraint = constraint, Kind = kind, Blocks = members, Minimum = minimum, Maximum = maximum });
        foreach (var block in members.Distinct()) blocks[block].WholeMonitors.Add(monitor);
    }

    internal void AddResourceMonitor(EventConstraint constraint, int resource, MonitorKind kind, IReadOnlyList<IReadOnlyList<int>>? groups = null, int minimum = 0, int maximum = 0)
    {
        ulong[][] sets = [.. (groups ?? []).Select(Set)];
        resourceMonitors[resource].Add(Add(new EventModel.Monitor
        {
            Constraint = constraint,
            Kind = kind,
            Resource = resource,
            Groups = sets,
            Minimum = minimum,
            Maximum = maximum,
            AllTimes = [.. Enumerable.Range(0, (problem.Times.Count + 63) / 64).Select(w => sets.Aggregate(0UL, (all, set) => all | set[w]))],
        }));
    }

    private int[] BlocksOf(IEnumerable<int> lessons) => [.. lessons.Select(e => blockOf[e]).Distinct().Order()];

    private ulong[] Set(IEnumerable<int> times)
    {
        var set = new ulong[(problem.Times.Count + 63) / 64];
        foreach (var t in times) set[t / 64] |= 1UL << t;
        return set;
    }
}
