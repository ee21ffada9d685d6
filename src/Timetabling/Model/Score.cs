using Tessera.Timetabling.Constraints;

namespace Tessera.Timetabling.Model;

/// <summary>One broken rule: by how much, for whom, and which lessons are involved.</summary>
/// <param name="Rule">The rule broken.</param>
/// <param name="Amount">Units of the rule (hours, days, pairs …), at least 1.</param>
/// <param name="Subject">The person, class or lesson concerned, in words.</param>
/// <param name="Activities">Lessons that take part; may be empty when the breach concerns a whole week of a person.</param>
public sealed record Breach(Rule Rule, int Amount, string Subject, IReadOnlyList<Activity> Activities)
{
    /// <summary>Soft cost: weight / 100 per unit; 0 for a hard rule, whose breaches are counted instead.</summary>
    public double Cost => Rule.IsHard ? 0 : Amount * Rule.Weight / 100;
}

/// <summary>A timetable measured from nothing against every rule: the truth that the search's running totals must equal.</summary>
public sealed class Score
{
    internal Score(IReadOnlyList<Breach> breaches, int unplacedHours)
    {
        Breaches = breaches;
        UnplacedHours = unplacedHours;
        HardViolations = breaches.Where(b => b.Rule.IsHard).Sum(b => b.Amount);
        SoftUnits = breaches.Where(b => !b.Rule.IsHard).Sum(b => b.Amount * b.Rule.SoftUnits);
    }

    public IReadOnlyList<Breach> Breaches { get; }
    /// <summary>Hours of lessons without a place.</summary>
    public int UnplacedHours { get; }
    /// <summary>Units of hard rules broken, unplaced lessons not included.</summary>
    public int HardViolations { get; }
    /// <summary>Soft cost in ten-thousandths, exact.</summary>
    public long SoftUnits { get; }
    /// <summary>Soft cost: the sum of weight / 100 × amount.</summary>
    public double SoftCost => SoftUnits / 10_000.0;
    /// <summary>Everything placed and no hard rule broken.</summary>
    public bool IsComplete => UnplacedHours == 0 && HardViolations == 0;

    /// <summary>Cost and number of units by rule name, worst first.</summary>
    public IEnumerable<(string Rule, bool Hard, int Units, double Cost)> ByRule() => Breaches
        .GroupBy(b => (b.Rule.Name, b.Rule.IsHard))
        .Select(g => (g.Key.Name, g.Key.IsHard, g.Sum(b => b.Amount), g.Sum(b => b.Cost)))
        .OrderByDescending(g => g.IsHard).ThenByDescending(g => g.Item4).ThenByDescending(g => g.Item3).ThenBy(g => g.Name, StringComparer.Ordinal);

    /// <summary>Units and cost by the person or class concerned; a lesson's breach counts for its teachers and classes.</summary>
    public IEnumerable<(string Person, int HardUnits, double SoftCost)> ByPerson() => Breaches
        .SelectMany(b => PeopleOf(b).Select(p => (Person: p, Breach: b)))
        .GroupBy(x => x.Person, StringComparer.Ordinal)
        .Select(g => (g.Key, g.Sum(x => x.Breach.Rule.IsHard ? x.Breach.Amount : 0), g.Sum(x => x.Breach.Cost)))
        .OrderByDescending(g => g.Item2).ThenByDescending(g => g.Item3).ThenBy(g => g.Key, StringComparer.Ordinal);

    private static IEnumerable<string> PeopleOf(Breach breach) => breach.Activities.Count == 0
        ? [breach.Subject]
        : breach.Activities.SelectMany(a => a.Teachers.Select(t => t.Name).Concat(a.Students.Select(s => s.Name))).Distinct(StringComparer.Ordinal);
}
