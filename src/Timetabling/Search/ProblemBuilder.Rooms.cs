using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

internal sealed partial class ProblemBuilder
{
    /// <summary>A virtual room of many sets has too many combinations to list; so many are kept.</summary>
    private const int MaxCombinations = 128;

    private readonly List<(Rule Rule, IReadOnlyList<Room> Rooms, IReadOnlyList<Room>? Real)>?[] hardRooms;
    private readonly List<(Rule Rule, IReadOnlyList<Room> Rooms, IReadOnlyList<Room>? Real)>?[] softRooms;
    private readonly List<(Rule Rule, IReadOnlyList<Room> Rooms)>?[] homes;
    private readonly ulong[] closed;
    private readonly List<int> optionFirst = [0];
    private readonly List<int> optionRoomFirst = [0];
    private readonly List<int> optionRooms = [];
    private readonly List<long> optionCost = [];
    private readonly List<RoomChoice?> optionChoice = [];

    public void CloseRoom(Room room, IReadOnlyList<int> slots)
    {
        foreach (var slot in slots) closed[room.Index * Index.Grid.DayCount + Index.Grid.DayOf(slot)] |= 1UL << Index.Grid.HourOf(slot);
    }

    public void AddRoomChoice(Rule rule, Activity activity, IReadOnlyList<Room> rooms, IReadOnlyList<Room>? realRooms)
        => ((rule.IsHard ? hardRooms : softRooms)[activity.Index] ??= []).Add((rule, rooms, realRooms));

    public void AddHome(Rule rule, Activity activity, IReadOnlyList<Room> rooms) => (homes[activity.Index] ??= []).Add((rule, rooms));

    public bool NeedsRoom(Activity activity) => optionFirst[activity.Index + 1] > optionFirst[activity.Index];

    /// <summary>Number of the building (or room) of each room, -1 for none.</summary>
    public int[] PlaceNumbers(bool byRoom) => PlaceChanges.PlaceNumbers(school, byRoom);

    /// <summary>Whether the rooms open to these lessons lie in more than one building.</summary>
    public bool CanChangeBuilding(IEnumerable<Activity> lessons)
    {
        var numbers = PlaceNumbers(false);
        return lessons.SelectMany(l => Enumerable.Range(optionFirst[l.Index], optionFirst[l.Index + 1] - optionFirst[l.Index]))
            .SelectMany(o => Enumerable.Range(optionRoomFirst[o], optionRoomFirst[o + 1] - optionRoomFirst[o]))
            .Select(i => numbers[optionRooms[i]]).Where(n => n >= 0).Distinct().Count() > 1;
    }

    private void LayOutRooms()
    {
        foreach (var activity in school.Activities)
        {
            var (hard, soft, home) = (hardRooms[activity.Index], softRooms[activity.Index], homes[activity.Index]);
            var before = optionCost.Count;
            IEnumerable<Room> candidates = [];
            var mayDoWithout = false;
            if (hard is not null)
            {
                candidates = hard.Skip(1).Aggregate(hard[0].Rooms.Distinct(), (rooms, next) => rooms.Where(next.Rooms.Contains));
            }
            else if (soft is not null)
            {
                (candidates, mayDoWithout) = (soft.SelectMany(s => s.Rooms).Distinct(), true);
            }
            else if (home is not null)
            {
                (candidates, mayDoWithout) = (home.SelectMany(h => h.Rooms).Distinct(), home.All(h => !h.Rule.IsHard));
            }
            foreach (var room in candidates.Where(r => r.Capacity >= activity.Headcount))
            {
                var named = hard?.FirstOrDefault(h => h.Real is { Count: > 0 } && h.Rooms.Contains(room)).Real;
                foreach (var choice in named is not null ? [new RoomChoice(room, named)] : Choices(room))
                    AddOption(choice, SoftRoomCost(soft, home, room));
            }
            if (mayDoWithout) AddOption(null, SoftRoomCost(soft, home, null));
            var required = hard is not null || home is not null;
            if (required && optionCost.Count == before)
            {
                var rules = (hard?.Select(h => h.Rule) ?? home!.Select(h => h.Rule)).ToList();
                contradictions.Add(new Contradiction($"{activity} has no room: its {activity.Headcount} students fit into none of the rooms that all its rules allow.", rules, [activity]));
            }
            optionFirst.Add(optionCost.Count);
        }
    }

    private void AddOption(RoomChoice? choice, long cost)
    {
        if (choice is not null) optionRooms.AddRange(choice.RealRooms.Select(r => r.Index));
        optionRoomFirst.Add(optionRooms.Count);
        optionCost.Add(cost);
        optionChoice.Add(choice);
    }

    private static long SoftRoomCost(List<(Rule Rule, IReadOnlyList<Room> Rooms, IReadOnlyList<Room>? Real)>? soft, List<(Rule Rule, IReadOnlyList<Room> Rooms)>? home, Room? room)
    {
        var cost = 0L;
        foreach (var (rule, rooms, _) in soft ?? [])
            if (room is null || !rooms.Contains(room)) cost += rule.SoftUnits;
        if (home is not null && !home.Any(h => room is not null && h.Rooms.Contains(room))) cost += home.Sum(h => h.Rule.SoftUnits);
        return cost;
    }

    private static IEnumerable<RoomChoice> Choices(Room room)
    {
        if (!room.IsVirtual) return [new RoomChoice(room)];
        IEnumerable<IReadOnlyList<Room>> partial = [[]];
        foreach (var set in room.RealRoomSets)
            partial = partial.SelectMany(taken => set.Where(r => !taken.Contains(r)).Select(r => (IReadOnlyList<Room>)[.. taken, r])).Take(MaxCombinations * 8);
        return partial.Take(MaxCombinations).Select(real => new RoomChoice(room, real));
    }
}
