using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons together use at most so many rooms. Unit: a room too many.</summary>
public sealed record MaxDifferentRooms(IReadOnlyList<Activity> Activities, int MaxRooms) : Rule
{
    public override string Name => "ActivitiesOccupyMaxDifferentRooms";
    public override string Describe() => $"{List(Activities, 3)} use at most {Count(MaxRooms, "room")}";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Activities;

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        var rooms = Activities.Where(a => view.StartOf(a) >= 0).SelectMany(a => view.Timetable.RoomOf(a)?.RealRooms ?? []).Distinct().Count();
        Report(breaches, rooms - MaxRooms, List(Activities, 3));
    }

    internal override void Compile(ProblemBuilder problem) => problem.AddGroup(this, Activities,
        units => new DifferentRoomsMonitor(units, [.. Activities.Select(a => a.Index)], problem.Index.School.Rooms.Count, MaxRooms));
}
