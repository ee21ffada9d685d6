using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Bench;

/// <summary>T6 and T10 on university courses.</summary>
internal static class CourseBench
{
    public static void Run(IReadOnlyList<FileInfo> files, int limit, int seeds)
    {
        if (files.Count == 0) return;
        Console.WriteLine($"\ncourses: {seeds} seed(s), {limit} s each");
        Console.WriteLine($"{"instance",-12} {"feasible",8} {"average",8} {"best",6} {"M/s",6}");
        var sum = 0.0;
        foreach (var file in files)
        {
            var problem = CourseFormat.Read(File.ReadAllText(file.FullName));
            var (costs, iterations, before) = (new List<int>(), 0L, Environment.CpuUsage.TotalTime);
            for (var seed = 1; seed <= seeds; seed++)
            {
                var (_, score, done) = CourseSolver.Solve(problem, new SolveOptions { Budget = Budget.Time(TimeProvider.System, TimeSpan.FromSeconds(limit)), Seed = (ulong)seed });
                iterations += done;
                if (score.Violations == 0) costs.Add(score.Cost);
            }
            var speed = iterations / 1e6 / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            var average = costs.Count > 0 ? costs.Average() : double.NaN;
            sum += average;
            Console.WriteLine($"{file.Name,-12} {costs.Count,4}/{seeds,-3} {average,8:F1} {(costs.Count > 0 ? costs.Min() : -1),6} {speed,6:F1}");
        }
        Console.WriteLine($"T6 sum of averages {sum:F1} over {files.Count} instances");
    }
}
