namespace Tessera.Timetabling.Search;

/// <summary>Debug mode: compares the running totals with a score counted from nothing.</summary>
internal sealed class Verifier(Problem problem)
{
    private readonly Snapshot snapshot = new(problem);

    /// <exception cref="InvalidOperationException">A running total is wrong; the message names the difference.</exception>
    public void Check(SearchState state)
    {
        snapshot.Take(state);
        var score = Scoring.Measure(problem.Index, snapshot.ToTimetable(problem));
        if (score.UnplacedHours == state.UnplacedHours && score.HardViolations == state.Hard && score.SoftUnits == state.Soft) return;
        throw new InvalidOperationException($"Running totals (unplaced {state.UnplacedHours}, hard {state.Hard}, soft {state.Soft}) differ from the full score " +
            $"(unplaced {score.UnplacedHours}, hard {score.HardViolations}, soft {score.SoftUnits}).");
    }
}
