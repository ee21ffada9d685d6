using Tessera.Timetabling.Model.Events;

namespace Tessera.Timetabling.Search.Events;

/// <summary>Makes timetables of XHSTT instances.</summary>
public static class EventSolver
{
    private const int Slice = 5_000;

    /// <summary>Searches; the meets of the best timetable found, lower infeasibility before lower objective. Also when cancelled.</summary>
    public static (IReadOnlyList<Meet> Meets, EventScore Score, long Iterations) Solve(EventProblem problem, SolveOptions options, CancellationToken cancel = default)
    {
        // The first timetable of a large school takes a second: say at once that something happens.
        Tell(options, SolvePhase.Constructing, 0, problem.Events.Count, 0, 0, 0, 0);
        var model = EventModelBuilder.Build(problem);
        var workers = Enumerable.Range(0, Math.Max(1, options.Threads)).Select(w => new EventWorker(model, options.Seed, w, options.Verify, cancel)).ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = workers.Length };
        while (true)
        {
            var spent = options.Budget.Spent(workers[0].Iterations);
            var best = workers.MinBy(w => (w.Best.Hard, w.Best.Soft))!;
            if (options.Progress is not null)
            {
                var (placed, all) = workers[0].State.CountMeets();
                Tell(options, SolvePhase.Improving, placed, all, best.Best.Hard, best.Best.Soft, workers.Sum(w => w.Iterations), spent);
            }
            if (spent >= 1 || cancel.IsCancellationRequested || best.Best is { Hard: 0, Soft: 0 } || options.Mode == SolveMode.First && best.Best.Hard == 0)
            {
                var meets = best.BestMeets();
                return (meets, EventScore.Measure(problem, meets), workers[0].Iterations);
            }
            if (workers.Length == 1) workers[0].Advance(Slice, spent);
            else Parallel.For(0, workers.Length, parallel, w => workers[w].Advance(Slice, spent));
        }
    }

    private static void Tell(SolveOptions options, SolvePhase phase, int placed, int all, long hard, long soft, long iterations, double spent)
        => options.Progress?.Invoke(new SolveProgress(phase, placed, all, (int)Math.Min(int.MaxValue, hard), soft, iterations, spent,
            () => throw new NotSupportedException("A timetable of events has no school.")));
}
