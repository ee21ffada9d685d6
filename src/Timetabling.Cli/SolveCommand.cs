using System.CommandLine;
using System.CommandLine.Parsing;
using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Cli;

/// <summary><c>solve INPUT --out FILE</c>: makes a timetable.</summary>
internal static class SolveCommand
{
    public static Command Create()
    {
        var input = new Argument<FileInfo>("input") { Description = "School (.fet, .xml in XHSTT, plain or gzipped) or university courses (.ctt)." };
        var output = new Option<FileInfo>("--out") { Description = "Where the timetable goes.", Required = true };
        var seed = new Option<long>("--seed") { Description = "The same seed gives the same timetable.", DefaultValueFactory = _ => 1 };
        var time = new Option<double>("--time") { Description = "Seconds.", DefaultValueFactory = _ => 60 };
        var threads = new Option<int>("--threads") { Description = "Workers side by side.", DefaultValueFactory = _ => 1 };
        var mode = new Option<SolveMode>("--mode") { Description = "'first' stops at the first complete timetable, 'best' uses the whole time.", DefaultValueFactory = _ => SolveMode.Best };
        var iterations = new Option<long?>("--iterations") { Description = "Iterations per worker instead of seconds: replays a run exactly." };
        var fet = new Option<FileInfo?>("--fet") { Description = "Also writes the school with the timetable as locks, for FET to open." };
        var from = new Option<FileInfo?>("--from") { Description = "A timetable (CSV) to start from." };
        var keep = new Option<int[]>("--lock") { Description = "Lessons of --from that must stay where they are.", AllowMultipleArgumentsPerToken = true };
        var repair = new Option<bool>("--repair") { Description = "Moves as few lessons of --from as possible." };
        var debug = new Option<bool>("--debug") { Description = "Recomputes the full score after every move; for hunting errors in the solver." };
        var command = new Command("solve", "Makes a timetable. Exit code 0 complete, 2 partial, 3 proven impossible, 1 bad input.")
        {
            input, output, seed, time, threads, mode, iterations, fet, from, keep, repair, debug,
        };
        time.Validators.Add(r => Demand<double>(r, v => v is > 0 and <= 1_000_000, "--time must be more than 0 seconds."));
        threads.Validators.Add(r => Demand<int>(r, v => v is >= 1 and <= 256, "--threads must be 1 to 256."));
        iterations.Validators.Add(r => Demand<long?>(r, v => v is null or >= 1, "--iterations must be at least 1."));
        repair.Validators.Add(r => NeedsTimetable(r, "--repair needs --from."));
        keep.Validators.Add(r => NeedsTimetable(r, "--lock needs --from."));
        void NeedsTimetable(OptionResult result, string message)
        {
            if (!result.Implicit && result.GetResult(from) is null) result.AddError(message);
        }

        // On another thread: the handlers of Ctrl+C and of termination are in place only when this has returned.
        command.SetAction((result, cancel) => Task.Run(() => Solve(result, cancel), CancellationToken.None));
        return command;

        int Solve(ParseResult result, CancellationToken cancel)
        {
            var clock = TimeProvider.System;
            var budget = result.GetValue(iterations) is { } count ? Budget.Iterations(count) : Budget.Time(clock, TimeSpan.FromSeconds(result.GetValue(time)));
            var bar = new ProgressBar(clock);
            var options = new SolveOptions
            {
                Budget = budget,
                Seed = unchecked((ulong)result.GetValue(seed)),
                Threads = result.GetValue(threads),
                Mode = result.GetValue(mode),
                Verify = result.GetValue(debug),
                Progress = bar.Show,
            };
            var file = result.GetRequiredValue(input);
            // Better now than after an hour's search.
            Input.DemandFolder(result.GetRequiredValue(output));
            if (result.GetValue(fet) is { } beside) Input.DemandFolder(beside);
            return Input.IsCourseFile(file) ? SolveCourses(file, result.GetRequiredValue(output), options, cancel)
                : Input.IsArchive(file) ? SolveArchive(file, result.GetRequiredValue(output), options, cancel) : SolveSchool(file, result.GetRequiredValue(output), options,
                    result.GetValue(fet), result.GetValue(from), result.GetValue(keep) ?? [], result.GetValue(repair), cancel);
        }
    }

    private static int SolveCourses(FileInfo input, FileInfo output, SolveOptions options, CancellationToken cancel)
    {
        var problem = Input.Courses(input);
        // The best there is can still be of use, so the search goes on.
        var proofs = CourseCertificates.Find(problem);
        Report.Proofs(proofs);
        var (lectures, score, iterations) = CourseSolver.Solve(problem, options, cancel);
        ProgressBar.Close();
        Input.Write(output, CourseFormat.Write(problem, lectures));
        Report.Courses(score);
        Console.WriteLine($"iterations {iterations}");
        return score.Violations == 0 ? ExitCode.Complete : proofs.Count > 0 ? ExitCode.Impossible : ExitCode.Partial;
    }

    private static int SolveArchive(FileInfo input, FileInfo output, SolveOptions options, CancellationToken cancel)
    {
        var solved = new List<(EventProblem Problem, IReadOnlyList<Meet> Meets)>();
        var code = ExitCode.Complete;
        var problems = Input.Archive(input).Problems;
        for (var i = 0; i < problems.Count; i++)
        {
            var problem = problems[i];
            var proofs = EventCertificates.Find(problem);
            Report.Proofs(proofs);
            var (meets, score, iterations) = EventSolver.Solve(problem, options with { Budget = options.Budget.Share(i, problems.Count) }, cancel);
            ProgressBar.Close();
            solved.Add((problem, meets));
            if (!score.IsFeasible) code = Math.Max(code, proofs.Count > 0 ? ExitCode.Impossible : ExitCode.Partial);
            Console.WriteLine($"{problem.Id}:");
            Report.Events(score, most: 10);
            Console.WriteLine($"iterations {iterations}");
        }
        Input.Write(output, XhsttSolutions.Write("Tessera", $"seed {options.Seed}", solved));
        return code;
    }

    private static void Demand<T>(OptionResult result, Predicate<T?> holds, string message)
    {
        try
        {
            if (!holds(result.GetValueOrDefault<T>())) result.AddError(message);
        }
        catch (InvalidOperationException)
        {
            // Not even of the option's type: the parser says so itself.
        }
    }

    private static int SolveSchool(FileInfo input, FileInfo output, SolveOptions options, FileInfo? fet, FileInfo? from,
        int[] keep, bool repair, CancellationToken cancel)
    {
        var file = Input.School(input);
        var school = file.School;
        Timetable? previous = null;
        if (from is not null)
        {
            previous = Input.Read(from, s => TimetableCsv.Read(school, Input.Text(s)));
            var locked = keep.Select(id => school.FindActivity(id) ?? throw new BadInputException($"--lock: lesson {id} is not in the school.")).ToList();
            school = TimetableSolver.Lock(school, previous, locked);
            previous = TimetableSolver.Carry(previous, school);
        }
        var result = repair ? TimetableSolver.Repair(school, previous!, options, cancel) : TimetableSolver.Solve(school, options with { Start = previous }, cancel);
        ProgressBar.Close();
        if (result.Status == SolveStatus.Impossible)
        {
            foreach (var contradiction in result.Contradictions) Console.WriteLine($"impossible: {contradiction.Message}");
            return ExitCode.Impossible;
        }
        Input.Write(output, TimetableCsv.Write(result.Timetable));
        if (fet is not null) Input.Write(fet, FetWriter.Write(file, result.Timetable));
        Console.WriteLine($"{(result.Status == SolveStatus.Complete ? "complete" : "partial")}: {result.Timetable.PlacedCount}/{school.Activities.Count} placed, hard {result.Score.HardViolations}, soft {result.Score.SoftCost:F2}, iterations {result.Iterations}");
        if (result.IsProvenBest) Console.WriteLine("proven: no timetable has a lower soft cost");
        if (repair) Console.WriteLine($"moved: {school.Activities.Count(a => previous!.StartOf(a) != result.Timetable.StartOf(a))} lessons");
        Report.Score(result.Score, hardOnly: true);
        Report.Unplaced(result.Unplaced);
        return result.Status == SolveStatus.Complete ? ExitCode.Complete : ExitCode.Partial;
    }
}
