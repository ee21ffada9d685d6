using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Tests.Search.Events;

public sealed class EventCoolingTests
{
    private const int Meets = 10;
    /// <summary>Moves of one cooling of ten meets, and of one that lost patience.</summary>
    private const long One = 1_500_000, Patience = 250_000;

    private static EventCooling Cooling() => new(worsening: 8, least: 1, dearest: 9, Meets);

    private static EventState.Copy Best(long hard) => new(new EventState(EventModelBuilder.Build(EventSample.Problem(new AssignTime([EventSample.Maths]))))) { Hard = hard, Soft = 5 };

    /// <summary>Budgets of so many moves in a thousand steps; how often a new cooling began.</summary>
    private static int Begins(EventCooling cooling, long moves, Func<double, long> hardAt)
        => Enumerable.Range(0, 1000).Count(i => cooling.Advance(i / 1000.0, moves / 1000 * i, Best(hardAt(i / 1000.0))));

    [Theory]
    [InlineData(One / 2, 0)]
    [InlineData(One, 0)]
    [InlineData(4 * One, 3)]
    public void A_long_budget_becomes_more_coolings(long moves, int more)
        => Assert.Equal(more, Begins(Cooling(), moves, _ => 0));

    [Fact]
    public void A_cooling_ends_cold_with_dear_required_units()
    {
        var cooling = Cooling();
        cooling.Advance(0, 0, Best(0));
        var (hot, cheap) = (cooling.Temperature, cooling.Price);
        cooling.Advance(1, One, Best(0));
        Assert.Equal(2, hot, 6);
        Assert.Equal(0.2, cooling.Temperature, 6);
        Assert.True(cooling.Price > 5 * cheap);
    }

    [Fact]
    public void Without_a_feasible_timetable_nothing_else_is_sought_until_there_is_one()
    {
        var cooling = Cooling();
        Assert.Equal(2, Begins(cooling, 8 * Patience, spent => spent < 0.6 ? 1 : 0));
        Assert.Equal(1, cooling.Share);
        Assert.False(cooling.IsForFeasibility);

        cooling = Cooling();
        Assert.Equal(1, Begins(cooling, 8 * Patience, _ => 1));
        Assert.True(cooling.IsForFeasibility);
        Assert.Equal(0.1, cooling.Share);
    }

    [Fact]
    public void A_short_budget_is_too_short_to_lose_patience()
        => Assert.Equal(0, Begins(Cooling(), Patience - 1000, _ => 1));
}
