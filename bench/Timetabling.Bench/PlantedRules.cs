using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Bench;

/// <summary>Rules that no timetable of a school can keep together, of many kinds; null where a school offers no place for the kind.</summary>
internal static class PlantedRules
{
    public static IReadOnlyList<(string Name, Func<School, Rule[]?> Plant)> Kinds { get; } =
    [
        ("a teacher away too often", s => Teacher(s) is var (who, hours, _) ? [Away(who, s, s.Grid.SlotCount - hours + 1)] : null),
        ("a class away too often", s => Class(s) is var (who, lessons) ? [Away(who, s, s.Grid.SlotCount - lessons.Sum(a => a.Duration) + 1)] : null),
        ("too few days", s => Teacher(s) is var (who, hours, _) ? [new MaxDaysPerWeek(who, (hours - 1) / s.Grid.HoursPerDay)] : null),
        ("days and hours together", s => Teacher(s) is var (who, hours, _) ? [new MaxDaysPerWeek(who, 3), new MaxHoursDaily(who, (hours + 2) / 3 - 1)] : null),
        ("least above most", s => Teacher(s) is var (who, _, _) ? [new MinHoursDaily(who, 4, true), new MaxHoursDaily(who, 3)] : null),
        ("more days than there are", s => Teacher(s) is var (who, _, _) ? [new MinDaysPerWeek(who, s.Grid.DayCount), Away(who, s, s.Grid.HoursPerDay)] : null),
        ("one lesson a day, a day too many", s => Class(s) is var (_, lessons) && lessons.Count > s.Grid.DayCount ? [new MinDaysBetween([.. lessons.Take(s.Grid.DayCount + 1)], 1)] : null),
        ("two locks in one slot", s => Teacher(s) is var (_, _, lessons) ? [new PreferredStart(lessons[0], 1, 1), new PreferredStart(lessons[1], 1, 1)] : null),
        ("a lock in an hour away", s => Teacher(s) is var (who, _, lessons) ? [new PreferredStart(lessons[0], 1, 1), new NotAvailable(who, [s.Grid.Slot(1, 1)])] : null),
        ("each before the other", s => Teacher(s) is var (_, _, lessons) ? [new Ordered(lessons[0], lessons[1]), new Ordered(lessons[1], lessons[0])] : null),
        ("together, but of one teacher", s => Teacher(s) is var (_, _, lessons) ? [new SameStart([lessons[0], lessons[1]])] : null),
        ("on one day and days apart", s => Teacher(s) is var (_, _, lessons) ? [new SameStartDay([lessons[0], lessons[^1]]), new MinDaysBetween([lessons[0], lessons[^1]], 2)] : null),
        ("together and never together", s => Strangers(s) is var (one, other) ? [new SameStart([one, other]), new NotOverlapping([one, other])] : null),
        ("a room closed too long", s => Class(s) is var (_, lessons) && s.Rooms.Count > 0
            ? [new PreferredRooms("ActivityPreferredRoom", lessons, [s.AddRoom("Planted")]), new RoomNotAvailable(s.Rooms[^1], [.. Enumerable.Range(0, s.Grid.SlotCount - lessons.Sum(a => a.Duration) + 1)])] : null),
        ("a class in too few slots", s => Class(s) is var (_, lessons) ? [new PreferredSlots("Activities", lessons, [.. Enumerable.Range(0, lessons.Sum(a => a.Duration) - 1)])] : null),
        ("more lessons apart than slots", s => s.Activities.Count(a => a.Duration == 1) > s.Grid.SlotCount ? [new NotOverlapping([.. s.Activities.Where(a => a.Duration == 1).Take(s.Grid.SlotCount + 1)])] : null),
        ("each the day's last", s => Class(s) is var (_, lessons) && lessons.Count > s.Grid.DayCount ? [new EndsStudentsDay("Activities", [.. lessons.Take(s.Grid.DayCount + 1)])] : null),
        ("one after the other, both ways", s => Teacher(s) is var (_, _, lessons) ? [new Consecutive(lessons[0], lessons[1]), new Consecutive(lessons[1], lessons[0])] : null),
        ("doubles without two hours in a row", s => Doubles(s) is var (who, count) ? [new NotAvailable(who, [.. Holes(s, count - 1)])] : null),
        ("never first, never late", s => Class(s) is var (who, lessons) ? [new PreferredSlots("Activities", lessons, [.. Enumerable.Range(0, s.Grid.SlotCount).Where(t => s.Grid.HourOf(t) > 0)]), new MaxLateBeginnings(who, 0)] : null),
        ("a third of the week between five", s => Teacher(s) is var (_, _, lessons) && lessons.Count > 4 ? [new PreferredStarts("Activities", [.. lessons.Take(5)], [.. Enumerable.Range(0, 4)])] : null),
        ("longer than the span", s => Teacher(s) is var (who, hours, _) ? [new MaxSpanPerDay(who, (hours - 1) / s.Grid.DayCount)] : null),
    ];

    private static NotAvailable Away(Who who, School school, int slots) => new(who, [.. Enumerable.Range(0, Math.Min(slots, school.Grid.SlotCount))]);

    /// <summary>The busiest teacher, with the hours and the lessons.</summary>
    private static (Who Who, int Hours, List<Activity> Lessons)? Teacher(School school)
    {
        var lessons = school.Activities.SelectMany(a => a.Teachers.Select(t => (Teacher: t, Lesson: a))).GroupBy(x => x.Teacher).OrderByDescending(g => g.Sum(x => x.Lesson.Duration)).ThenBy(g => g.Key.Index).FirstOrDefault();
        if (lessons is null) return null;
        List<Activity> own = [.. lessons.Select(x => x.Lesson)];
        return own.Count >= 4 && own.Sum(a => a.Duration) > school.Grid.HoursPerDay ? (Who.Teacher(lessons.Key), own.Sum(a => a.Duration), own) : null;
    }

    /// <summary>The class with most lessons of its own, and these.</summary>
    private static (Who Who, List<Activity> Lessons)? Class(School school)
    {
        var best = school.StudentSets.Select(s => (Set: s, Lessons: school.Activities.Where(a => a.Students.Contains(s)).ToList())).MaxBy(x => x.Lessons.Count);
        return best.Lessons is { Count: > 6 } ? (Who.Students(best.Set), best.Lessons) : null;
    }

    /// <summary>Two lessons that share nobody.</summary>
    private static (Activity One, Activity Other)? Strangers(School school)
    {
        var one = school.Activities[0];
        var leaves = one.Students.SelectMany(l => l.Leaves()).ToHashSet();
        var other = school.Activities.FirstOrDefault(a => a.Duration == one.Duration && !a.Teachers.Intersect(one.Teachers).Any() && !a.Students.SelectMany(l => l.Leaves()).Any(leaves.Contains));
        return other is null ? null : (one, other);
    }

    /// <summary>The teacher with most lessons of two hours, and their number.</summary>
    private static (Who Who, int Count)? Doubles(School school)
    {
        var best = school.Teachers.Select(t => (Teacher: t, Count: school.Activities.Count(a => a.Duration == 2 && a.Teachers.Contains(t)))).MaxBy(x => x.Count);
        return best.Count >= 2 && best.Count - 1 <= school.Grid.DayCount && school.Grid.HoursPerDay > 3 ? (Who.Teacher(best.Teacher), best.Count) : null;
    }

    /// <summary>Hours away that leave two hours in a row on some days and single hours otherwise.</summary>
    private static IEnumerable<int> Holes(School school, int pairs) => Enumerable.Range(0, school.Grid.SlotCount)
        .Where(t => school.Grid.DayOf(t) < pairs ? school.Grid.HourOf(t) is not (0 or 1 or 3) : school.Grid.HourOf(t) % 2 == 1);
}
