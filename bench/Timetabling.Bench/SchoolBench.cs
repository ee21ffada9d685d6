using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Bench;

/// <summary>T1 to T5, T10, T11 and T13: schools, ours and FET one after another.</summary>
internal static class SchoolBench
{
    public static void Run(IReadOnlyList<FileInfo> files, int limit, int seeds, bool minute)
    {
        if (files.Count == 0) return;
        var fet = File.Exists("/usr/bin/fet-cl");
        Console.WriteLine($"\nschools: {seeds} seed(s), {limit} s; CPU seconds to the first complete timetable (median), soft cost (median){(fet ? "" : "; fet-cl is not installed")}");
        Console.WriteLine($"{"school",-26} {"solved",7} {"FET",5} {"CPU s",7} {"FET s",7} {"T2",5} {"p95/med",7} {"soft",8} {"FET",8} {"T4",5} {"T5",5} {"M/s",6} {"repeat",6} {"repair",12}");
        var work = Directory.CreateTempSubdirectory("timetabling-bench");
        var (ratios, soft, long60, spreads, solvedAll, fetAll) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), 0, 0);
        foreach (var file in files)
        {
            var name = file.Name.Replace(".fet.gz", "", StringComparison.Ordinal).Replace(".fet", "", StringComparison.Ordinal);
            var plain = Path.Combine(work.FullName, name + ".fet");
            FetFile school;
            using (var stream = file.OpenRead()) File.WriteAllBytes(plain, Streams.ReadAll(stream));
            using (var stream = File.OpenRead(plain)) school = FetReader.Read(stream);
            var (ours, theirs, best) = (new List<double>(), new List<(double Cpu, double Soft)>(), new List<double>());
            for (var seed = 1; seed <= seeds; seed++)
            {
                if (fet && Fet(plain, work, seed, limit, school.School) is { } run) theirs.Add(run);
                var first = Bench.Run.Ours(["solve", plain, "--out", plain + ".csv", "--seed", $"{seed}", "--time", $"{limit}", "--mode", "first"], limit + 30);
                if (first.ExitCode == 0) ours.Add(first.Cpu);
                // At FET's own finishing time, at least ten seconds.
                var time = Math.Clamp(theirs.Count > 0 ? theirs[^1].Cpu : limit, Math.Min(10, limit), limit);
                if (Bench.Run.Ours(["solve", plain, "--out", plain + ".csv", "--seed", $"{seed}", "--time", $"{time:F1}"], limit + 30).ExitCode != 0) continue;
                var score = Scoring.Measure(TimetableCsv.Read(school.School, File.ReadAllText(plain + ".csv")));
                if (score.IsComplete) best.Add(score.SoftCost);
            }
            solvedAll += ours.Count;
            fetAll += theirs.Count;
            var (cpu, fetCpu, cost, fetCost) = (Median(ours), Median(theirs.Select(t => t.Cpu)), Median(best), Median(theirs.Select(t => t.Soft)));
            if (fetCpu > 1 && cpu > 0) ratios.Add(cpu / fetCpu);
            if (fetCost > 0 && best.Count > 0) soft.Add(cost / fetCost);
            if (ours.Count > 1) spreads.Add(ours.Max() / cpu);
            var inMinute = minute && fetCost > 0 ? Minute(plain, school.School) / fetCost : double.NaN;
            if (!double.IsNaN(inMinute)) long60.Add(inMinute);
            Console.WriteLine($"{name,-26} {ours.Count,3}/{seeds,-3} {theirs.Count,3}/{seeds} {cpu,7:F2} {fetCpu,7:F2} {cpu / fetCpu,5:F2} {(ours.Count > 0 ? ours.Max() / cpu : double.NaN),7:F1} {cost,8:F2} {fetCost,8:F2} {cost / fetCost,5:F2} {inMinute,5:F2} {Speed(school.School),6:F2} {Repeats(school.School),6} {Repair(school.School, limit),12}");
        }
        work.Delete(recursive: true);
        Console.WriteLine($"T1 solved {solvedAll} runs, FET {fetAll}, of {files.Count * seeds}; T2 geometric mean {Geometric(ratios):F2} over {ratios.Count} schools where FET needs > 1 s; "
            + $"T3 slowest seed / median, worst school {spreads.DefaultIfEmpty(double.NaN).Max():F1}; T4 mean ratio {Mean(soft):F2}; T5 mean ratio {Mean(long60):F2}");
    }

    /// <summary>Soft cost after a minute on all cores (T5).</summary>
    private static double Minute(string plain, School school)
    {
        string[] arguments = ["solve", plain, "--out", plain + ".csv", "--seed", "1", "--time", "60", "--threads", $"{Environment.ProcessorCount}"];
        if (Bench.Run.Ours(arguments, 120).ExitCode != 0) return double.NaN;
        return Scoring.Measure(TimetableCsv.Read(school, File.ReadAllText(plain + ".csv"))).SoftCost;
    }

    private static double Mean(List<double> values) => values.Count > 0 ? values.Average() : double.NaN;

    private static (double Cpu, double Soft)? Fet(string plain, DirectoryInfo work, int seed, int limit, School school)
    {
        var output = work.CreateSubdirectory($"fet-{Path.GetFileNameWithoutExtension(plain)}-{seed}");
        var arguments = new List<string> { $"--inputfile={plain}", $"--outputdir={output.FullName}", $"--timelimitseconds={limit}", "--htmllevel=0", "--exportcsv=true" };
        for (var k = 0; k < 3; k++) arguments.AddRange([$"--randomseeds1{k}={seed * 10 + k + 1}", $"--randomseeds2{k}={seed * 20 + k + 1}"]);
        var run = Bench.Run.Of("fet-cl", arguments, limit * 2 + 30);
        var csv = output.EnumerateFiles("*_timetable.csv", SearchOption.AllDirectories).FirstOrDefault();
        if (csv is null) return null;
        var score = Scoring.Measure(TimetableCsv.Read(school, File.ReadAllText(csv.FullName)));
        return score.IsComplete ? (run.Cpu, score.SoftCost) : null;
    }

    /// <summary>Millions of iterations per CPU second while improving (T10).</summary>
    private static double Speed(School school)
    {
        var before = Environment.CpuUsage.TotalTime;
        var result = TimetableSolver.Solve(school, new SolveOptions { Budget = Budget.Iterations(2_000_000) });
        return result.Iterations / 1e6 / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    /// <summary>Same seed twice, same bytes (T11).</summary>
    private static string Repeats(School school)
    {
        string Once() => TimetableCsv.Write(TimetableSolver.Solve(school, new SolveOptions { Budget = Budget.Iterations(500_000), Threads = 2 }).Timetable);
        return string.Equals(Once(), Once(), StringComparison.Ordinal) ? "yes" : "NO";
    }

    /// <summary>The busiest teacher falls ill on the first day (T13): lessons moved beyond the forced ones, of all.</summary>
    private static string Repair(School school, int limit)
    {
        var before = TimetableSolver.Solve(school, new SolveOptions { Budget = Budget.Time(TimeProvider.System, TimeSpan.FromSeconds(limit)), Mode = SolveMode.First });
        if (before.Status != SolveStatus.Complete) return "-";
        var grid = school.Grid;
        var ill = school.Teachers.MaxBy(t => school.Activities.Count(a => a.Teachers.Contains(t) && grid.DayOf(before.Timetable.StartOf(a)) == 0))!;
        var forced = school.Activities.Count(a => a.Teachers.Contains(ill) && grid.DayOf(before.Timetable.StartOf(a)) == 0);
        var absent = new Constraints.NotAvailable(Constraints.Who.Teacher(ill), [.. Enumerable.Range(0, grid.HoursPerDay)]);
        var after = TimetableSolver.Repair(school.WithRules([.. school.Rules, absent]), before.Timetable,
            new SolveOptions { Budget = Budget.Time(TimeProvider.System, TimeSpan.FromSeconds(5)) });
        var moved = school.Activities.Count(a => before.Timetable.StartOf(a) != after.Timetable.StartOf(a)) - forced;
        return after.Status switch
        {
            SolveStatus.Complete => $"+{moved} ({100.0 * moved / school.Activities.Count:F1} %)",
            SolveStatus.Impossible => "impossible",
            _ => "partial",
        };
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static double Geometric(List<double> values) => values.Count == 0 ? double.NaN : Math.Exp(values.Average(v => Math.Log(v)));
}
