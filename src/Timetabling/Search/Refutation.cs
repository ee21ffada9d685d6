using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>Proves that a school has no complete timetable and names a minimal set of rules that exclude each other.</summary>
public static class Refutation
{
    /// <summary>Proofs tried while minimising; beyond it the set is still a proof, only not minimal.</summary>
    private const int MaxProofs = 160;

    /// <summary>A proof with its minimal set of rules, or nothing when none was found.</summary>
    public static IReadOnlyList<Contradiction> Find(School school, CancellationToken cancel = default) => Find(school, ProblemBuilder.Build(school), cancel);

    /// <summary>A soft cost that no timetable of the school can stay below; 0 when nothing is known.</summary>
    public static double SoftCostFloor(School school)
    {
        var problem = ProblemBuilder.Build(school);
        StartFilter.Apply(problem);
        return problem.SoftCostFloor / 10_000.0;
    }

    /// <param name="school">The school.</param>
    /// <param name="problem">The school as the search sees it.</param>
    /// <param name="cancel">Ends the minimising early; what is named then is a proof, only not a minimal one.</param>
    internal static IReadOnlyList<Contradiction> Find(School school, Problem problem, CancellationToken cancel = default)
    {
        if (cancel.IsCancellationRequested || Certificates.Find(problem) is not { } proof) return [];
        var proofs = 0;
        // The rules on the lessons of the proof nearly always suffice; if not, all hard rules do.
        var lessons = proof.Activities.ToHashSet();
        var index = new SchoolIndex(school);
        List<Rule> near = [.. school.Rules.Where(r => r.IsHard && (r is RoomNotAvailable || r.Scope(index).Any(lessons.Contains)))];
        List<Rule> suspects = Refuted(near, ref proofs) ? near : [.. school.Rules.Where(r => r.IsHard)];
        var minimal = Minimise([], false, suspects, ref proofs);
        var final = Certificates.Find(ProblemBuilder.Build(school.WithRules(minimal))) ?? proof;
        return [new Contradiction(Words(final.Message, minimal), minimal, final.Activities)];

        bool IsEnough(int count) => count >= MaxProofs || cancel.IsCancellationRequested;

        bool Refuted(List<Rule> rules, ref int count)
        {
            count++;
            return Certificates.Find(ProblemBuilder.Build(school.WithRules(rules))) is not null;
        }

        // Junker's QuickXplain: splits the suspects until the rules that are needed are alone.
        List<Rule> Minimise(List<Rule> background, bool changed, List<Rule> candidates, ref int count)
        {
            if (changed && !IsEnough(count) && Refuted(background, ref count)) return [];
            if (candidates.Count <= 1 || IsEnough(count)) return candidates;
            var (first, second) = (candidates[..(candidates.Count / 2)], candidates[(candidates.Count / 2)..]);
            var needed = Minimise([.. background, .. first], first.Count > 0, second, ref count);
            var rest = Minimise([.. background, .. needed], needed.Count > 0, first, ref count);
            return [.. rest, .. needed];
        }
    }

    private static string Words(string message, List<Rule> rules)
    {
        var sentences = rules.Select(r => r.Describe()).Where(s => !message.Contains(s, StringComparison.Ordinal)).ToList();
        return sentences.Count == 0 ? message : $"{message} Because: {string.Join("; ", sentences)}.";
    }
}
