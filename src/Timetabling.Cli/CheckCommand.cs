using System.CommandLine;
using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Cli;

/// <summary><c>check INPUT TIMETABLE</c>: measures a timetable from nothing.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var input = new Argument<FileInfo>("input") { Description = "School (.fet, .xml in XHSTT, plain or gzipped) or university courses (.ctt)." };
        var timetable = new Argument<FileInfo?>("timetable") { Description = "Timetable (CSV), solution lines for .ctt, solution groups for .xml (left out: those in the file itself).", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("check", "Scores a timetable by rule and by person. Exit code 0 complete, 2 not.") { input, timetable };
        command.SetAction(result =>
        {
            var (file, solution) = (result.GetRequiredValue(input), result.GetValue(timetable));
            if (Input.IsArchive(file)) return Archive(file, solution);
            if (solution is null) throw new BadInputException($"{file.Name}: name the timetable to check.");
            return Input.IsCourseFile(file) ? Courses(file, solution) : School(file, solution);
        });
        return command;
    }

    private static int Courses(FileInfo input, FileInfo solution)
    {
        var problem = Input.Courses(input);
        var score = CourseScore.Measure(problem, Input.Read(solution, s => CourseFormat.ReadSolution(problem, Input.Text(s))));
        Report.Courses(score);
        return score.Violations == 0 ? ExitCode.Complete : ExitCode.Partial;
    }

    private static int School(FileInfo input, FileInfo solution)
    {
        var school = Input.School(input).School;
        var table = Input.Read(solution, s => TimetableCsv.Read(school, Input.Text(s)));
        var score = Scoring.Measure(table);
        Console.WriteLine($"{(score.IsComplete ? "complete" : "not complete")}: {table.PlacedCount}/{school.Activities.Count} placed, hard {score.HardViolations}, soft {score.SoftCost:F2}");
        Report.Score(score, hardOnly: false);
        Console.WriteLine("by person:");
        Report.People(score, 20);
        return score.IsComplete ? ExitCode.Complete : ExitCode.Partial;
    }

    private static int Archive(FileInfo input, FileInfo? solution)
    {
        var archive = Input.Archive(input);
        var solutions = solution is null ? Input.Read(input, _ => archive.Solutions) : Input.Read(solution, s => XhsttSolutions.Read(s, archive.Problems));
        if (solutions.Count == 0) throw new BadInputException($"{(solution ?? input).Name}: there is no solution of these instances.");
        var complete = true;
        foreach (var (group, problem, meets, faults) in solutions)
        {
            var score = EventScore.Measure(problem, meets);
            complete &= score.IsFeasible && faults.Count == 0;
            Console.WriteLine($"{problem.Id}, {group}:");
            Report.Events(score, most: 20);
            foreach (var fault in faults.Take(5)) Console.WriteLine($"  invalid: {fault}");
        }
        return complete ? ExitCode.Complete : ExitCode.Partial;
    }
}
