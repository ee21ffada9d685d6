using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Tests.Constraints;

/// <summary>Each rule on lessons, with the number it states.</summary>
public sealed class LessonRuleTests
{
    private readonly Sample at = new();

    [Fact]
    public void A_lesson_of_two_hours_half_in_a_break_counts_one()
    {
        var a = at.Lessons(1, 2)[0];
        Assert.Equal(1, at.Amount(new BreakTimes([at.Slot(0, 3)]), (a, 0, 2)));
    }

    [Fact]
    public void A_lesson_in_two_hours_its_teacher_is_away_counts_two()
    {
        var a = at.Lessons(1, 2)[0];
        Assert.Equal(2, at.Amount(new NotAvailable(Who.Teacher(at.Ada), [at.Slot(0, 2), at.Slot(0, 3)]), (a, 0, 2)));
    }

    [Fact]
    public void A_lesson_while_its_class_is_away_counts_one()
    {
        var a = at.Lessons(1)[0];
        Assert.Equal(1, at.Amount(new NotAvailable(Who.Students(at.Red), [at.Slot(1, 0)]), (a, 1, 0)));
    }

    [Fact]
    public void A_lesson_at_the_wrong_hour_of_the_right_day_counts_one()
    {
        var a = at.Lessons(1)[0];
        Assert.Equal(1, at.Amount(new PreferredStart(a, 2, 3), (a, 2, 4)));
        Assert.Equal(0, at.Amount(new PreferredStart(a, 2, null), (a, 2, 4)));
    }

    [Fact]
    public void Two_of_three_lessons_off_the_preferred_starts_count_two()
    {
        var a = at.Lessons(3);
        Assert.Equal(2, at.Amount(new PreferredStarts("Activities", a, [at.Slot(0, 0)]), (a[0], 0, 0), (a[1], 0, 1), (a[2], 1, 0)));
    }

    [Fact]
    public void A_lesson_of_three_hours_with_one_inside_the_preferred_slots_counts_two()
    {
        var a = at.Lessons(1, 3)[0];
        Assert.Equal(2, at.Amount(new PreferredSlots("Activity", [a], [at.Slot(0, 0), at.Slot(0, 1)]), (a, 0, 1)));
    }

    [Fact]
    public void Three_lessons_on_one_day_two_days_short_each_count_six()
    {
        var a = at.Lessons(3);
        Assert.Equal(6, at.Amount(new MinDaysBetween(a, 2), (a[0], 0, 0), (a[1], 0, 1), (a[2], 0, 2)));
    }

    [Fact]
    public void Lessons_of_one_day_with_an_hour_between_count_one()
    {
        var a = at.Lessons(2);
        Assert.Equal(1, at.Amount(new AdjacentIfSameDay(a), (a[0], 0, 0), (a[1], 0, 2)));
        Assert.Equal(0, at.Amount(new AdjacentIfSameDay(a), (a[0], 0, 3), (a[1], 0, 2)));
    }

    [Fact]
    public void Lessons_four_days_apart_where_two_are_allowed_count_two()
    {
        var a = at.Lessons(2);
        Assert.Equal(2, at.Amount(new MaxDaysBetween(a, 2), (a[0], 0, 0), (a[1], 4, 0)));
    }

    [Fact]
    public void Two_lessons_too_close_on_a_day_count_one()
    {
        var a = at.Lessons(2);
        Assert.Equal(1, at.Amount(new MinGapsBetween(a, 2), (a[0], 0, 0), (a[1], 0, 2)));
        Assert.Equal(0, at.Amount(new MinGapsBetween(a, 2), (a[0], 0, 0), (a[1], 1, 0)));
    }

    [Fact]
    public void A_hard_band_apart_counts_one_and_a_soft_one_its_distance()
    {
        var (a, b) = (at.Lesson(at.Ada, at.Red), at.Lesson(at.Bob, at.Blue));
        Assert.Equal(1, at.Amount(new SameStart([a, b]), (a, 0, 0), (b, 2, 3)));
        Assert.Equal(5, at.Amount(new SameStart([a, b]) { Weight = 50 }, (a, 0, 0), (b, 2, 3)));
    }

    [Fact]
    public void Lessons_on_two_days_that_belong_on_one_count_one()
    {
        var a = at.Lessons(2);
        Assert.Equal(1, at.Amount(new SameStartDay(a), (a[0], 0, 0), (a[1], 1, 0)));
    }

    [Fact]
    public void Lessons_at_two_hours_that_belong_at_one_count_one()
    {
        var a = at.Lessons(2);
        Assert.Equal(1, at.Amount(new SameStartHour(a), (a[0], 0, 0), (a[1], 1, 1)));
    }

    [Fact]
    public void Two_hours_shared_by_lessons_that_must_not_overlap_count_two()
    {
        var (a, b) = (at.Lesson(at.Ada, at.Red, 3), at.Lesson(at.Bob, at.Blue, 2));
        Assert.Equal(2, at.Amount(new NotOverlapping([a, b]), (a, 0, 0), (b, 0, 1)));
    }

    [Fact]
    public void Only_lessons_of_different_tags_may_not_overlap()
    {
        var (a, b, c) = (at.Lesson(at.Ada, at.Red, 1, "x"), at.Lesson(at.Bob, at.Blue, 1, "y"), at.Lesson(at.School.AddTeacher("Cy"), at.School.AddStudents("Green"), 1, "x"));
        Assert.Equal(2, at.Amount(new TagsNotOverlapping(["x", "y"], [a, b, c]), (a, 0, 0), (b, 0, 0), (c, 0, 0)));
    }

    [Fact]
    public void A_lesson_follows_another_across_a_break_only()
    {
        var a = at.Lessons(2);
        at.School.Add(new BreakTimes([at.Slot(0, 1)]));
        Assert.Equal(0, at.Amount(new Consecutive(a[0], a[1]), (a[0], 0, 0), (a[1], 0, 2)));
        Assert.Equal(1, at.Amount(new Consecutive(a[0], a[1]), (a[0], 0, 0), (a[1], 0, 3)));
    }

    [Fact]
    public void A_second_lesson_before_the_first_counts_one()
    {
        var a = at.Lessons(2);
        Assert.Equal(1, at.Amount(new Ordered(a[0], a[1]), (a[0], 1, 0), (a[1], 0, 5)));
        Assert.Equal(0, at.Amount(new OrderedIfSameDay(a[0], a[1]), (a[0], 1, 0), (a[1], 0, 5)));
        Assert.Equal(1, at.Amount(new OrderedIfSameDay(a[0], a[1]), (a[0], 1, 3), (a[1], 1, 2)));
    }

    [Fact]
    public void Three_lessons_in_a_row_are_a_block_in_any_order()
    {
        var a = at.Lessons(3);
        Assert.Equal(0, at.Amount(new Grouped(a), (a[0], 0, 2), (a[1], 0, 0), (a[2], 0, 1)));
        Assert.Equal(1, at.Amount(new Grouped(a), (a[0], 0, 3), (a[1], 0, 0), (a[2], 0, 1)));
        Assert.Equal(1, at.Amount(new Grouped(a[..2]), (a[0], 0, 2), (a[1], 0, 0)));
    }

    [Fact]
    public void A_lesson_followed_by_another_of_its_class_does_not_end_the_day()
    {
        var (a, b) = (at.Lesson(at.Ada, at.Red), at.Lesson(at.Bob, at.Red));
        Assert.Equal(1, at.Amount(new EndsStudentsDay("ActivityEndsStudentsDay", [a]), (a, 0, 1), (b, 0, 4)));
        Assert.Equal(0, at.Amount(new EndsStudentsDay("ActivityEndsStudentsDay", [a]), (a, 0, 4), (b, 0, 1)));
    }

    [Fact]
    public void Three_selected_slots_used_where_one_is_allowed_count_two()
    {
        var a = at.Lessons(3);
        int[] selected = [at.Slot(0, 0), at.Slot(0, 1), at.Slot(0, 2)];
        Assert.Equal(2, at.Amount(new OccupySlots(a, selected, 1, AtMost: true), (a[0], 0, 0), (a[1], 0, 1), (a[2], 0, 2)));
        Assert.Equal(2, at.Amount(new OccupySlots(a, selected, 3, AtMost: false), (a[0], 0, 0), (a[1], 1, 1), (a[2], 1, 2)));
    }

    [Fact]
    public void Two_lessons_at_once_where_one_is_allowed_count_one()
    {
        var (a, b) = (at.Lesson(at.Ada, at.Red), at.Lesson(at.Bob, at.Blue));
        int[] selected = [at.Slot(0, 0), at.Slot(0, 1)];
        Assert.Equal(1, at.Amount(new Simultaneous([a, b], selected, 1, true, false), (a, 0, 0), (b, 0, 0)));
        Assert.Equal(2, at.Amount(new Simultaneous([a, b], selected, 2, false, false), (a, 0, 0), (b, 0, 1)));
        Assert.Equal(0, at.Amount(new Simultaneous([a, b], selected, 2, false, true), (a, 0, 0), (b, 0, 0)));
    }

    [Fact]
    public void A_lesson_that_leaves_its_old_place_costs_one_per_person_told()
    {
        var a = at.Lessons(2);
        var before = at.Table((a[0], 0, 0), (a[1], 1, 0));
        Assert.Equal(2, at.Amount(new KeepNear(before) { Weight = 99 }, (a[0], 0, 0), (a[1], 1, 1)));
        Assert.Equal(2 * 4, at.Amount(new KeepNear(before, Importance: 4) { Weight = 99 }, (a[0], 0, 0), (a[1], 1, 1)));
    }
}
