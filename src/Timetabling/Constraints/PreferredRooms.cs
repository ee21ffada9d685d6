using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons take one of these rooms. Unit: 1 per lesson elsewhere or without a room.</summary>
/// <remarks><c>Kind</c>: How the lessons were chosen and how many rooms are named, e.g. "SubjectPreferredRooms".</remarks>
public sealed record PreferredRooms(string Kind, IReadOnlyList<Activity> Activities, IReadOnlyList<Room> Rooms) : Rule
{
    /// <summary>For one virtual room: the real rooms to take; null leaves the choice open.</summary>
    public IReadOnlyList<Room>? RealRooms { get; init; }

    public override string Name => Kind;
    public override string Describe() => $"{List(Activities, 3)} in room {List(Rooms)}";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Activities;

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var activity in Activities)
            if (view.StartOf(activity) >= 0)
                Report(breaches, view.Timetable.RoomOf(activity) is { } choice && Rooms.Any(choice.Stands) ? 0 : 1, activity.ToString(), activity);
    }

    internal override void Compile(ProblemBuilder problem)
    {
        foreach (var activity in Activities) problem.AddRoomChoice(this, activity, Rooms, RealRooms);
    }
}
