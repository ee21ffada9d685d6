using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Tests.Search.Events;

public sealed class EventSolverTests
{
    private const int Days = 5, Hours = 5;

    /// <summary>A school with every type of constraint: teachers and classes preassigned, rooms and some teachers to choose, events to split and to link.</summary>
    private static EventProblem Generated(ulong seed, bool required)
    {
        var random = new Xoshiro(seed);
        var days = Enumerable.Range(0, Days).Select(d => new Group($"D{d}", [.. Enumerable.Range(d * Hours, Hours)])).ToList();
        List<Resource> resources = [.. Enumerable.Range(0, 6).Select(i => new Resource($"T{i}", "Teacher")), .. Enumerable.Range(0, 4).Select(i => new Resource($"C{i}", "Class")), .. Enumerable.Range(0, 4).Select(i => new Resource($"R{i}", "Room"))];
        var events = new List<Event>();
        for (var i = 0; i < 20; i++)
        {
            var duration = i switch { 0 => 1, 4 or 5 => 2, _ => 1 + random.Next(4) };
            events.Add(new Event($"E{i}", duration, i == 0 ? 3 : -1,
            [
                new Slot("Teacher", "Teacher", i % 7 == 6 ? -1 : i % 6, duration + 0.5),
                new Slot("Class", "Class", 6 + i % 4, duration),
                new Slot("Room", "Room", -1, duration),
            ]));
        }
        int[] all = [.. Enumerable.Range(0, events.Count)];
        int[] teachers = [0, 1, 2, 3, 4, 5], classes = [6, 7, 8, 9], rooms = [10, 11, 12, 13];
        Group[] singles = [.. all.Select(e => new Group($"G{e}", [e]))];
        EventConstraint[] constraints =
        [
            new AssignTime(all) { Required = true, Weight = 10 }, new AssignResource(all, "Room") { Required = true }, new AssignResource(all, "Teacher") { Required = true },
            new AvoidClashes([.. teachers, .. classes, .. rooms]) { Required = true }, new SplitEvents(all, 1, 2, 1, 4) { Required = true },
            new DistributeSplitEvents([.. all.Where(e => events[e].Duration == 4)], 2, 1, 2) { Weight = 2 },
            new PreferTimes(all, Enumerable.Range(0, Days * Hours).Where(t => t % Hours < Hours - 1).ToHashSet(), 2) { Required = required },
            new PreferTimes(all, Enumerable.Range(0, 22).ToHashSet(), 0),
            new PreferResources([1, 2, 3, 4], "Room", new HashSet<int> { 10, 11 }) { Required = required, Weight = 3 },
            new SpreadEvents(singles, [.. days.Select(d => new SpreadEvents.Share(d.Members, 0, 1))]) { Required = required },
            new LinkEvents([new Group("L", [4, 5])]) { Required = required }, new LinkEvents([new Group("L", [8, 9])]) { Weight = 3, CostFunction = CostFunction.Step },
            new OrderEvents([new(1, 2, 0, 9)]), new AvoidSplitAssignments([.. singles.Take(8), new Group("S", [6, 13])], "Room") { Weight = 4 },
            new AvoidUnavailableTimes([0, 1], new HashSet<int> { 0, 1, 24 }) { Required = required },
            new LimitIdleTimes([.. teachers, .. classes], days, 0, 0) { CostFunction = CostFunction.Quadratic }, new ClusterBusyTimes(teachers, days, 0, 3) { Weight = 6 },
            new LimitBusyTimes(classes, days, 2, 4) { Required = required }, new LimitBusyTimes(teachers, [days[0]], 0, 2) { CostFunction = CostFunction.Quadratic },
            new LimitWorkload(teachers, 0, 12) { Weight = 5 },
        ];
        return new EventProblem("generated", "generated", [.. Enumerable.Range(0, Days * Hours).Select(t => $"t{t}")], days, resources, events, singles, constraints);
    }

    private static SolveOptions Options(long iterations, ulong seed = 1) => new() { Budget = Budget.Iterations(iterations), Seed = seed };

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Running_cost_equals_a_recount_after_every_accepted_move(int seed, bool required)
    {
        var (meets, score, iterations) = EventSolver.Solve(Generated((ulong)seed, required), Options(30_000, (ulong)seed) with { Verify = true });
        Assert.Equal(30_000, iterations);
        Assert.Equal(score.Infeasibility, EventScore.Measure(Generated((ulong)seed, required), meets).Infeasibility);
    }

    [Fact]
    public void A_school_with_every_constraint_becomes_feasible_and_every_event_keeps_its_hours()
    {
        var problem = Generated(3, required: true);
        var (meets, score, _) = EventSolver.Solve(problem, Options(300_000) with { Mode = SolveMode.First });
        Assert.True(score.IsFeasible, string.Join("; ", score.Deviations.Where(d => d.Constraint.Required)));
        Assert.Equal(problem.Events.Select(e => e.Duration), problem.Events.Select((_, i) => meets.Where(m => m.Event == i).Sum(m => m.Duration)));
        Assert.Equal(3, Assert.Single(meets, m => m.Event == 0).Time);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_seed_gives_the_same_timetable_with_any_number_of_workers(int threads)
    {
        var problem = Generated(4, required: true);
        string Once() => XhsttSolutions.Write("x", "", [(problem, EventSolver.Solve(problem, Options(40_000) with { Threads = threads }).Meets)]);
        Assert.Equal(Once(), Once());
    }

    [Fact]
    public void Progress_begins_before_the_first_timetable_and_ends_with_the_budget()
    {
        var told = new List<SolveProgress>();
        var (_, score, _) = EventSolver.Solve(Generated(4, required: true), Options(20_000) with { Progress = told.Add });
        Assert.Equal((SolvePhase.Constructing, 0), (told[0].Phase, told[0].Placed));
        Assert.Equal((1.0, score.Infeasibility, score.Objective), (told[^1].Spent, told[^1].HardViolations, (long)told[^1].SoftCost));
        Assert.True(told[^1].Placed > 0 && told[^1].Total >= told[^1].Placed);
    }

    [Fact]
    public void A_cancelled_search_returns_its_first_timetable()
    {
        var problem = Generated(4, required: true);
        var (meets, _, iterations) = EventSolver.Solve(problem, Options(1_000_000), new CancellationToken(canceled: true));
        Assert.Equal(0, iterations);
        Assert.Equal(problem.Events.Sum(e => e.Duration), meets.Sum(m => m.Duration));
    }

    [Fact]
    public void More_iterations_cost_less()
    {
        var problem = Generated(5, required: false);
        long Cost(long iterations) => EventSolver.Solve(problem, Options(iterations)).Score is var score ? score.Infeasibility * 1_000 + score.Objective : 0;
        Assert.True(Cost(400_000) < Cost(5_000));
    }

    /// <summary>One event of four hours, of which none may be a double, in a week of five by five.</summary>
    private static EventState InSingles(out int meet)
    {
        var days = Enumerable.Range(0, Days).Select(d => new Group($"D{d}", [.. Enumerable.Range(d * Hours, Hours)])).ToList();
        var problem = new EventProblem("one", "one", [.. Enumerable.Range(0, Days * Hours).Select(t => $"t{t}")], days, [new Resource("T", "Teacher")],
            [new Event("E", 4, -1, [new Slot("Teacher", "Teacher", 0, 4)])], [new Group("G", [0])], [new AssignTime([0]) { Required = true }, new SplitEvents([0], 1, 1, 1, 4) { Required = true }]);
        var state = new EventState(EventModelBuilder.Build(problem));
        meet = state.FirstMeet(0);
        for (var m = meet; m < meet + 4; m++) state.SetTime(m, m - meet);
        state.Evaluate();
        state.Commit();
        Assert.Equal(0, state.Hard);
        return state;
    }

    private static void Join(EventState state, int meet, params ReadOnlySpan<int> hours)
    {
        for (var i = 0; i < hours.Length; i++)
        {
            state.SetTime(meet + i, -1);
            state.Resize(meet + i, hours[i]);
            if (hours[i] > 0) state.SetTime(meet + i, i * Hours);
        }
    }

    [Fact]
    public void A_meet_of_three_hours_is_drawn_towards_three_of_one_although_the_first_step_mends_nothing()
    {
        var state = InSingles(out var meet);
        Join(state, meet, 3, 1, 0, 0);
        state.Evaluate();
        state.Commit();
        Assert.Equal(1, state.Hard);
        Join(state, meet, 2, 1, 1, 0);
        Assert.True(state.Evaluate().Priced < 0);
        state.Commit();
        Assert.Equal(1, state.Hard);
    }

    [Fact]
    public void A_required_rule_that_stays_broken_grows_dearer_and_returns_to_its_price_when_it_is_kept()
    {
        var state = InSingles(out var meet);
        long Price()
        {
            Join(state, meet, 2, 1, 1, 0);
            var (priced, _) = state.Evaluate();
            state.RollBack();
            return priced;
        }
        var price = Price();
        Join(state, meet, 2, 1, 1, 0);
        state.Evaluate();
        state.Commit();
        for (var i = 0; i < 4; i++) state.Learn();
        Join(state, meet, 1, 1, 1, 1);
        Assert.Equal(-2 * price, state.Evaluate().Priced);
        state.Commit();
        Assert.Equal(2 * price, Price());
        for (var i = 0; i < 20; i++) state.Learn();
        Assert.Equal(price, Price());
    }

    [Fact]
    public void A_move_allocates_nothing()
    {
        var worker = new EventWorker(EventModelBuilder.Build(Generated(6, required: true)), 1, 0, verify: false);
        worker.Advance(20_000, 0.1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        worker.Advance(50_000, 0.5);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
