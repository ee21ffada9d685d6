using System.CommandLine;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Cli;

/// <summary><c>explain INPUT</c>: what the school asks for, and whether it contradicts itself.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var input = new Argument<FileInfo>("input") { Description = "School (.fet, .fet.gz)." };
        var command = new Command("explain", "Lists the rules and looks for contradictions. Exit code 0 none found, 3 proven impossible.") { input };
        command.SetAction(result =>
        {
            var school = Input.School(result.GetRequiredValue(input)).School;
            Console.WriteLine($"{school.Activities.Count} lessons ({school.Activities.Sum(a => a.Duration)} hours), {school.Teachers.Count} teachers, {school.StudentSets.Count} student sets, {school.Rooms.Count} rooms, {school.Grid.DayCount} days of {school.Grid.HoursPerDay} hours");
            foreach (var kind in school.Rules.GroupBy(r => r.Name, StringComparer.Ordinal).OrderByDescending(g => g.Count()))
                Console.WriteLine($"  {kind.Key}: {kind.Count()} ({kind.Count(r => !r.IsHard)} soft), e.g. {kind.First().Describe()}");
            var contradictions = Refutation.Find(school);
            foreach (var contradiction in contradictions)
            {
                Console.WriteLine($"impossible: {contradiction.Message}");
                foreach (var rule in contradiction.Rules) Console.WriteLine($"  {rule.Name}: {rule.Describe()}");
            }
            if (contradictions.Count == 0) Console.WriteLine("no contradiction found before searching");
            return contradictions.Count == 0 ? ExitCode.Complete : ExitCode.Impossible;
        });
        return command;
    }
}
