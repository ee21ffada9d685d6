using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons of exactly this class, or of exactly this teacher, that name no room take place in the home room. Unit: 1 per lesson elsewhere.</summary>
/// <remarks><c>Kind</c>: E.g. "StudentsSetHomeRoom".</remarks>
public sealed record HomeRoom(string Kind, Who Who, IReadOnlyList<Room> Rooms) : Rule
{
    public override string Name => Kind;
    public override string Describe() => $"{Who}: home room {List(Rooms)}";

    internal override IEnumerable<Activity> Scope(SchoolIndex index) => index.School.Activities.Where(a => !index.HasRoomPreference[a.Index]
        && (Who.SingleTeacher is { } teacher ? a.Teachers.Count == 1 && a.Teachers[0] == teacher : a.Students.Count == 1 && a.Students[0] == Who.StudentSet));

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        // A lesson of a class and a teacher who both have a home may be in either.
        var others = view.Index.School.Rules.OfType<HomeRoom>().Where(h => h.Who.IsTeachers != Who.IsTeachers).ToList();
        foreach (var activity in Scope(view.Index))
        {
            if (view.StartOf(activity) < 0) continue;
            var room = view.Timetable.RoomOf(activity)?.Room;
            var home = room is not null && (Rooms.Contains(room) || others.Any(o => o.Rooms.Contains(room) && o.Scope(view.Index).Contains(activity)));
            Report(breaches, home ? 0 : 1, activity.ToString(), activity);
        }
    }

    internal override void Compile(ProblemBuilder problem)
    {
        foreach (var activity in Scope(problem.Index)) problem.AddHome(this, activity, Rooms);
    }
}
