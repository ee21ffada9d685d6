using Tessera.Timetabling.Constraints.Events;

namespace Tessera.Timetabling.Model.Events;

/// <summary>
/// A school as the XHSTT format states it: times, resources, events that take several times and need resources, and constraints that price every
/// deviation. An event may be split into meets, each with a time and a resource for every slot.
/// </summary>
/// <param name="Id">Identifier of the instance.</param>
/// <param name="Name">Its display name.</param>
/// <param name="Times">Identifiers of the times in chronological order; all other types name a time by its position here.</param>
/// <param name="TimeGroups">Days, weeks and other sets of times.</param>
/// <param name="Resources">Teachers, classes, students, rooms …</param>
/// <param name="Events">What is to be timetabled.</param>
/// <param name="EventGroups">Courses and other sets of events.</param>
/// <param name="Constraints">All constraints.</param>
public sealed record EventProblem(string Id, string Name, IReadOnlyList<string> Times, IReadOnlyList<Group> TimeGroups, IReadOnlyList<Resource> Resources,
    IReadOnlyList<Event> Events, IReadOnlyList<Group> EventGroups, IReadOnlyList<EventConstraint> Constraints);

/// <summary>A named set.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Members">Positions of its members, ascending for times, in the file's order otherwise.</param>
public sealed record Group(string Id, IReadOnlyList<int> Members);

/// <param name="Id">Identifier.</param>
/// <param name="Type">Identifier of the resource type.</param>
public sealed record Resource(string Id, string Type);

/// <param name="Id">Identifier.</param>
/// <param name="Duration">Times taken by all its meets together, at least 1.</param>
/// <param name="Time">Preassigned starting time, or -1. An event with a preassigned time is not split.</param>
/// <param name="Slots">The resources it needs.</param>
public sealed record Event(string Id, int Duration, int Time, IReadOnlyList<Slot> Slots)
{
    /// <summary>Position of the first slot with the role, or -1.</summary>
    public int SlotOf(string role)
    {
        for (var s = 0; s < Slots.Count; s++)
            if (Slots[s].Role == role) return s;
        return -1;
    }
}

/// <summary>A resource needed by an event.</summary>
/// <param name="Role">Its role within the event; empty for a preassigned resource without one.</param>
/// <param name="Type">Identifier of the resource type.</param>
/// <param name="Preassigned">Position of the preassigned resource, or -1 when the solver chooses.</param>
/// <param name="Workload">Load of the resource for the whole event.</param>
public sealed record Slot(string Role, string Type, int Preassigned, double Workload);

/// <summary>A part of an event in the timetable.</summary>
/// <param name="Event">Position of the event.</param>
/// <param name="Duration">Consecutive times it takes.</param>
/// <param name="Time">Position of the first, or -1 when it has none yet.</param>
/// <param name="Resources">For every slot of the event the position of the resource, or -1.</param>
public sealed record Meet(int Event, int Duration, int Time, IReadOnlyList<int> Resources);
