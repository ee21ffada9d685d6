using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Tests.Constraints;

/// <summary>Each rule on somebody's week, with the number it states.</summary>
public sealed class PersonRuleTests
{
    private readonly Sample at = new();

    private Who Ada => Who.Teacher(at.Ada);
    private Who Red => Who.Students(at.Red);

    [Fact]
    public void Three_gaps_in_the_week_where_one_is_allowed_count_two()
    {
        var a = at.Lessons(4);
        Assert.Equal(2, at.Amount(new MaxGapsPerWeek(Ada, 1), (a[0], 0, 0), (a[1], 0, 3), (a[2], 1, 0), (a[3], 1, 2)));
    }

    [Fact]
    public void A_break_or_an_hour_away_is_no_gap()
    {
        var a = at.Lessons(2);
        at.School.Add(new BreakTimes([at.Slot(0, 1)]));
        at.School.Add(new NotAvailable(Ada, [at.Slot(0, 2)]));
        Assert.Equal(1, at.Amount(new MaxGapsPerWeek(Ada, 0), (a[0], 0, 0), (a[1], 0, 4)));
    }

    [Fact]
    public void An_hour_still_to_place_may_fill_a_gap()
    {
        var a = at.Lessons(3);
        Assert.Equal(1, at.Amount(new MaxGapsPerWeek(Red, 0), (a[0], 0, 0), (a[1], 0, 3)));
    }

    [Fact]
    public void Two_gaps_on_one_day_where_one_is_allowed_count_one()
    {
        var a = at.Lessons(4);
        Assert.Equal(1, at.Amount(new MaxGapsPerDay(Ada, 1), (a[0], 0, 0), (a[1], 0, 3), (a[2], 1, 0), (a[3], 1, 2)));
    }

    [Fact]
    public void Three_days_where_two_are_allowed_count_one()
    {
        var a = at.Lessons(3);
        Assert.Equal(1, at.Amount(new MaxDaysPerWeek(Ada, 2), (a[0], 0, 0), (a[1], 1, 0), (a[2], 2, 0)));
    }

    [Fact]
    public void One_day_where_three_are_needed_counts_two()
    {
        var a = at.Lessons(3);
        Assert.Equal(2, at.Amount(new MinDaysPerWeek(Ada, 3), (a[0], 0, 0), (a[1], 0, 1), (a[2], 0, 2)));
    }

    [Fact]
    public void A_day_of_four_hours_where_two_are_allowed_counts_one()
    {
        var a = at.Lessons(4);
        Assert.Equal(1, at.Amount(new MaxHoursDaily(Ada, 2), (a[0], 0, 0), (a[1], 0, 1), (a[2], 0, 2), (a[3], 0, 3)));
    }

    [Fact]
    public void Days_of_one_hour_where_three_are_needed_count_two_each()
    {
        var a = at.Lessons(2);
        Assert.Equal(4, at.Amount(new MinHoursDaily(Ada, 3, AllowEmptyDays: true), (a[0], 0, 0), (a[1], 1, 0)));
        Assert.Equal(13, at.Amount(new MinHoursDaily(Ada, 3, AllowEmptyDays: false), (a[0], 0, 0), (a[1], 1, 0)));
    }

    [Fact]
    public void A_run_of_five_where_three_are_allowed_counts_two()
    {
        var a = at.Lessons(5);
        Assert.Equal(2, at.Amount(new MaxHoursContinuously(Ada, 3), [.. a.Select((l, h) => (l, 0, h))]));
    }

    [Fact]
    public void A_day_from_first_to_fifth_hour_spans_two_more_than_three()
    {
        var a = at.Lessons(2);
        Assert.Equal(2, at.Amount(new MaxSpanPerDay(Ada, 3), (a[0], 0, 0), (a[1], 0, 4)));
    }

    [Fact]
    public void Two_days_with_lessons_in_the_interval_where_one_is_allowed_count_one()
    {
        var a = at.Lessons(3);
        Assert.Equal(1, at.Amount(new IntervalMaxDaysPerWeek(Ada, 4, 6, 1), (a[0], 0, 4), (a[1], 1, 5), (a[2], 2, 3)));
    }

    [Fact]
    public void A_day_that_begins_in_the_third_open_hour_misses_one_and_second_beginnings_are_rationed()
    {
        var a = at.Lessons(3);
        Assert.Equal(2, at.Amount(new MaxLateBeginnings(Red, 1), (a[0], 0, 2), (a[1], 1, 1), (a[2], 2, 1)));
    }

    [Fact]
    public void Seven_hours_of_rest_where_nine_are_needed_count_two()
    {
        var a = at.Lessons(2);
        // Six hours a day: last lesson in the third hour, then three free hours, the next in the fifth: four more.
        Assert.Equal(2, at.Amount(new MinRestingHours(Ada, 9), (a[0], 0, 2), (a[1], 1, 4)));
    }

    [Fact]
    public void Only_tagged_hours_count_for_a_tag()
    {
        var (x, y) = (at.Lessons(4, 1, "Sport", "gym"), at.Lessons(1));
        (Activity, int, int)[] day = [(x[0], 0, 0), (x[1], 0, 1), (x[2], 0, 2), (x[3], 0, 3), (y[0], 0, 4)];
        Assert.Equal(2, at.Amount(new TagMaxHoursDaily(Ada, "gym", 2), day));
        Assert.Equal(1, at.Amount(new TagMaxHoursContinuously(Red, "gym", 3), day));
        Assert.Equal(2, at.Amount(new TagMinHoursDaily(Ada, "gym", 6, AllowEmptyDays: true), day));
    }

    [Fact]
    public void A_rule_for_every_class_counts_each_leaf()
    {
        var (left, right) = (at.School.AddStudents("Left", 10, at.Red), at.School.AddStudents("Right", 10, at.Red));
        var a = at.Lessons(2);
        Assert.Equal(2, at.Amount(new MaxGapsPerWeek(Who.EveryStudent, 0), (a[0], 0, 0), (a[1], 0, 2)));
        Assert.True(left.IsLeaf && right.IsLeaf);
    }
}
