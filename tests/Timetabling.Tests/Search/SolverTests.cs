using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Tests.Search;

public sealed class SolverTests
{
    private static SolveOptions Options(long iterations, SolveMode mode = SolveMode.Best, ulong seed = 1, int threads = 1)
        => new() { Budget = Budget.Iterations(iterations), Seed = seed, Mode = mode, Threads = threads };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Running_totals_equal_the_full_score_after_every_move(ulong seed)
    {
        var school = RandomSchool.Create();
        var kinds = typeof(Rule).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Rule)) && !t.IsAbstract && !t.IsSubclassOf(typeof(BuiltInRule)));
        Assert.Equal([typeof(KeepNear)], kinds.Except(school.Rules.Select(r => r.GetType())));
        // In debug mode a wrong total throws.
        var worker = new Worker(ProblemBuilder.Build(school), seed, 0, verify: true);
        for (var spent = 0.0; spent < 1; spent += 0.1) worker.Advance(500, spent);
        Assert.Equal(SolvePhase.Improving, worker.Phase);
    }

    [Fact]
    public void The_debug_mode_notices_a_wrong_total()
    {
        var problem = ProblemBuilder.Build(RandomSchool.Create());
        var state = new SearchState(problem);
        new Verifier(problem).Check(state);
        state.Begin();
        Assert.True(state.TryDrop(0, problem.Starts[0][0]));
        // Not settled: the rules on this lesson are not counted yet.
        for (var unit = 1; unit < problem.UnitCount; unit++)
            foreach (var start in problem.Starts[unit])
                if (state.StartOf(unit) < 0) state.TryDrop(unit, start);
        Assert.Throws<InvalidOperationException>(() => new Verifier(problem).Check(state));
    }

    [Fact]
    public void Undoing_a_move_restores_everything()
    {
        var problem = ProblemBuilder.Build(RandomSchool.Create());
        var state = new SearchState(problem);
        var random = new Xoshiro(3);
        var verifier = new Verifier(problem);
        for (var i = 0; i < 300; i++)
        {
            var unit = random.Next(problem.UnitCount);
            var start = problem.Starts[unit][random.Next(problem.Starts[unit].Length)];
            var before = (state.Cost, state.Soft, state.Hard, state.UnplacedHours);
            state.Begin();
            if (state.StartOf(unit) >= 0) state.Lift(unit);
            var dropped = state.TryDrop(unit, start);
            state.Settle();
            if (dropped && random.Next(3) > 0) continue;
            state.Rollback();
            Assert.Equal(before, (state.Cost, state.Soft, state.Hard, state.UnplacedHours));
            verifier.Check(state);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_move_given_up_early_would_have_cost_too_much(bool roomRules)
    {
        var school = RandomSchool.Create();
        if (!roomRules) school = school.WithRules(school.Rules.Where(r => r is not (PlaceChanges or MaxDifferentRooms or SameRoomIfConsecutive)));
        var problem = ProblemBuilder.Build(school);
        // Two states make the same moves: one settles in full, the other only up to a limit.
        var (whole, early, random) = (new SearchState(problem), new SearchState(problem), new Xoshiro(5));
        for (var m = 0; m < problem.MonitorCount; m++)
        {
            if (problem.MonitorHard[m] == 0) continue;
            whole.SetWeight(m, 12_000);
            early.SetWeight(m, 12_000);
        }
        var (given, kept, foreseen) = (0, 0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var unit = random.Next(problem.UnitCount);
            var start = problem.Starts[unit][random.Next(problem.Starts[unit].Length)];
            var (was, before) = (whole.StartOf(unit), whole.Cost);
            if (was == start) continue;
            var bound = was < 0 ? long.MinValue : early.Foresee([unit], [start]);
            foreach (var state in new[] { whole, early })
            {
                state.Begin();
                if (was >= 0) state.Lift(unit);
            }
            var limit = before + random.Next(30_000) - 10_000;
            if (whole.TryDrop(unit, start) & early.TryDrop(unit, start))
            {
                whole.Settle();
                Assert.True(bound <= whole.Cost, $"foreseen {bound}, but the cost is {whole.Cost}");
                if (bound > long.MinValue) foreseen++;
                Assert.Equal(whole.Cost <= limit, early.TrySettle(limit));
                if (whole.Cost <= limit)
                {
                    Assert.Equal((whole.Cost, whole.Soft, whole.Hard), (early.Cost, early.Soft, early.Hard));
                    kept++;
                    continue;
                }
                given++;
            }
            whole.Rollback();
            early.Rollback();
            Assert.Equal(before, early.Cost);
        }
        Assert.True(given > 500 && kept > 500 && foreseen > 500, $"{given} given up, {kept} kept, {foreseen} foreseen");
    }

    [Fact]
    public void A_lesson_that_leaves_a_day_too_many_lowers_the_cost_before_the_limit_is_kept()
    {
        var school = new School(TimeGrid.Numbered(3, 4));
        var (teacher, set) = (school.AddTeacher("T"), school.AddStudents("C", 20));
        for (var i = 0; i < 6; i++) school.AddActivity([teacher], [set], "S");
        school.Add(new MaxDaysPerWeek(Who.Teacher(teacher), 2));
        var problem = ProblemBuilder.Build(school);
        var state = new SearchState(problem);
        for (var m = 0; m < problem.MonitorCount; m++) state.SetWeight(m, 10_000);
        void Place(int unit, int day, int hour)
        {
            state.Begin();
            if (state.StartOf(unit) >= 0) state.Lift(unit);
            Assert.True(state.TryDrop(unit, school.Grid.Slot(day, hour)));
            state.Settle();
        }
        for (var unit = 0; unit < 6; unit++) Place(unit, unit / 2, unit % 2);
        Assert.Equal((1, 11_250), (state.Hard, state.Cost));
        Place(4, 0, 2);
        Assert.Equal((1, 10_000), (state.Hard, state.Cost));
        Place(5, 1, 2);
        Assert.Equal((0, 0), (state.Hard, state.Cost));
    }

    [Fact]
    public void A_search_ends_when_no_timetable_can_cost_less()
    {
        var school = new School(TimeGrid.Numbered(5, 4));
        var (teacher, set) = (school.AddTeacher("T"), school.AddStudents("C", 20));
        var lessons = Enumerable.Range(0, 4).Select(_ => school.AddActivity([teacher], [set], "S")).ToList();
        // Four lessons a day apart on three days: two of them share a day.
        school.Add(new NotAvailable(Who.Teacher(teacher), [.. Enumerable.Range(0, 8)]));
        school.Add(new MinDaysBetween(lessons, 1) { Weight = 95 });
        school.Add(new PreferredStart(lessons[0], 0, null) { Weight = 50 });
        Assert.Equal(1.45, Refutation.SoftCostFloor(school), 6);
        var result = TimetableSolver.Solve(school, Options(50_000_000));
        Assert.True(result.IsProvenBest);
        Assert.Equal(1.45, result.Score.SoftCost, 6);
        Assert.InRange(result.Iterations, 0, 1_000_000);
    }

    [Fact]
    public void A_school_with_room_for_everything_is_completed()
    {
        var result = TimetableSolver.Solve(RandomSchool.Create(rules: false), Options(2_000_000, SolveMode.First));
        Assert.Equal(SolveStatus.Complete, result.Status);
        Assert.Empty(result.Score.Breaches);
    }

    [Fact]
    public void Every_rule_at_once_can_be_kept()
    {
        var result = TimetableSolver.Solve(RandomSchool.Create(), Options(1_500_000, SolveMode.First));
        Assert.True(result.Status == SolveStatus.Complete, string.Join("; ", result.Score.Breaches.Where(b => b.Rule.IsHard).Select(b => $"{b.Subject}: {b.Rule}")));
    }

    [Fact]
    public void Improving_lowers_the_soft_cost()
    {
        var first = TimetableSolver.Solve(RandomSchool.Create(), Options(1_500_000, SolveMode.First));
        var best = TimetableSolver.Solve(RandomSchool.Create(), Options(300_000));
        Assert.True(best.Score.IsComplete && first.Score.IsComplete);
        Assert.True(best.Score.SoftCost < first.Score.SoftCost * 0.7, $"{first.Score.SoftCost} -> {best.Score.SoftCost}");
    }

    [Fact]
    public void Even_a_very_short_improvement_betters_the_first_timetable()
    {
        var school = Tight();
        for (var seed = 1UL; seed <= 8; seed++)
        {
            var first = TimetableSolver.Solve(school, Options(1_500_000, SolveMode.First, seed: seed));
            Assert.True(first.Score.IsComplete);
            var best = TimetableSolver.Solve(school, Options(first.Iterations + 20_000, seed: seed));
            Assert.True(best.Score.SoftCost < first.Score.SoftCost, $"seed {seed}: {first.Score.SoftCost} -> {best.Score.SoftCost}");
        }
    }

    /// <summary>Teachers who come on few days for classes without a free hour.</summary>
    private static School Tight()
    {
        var school = new School(TimeGrid.Numbered(5, 5));
        var teachers = Enumerable.Range(0, 12).Select(i => school.AddTeacher($"T{i}")).ToList();
        for (var c = 0; c < 8; c++)
        {
            var set = school.AddStudents($"C{c}", 20);
            for (var k = 0; k < 8; k++)
            {
                var lessons = Enumerable.Range(0, 3).Select(_ => school.AddActivity([teachers[(c * 5 + k) % 12]], [set], $"S{k}")).ToList();
                school.Add(new MinDaysBetween(lessons, 1) { Weight = k % 2 == 0 ? 100 : 95 });
                school.Add(new PreferredStarts("Activities", lessons, [.. Enumerable.Range(0, 25).Where(s => (s + k) % 3 != 0)]) { Weight = 60 });
            }
        }
        foreach (var teacher in teachers) school.Add(new MaxDaysPerWeek(Who.Teacher(teacher), 4));
        return school;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_same_seed_and_iterations_give_the_same_bytes(int threads)
    {
        string Run(ulong seed) => TimetableCsv.Write(TimetableSolver.Solve(RandomSchool.Create(), Options(60_000, seed: seed, threads: threads)).Timetable);
        Assert.Equal(Run(7), Run(7));
        Assert.False(string.Equals(Run(7), Run(8), StringComparison.Ordinal));
    }

    [Fact]
    public void The_inner_loop_does_not_allocate()
    {
        var problem = ProblemBuilder.Build(RandomSchool.Create());
        var worker = new Worker(problem, 1, 0);
        worker.Advance(100_000, 0.1);
        // Looked up once per search.
        Assert.InRange(problem.SoftCostFloor, 0, long.MaxValue);
        var before = GC.GetAllocatedBytesForCurrentThread();
        worker.Advance(100_000, 0.2);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_096, $"{GC.GetAllocatedBytesForCurrentThread() - before} bytes");
    }

    [Fact]
    public void Cancelling_returns_the_best_so_far()
    {
        using var cancel = new CancellationTokenSource();
        var told = 0;
        var options = Options(long.MaxValue) with { Progress = p => { if (++told == 3) cancel.Cancel(); } };
        var result = TimetableSolver.Solve(RandomSchool.Create(), options, cancel.Token);
        Assert.Equal(3, told);
        Assert.True(result.Timetable.PlacedCount > 0);
    }

    [Fact]
    public void Locked_lessons_stay_and_the_rest_may_move()
    {
        var school = RandomSchool.Create();
        var before = TimetableSolver.Solve(school, Options(1_500_000, SolveMode.First)).Timetable;
        var kept = school.Activities.Take(20).ToList();
        var again = TimetableSolver.Solve(TimetableSolver.Lock(school, before, kept), Options(300_000, seed: 9)).Timetable;
        Assert.All(kept, a => Assert.Equal((before.StartOf(a), before.RoomOf(a)?.ToString()), (again.StartOf(a), again.RoomOf(a)?.ToString())));
        Assert.NotEqual(school.Activities.Select(before.StartOf), school.Activities.Select(again.StartOf));
    }

    [Fact]
    public void A_teacher_who_falls_ill_moves_few_other_lessons()
    {
        var school = RandomSchool.Create();
        var before = TimetableSolver.Solve(school, Options(1_500_000, SolveMode.First)).Timetable;
        var ill = school.Teachers[3];
        var day = new NotAvailable(Who.Teacher(ill), [.. Enumerable.Range(0, 6)]);
        var forced = school.Activities.Count(a => a.Teachers.Contains(ill) && before.StartOf(a) < 6);
        var after = TimetableSolver.Repair(school.WithRules([.. school.Rules, day]), before, Options(300_000));
        Assert.True(after.Score.IsComplete);
        var moved = school.Activities.Count(a => before.StartOf(a) != after.Timetable.StartOf(a));
        Assert.InRange(moved, forced, forced + 6);
    }

    [Fact]
    public void An_unplaced_lesson_is_told_with_what_is_in_its_way()
    {
        // Three lessons may only be in the two slots that a fourth needs both of; pigeonholes by time alone are proven, so rooms hide it.
        var at = new Sample(1, 3);
        var a = at.Lesson(at.Ada, at.Red, 2);
        var b = at.Lesson(at.Bob, at.Blue, 2);
        at.School.Add(new PreferredRooms("ActivityPreferredRooms", [a], [at.Hall, at.Lab]));
        at.School.Add(new PreferredRooms("ActivityPreferredRooms", [b], [at.Hall]));
        at.School.Add(new SameRoomIfConsecutive([a, b]));
        at.School.Add(new RoomNotAvailable(at.Lab, [1]));
        var result = TimetableSolver.Solve(at.School, Options(40_000));
        if (result.Status == SolveStatus.Impossible)
        {
            Assert.Contains("Hall", result.Contradictions[0].Message, StringComparison.Ordinal);
            return;
        }
        Assert.Equal(SolveStatus.Partial, result.Status);
        Assert.Contains(Assert.Single(result.Unplaced).Obstacles, o => o.Obstacle == "no room is free");
    }

    [Fact]
    public void The_score_is_told_by_rule_and_by_person()
    {
        var at = new Sample();
        var a = at.Lessons(2);
        at.School.Add(new MinDaysBetween(a, 2) { Weight = 50 });
        at.School.Add(new MaxGapsPerWeek(Who.Teacher(at.Ada), 0));
        var score = at.Score((a[0], 0, 0), (a[1], 0, 3));
        Assert.Equal([("TeacherMaxGapsPerWeek", true, 2, 0.0), ("MinDaysBetweenActivities", false, 2, 1.0)], score.ByRule());
        Assert.Equal([("Ada", 2, 1.0), ("Red", 0, 1.0)], score.ByPerson());
    }
}
