using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>
/// The school as flat arrays. A <em>unit</em> is what moves: one lesson, or several that must start together. A <em>resource</em> is
/// what a unit occupies: a teacher, a leaf class, or a bar against overlapping. A <em>monitor</em> watches one rule in one place.
/// Lists of lists are stored as one array with an offset array (<c>XFirst[i] .. XFirst[i + 1]</c>).
/// </summary>
internal sealed class Problem
{
    private readonly Lazy<long> softCostFloor;

    public Problem() => softCostFloor = new Lazy<long>(() => SoftFloor.Find(this));

    public required SchoolIndex Index { get; init; }
    public int Days => Index.Grid.DayCount;
    public int Hours => Index.Grid.HoursPerDay;
    public int Slots => Index.Grid.SlotCount;
    public int UnitCount => UnitMembers.Length;
    public int ActivityCount => UnitOf.Length;

    // Units
    public required int[][] UnitMembers { get; init; }
    public required int[] UnitOf { get; init; }
    /// <summary>Hours of each lesson.</summary>
    public required int[] Duration { get; init; }
    /// <summary>Lesson hours of all members.</summary>
    public required int[] UnitHours { get; init; }
    /// <summary>Hours from the start to the end of the longest member.</summary>
    public required int[] UnitSpan { get; init; }
    public required int[][] Starts { get; init; }
    /// <summary>Whether a unit may start in a slot: [unit * Slots + slot].</summary>
    public required bool[] MayStart { get; init; }
    /// <summary>Starts taken away because no complete timetable uses them, in the same order.</summary>
    public required bool[] IsHopeless { get; init; }
    /// <summary>Soft cost of a start: [unit * Slots + slot].</summary>
    public required long[] StartCost { get; init; }
    /// <summary>Units with a single possible start.</summary>
    public required bool[] IsFixed { get; init; }

    // Resources of a unit: hours relative to the unit's start as a mask
    public required int[] UseFirst { get; init; }
    public required int[] UseResource { get; init; }
    public required ulong[] UseMask { get; init; }
    public required int ResourceCount { get; init; }
    /// <summary>False for a resource that only counts hours (lessons with a tag) and never clashes.</summary>
    public required bool[] Clashes { get; init; }
    public required string[] ResourceName { get; init; }
    public required int[][] ResourceUnits { get; init; }
    /// <summary>Hours neither break nor unavailable: [resource * Days + day].</summary>
    public required ulong[] Open { get; init; }
    public required Term[][] Terms { get; init; }

    // Rooms: options of a lesson, each a list of real rooms
    public required int[] OptionFirst { get; init; }
    public required int[] OptionRoomFirst { get; init; }
    public required int[] OptionRooms { get; init; }
    public required long[] OptionCost { get; init; }
    public required RoomChoice?[] OptionChoice { get; init; }
    public int RoomCount => Index.School.Rooms.Count;
    public required ulong[] RoomClosed { get; init; }

    // Monitors
    public int MonitorCount => MonitorRule.Length;
    public required Rule[] MonitorRule { get; init; }
    /// <summary>Soft cost of one unit, 0 when hard.</summary>
    public required long[] MonitorSoft { get; init; }
    /// <summary>How many hard units one unit counts (merged classes count more than once), 0 when soft.</summary>
    public required int[] MonitorHard { get; init; }
    public required int[][] MonitorUnits { get; init; }

    /// <summary>Soft cost that no timetable stays below, in ten-thousandths.</summary>
    public long SoftCostFloor => softCostFloor.Value;

    // Pair monitors
    public required int[] PairFirst { get; init; }
    public required Pair[] Pairs { get; init; }
    public required byte[] PairTable { get; init; }

    // Group monitors
    public required int[] GroupFirst { get; init; }
    public required int[] GroupOfUnit { get; init; }
    public required GroupMonitor[] Groups { get; init; }
    public required int[] GroupMonitorId { get; init; }

    /// <summary>What no search could satisfy, found while translating.</summary>
    public required IReadOnlyList<Contradiction> Contradictions { get; init; }

    public bool NeedsRoom(int activity) => OptionFirst[activity + 1] > OptionFirst[activity];
}

/// <summary>A pair as seen by one of its units: amount = table[Offset + start * Scale + otherStart * OtherScale].</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Pair(int Monitor, int Other, int Offset, int Scale, int OtherScale);

/// <summary>A proof that no complete timetable exists: the rules and facts that exclude each other, in plain words.</summary>
public sealed record Contradiction(string Message, IReadOnlyList<Rule> Rules, IReadOnlyList<Activity> Activities);
