namespace Tessera.Timetabling.Search;

/// <summary>Explains why lessons of a partial timetable have no place.</summary>
internal static class Obstacles
{
    public static IReadOnlyList<UnplacedLesson> Find(Problem problem, Snapshot best)
    {
        var state = new SearchState(problem);
        state.Load(best);
        var found = new List<UnplacedLesson>();
        for (var unit = 0; unit < problem.UnitCount; unit++)
        {
            if (state.StartOf(unit) >= 0) continue;
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var at = 0; at < problem.Slots; at++)
                foreach (var obstacle in At(problem, state, unit, at).Distinct(StringComparer.Ordinal)) counts[obstacle] = counts.GetValueOrDefault(obstacle) + 1;
            var ranked = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value)).ToList();
            found.AddRange(problem.UnitMembers[unit].Select(a => new UnplacedLesson(problem.Index.School.Activities[a], ranked)));
        }
        return found;
    }

    private static List<string> At(Problem problem, SearchState state, int unit, int at)
    {
        if (!problem.MayStart[unit * problem.Slots + at]) return ["not an allowed start"];
        var (day, hour) = (at / problem.Hours, at % problem.Hours);
        var obstacles = new List<string>();
        for (var i = problem.UseFirst[unit]; i < problem.UseFirst[unit + 1]; i++)
        {
            var resource = problem.UseResource[i];
            if (problem.Clashes[resource] && (state.Busy(resource, day) & problem.UseMask[i] << hour) != 0) obstacles.Add($"{problem.ResourceName[resource]} is busy");
        }
        if (obstacles.Count > 0) return obstacles;
        state.Begin();
        if (!state.TryDrop(unit, at))
        {
            obstacles.Add("no room is free");
        }
        else
        {
            var before = Enumerable.Range(0, problem.MonitorCount).Where(m => problem.MonitorHard[m] > 0).ToDictionary(m => m, state.AmountOf);
            state.Settle();
            obstacles.AddRange(before.Where(m => state.AmountOf(m.Key) > m.Value).Select(m => $"would break: {problem.MonitorRule[m.Key].Describe()}"));
            if (obstacles.Count == 0) obstacles.Add("free, but not reached before the time was over");
        }
        state.Rollback();
        return obstacles;
    }
}
