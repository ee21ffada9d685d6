using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Model.Events;
using static Tessera.Timetabling.Tests.EventSample;

namespace Tessera.Timetabling.Tests.Constraints.Events;

public sealed class EventConstraintTests
{
    [Fact]
    public void Hours_without_a_time_are_counted()
        => Assert.Equal(3, Deviation(new AssignTime([Maths, Art]), At(Maths, 3, -1), At(Maths, 1, 0), At(Art, 2, 4), At(Chess, 2, -1)));

    [Fact]
    public void Hours_without_a_resource_in_the_role_are_counted()
        => Assert.Equal(2, Deviation(new AssignResource([Maths, Art], "Room"), At(Maths, 4, 0, Lab), At(Art, 2, 4), At(Chess, 2, 6)));

    [Fact]
    public void Meets_too_short_too_long_too_few_or_too_many_are_counted()
    {
        // Maths: one of 1 (too short), one of 3 (too long); Art: one meet, two are wanted.
        Assert.Equal(3, Deviation(new SplitEvents([Maths, Art], 2, 2, 2, 2), At(Maths, 1, 0), At(Maths, 3, 1), At(Art, 2, 4), At(Chess, 2, 6)));
        Assert.Equal(2, Deviation(new SplitEvents([Maths], 1, 4, 1, 2), At(Maths, 1, 0), At(Maths, 1, 1), At(Maths, 1, 2), At(Maths, 1, 3), At(Art, 2, 4), At(Chess, 2, 6)));
    }

    [Fact]
    public void Meets_of_one_duration_too_few_or_too_many_are_counted()
        => Assert.Equal(1 + 1, Deviation(new DistributeSplitEvents([Maths, Art], 2, 1, 1), At(Maths, 2, 0), At(Maths, 2, 2), At(Art, 1, 4), At(Art, 1, 6), At(Chess, 2, 6)));

    [Fact]
    public void Hours_with_a_resource_outside_the_preferred_are_counted_but_none_without()
        => Assert.Equal(1, Deviation(new PreferResources([Maths, Art], "Room", new HashSet<int> { Lab }), At(Maths, 3, 0, Lab), At(Maths, 1, 3, Hall), At(Art, 2, 4), At(Chess, 2, 6, Hall)));

    [Fact]
    public void A_preassigned_resource_outside_the_preferred_is_counted()
        => Assert.Equal(4, Deviation(new PreferResources([Maths, Art], "Teacher", new HashSet<int> { Bob }), At(Maths, 4, 0), At(Art, 2, 4), At(Chess, 2, 6)));

    [Fact]
    public void Hours_of_meets_that_start_outside_the_preferred_times_are_counted()
    {
        Assert.Equal(3, Deviation(new PreferTimes([Maths, Art], new HashSet<int> { 0, 4 }, 0), At(Maths, 3, 1), At(Maths, 1, 0), At(Art, 2, 4), At(Chess, 2, 6)));
        Assert.Equal(2, Deviation(new PreferTimes([Maths, Art], new HashSet<int> { 0 }, 2), At(Maths, 3, 1), At(Maths, 1, 5), At(Art, 2, 4), At(Chess, 2, 6)));
    }

    [Fact]
    public void Resources_of_a_group_beyond_the_first_are_counted()
        => Assert.Equal(1, Deviation(new AvoidSplitAssignments([All], "Room"), At(Maths, 3, 0, Lab), At(Maths, 1, 3, Lab), At(Art, 2, 4, Hall), At(Chess, 2, 6)));

    [Fact]
    public void Starts_within_time_groups_too_few_or_too_many_are_counted()
        => Assert.Equal(2 + 1, Deviation(new SpreadEvents([new Group("Maths", [Maths])], [new(Monday.Members, 0, 1), new(Tuesday.Members, 1, 9)]),
            At(Maths, 1, 0), At(Maths, 2, 1), At(Maths, 1, 3), At(Art, 2, 4), At(Chess, 2, 6)));

    [Fact]
    public void Times_at_which_only_some_linked_events_run_are_counted()
        => Assert.Equal(1 + 1, Deviation(new LinkEvents([new Group("link", [Art, Chess])]), At(Maths, 4, 0), At(Art, 2, 4), At(Chess, 2, 5)));

    [Fact]
    public void Separations_of_a_pair_too_short_or_too_long_are_counted()
    {
        Assert.Equal(2, Deviation(new OrderEvents([new(Art, Chess, 1, 9)]), At(Maths, 4, 0), At(Art, 2, 4), At(Chess, 2, 5)));
        Assert.Equal(3, Deviation(new OrderEvents([new(Art, Chess, 0, 1)]), At(Maths, 4, 0), At(Art, 2, 0), At(Chess, 2, 6)));
        Assert.Equal(0, Deviation(new OrderEvents([new(Art, Chess, 0, 1)]), At(Maths, 4, 0), At(Art, 2, 0), At(Chess, 2, -1)));
    }

    [Fact]
    public void Meets_beyond_the_first_at_a_time_are_counted()
        => Assert.Equal(2 + 1, Deviation(new AvoidClashes([Red, Lab]), At(Maths, 4, 0, Lab), At(Art, 2, 2, Hall), At(Chess, 2, 3, Lab)));

    [Fact]
    public void Busy_times_among_the_unavailable_are_counted_once_each()
        => Assert.Equal(2, Deviation(new AvoidUnavailableTimes([Red], new HashSet<int> { 1, 2, 7 }), At(Maths, 4, 0), At(Art, 2, 2), At(Chess, 2, 6)));

    [Fact]
    public void Idle_times_between_busy_ones_of_a_group_are_counted_beyond_the_limit()
    {
        // Red: idle Mo2 and Mo3, and none on Tuesday.
        Meet[] meets = [At(Maths, 1, 0), At(Maths, 1, 3), At(Maths, 2, 4), At(Art, 2, 6), At(Chess, 2, 6)];
        Assert.Equal(1, Deviation(new LimitIdleTimes([Red], [Monday, Tuesday], 0, 1), meets));
        Assert.Equal(4, Deviation(new LimitIdleTimes([Red], [Monday, Tuesday], 0, 1) { CostFunction = CostFunction.Quadratic, Weight = 7 }, [At(Maths, 1, 0), At(Maths, 1, 3), At(Maths, 1, 4), At(Maths, 1, -1), At(Art, 1, 7), At(Art, 1, -1), At(Chess, 2, 6)]) + 1);
    }

    [Fact]
    public void Days_used_too_few_or_too_many_are_counted()
    {
        Meet[] meets = [At(Maths, 4, 0), At(Art, 2, 4), At(Chess, 2, 2)];
        Assert.Equal(1, Deviation(new ClusterBusyTimes([Ada, Red], [Monday, Tuesday], 0, 1), meets));
        Assert.Equal(1, Deviation(new ClusterBusyTimes([Ada, Red], [Monday, Tuesday], 2, 2), meets));
    }

    [Fact]
    public void Busy_times_of_a_day_too_few_or_too_many_are_counted_but_no_free_day()
        => Assert.Equal(2 + 1, Deviation(new LimitBusyTimes([Ada, Bob], [Monday, Tuesday], 2, 2), At(Maths, 4, 0), At(Art, 1, 4), At(Art, 1, -1), At(Chess, 2, 2)));

    [Fact]
    public void Load_too_little_or_too_much_is_counted()
        => Assert.Equal(1 + 3, Deviation(new LimitWorkload([Ada, Bob], 5, 5), At(Maths, 4, 0), At(Art, 2, 4), At(Chess, 2, -1)));

    [Fact]
    public void A_cost_is_weight_times_the_function_of_each_deviation()
    {
        var rule = new LimitBusyTimes([Ada], [Monday], 0, 1) { Weight = 5 };
        Assert.Equal((15, 45, 5, 0), (rule.CostOf(3), (rule with { CostFunction = CostFunction.Quadratic }).CostOf(3), (rule with { CostFunction = CostFunction.Step }).CostOf(3), rule.CostOf(0)));
        var score = EventScore.Measure(Problem(rule with { Required = true, CostFunction = CostFunction.Quadratic }, rule), [At(Maths, 4, 0), At(Art, 2, 4), At(Chess, 2, -1)]);
        Assert.Equal((45, 15), (score.Infeasibility, score.Objective));
        Assert.Equal([("Ada", 45L, 15L)], score.BySubject());
        Assert.Equal([("LimitBusyTimes", true, 1, 45L), ("LimitBusyTimes", false, 1, 15L)], score.ByType());
    }
}
