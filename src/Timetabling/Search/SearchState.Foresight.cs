namespace Tessera.Timetabling.Search;

internal sealed partial class SearchState
{
    private readonly int[] plannedStart;
    private readonly int[] plannedStamp;
    private readonly int[] foreseenResource;
    private readonly int[] foreseenGroup;
    /// <summary>The most that the rooms of a unit, and of those who change theirs to make room for it, can give back.</summary>
    private readonly long[] roomRefund;
    private int plan;

    private const long Unforeseeable = -1;

    private static long[] FindRoomRefunds(Problem problem)
    {
        var refund = new long[problem.UnitCount];
        var choice = 0L;
        for (var a = 0; a < problem.ActivityCount; a++)
        {
            if (problem.OptionFirst[a + 1] - problem.OptionFirst[a] < 2) continue;
            var costs = problem.OptionCost.AsSpan(problem.OptionFirst[a]..problem.OptionFirst[a + 1]);
            var (least, most) = (long.MaxValue, 0L);
            foreach (var cost in costs) (least, most) = (Math.Min(least, cost), Math.Max(most, cost));
            choice = Math.Max(choice, most - least);
            // A rule about rooms may be mended by someone who is not even moving.
            if (Array.Exists(problem.Groups, g => g.AsksForRooms)) choice = Unforeseeable;
            if (choice == Unforeseeable) break;
        }
        for (var u = 0; u < refund.Length; u++)
        {
            var roomed = problem.UnitMembers[u].Count(problem.NeedsRoom);
            refund[u] = choice == Unforeseeable && roomed > 0 ? Unforeseeable : 2 * roomed * choice;
        }
        return refund;
    }

    /// <summary>
    /// A lower bound on the cost after sending placed units to other starts, without sending them: exact for starts and for rules on two lessons, while limits on
    /// weeks and rules on many lessons are taken to be kept by all who move.
    /// </summary>
    public long Foresee(ReadOnlySpan<int> units, ReadOnlySpan<int> starts)
    {
        plan++;
        for (var i = 0; i < units.Length; i++) (plannedStart[units[i]], plannedStamp[units[i]]) = (starts[i], plan);
        var bound = Cost;
        for (var i = 0; i < units.Length; i++)
        {
            var (unit, at) = (units[i], starts[i]);
            if (roomRefund[unit] == Unforeseeable) return long.MinValue;
            bound -= roomRefund[unit];
            bound += Problem.StartCost[unit * slots + at] - Problem.StartCost[unit * slots + start[unit]];
            for (var p = Problem.PairFirst[unit]; p < Problem.PairFirst[unit + 1]; p++)
            {
                ref readonly var pair = ref Problem.Pairs[p];
                var other = start[pair.Other];
                if (plannedStamp[pair.Other] == plan)
                {
                    if (pair.Other < unit) continue;
                    other = plannedStart[pair.Other];
                }
                var now = other < 0 ? 0 : Problem.PairTable[pair.Offset + at * pair.Scale + other * pair.OtherScale];
                bound += (now - amount[pair.Monitor]) * weight[pair.Monitor];
            }
        }
        foreach (var unit in units)
        {
            for (var i = Problem.UseFirst[unit]; i < Problem.UseFirst[unit + 1]; i++)
            {
                var resource = Problem.UseResource[i];
                if (owed[resource] == 0 || foreseenResource[resource] == plan) continue;
                foreseenResource[resource] = plan;
                bound -= owed[resource];
            }
            for (var i = Problem.GroupFirst[unit]; i < Problem.GroupFirst[unit + 1]; i++)
            {
                var group = Problem.GroupOfUnit[i];
                if (foreseenGroup[group] == plan) continue;
                foreseenGroup[group] = plan;
                bound -= OwedByGroup(group);
            }
        }
        return bound;
    }
}
