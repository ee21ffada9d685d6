using System.CommandLine;
using System.Text;
using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Cli;

/// <summary><c>check INPUT TIMETABLE</c>: measures a timetable from nothing.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var input = new Argument<FileInfo>("input") { Description = "School (.fet, .fet.gz) or university courses (.ctt)." };
        var timetable = new Argument<FileInfo>("timetable") { Description = "Timetable (CSV), or solution lines for .ctt." };
        var command = new Command("check", "Scores a timetable by rule and by person. Exit code 0 complete, 2 not.") { input, timetable };
        command.SetAction(result =>
        {
            if (Input.IsCourseFile(result.GetRequiredValue(input)))
            {
                var problem = Input.Read(result.GetRequiredValue(input), s => CourseFormat.Read(Encoding.UTF8.GetString(Streams.ReadAll(s))));
                var lectures = Input.Read(result.GetRequiredValue(timetable), s => CourseFormat.ReadSolution(problem, Encoding.UTF8.GetString(Streams.ReadAll(s))));
                var courses = CourseScore.Measure(problem, lectures);
                Report.Courses(courses);
                return courses.Violations == 0 ? ExitCode.Complete : ExitCode.Partial;
            }
            var school = Input.School(result.GetRequiredValue(input)).School;
            var table = Input.Read(result.GetRequiredValue(timetable), s => TimetableCsv.Read(school, Encoding.UTF8.GetString(Streams.ReadAll(s))));
            var score = Scoring.Measure(table);
            Console.WriteLine($"{(score.IsComplete ? "complete" : "not complete")}: {table.PlacedCount}/{school.Activities.Count} placed, hard {score.HardViolations}, soft {score.SoftCost:F2}");
            Report.Score(score, hardOnly: false);
            Console.WriteLine("by person:");
            Report.People(score, 20);
            return score.IsComplete ? ExitCode.Complete : ExitCode.Partial;
        });
        return command;
    }
}
