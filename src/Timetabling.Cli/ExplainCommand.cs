using System.CommandLine;
using Tessera.Timetabling.Search;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Cli;

/// <summary><c>explain INPUT</c>: what the input asks for, and whether it contradicts itself.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var input = new Argument<FileInfo>("input") { Description = "School (.fet, .xml in XHSTT, plain or gzipped) or university courses (.ctt)." };
        var command = new Command("explain", "Lists the rules and looks for contradictions. Exit code 0 none found, 3 proven impossible.") { input };
        command.SetAction(result =>
        {
            var file = result.GetRequiredValue(input);
            return Input.IsArchive(file) ? Archive(file) : Input.IsCourseFile(file) ? Courses(file) : School(file);
        });
        return command;
    }

    private static int School(FileInfo file)
    {
        var school = Input.School(file).School;
        Console.WriteLine($"{school.Activities.Count} lessons ({school.Activities.Sum(a => a.Duration)} hours), {school.Teachers.Count} teachers, {school.StudentSets.Count} student sets, {school.Rooms.Count} rooms, {school.Grid.DayCount} days of {school.Grid.HoursPerDay} hours");
        foreach (var kind in school.Rules.GroupBy(r => r.Name, StringComparer.Ordinal).OrderByDescending(g => g.Count()))
            Console.WriteLine($"  {kind.Key}: {kind.Count()} ({kind.Count(r => !r.IsHard)} soft), e.g. {kind.First().Describe()}");
        var contradictions = Refutation.Find(school);
        foreach (var contradiction in contradictions)
        {
            Console.WriteLine($"impossible: {contradiction.Message}");
            foreach (var rule in contradiction.Rules) Console.WriteLine($"  {rule.Name}: {rule.Describe()}");
        }
        if (contradictions.Count == 0) Console.WriteLine($"no contradiction found before searching; soft cost of any timetable: at least {Refutation.SoftCostFloor(school):F2}");
        return contradictions.Count == 0 ? ExitCode.Complete : ExitCode.Impossible;
    }

    private static int Courses(FileInfo file)
    {
        var problem = Input.Courses(file);
        Console.WriteLine($"{problem.Courses.Count} courses ({problem.Courses.Sum(c => c.Lectures)} lectures), {problem.Rooms.Count} rooms, {problem.Curricula.Count} curricula, {problem.Days} days of {problem.PeriodsPerDay} periods, {problem.Unavailable.Sum(u => u.Count)} unavailable");
        return Proofs(CourseCertificates.Find(problem));
    }

    private static int Archive(FileInfo file)
    {
        var code = ExitCode.Complete;
        foreach (var problem in Input.Archive(file).Problems)
        {
            Console.WriteLine($"{problem.Id}: {problem.Events.Count} events ({problem.Events.Sum(e => e.Duration)} hours), {problem.Resources.Count} resources, {problem.Times.Count} times");
            foreach (var constraint in problem.Constraints) Console.WriteLine($"  {(constraint.Required ? "hard" : "soft")} {constraint.Weight} {constraint}");
            code = Math.Max(code, Proofs(EventCertificates.Find(problem)));
        }
        return code;
    }

    private static int Proofs(IReadOnlyList<string> proofs)
    {
        Report.Proofs(proofs);
        if (proofs.Count == 0) Console.WriteLine("no contradiction found before searching");
        return proofs.Count == 0 ? ExitCode.Complete : ExitCode.Impossible;
    }
}
