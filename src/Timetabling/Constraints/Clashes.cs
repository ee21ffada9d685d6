using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Rules every school has without writing them down. The search keeps them by construction; measuring checks them like any other.</summary>
public abstract record BuiltInRule : Rule
{
    internal sealed override IEnumerable<Activity> Scope(SchoolIndex index) => [];

    internal sealed override void Compile(ProblemBuilder problem) { }

    internal static IReadOnlyList<BuiltInRule> All { get; } = [new InsideDay(), new NoTeacherClash(), new NoStudentsClash(), new NoRoomClash(), new EnoughSeats()];
}

/// <summary>A lesson ends on the day it starts. Unit: 1 per lesson.</summary>
public sealed record InsideDay : BuiltInRule
{
    public override string Name => "OutsideDay";
    public override string Describe() => "A lesson ends on the day it starts";

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var activity in view.Index.School.Activities)
            if (view.StartOf(activity) >= 0) Report(breaches, view.HourOf(activity) + activity.Duration > view.Grid.HoursPerDay ? 1 : 0, activity.ToString(), activity);
    }
}

/// <summary>A teacher is in one lesson at a time. Unit: a lesson too many in an hour.</summary>
public sealed record NoTeacherClash : BuiltInRule
{
    public override string Name => "TeacherClash";
    public override string Describe() => "A teacher is in one lesson at a time";

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var teacher in view.Index.Teachers)
            foreach (var (slot, lessons) in Occupancy.BySlot(view, teacher.Lessons))
                Report(breaches, lessons.Count - 1, $"{teacher.Name}, {view.Grid.NameOf(slot)}", [.. lessons]);
    }
}

/// <summary>Students are in one lesson at a time. Unit: a pair of lessons in an hour.</summary>
public sealed record NoStudentsClash : BuiltInRule
{
    public override string Name => "StudentsClash";
    public override string Describe() => "Students are in one lesson at a time";

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        var seen = new HashSet<(int, int, int)>();
        foreach (var leaf in view.Index.Leaves)
            foreach (var (slot, lessons) in Occupancy.BySlot(view, leaf.Lessons))
                for (var i = 0; i < lessons.Count; i++)
                    for (var j = i + 1; j < lessons.Count; j++)
                        if (seen.Add((lessons[i].Index, lessons[j].Index, slot)))
                            Report(breaches, 1, $"{leaf.Name}, {view.Grid.NameOf(slot)}", lessons[i], lessons[j]);
    }
}

/// <summary>A real room holds one lesson at a time. Unit: a lesson too many in an hour.</summary>
public sealed record NoRoomClash : BuiltInRule
{
    public override string Name => "RoomClash";
    public override string Describe() => "A room holds one lesson at a time";

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        var byRoom = view.Index.School.Activities.SelectMany(a => (view.Timetable.RoomOf(a)?.RealRooms ?? []).Select(r => (Room: r, Activity: a))).ToLookup(x => x.Room, x => x.Activity);
        foreach (var room in byRoom.OrderBy(r => r.Key.Index))
            foreach (var (slot, lessons) in Occupancy.BySlot(view, room))
                Report(breaches, lessons.Count - 1, $"{room.Key}, {view.Grid.NameOf(slot)}", [.. lessons]);
    }
}

/// <summary>A room has a seat for every student of its lesson. Unit: 1 per lesson.</summary>
public sealed record EnoughSeats : BuiltInRule
{
    public override string Name => "RoomCapacity";
    public override string Describe() => "A room has a seat for every student";

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var activity in view.Index.School.Activities)
            if (view.StartOf(activity) >= 0 && view.Timetable.RoomOf(activity) is { } choice)
                Report(breaches, activity.Headcount > choice.Room.Capacity ? 1 : 0, $"{choice.Room}: {activity}", activity);
    }
}

internal static class Occupancy
{
    /// <summary>Slots in which more than one of the lessons runs.</summary>
    public static IEnumerable<(int Slot, List<Activity> Lessons)> BySlot(TimetableView view, IEnumerable<Activity> lessons)
    {
        var bySlot = new SortedDictionary<int, List<Activity>>();
        foreach (var lesson in lessons.Where(l => view.StartOf(l) >= 0))
        {
            for (var k = 0; k < lesson.Duration; k++)
            {
                if (!bySlot.TryGetValue(view.StartOf(lesson) + k, out var list)) bySlot[view.StartOf(lesson) + k] = list = [];
                list.Add(lesson);
            }
        }
        return bySlot.Where(s => s.Value.Count > 1).Select(s => (s.Key, s.Value));
    }
}
