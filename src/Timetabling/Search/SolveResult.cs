using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>How a search ended.</summary>
public enum SolveStatus
{
    /// <summary>Every lesson placed, no hard rule broken.</summary>
    Complete,
    /// <summary>The best found leaves lessons unplaced or hard rules broken.</summary>
    Partial,
    /// <summary>Proven: no complete timetable exists.</summary>
    Impossible,
}

/// <summary>The outcome of a search.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Timetable">The best timetable found; empty when impossible.</param>
/// <param name="Score">The timetable measured from nothing.</param>
/// <param name="Iterations">Iterations of each worker: with the same seed and number of workers they replay the run.</param>
/// <param name="Contradictions">When impossible: why.</param>
/// <param name="Unplaced">When partial: what keeps each unplaced lesson out.</param>
public sealed record SolveResult(SolveStatus Status, Timetable Timetable, Score Score, long Iterations,
    IReadOnlyList<Contradiction> Contradictions, IReadOnlyList<UnplacedLesson> Unplaced)
{
    /// <summary>Proven: complete, and no timetable has a lower soft cost.</summary>
    public bool IsProvenBest { get; init; }
}

/// <summary>A lesson without a place and, for each of its starts, what is in the way.</summary>
/// <param name="Activity">The lesson.</param>
/// <param name="Obstacles">Obstacle in words, and the number of starts it blocks; most frequent first.</param>
public sealed record UnplacedLesson(Activity Activity, IReadOnlyList<(string Obstacle, int Starts)> Obstacles);
