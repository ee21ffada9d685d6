namespace Tessera.Timetabling.Search;

/// <summary>Explains why lessons of a partial timetable have no place. A search that is cancelled early leaves nearly all without one, so each sentence is made once.</summary>
internal sealed class Obstacles
{
    private readonly Problem problem;
    private readonly SearchState state;
    private readonly List<string> sentences = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly int[] ofResource;
    private readonly int[] ofMonitor;
    /// <summary>By sentence: starts of the present unit it blocks, and the last of them.</summary>
    private readonly List<int> starts = [], latest = [];

    private Obstacles(Problem problem, Snapshot best)
    {
        (this.problem, state) = (problem, new SearchState(problem));
        state.Load(best);
        ofResource = new int[problem.ResourceCount];
        Array.Fill(ofResource, -1);
        ofMonitor = new int[problem.MonitorCount];
        Array.Fill(ofMonitor, -1);
    }

    public static IReadOnlyList<UnplacedLesson> Find(Problem problem, Snapshot best)
    {
        var obstacles = new Obstacles(problem, best);
        var found = new List<UnplacedLesson>();
        for (var unit = 0; unit < problem.UnitCount; unit++)
        {
            if (best.Starts[unit] >= 0) continue;
            var ranked = obstacles.Of(unit);
            found.AddRange(problem.UnitMembers[unit].Select(a => new UnplacedLesson(problem.Index.School.Activities[a], ranked)));
        }
        return found;
    }

    private List<(string, int)> Of(int unit)
    {
        for (var s = 0; s < starts.Count; s++) (starts[s], latest[s]) = (0, -1);
        for (var at = 0; at < problem.Slots; at++) Look(unit, at);
        return [.. Enumerable.Range(0, starts.Count).Where(s => starts[s] > 0).OrderByDescending(s => starts[s]).ThenBy(s => sentences[s], StringComparer.Ordinal).Select(s => (sentences[s], starts[s]))];
    }

    private void Look(int unit, int at)
    {
        if (!problem.MayStart[unit * problem.Slots + at])
        {
            Count(Number(problem.IsHopeless[unit * problem.Slots + at] ? "would leave other lessons without a place" : "not an allowed start"), at);
            return;
        }
        var (day, hour) = (at / problem.Hours, at % problem.Hours);
        var busy = false;
        for (var i = problem.UseFirst[unit]; i < problem.UseFirst[unit + 1]; i++)
        {
            var resource = problem.UseResource[i];
            if (!problem.Clashes[resource] || (state.Busy(resource, day) & problem.UseMask[i] << hour) == 0) continue;
            if (ofResource[resource] < 0) ofResource[resource] = Number($"{problem.ResourceName[resource]} is busy");
            Count(ofResource[resource], at);
            busy = true;
        }
        if (busy) return;
        state.Begin();
        if (!state.TryDrop(unit, at)) Count(Number("no room is free"), at);
        else if (!CountBroken(at)) Count(Number("free, but not reached before the time was over"), at);
        state.Rollback();
    }

    private bool CountBroken(int at)
    {
        state.Settle();
        var broken = false;
        foreach (var (monitor, before) in state.Changes())
        {
            if (problem.MonitorHard[monitor] == 0 || state.AmountOf(monitor) <= before) continue;
            if (ofMonitor[monitor] < 0) ofMonitor[monitor] = Number($"would break: {problem.MonitorRule[monitor].Describe()}");
            Count(ofMonitor[monitor], at);
            broken = true;
        }
        return broken;
    }

    private int Number(string sentence)
    {
        if (numbers.TryGetValue(sentence, out var number)) return number;
        sentences.Add(sentence);
        starts.Add(0);
        latest.Add(-1);
        return numbers[sentence] = starts.Count - 1;
    }

    private void Count(int sentence, int at)
    {
        if (latest[sentence] == at) return;
        latest[sentence] = at;
        starts[sentence]++;
    }
}
