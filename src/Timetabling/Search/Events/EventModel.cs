using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Model.Events;

namespace Tessera.Timetabling.Search.Events;

/// <summary>
/// The problem as the search sees it. Events that must run together are one <em>block</em>; a block's meets carry the resources of all its events.
/// A <em>monitor</em> is one constraint at one point of application.
/// </summary>
internal sealed class EventModel
{
    /// <summary>A load of one hour.</summary>
    public const long LoadUnit = 1_000_000_000;

    public required EventProblem Problem { get; init; }
    public required int Times { get; init; }
    public required int Resources { get; init; }
    /// <summary>64-bit words of a set of times.</summary>
    public int Words => (Times + 63) / 64;

    public required Block[] Blocks { get; init; }
    public required OpenSlot[] Slots { get; init; }
    public required Monitor[] Monitors { get; init; }
    /// <summary>Monitors of every resource.</summary>
    public required int[][] ResourceMonitors { get; init; }
    /// <summary>Blocks to which the resource is preassigned.</summary>
    public required int[][] ResourceBlocks { get; init; }
    /// <summary>Load from preassigned slots, which no move changes.</summary>
    public required long[] BaseLoad { get; init; }

    /// <summary>Events that always run together.</summary>
    internal sealed class Block
    {
        public required int[] Events { get; init; }
        public required int Duration { get; init; }
        /// <summary>Preassigned start, or -1.</summary>
        public required int Fixed { get; init; }
        public required int[] Preassigned { get; init; }
        public int FirstSlot { get; set; }
        public int SlotCount { get; set; }
        public bool HasSticky { get; set; }
        public List<TimeRule> TimeRules { get; } = [];
        /// <summary>Monitors of the hours without a time.</summary>
        public int[] PlacingMonitors { get; set; } = [];
        /// <summary>[duration]: those of the others that any of <see cref="Starts"/> can break.</summary>
        public TimeRule[][] TimeRulesOf { get; set; } = [];
        public List<int> SplitMonitors { get; } = [];
        /// <summary>A monitor occurs as often as the block has events in its group.</summary>
        public List<int> SpreadMonitors { get; } = [];
        /// <summary>Link and order monitors, recounted when any meet changes.</summary>
        public List<int> WholeMonitors { get; } = [];
        /// <summary>[duration]: starts that break no required constraint by themselves, or all when there are none.</summary>
        public int[][] Starts { get; set; } = [];
        /// <summary>[duration]: the same starts as a set of times.</summary>
        public ulong[][] StartSets { get; set; } = [];
        /// <summary>May a meet be left without a time at no cost in infeasibility?</summary>
        public bool MayRest { get; set; }
        /// <summary>Durations of its meets at the beginning.</summary>
        public int[] Parts { get; set; } = [];
        /// <summary>Most meets it may be split into.</summary>
        public int MaxParts => Fixed >= 0 ? 1 : Duration;
    }

    /// <param name="Monitor">The monitor.</param>
    /// <param name="Allowed">[time]; null for "has a time at all".</param>
    /// <param name="Duration">Only meets of this duration; 0 for all.</param>
    internal sealed record TimeRule(int Monitor, bool[]? Allowed, int Duration)
    {
        public int Units(int duration, int time)
            => Allowed is null ? time < 0 ? duration : 0 : time >= 0 && (Duration == 0 || Duration == duration) && !Allowed[time] ? duration : 0;
    }

    /// <param name="Monitor">The monitor.</param>
    /// <param name="Allowed">[resource]; null for "has a resource at all".</param>
    internal sealed record ResourceRule(int Monitor, bool[]? Allowed)
    {
        public bool Breaks(int resource) => Allowed is null ? resource < 0 : resource >= 0 && !Allowed[resource];
    }

    /// <summary>A slot for which the solver chooses the resource.</summary>
    internal sealed class OpenSlot
    {
        public required int Event { get; init; }
        public required int Slot { get; init; }
        public required int Block { get; init; }
        /// <summary>Load per hour.</summary>
        public required long Load { get; init; }
        public List<ResourceRule> Rules { get; } = [];
        public List<int> SameMonitors { get; } = [];
        /// <summary>Resources that break no required preference, or all of the type when there are none.</summary>
        public int[] Candidates { get; set; } = [];
        /// <summary>Its resource is shared with other events: a change of time should keep it.</summary>
        public bool Sticky => SameMonitors.Count > 0;
        /// <summary>May it stay empty at no cost in infeasibility?</summary>
        public bool MayRest { get; set; }
    }

    /// <summary>A constraint at one point of application.</summary>
    internal sealed class Monitor
    {
        public required EventConstraint Constraint { get; init; }
        public required MonitorKind Kind { get; init; }
        public int Resource { get; init; } = -1;
        public int Minimum { get; init; }
        public int Maximum { get; init; }
        /// <summary>Split: shortest and longest; distribution: the duration.</summary>
        public int Shortest { get; init; }
        public int Longest { get; init; }
        /// <summary>Time groups of a resource monitor or a spread, as sets of times.</summary>
        public ulong[][] Groups { get; init; } = [];
        /// <summary>All its times.</summary>
        public ulong[] AllTimes { get; init; } = [];
        /// <summary>Spread: fewest and most starts of each group.</summary>
        public (int Minimum, int Maximum)[] Shares { get; init; } = [];
        /// <summary>First of its counters in the state: one per group (spread) or per resource (same resource).</summary>
        public int FirstCounter { get; init; }
        /// <summary>Blocks whose meets it counts; empty for resource monitors.</summary>
        public int[] Blocks { get; init; } = [];
        /// <summary>Spread: [time] the group it is in, -1 for none; empty where groups overlap.</summary>
        public int[] GroupOf { get; init; } = [];
        /// <summary>Its value from preassigned slots alone.</summary>
        public int Base { get; set; }
        /// <summary>Busy times: groups in which a resource with all its lessons must be busy, so that "not at all" is no way out.</summary>
        public ulong[][] Inescapable { get; set; } = [];
        /// <summary>Same resource: the open slots it counts.</summary>
        public List<int> Slots { get; } = [];
    }

    public required int CounterCount { get; init; }
    /// <summary>Values of the counters from preassigned slots alone.</summary>
    public required int[] BaseCounters { get; init; }
}
