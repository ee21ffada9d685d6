namespace Tessera.Timetabling.Search;

internal sealed partial class CourseState
{
    /// <summary>Rooms of the longest chain.</summary>
    private const int LongestChain = 6;
    /// <summary>Larger than any cost, small enough to add to.</summary>
    private const int Anything = int.MaxValue / 2;

    private readonly int[] links = new int[LongestChain];
    private int linkCount;

    /// <summary>
    /// Tries to send a lecture to another period in its room; whoever is there changes places with it, and so does, room by room, everyone in the two periods who would
    /// conflict (a Kempe chain that leaves the rooms as they are). Accepted when the cost grows by at most the allowance.
    /// </summary>
    public bool TryChain(int lecture, int period, int allowance)
    {
        var here = cellOf[lecture] / rooms;
        if (here == period) return false;
        (links[0], linkCount) = (cellOf[lecture] % rooms, 1);
        for (var i = 0; i < linkCount; i++)
        {
            var (going, coming) = (cell[here * rooms + links[i]], cell[period * rooms + links[i]]);
            if (going >= 0 && !Follow(courseOf[going], period) || coming >= 0 && !Follow(courseOf[coming], here)) return false;
        }
        if (linkCount == 1) return TryMove(lecture, period * rooms + links[0], allowance);
        var (cost, conflicts) = (Cost, Conflicts);
        Exchange(here, period);
        if (Cost - cost + (Conflicts - conflicts) * HardPrice <= allowance) return true;
        Exchange(here, period);
        return false;
    }

    /// <summary>Adds the rooms of those in the period who conflict with the course. False when it cannot be there or the chain grows too long.</summary>
    private bool Follow(int course, int period)
    {
        if (!may[course * periods + period] || IsPresent(course, period)) return false;
        // Most have nobody in their way.
        if (ConflictsAt(course, period) == 0) return true;
        for (var room = 0; room < rooms; room++)
        {
            var other = cell[period * rooms + room];
            if (other < 0 || (adjacent[course * words + (courseOf[other] >> 6)] >> courseOf[other] & 1) == 0 || links.AsSpan(0, linkCount).Contains(room)) continue;
            if (linkCount == LongestChain) return false;
            links[linkCount++] = room;
        }
        return true;
    }

    /// <summary>The two periods change places in the rooms of the chain. No move of it can fail: nobody is where his own course already is.</summary>
    private void Exchange(int a, int b)
    {
        foreach (var room in links.AsSpan(0, linkCount))
        {
            var lecture = cell[a * rooms + room];
            if (lecture >= 0) TryMove(lecture, b * rooms + room, Anything);
            else TryMove(cell[b * rooms + room], a * rooms + room, Anything);
        }
    }
}
