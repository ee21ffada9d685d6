using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Tests.Search;

/// <summary>A generated school that has every kind of rule, hard and soft, and a timetable.</summary>
internal static class RandomSchool
{
    public static School Create(int classes = 4, int lessonsPerClass = 16, bool rules = true)
    {
        var school = new School(TimeGrid.Numbered(5, 6));
        var teachers = Enumerable.Range(0, classes + 2).Select(i => school.AddTeacher($"T{i}")).ToList();
        var sets = Enumerable.Range(0, classes).Select(i => school.AddStudents($"C{i}", 20)).ToList();
        var halves = sets.SelectMany(s => new[] { school.AddStudents(s.Name + "a", 10, s), school.AddStudents(s.Name + "b", 10, s) }).ToList();
        var rooms = Enumerable.Range(0, classes + 2).Select(i => school.AddRoom($"R{i}", 30, i % 2 == 0 ? "North" : "South")).ToList();
        var byClass = new List<List<Activity>>();
        for (var c = 0; c < classes; c++)
        {
            var lessons = new List<Activity>();
            for (var k = 0; k < lessonsPerClass - 4; k++)
                lessons.Add(school.AddActivity([teachers[(c + k) % teachers.Count]], [sets[c]], $"S{k % 4}", 1 + (k % 5 == 0 ? 1 : 0), tags: [k % 3 == 0 ? "x" : "y"]));
            lessons.Add(school.AddActivity([teachers[c]], [halves[2 * c]], "Half", 1));
            lessons.Add(school.AddActivity([teachers[c + 1]], [halves[2 * c + 1]], "Half", 1));
            byClass.Add(lessons);
        }
        if (!rules) return school;
        var first = byClass[0];
        var every = school.Activities.ToList();
        school.Add(new BreakTimes([5]));
        school.Add(new NotAvailable(Who.Teacher(teachers[0]), [0, 1]));
        school.Add(new NotAvailable(Who.Students(sets[1]), [29]));
        school.Add(new RoomNotAvailable(rooms[0], [6, 7]));
        school.Add(new PreferredStart(first[1], 2, null) { Weight = 90 });
        school.Add(new PreferredStarts("Activities", byClass[1][..3], [0, 6, 12, 18, 24, 1, 7]) { Weight = 80 });
        school.Add(new PreferredSlots("Activities", byClass[2], [.. Enumerable.Range(0, 28)]) { Weight = 70 });
        foreach (var lessons in byClass)
        {
            school.Add(new MinDaysBetween(lessons[..3], 1));
            school.Add(new AdjacentIfSameDay(lessons[..3]));
            school.Add(new MinDaysBetween(lessons[3..6], 2) { Weight = 95 });
        }
        school.Add(new MaxDaysBetween(first[6..8], 3) { Weight = 60 });
        school.Add(new MinGapsBetween(first[8..10], 1));
        school.Add(new SameStart([byClass[0][^2], byClass[0][^1]]));
        school.Add(new SameStart([byClass[1][5], byClass[2][6]]) { Weight = 40 });
        school.Add(new SameStartDay([byClass[1][6], byClass[2][7]]));
        school.Add(new SameStartHour([byClass[1][7], byClass[2][8]]) { Weight = 50 });
        school.Add(new NotOverlapping([byClass[0][2], byClass[1][2], byClass[2][2]]));
        school.Add(new NotOverlapping([byClass[0][4], byClass[1][4]]) { Weight = 30 });
        school.Add(new TagsNotOverlapping(["x", "y"], [byClass[0][0], byClass[1][1]]));
        school.Add(new Consecutive(byClass[3][1], byClass[3][2]) { Weight = 85 });
        school.Add(new Ordered(byClass[3][3], byClass[3][4]));
        school.Add(new OrderedIfSameDay(byClass[3][6], byClass[3][7]));
        school.Add(new Grouped([byClass[2][0], byClass[2][3]]) { Weight = 75 });
        school.Add(new Grouped([byClass[2][6], byClass[2][7], byClass[2][9]]) { Weight = 75 });
        school.Add(new EndsStudentsDay("ActivityEndsStudentsDay", [byClass[1][9]]));
        school.Add(new OccupySlots(first, [0, 6, 12, 18, 24], 3, AtMost: true) { Weight = 20 });
        school.Add(new OccupySlots(first, [4, 10, 16], 2, AtMost: false) { Weight = 20 });
        school.Add(new Simultaneous(every, [0, 1, 2], 4, AtMost: true, AllowEmptySlots: false) { Weight = 25 });
        school.Add(new Simultaneous(every, [8, 9], 2, AtMost: false, AllowEmptySlots: true) { Weight = 25 });
        school.Add(new MaxGapsPerWeek(Who.EveryTeacher, 4));
        school.Add(new MaxGapsPerWeek(Who.EveryStudent, 1) { Weight = 55 });
        school.Add(new MaxGapsPerDay(Who.EveryTeacher, 1) { Weight = 45 });
        school.Add(new MaxDaysPerWeek(Who.Teacher(teachers[1]), 4));
        school.Add(new MinDaysPerWeek(Who.Teacher(teachers[2]), 2));
        school.Add(new MaxHoursDaily(Who.EveryTeacher, 5));
        school.Add(new MaxHoursDaily(Who.Students(sets[0]), 4) { Weight = 35 });
        school.Add(new MinHoursDaily(Who.EveryTeacher, 2, AllowEmptyDays: true) { Weight = 35 });
        school.Add(new MinHoursDaily(Who.EveryStudent, 2, AllowEmptyDays: false) { Weight = 35 });
        school.Add(new MaxHoursContinuously(Who.EveryTeacher, 3) { Weight = 65 });
        school.Add(new MaxSpanPerDay(Who.Teacher(teachers[3]), 5));
        school.Add(new IntervalMaxDaysPerWeek(Who.EveryTeacher, 4, 6, 3) { Weight = 15 });
        school.Add(new MaxLateBeginnings(Who.EveryStudent, 1) { Weight = 65 });
        school.Add(new MinRestingHours(Who.EveryTeacher, 3) { Weight = 65 });
        school.Add(new TagMaxHoursDaily(Who.EveryTeacher, "x", 2) { Weight = 65 });
        school.Add(new TagMinHoursDaily(Who.Teacher(teachers[0]), "y", 2, AllowEmptyDays: true) { Weight = 65 });
        school.Add(new TagMaxHoursContinuously(Who.EveryStudent, "y", 2) { Weight = 65 });
        var both = school.AddVirtualRoom("Both", 100, [[rooms[0], rooms[2]], [rooms[1], rooms[3]]]);
        school.Add(new PreferredRooms("ActivityPreferredRoom", [first[0]], [both]));
        school.Add(new PreferredRooms("SubjectPreferredRooms", [.. every.Where(a => a.Subject == "S1")], [rooms[1], rooms[2]]) { Weight = 95 });
        for (var c = 0; c < classes; c++) school.Add(new HomeRoom("StudentsSetHomeRoom", Who.Students(sets[c]), [rooms[c + 1], rooms[c]]));
        school.Add(new MaxDifferentRooms(first[1..6], 1) { Weight = 50 });
        school.Add(new SameRoomIfConsecutive(byClass[1][..4]) { Weight = 50 });
        foreach (var limit in Enum.GetValues<PlaceChangeLimit>()) school.Add(new PlaceChanges(Who.EveryTeacher, limit, 1, ByRoom: false) { Weight = 10 });
        school.Add(new PlaceChanges(Who.EveryStudent, PlaceChangeLimit.MaxPerDay, 2, ByRoom: true) { Weight = 10 });
        return school;
    }
}
