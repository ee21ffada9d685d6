using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>Makes timetables.</summary>
public static class TimetableSolver
{
    /// <summary>Iterations of a slice: workers meet, progress is told and cancellation is heard between slices.</summary>
    private const int Slice = 10_000;

    /// <summary>Searches for a timetable; always returns the best found, also when cancelled.</summary>
    public static SolveResult Solve(School school, SolveOptions options, CancellationToken cancel = default) => Solve(school, options, gentle: false, cancel);

    private static SolveResult Solve(School school, SolveOptions options, bool gentle, CancellationToken cancel)
    {
        // Reading the rules and looking for contradictions takes a moment: say at once that something happens.
        options.Progress?.Invoke(new SolveProgress(SolvePhase.Constructing, 0, school.Activities.Count, 0, 0, 0, 0, () => new Timetable(school)));
        var problem = ProblemBuilder.Build(school);
        var contradictions = Refutation.Find(school, problem, cancel);
        if (contradictions.Count > 0)
        {
            var empty = new Timetable(school);
            return new SolveResult(SolveStatus.Impossible, empty, Scoring.Measure(problem.Index, empty), 0, contradictions, []);
        }
        StartFilter.Apply(problem, cancel);
        var workers = new Worker[Math.Max(1, options.Threads)];
        for (var w = 0; w < workers.Length; w++)
        {
            workers[w] = new Worker(problem, options.Seed, w, options.Verify);
            if (options.Start is { } start) workers[w].StartFrom(start);
            if (gentle) workers[w].BeGentle();
        }
        var best = Run(workers, options, cancel);
        var timetable = best.ToTimetable(problem);
        var score = Scoring.Measure(problem.Index, timetable);
        return new SolveResult(score.IsComplete ? SolveStatus.Complete : SolveStatus.Partial, timetable, score, workers[0].Iterations, [],
            score.UnplacedHours > 0 ? Obstacles.Find(problem, best) : [])
        {
            IsProvenBest = score.IsComplete && score.SoftUnits <= problem.SoftCostFloor,
        };
    }

    /// <summary>Mends a timetable after a change of the school, moving as few lessons and telling as few people as possible.</summary>
    /// <param name="school">The school as it is now; lessons are matched with the old timetable by their numbers.</param>
    /// <param name="previous">The timetable before the change.</param>
    /// <param name="options">How to search.</param>
    /// <param name="cancel">Ends the search early with the best so far.</param>
    public static SolveResult Repair(School school, Timetable previous, SolveOptions options, CancellationToken cancel = default)
    {
        var start = Carry(previous, school);
        var near = school.WithRules([.. school.Rules, new KeepNear(start, Importance: 4) { Weight = 99 }]);
        var result = Solve(near, options with { Start = Carry(previous, near) }, gentle: true, cancel);
        var mended = Carry(result.Timetable, school);
        return result with { Timetable = mended, Score = Scoring.Measure(mended), IsProvenBest = false };
    }

    /// <summary>The school with some lessons of a timetable nailed down, in time and room.</summary>
    public static School Lock(School school, Timetable timetable, IEnumerable<Activity> activities)
    {
        var locks = new List<Rule>();
        foreach (var activity in activities.Where(timetable.IsPlaced))
        {
            var at = timetable.StartOf(activity);
            locks.Add(new PreferredStart(activity, school.Grid.DayOf(at), school.Grid.HourOf(at)));
            if (timetable.RoomOf(activity) is { } choice)
                locks.Add(new PreferredRooms("ActivityPreferredRoom", [activity], [choice.Room]) { RealRooms = choice.Room.IsVirtual ? choice.RealRooms : null });
        }
        return school.WithRules([.. school.Rules, .. locks]);
    }

    /// <summary>The same placements for another version of the school; lessons and rooms are matched by number and name.</summary>
    public static Timetable Carry(Timetable timetable, School school)
    {
        var carried = new Timetable(school);
        var rooms = school.Rooms.ToDictionary(r => r.Name, StringComparer.Ordinal);
        foreach (var activity in timetable.School.Activities.Where(timetable.IsPlaced))
        {
            if (school.FindActivity(activity.Id) is not { } same || timetable.StartOf(activity) >= school.Grid.SlotCount) continue;
            var choice = timetable.RoomOf(activity);
            var known = choice is not null && rooms.TryGetValue(choice.Room.Name, out var room) && choice.RealRooms.All(r => rooms.ContainsKey(r.Name))
                ? new RoomChoice(room, [.. choice.RealRooms.Select(r => rooms[r.Name])]) : null;
            carried.Place(same, timetable.StartOf(activity), known);
        }
        return carried;
    }

    private static Snapshot Run(Worker[] workers, SolveOptions options, CancellationToken cancel)
    {
        var best = BestOf(workers);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = workers.Length };
        while (true)
        {
            var spent = options.Budget.Spent(workers[0].Iterations);
            Tell(workers, best, options, spent);
            if (spent >= 1 || cancel.IsCancellationRequested || Array.TrueForAll(workers, w => w.Phase == SolvePhase.Finished)) return best;
            if (options.Mode == SolveMode.First && best.IsComplete) return best;
            if (workers.Length == 1) workers[0].Advance(Slice, spent);
            else Parallel.For(0, workers.Length, parallel, w => workers[w].Advance(Slice, spent));
            best = BestOf(workers);
            foreach (var worker in workers) worker.Hear(best);
        }
    }

    private static Snapshot BestOf(Worker[] workers)
    {
        var best = workers[0].Best;
        foreach (var worker in workers)
            if (best.IsWorseThan(worker.Best)) best = worker.Best;
        return best;
    }

    private static void Tell(Worker[] workers, Snapshot best, SolveOptions options, double spent)
    {
        if (options.Progress is null) return;
        var problem = workers[0].Problem;
        var placed = 0;
        for (var u = 0; u < problem.UnitCount; u++)
            if (best.Starts[u] >= 0) placed += problem.UnitMembers[u].Length;
        options.Progress(new SolveProgress(workers[0].Phase, placed, problem.ActivityCount, best.Hard, best.Soft / 10_000.0,
            workers.Sum(w => w.Iterations), spent, () => best.ToTimetable(problem)));
    }
}
