using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>How many hours of a lesson fall on or off a list of slots.</summary>
internal static class SlotAmounts
{
    public static int Inside(TimeGrid grid, IReadOnlyList<int> slots, int start, int duration)
    {
        var inside = 0;
        foreach (var slot in slots)
            if (slot >= start && slot < start + duration && grid.DayOf(slot) == grid.DayOf(start)) inside++;
        return inside;
    }

    public static int Outside(TimeGrid grid, IReadOnlyList<int> slots, int start, int duration) => duration - Inside(grid, slots, start, duration);
}
