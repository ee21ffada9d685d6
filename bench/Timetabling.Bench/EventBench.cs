using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Search;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Bench;

/// <summary>T8 and T9: XHSTT instances, beside the best solution their file holds.</summary>
internal static class EventBench
{
    public static void Run(IReadOnlyList<FileInfo> files, int limit, int seeds)
    {
        if (files.Count == 0) return;
        Console.WriteLine($"\nXHSTT: {seeds} seed(s), {limit} s each; infeasibility and objective");
        Console.WriteLine($"{"instance",-14} {"feasible",8} {"best of runs",14} {"published",14} {"M/s",6}");
        var (feasible, known) = (0, 0);
        foreach (var file in files)
        {
            XhsttArchive archive;
            using (var stream = file.OpenRead()) archive = XhsttReader.Read(stream);
            var published = archive.Solutions.Where(s => s.Faults.Count == 0).ToLookup(s => s.Problem.Id, s => Model.Events.EventScore.Measure(s.Problem, s.Meets));
            foreach (var problem in archive.Problems)
            {
                var (runs, iterations, before) = (new List<(long Hard, long Soft)>(), 0L, Environment.CpuUsage.TotalTime);
                for (var seed = 1; seed <= seeds; seed++)
                {
                    var (_, score, done) = EventSolver.Solve(problem, new SolveOptions { Budget = Budget.Time(TimeProvider.System, TimeSpan.FromSeconds(limit)), Seed = (ulong)seed });
                    iterations += done;
                    runs.Add((score.Infeasibility, score.Objective));
                }
                var speed = iterations / 1e6 / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
                var best = published[problem.Id].Select(s => (s.Infeasibility, s.Objective)).DefaultIfEmpty((-1, -1)).Min();
                if (best.Item1 == 0) known++;
                if (best.Item1 == 0 && runs.Exists(r => r.Hard == 0)) feasible++;
                Console.WriteLine($"{problem.Id,-14} {runs.Count(r => r.Hard == 0),4}/{seeds,-3} {$"{runs.Min().Hard}, {runs.Min().Soft}",14} {$"{best.Item1}, {best.Item2}",14} {speed,6:F2}");
            }
        }
        Console.WriteLine($"T8 feasible {feasible} of the {known} with a feasible published solution");
    }
}
