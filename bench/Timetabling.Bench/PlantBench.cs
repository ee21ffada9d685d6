using System.Diagnostics;
using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Bench;

/// <summary>T12: contradictions planted into real schools must be named, with at most five other rules, in thirty seconds.</summary>
internal static class PlantBench
{
    private const int MostOthers = 5, Limit = 30;

    public static void Run(IReadOnlyList<FileInfo> files, bool every)
    {
        Console.WriteLine($"\nplanted contradictions: named with at most {MostOthers} other rules in {Limit} s");
        Console.WriteLine($"{"school",-26} {"planted",-36} {"named",6} {"others",6} {"s",6}");
        var (named, cases, slowest) = (0, 0, 0.0);
        for (var k = 0; k < PlantedRules.Kinds.Count; k++)
        {
            // Each kind in the next school that has a place for it, or in every school.
            var planted = 0;
            for (var f = 0; f < files.Count && (every || planted == 0); f++)
            {
                var file = files[(k + f) % files.Count];
                var school = Read(file);
                if (PlantedRules.Kinds[k].Plant(school) is not { } rules) continue;
                // Where the school's own rules already exclude a part of what is planted, the rest need not be named.
                if (rules.Length > 1 && rules.Any(left => Refutation.Find(school.WithRules([.. school.Rules, .. rules.Where(r => r != left)])).Count > 0)) continue;
                planted++;
                cases++;
                foreach (var rule in rules) school.Add(rule);
                var started = Stopwatch.GetTimestamp();
                var found = Refutation.Find(school);
                var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                slowest = Math.Max(slowest, seconds);
                var all = found.Count > 0 && rules.All(found[0].Rules.Contains);
                var others = found.Count > 0 ? found[0].Rules.Count(r => !rules.Contains(r)) : -1;
                var good = all && others <= MostOthers && seconds <= Limit;
                if (good) named++;
                if (!every || !good) Console.WriteLine($"{file.Name.Split('.')[0],-26} {PlantedRules.Kinds[k].Name,-36} {(good ? "yes" : found.Count == 0 ? "none" : "NO"),6} {others,6} {seconds,6:F2}");
            }
        }
        Console.WriteLine($"T12 {named} of {cases} named, slowest {slowest:F1} s");
    }

    private static School Read(FileInfo file)
    {
        using var stream = file.OpenRead();
        return FetReader.Read(stream).School;
    }
}
