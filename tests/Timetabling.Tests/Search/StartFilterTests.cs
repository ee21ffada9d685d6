using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Tests.Search;

public sealed class StartFilterTests
{
    /// <summary>Starts left to a lesson.</summary>
    private static int[] Left(School school, Activity lesson)
    {
        var problem = ProblemBuilder.Build(school);
        StartFilter.Apply(problem);
        return problem.Starts[problem.UnitOf[lesson.Index]];
    }

    [Fact]
    public void A_lesson_keeps_out_of_the_slots_that_others_of_its_teacher_need()
    {
        var sample = new Sample(days: 1);
        var lessons = sample.Lessons(3);
        sample.School.Add(new PreferredStarts("Activities", lessons[..2], [0, 1]));
        Assert.Equal([2, 3, 4, 5], Left(sample.School, lessons[2]));
        Assert.Equal([0, 1], Left(sample.School, lessons[0]));
    }

    [Fact]
    public void Lessons_on_different_days_need_a_slot_of_each()
    {
        var sample = new Sample(days: 2);
        var lessons = sample.Lessons(3);
        sample.School.Add(new PreferredStarts("Activities", lessons, [sample.Slot(0, 0), sample.Slot(1, 0), sample.Slot(1, 1), sample.Slot(1, 2)]));
        Assert.Equal(4, Left(sample.School, lessons[2]).Length);
        sample.School.Add(new MinDaysBetween(lessons[..2], 1));
        Assert.Equal([sample.Slot(1, 0), sample.Slot(1, 1), sample.Slot(1, 2)], Left(sample.School, lessons[2]));
    }

    [Fact]
    public void A_class_without_gaps_that_always_begins_first_fills_the_first_hours()
    {
        var sample = new Sample(days: 2);
        var lessons = sample.Lessons(5);
        var red = Who.Students(sample.Red);
        sample.School.Add(new MaxGapsPerWeek(red, 0));
        sample.School.Add(new MaxHoursDaily(red, 3));
        Assert.Equal(12, Left(sample.School, lessons[0]).Length);
        sample.School.Add(new MaxLateBeginnings(red, 0));
        Assert.Equal([0, 1, 2, 6, 7, 8], Left(sample.School, lessons[0]));
    }

    [Fact]
    public void A_day_that_must_have_its_lessons_takes_them_from_others()
    {
        var sample = new Sample(days: 2);
        var lessons = sample.Lessons(3);
        sample.School.Add(new MinHoursDaily(Who.Students(sample.Red), 1, AllowEmptyDays: false));
        sample.School.Add(new PreferredSlots("Activities", lessons[..2], [0, 1, 2]));
        Assert.Equal([6, 7, 8, 9, 10, 11], Left(sample.School, lessons[2]));
    }

    [Fact]
    public void A_start_without_a_partner_is_taken_away()
    {
        var sample = new Sample(days: 1);
        var (first, second) = (sample.Lesson(sample.Ada, sample.Red), sample.Lesson(sample.Bob, sample.Red));
        sample.School.Add(new Ordered(first, second));
        Assert.Equal([0, 1, 2, 3, 4], Left(sample.School, first));
        Assert.Equal([1, 2, 3, 4, 5], Left(sample.School, second));
    }

    [Fact]
    public void A_weighted_rule_takes_nothing_away()
    {
        var sample = new Sample(days: 1);
        var lessons = sample.Lessons(3);
        sample.School.Add(new PreferredStarts("Activities", lessons[..2], [0, 1]) { Weight = 95 });
        Assert.Equal(6, Left(sample.School, lessons[2]).Length);
    }

    [Fact]
    public void A_contradiction_leaves_all_starts_to_the_search()
    {
        var sample = new Sample(days: 1);
        var lessons = sample.Lessons(3);
        sample.School.Add(new PreferredStarts("Activities", lessons, [0, 1]));
        var problem = ProblemBuilder.Build(sample.School);
        Assert.Equal(0, StartFilter.Apply(problem));
        Assert.All(problem.Starts, s => Assert.Equal([0, 1], s));
    }

    [Fact]
    public void No_start_of_a_complete_timetable_is_ever_taken()
    {
        var taken = 0;
        for (var seed = 1; seed <= 12; seed++)
        {
            var school = RandomSchool.Create(classes: 5, rules: false);
            var known = TimetableSolver.Solve(school, Sample.Options(seed: (ulong)seed)).Timetable;
            foreach (var rule in RulesKeptBy(known, new Random(seed))) school.Add(rule);
            Assert.True(Scoring.Measure(TimetableSolver.Carry(known, school)).IsComplete);
            var problem = ProblemBuilder.Build(school);
            taken += StartFilter.Apply(problem);
            foreach (var lesson in school.Activities) Assert.Contains(known.StartOf(lesson), problem.Starts[problem.UnitOf[lesson.Index]]);
        }
        Assert.True(taken > 0);
    }

    /// <summary>Rules as tight as a timetable that keeps them allows.</summary>
    private static IEnumerable<Rule> RulesKeptBy(Timetable known, Random random)
    {
        var school = known.School;
        var grid = school.Grid;
        int[] BusyOf(IEnumerable<Activity> lessons) => [.. lessons.SelectMany(a => Enumerable.Range(known.StartOf(a), a.Duration)).Distinct()];
        IEnumerable<int> PerDay(int[] busy) => Enumerable.Range(0, grid.DayCount).Select(d => busy.Count(s => grid.DayOf(s) == d));
        foreach (var teacher in school.Teachers)
        {
            var busy = BusyOf(school.Activities.Where(a => a.Teachers.Contains(teacher)));
            yield return new NotAvailable(Who.Teacher(teacher), [.. Enumerable.Range(0, grid.SlotCount).Where(s => !busy.Contains(s) && random.Next(9) > 0)]);
            yield return new MaxDaysPerWeek(Who.Teacher(teacher), PerDay(busy).Count(n => n > 0));
            yield return new MaxHoursDaily(Who.Teacher(teacher), PerDay(busy).Max());
            yield return new MinHoursDaily(Who.Teacher(teacher), PerDay(busy).Where(n => n > 0).Min(), AllowEmptyDays: true);
        }
        foreach (var course in school.Activities.GroupBy(a => (a.Subject, a.Students[0])))
        {
            // One lesson of each day.
            Activity[] apart = [.. course.GroupBy(a => grid.DayOf(known.StartOf(a))).Select(day => day.First())];
            if (apart.Length > 1) yield return new MinDaysBetween(apart, 1);
        }
    }
}
