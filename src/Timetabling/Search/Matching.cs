namespace Tessera.Timetabling.Search;

/// <summary>Bipartite matching by augmenting paths, for small graphs.</summary>
internal static class Matching
{
    /// <summary>
    /// Matches every item to a place that may hold <paramref name="capacity"/> items. Null when all fit; otherwise the items of a Hall
    /// violator: a set that together reaches too few places.
    /// </summary>
    public static List<int>? FindDeficit(int items, int places, Func<int, int, bool> fits, int[] capacity)
    {
        var held = new List<int>[places];
        for (var p = 0; p < places; p++) held[p] = [];
        var seen = new bool[places];
        for (var item = 0; item < items; item++)
        {
            Array.Clear(seen);
            if (Augment(item)) continue;
            var stuck = new List<int> { item };
            for (var p = 0; p < places; p++)
                if (seen[p]) stuck.AddRange(held[p]);
            return stuck;
        }
        return null;

        bool Augment(int item)
        {
            for (var p = 0; p < places; p++)
            {
                if (seen[p] || capacity[p] == 0 || !fits(item, p)) continue;
                seen[p] = true;
                if (held[p].Count < capacity[p])
                {
                    held[p].Add(item);
                    return true;
                }
                for (var k = 0; k < held[p].Count; k++)
                {
                    if (!Augment(held[p][k])) continue;
                    held[p][k] = item;
                    return true;
                }
            }
            return false;
        }
    }
}
