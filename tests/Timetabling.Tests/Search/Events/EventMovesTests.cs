using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Tests.Search.Events;

public sealed class EventMovesTests
{
    /// <summary>Three lessons at one time; the first may use room 0, the second 0 or 1, the third 1 or 2. The second has room 0 and the third room 1.</summary>
    private static (EventState State, EventMoves Moves) Rooms(bool lastIsFree)
    {
        List<Resource> rooms = [.. Enumerable.Range(0, 3).Select(r => new Resource($"R{r}", "Room"))];
        List<Event> events = [.. Enumerable.Range(0, 4).Select(e => new Event($"E{e}", 2, 0, [new Slot("Room", "Room", e == 3 ? 2 : -1, 2)]))];
        if (lastIsFree) events.RemoveAt(3);
        HashSet<int>[] allowed = [[0], [0, 1], [1, 2]];
        var problem = new EventProblem("rooms", "rooms", ["t0", "t1", "t2"], [new Group("All", [0, 1, 2])], rooms, events, [],
            [new AvoidClashes([0, 1, 2]) { Required = true }, .. allowed.Select((r, e) => new PreferResources([e], "Room", r) { Required = true })]);
        var state = new EventState(EventModelBuilder.Build(problem));
        for (var e = 0; e < events.Count; e++) state.SetTime(state.FirstMeet(e), 0);
        state.SetResource(state.FirstMeet(1), 0, 0);
        state.SetResource(state.FirstMeet(2), 0, 1);
        state.Evaluate();
        state.Commit();
        return (state, new EventMoves(state, new Xoshiro(1)));
    }

    [Fact]
    public void A_room_is_found_by_passing_rooms_on()
    {
        var (state, moves) = Rooms(lastIsFree: true);
        Assert.True(moves.Relay(state.FirstMeet(0), 0));
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(e => state.Assigned(state.FirstMeet(e), 0)));
        state.Evaluate();
        state.Commit();
        Assert.Equal(0, state.Hard);
    }

    [Fact]
    public void Nobody_changes_rooms_when_no_chain_ends_in_a_free_one()
    {
        var (state, moves) = Rooms(lastIsFree: false);
        Assert.False(moves.Relay(state.FirstMeet(0), 0));
        Assert.Equal([-1, 0, 1], Enumerable.Range(0, 3).Select(e => state.Assigned(state.FirstMeet(e), 0)));
    }
}
