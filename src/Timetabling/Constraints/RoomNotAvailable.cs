using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>A room is closed in these slots. Unit: a lesson hour in the closed room. Always hard.</summary>
public sealed record RoomNotAvailable(Room Room, IReadOnlyList<int> Slots) : Rule
{
    public override string Name => "RoomNotAvailableTimes";
    public override string Describe() => $"Room {Room} is closed in {Count(Slots.Count, "hour")} of the week";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => [];

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var activity in view.Index.School.Activities)
            if (view.StartOf(activity) >= 0 && view.Timetable.RoomOf(activity)?.RealRooms.Contains(Room) == true)
                Report(breaches, SlotAmounts.Inside(view.Grid, Slots, view.StartOf(activity), activity.Duration), $"{Room}: {activity}", activity);
    }

    internal override void Compile(ProblemBuilder problem) => problem.CloseRoom(Room, Slots);
}
