using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>The placements of a state, to compare and to return to. Better means fewer unplaced hours, then fewer hard units, then less soft cost.</summary>
internal sealed class Snapshot
{
    private readonly int[] starts;
    private readonly int[] options;

    public Snapshot(Problem problem)
    {
        starts = new int[problem.UnitCount];
        options = new int[problem.ActivityCount];
        Array.Fill(starts, -1);
        Array.Fill(options, -1);
    }

    public int UnplacedHours { get; private set; } = int.MaxValue;
    public int Hard { get; private set; } = int.MaxValue;
    public long Soft { get; private set; } = long.MaxValue;
    public bool IsEmpty => UnplacedHours == int.MaxValue;
    public bool IsComplete => UnplacedHours == 0 && Hard == 0;
    public ReadOnlySpan<int> Starts => starts;
    public ReadOnlySpan<int> Options => options;

    public bool IsWorseThan(SearchState state)
    {
        if (state.UnplacedHours != UnplacedHours) return state.UnplacedHours < UnplacedHours;
        return state.Hard != Hard ? state.Hard < Hard : state.Soft < Soft;
    }

    public bool IsWorseThan(Snapshot other)
    {
        if (other.UnplacedHours != UnplacedHours) return other.UnplacedHours < UnplacedHours;
        return other.Hard != Hard ? other.Hard < Hard : other.Soft < Soft;
    }

    /// <summary>Back to holding nothing; anything is better.</summary>
    public void Clear() => (UnplacedHours, Hard, Soft) = (int.MaxValue, int.MaxValue, long.MaxValue);

    public void Take(SearchState state)
    {
        (UnplacedHours, Hard, Soft) = (state.UnplacedHours, state.Hard, state.Soft);
        for (var u = 0; u < starts.Length; u++) starts[u] = state.StartOf(u);
        for (var a = 0; a < options.Length; a++) options[a] = state.OptionOf(a);
    }

    public void Take(Snapshot other)
    {
        (UnplacedHours, Hard, Soft) = (other.UnplacedHours, other.Hard, other.Soft);
        other.starts.CopyTo(starts, 0);
        other.options.CopyTo(options, 0);
    }

    public Timetable ToTimetable(Problem problem)
    {
        var timetable = new Timetable(problem.Index.School);
        foreach (var activity in problem.Index.School.Activities)
        {
            var at = starts[problem.UnitOf[activity.Index]];
            if (at >= 0) timetable.Place(activity, at, options[activity.Index] >= 0 ? problem.OptionChoice[options[activity.Index]] : null);
        }
        return timetable;
    }
}
