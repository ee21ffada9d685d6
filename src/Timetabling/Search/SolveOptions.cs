using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>When a search is content.</summary>
public enum SolveMode
{
    /// <summary>Stop at the first complete timetable.</summary>
    First,
    /// <summary>Use the whole budget to improve it.</summary>
    Best,
}

/// <summary>How to search.</summary>
public sealed record SolveOptions
{
    public required Budget Budget { get; init; }
    public ulong Seed { get; init; } = 1;
    /// <summary>Independent workers that exchange their best; the result depends on their number, not on how they are scheduled.</summary>
    public int Threads { get; init; } = 1;
    public SolveMode Mode { get; init; } = SolveMode.Best;
    /// <summary>A timetable to begin with; what it places is kept as far as the rules allow.</summary>
    public Timetable? Start { get; init; }
    /// <summary>Debug mode: recomputes the full score after every move and throws when a running total differs. Thousands of times slower.</summary>
    public bool Verify { get; init; }
    /// <summary>Called between slices of work, many times a second; must return quickly.</summary>
    public Action<SolveProgress>? Progress { get; init; }
}

/// <summary>Where a search stands.</summary>
/// <param name="Phase">What the first worker is doing.</param>
/// <param name="Placed">Lessons placed in the best timetable so far.</param>
/// <param name="Total">All lessons.</param>
/// <param name="HardViolations">Units of hard rules broken in the best timetable.</param>
/// <param name="SoftCost">Soft cost of the best timetable.</param>
/// <param name="Iterations">Iterations of all workers together.</param>
/// <param name="Spent">Share of the budget used, 0 to 1.</param>
/// <param name="Best">Builds the best timetable so far; valid during the call.</param>
public sealed record SolveProgress(SolvePhase Phase, int Placed, int Total, int HardViolations, double SoftCost, long Iterations, double Spent, Func<Timetable> Best);
