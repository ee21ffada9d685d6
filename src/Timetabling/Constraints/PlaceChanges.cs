using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>What a change of place is limited by.</summary>
public enum PlaceChangeLimit { MaxPerDay, MaxPerWeek, MinGapsBetween }

/// <summary>Changes of building, or of room, of a person in a day or week, or the hours needed between them. Unit: a change too many, or a change with too few hours between.</summary>
/// <remarks><c>ByRoom</c>: Counts changes of room instead of building.</remarks>
public sealed record PlaceChanges(Who Who, PlaceChangeLimit Limit, int Number, bool ByRoom) : Rule
{
    public override string Name => Who.Prefix + (Limit, ByRoom) switch
    {
        (PlaceChangeLimit.MaxPerDay, false) => "MaxBuildingChangesPerDay",
        (PlaceChangeLimit.MaxPerWeek, false) => "MaxBuildingChangesPerWeek",
        (_, false) => "MinGapsBetweenBuildingChanges",
        (PlaceChangeLimit.MaxPerDay, true) => "MaxRoomChangesPerDay",
        (PlaceChangeLimit.MaxPerWeek, true) => "MaxRoomChangesPerWeek",
        _ => "MinGapsBetweenRoomChanges",
    };

    public override string Describe() => $"{Who}: {(Limit == PlaceChangeLimit.MinGapsBetween ? $"at least {Count(Number, "hour")} between" : "at most " + Number)} {(ByRoom ? "room" : "building")} changes{(Limit switch { PlaceChangeLimit.MaxPerDay => " a day", PlaceChangeLimit.MaxPerWeek => " a week", _ => "" })}";

    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Who.Lessons(index);

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var person in Who.Members(view.Index))
        {
            var amount = 0;
            var week = 0;
            for (var day = 0; day < view.Grid.DayCount; day++)
            {
                var visits = person.Lessons.Where(l => view.StartOf(l) >= 0 && view.DayOf(l) == day && PlaceOf(view, l) >= 0)
                    .OrderBy(view.StartOf).Select(l => (Place: PlaceOf(view, l), Start: view.HourOf(l), End: view.HourOf(l) + l.Duration)).ToList();
                var changes = 0;
                for (var i = 1; i < visits.Count; i++)
                {
                    if (visits[i].Place == visits[i - 1].Place) continue;
                    changes++;
                    if (Limit == PlaceChangeLimit.MinGapsBetween && visits[i].Start - visits[i - 1].End < Number) amount++;
                }
                week += changes;
                if (Limit == PlaceChangeLimit.MaxPerDay) amount += Math.Max(0, changes - Number);
            }
            if (Limit == PlaceChangeLimit.MaxPerWeek) amount = Math.Max(0, week - Number);
            Report(breaches, amount, person.Name);
        }
    }

    internal override void Compile(ProblemBuilder problem)
    {
        foreach (var person in Who.Members(problem.Index))
        {
            var lessons = person.Lessons.Where(problem.NeedsRoom).ToList();
            if (lessons.Count < 2) continue;
            if (!ByRoom && !problem.CanChangeBuilding(lessons)) continue;
            problem.AddGroup(this, lessons, units => new PlaceChangesMonitor(problem.Index.Grid, units, lessons, this, problem.PlaceNumbers(ByRoom)));
        }
    }

    private int PlaceOf(TimetableView view, Activity lesson)
    {
        if (view.Timetable.RoomOf(lesson) is not { RealRooms.Count: > 0 } choice) return -1;
        var numbers = PlaceNumbers(view.Index.School, ByRoom);
        return numbers[choice.RealRooms[0].Index];
    }

    /// <summary>Number of the building of each room (or of the room itself); -1 for a room without a building.</summary>
    internal static int[] PlaceNumbers(School school, bool byRoom)
    {
        if (byRoom) return [.. school.Rooms.Select(r => r.Index)];
        var names = school.Rooms.Select(r => r.Building).Where(b => b.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return [.. school.Rooms.Select(r => names.IndexOf(r.Building))];
    }
}
