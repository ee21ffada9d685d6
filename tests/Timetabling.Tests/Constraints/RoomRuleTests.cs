using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Tests.Constraints;

/// <summary>Clashes and rooms, with the numbers they state.</summary>
public sealed class RoomRuleTests
{
    private readonly Sample at = new();

    private int Amount(Rule rule, params (Activity Lesson, int Day, int Hour, Room? Room)[] places)
    {
        at.School.Add(rule);
        return Score(places).Breaches.Where(b => ReferenceEquals(b.Rule, rule)).Sum(b => b.Amount);
    }

    private Score Score(params (Activity Lesson, int Day, int Hour, Room? Room)[] places)
    {
        var table = new Timetable(at.School);
        foreach (var (lesson, day, hour, room) in places) table.Place(lesson, at.Slot(day, hour), room is null ? null : new RoomChoice(room));
        return Scoring.Measure(table);
    }

    private int Units(string name, params (Activity Lesson, int Day, int Hour, Room? Room)[] places)
        => Score(places).ByRule().Where(r => r.Rule == name).Sum(r => r.Units);

    [Fact]
    public void Two_lessons_of_a_teacher_at_once_are_one_clash()
    {
        var (a, b) = (at.Lesson(at.Ada, at.Red), at.Lesson(at.Ada, at.Blue));
        Assert.Equal(1, Units("TeacherClash", (a, 0, 0, null), (b, 0, 0, null)));
    }

    [Fact]
    public void A_group_and_its_subgroup_at_once_are_one_clash()
    {
        var half = at.School.AddStudents("Half", 10, at.Red);
        at.School.AddStudents("Rest", 10, at.Red);
        var (a, b) = (at.Lesson(at.Ada, at.Red), at.Lesson(at.Bob, half));
        Assert.Equal(1, Units("StudentsClash", (a, 0, 0, null), (b, 0, 0, null)));
    }

    [Fact]
    public void Two_lessons_in_a_room_at_once_are_one_clash()
    {
        var (a, b) = (at.Lesson(at.Ada, at.Red, 2), at.Lesson(at.Bob, at.Blue));
        Assert.Equal(1, Units("RoomClash", (a, 0, 0, at.Hall), (b, 0, 1, at.Hall)));
    }

    [Fact]
    public void Thirty_students_do_not_fit_into_twenty_five_seats()
        => Assert.Equal(1, Units("RoomCapacity", (at.Lesson(at.Bob, at.Blue), 0, 0, at.Lab)));

    [Fact]
    public void A_lesson_beyond_the_end_of_the_day_counts_one()
        => Assert.Equal(1, Units("OutsideDay", (at.Lesson(at.Bob, at.Blue, 3), 0, 4, null)));

    [Fact]
    public void Two_hours_in_a_closed_room_count_two()
    {
        var a = at.Lesson(at.Ada, at.Red, 2);
        Assert.Equal(2, Amount(new RoomNotAvailable(at.Lab, [at.Slot(0, 0), at.Slot(0, 1)]), (a, 0, 0, at.Lab)));
    }

    [Fact]
    public void A_lesson_in_another_room_or_none_counts_one()
    {
        var a = at.Lessons(3);
        Assert.Equal(2, Amount(new PreferredRooms("SubjectPreferredRoom", a, [at.Lab]), (a[0], 0, 0, at.Lab), (a[1], 0, 1, at.Hall), (a[2], 0, 2, null)));
    }

    [Fact]
    public void A_home_room_binds_only_lessons_of_that_class_alone_without_a_room_of_their_own()
    {
        var (alone, joint, lab) = (at.Lesson(at.Ada, at.Red), at.School.AddActivity([at.Ada], [at.Red, at.Blue], "Choir"), at.Lesson(at.Bob, at.Red));
        at.School.Add(new PreferredRooms("ActivityPreferredRoom", [lab], [at.Lab]));
        Assert.Equal(1, Amount(new HomeRoom("StudentsSetHomeRoom", Who.Students(at.Red), [at.Hall]), (alone, 0, 0, at.Lab), (joint, 0, 1, null), (lab, 0, 2, at.Lab)));
    }

    [Fact]
    public void Two_rooms_where_one_is_allowed_count_one()
    {
        var a = at.Lessons(3);
        Assert.Equal(1, Amount(new MaxDifferentRooms(a, 1), (a[0], 0, 0, at.Lab), (a[1], 0, 1, at.Hall), (a[2], 0, 2, at.Lab)));
    }

    [Fact]
    public void Only_lessons_that_follow_each_other_need_the_same_room()
    {
        var a = at.Lessons(3);
        Assert.Equal(1, Amount(new SameRoomIfConsecutive(a), (a[0], 0, 0, at.Lab), (a[1], 0, 1, at.Hall), (a[2], 0, 3, at.Lab)));
    }

    [Fact]
    public void Building_changes_are_counted_by_day_by_week_and_by_the_hours_between()
    {
        var a = at.Lessons(4);
        (Activity, int, int, Room?)[] walk = [(a[0], 0, 0, at.Lab), (a[1], 0, 1, at.Hall), (a[2], 0, 3, at.Lab), (a[3], 1, 0, at.Lab)];
        Assert.Equal(1, Amount(new PlaceChanges(Who.Teacher(at.Ada), PlaceChangeLimit.MaxPerDay, 1, false), walk));
        Assert.Equal(2, Amount(new PlaceChanges(Who.Students(at.Red), PlaceChangeLimit.MaxPerWeek, 0, false), walk));
        Assert.Equal(1, Amount(new PlaceChanges(Who.Teacher(at.Ada), PlaceChangeLimit.MinGapsBetween, 1, false), walk));
        Assert.Equal(2, Amount(new PlaceChanges(Who.Teacher(at.Ada), PlaceChangeLimit.MaxPerDay, 0, true), walk));
    }

    [Fact]
    public void A_virtual_room_stands_for_one_real_room_of_each_set()
    {
        var both = at.School.AddVirtualRoom("Both", 100, [[at.Lab], [at.Hall]]);
        var a = at.Lesson(at.Ada, at.Red);
        at.School.Add(new PreferredRooms("ActivityPreferredRoom", [a], [both]));
        var result = TimetableSolver.Solve(at.School, Sample.Options());
        Assert.Equal("Lab+Hall", result.Timetable.RoomOf(a)!.ToString());
        Assert.True(result.Score.IsComplete);
    }
}
