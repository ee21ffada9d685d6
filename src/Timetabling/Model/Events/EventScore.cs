using Tessera.Timetabling.Constraints.Events;

namespace Tessera.Timetabling.Model.Events;

/// <summary>What one constraint costs for one of the things it applies to.</summary>
/// <param name="Constraint">The constraint.</param>
/// <param name="Subject">The event, event group or resource concerned.</param>
/// <param name="Amount">How far it deviates, at least 1.</param>
public sealed record Deviation(EventConstraint Constraint, string Subject, int Amount)
{
    public long Cost => Constraint.CostOf(Amount);
}

/// <summary>A timetable of events measured from nothing: the truth that the search's running totals must equal.</summary>
public sealed class EventScore
{
    private EventScore(IReadOnlyList<Deviation> deviations)
    {
        Deviations = deviations;
        Infeasibility = deviations.Where(d => d.Constraint.Required).Sum(d => d.Cost);
        Objective = deviations.Where(d => !d.Constraint.Required).Sum(d => d.Cost);
    }

    public IReadOnlyList<Deviation> Deviations { get; }
    /// <summary>Cost of the required constraints; 0 means feasible.</summary>
    public long Infeasibility { get; }
    /// <summary>Cost of the others.</summary>
    public long Objective { get; }
    public bool IsFeasible => Infeasibility == 0;

    /// <summary>Cost by constraint type, required ones first, then the dearest.</summary>
    public IEnumerable<(string Type, bool Required, int Points, long Cost)> ByType() => Deviations
        .GroupBy(d => (d.Constraint.Type, d.Constraint.Required))
        .Select(g => (g.Key.Type, g.Key.Required, g.Count(), g.Sum(d => d.Cost)))
        .OrderByDescending(g => g.Required).ThenByDescending(g => g.Item4).ThenBy(g => g.Type, StringComparer.Ordinal);

    /// <summary>Cost by the event, event group or resource concerned, dearest first.</summary>
    public IEnumerable<(string Subject, long Infeasibility, long Objective)> BySubject() => Deviations
        .GroupBy(d => d.Subject, StringComparer.Ordinal)
        .Select(g => (g.Key, g.Sum(d => d.Constraint.Required ? d.Cost : 0), g.Sum(d => d.Constraint.Required ? 0 : d.Cost)))
        .OrderByDescending(g => g.Item2).ThenByDescending(g => g.Item3).ThenBy(g => g.Key, StringComparer.Ordinal);

    /// <summary>Measures every constraint from nothing.</summary>
    public static EventScore Measure(EventProblem problem, IReadOnlyList<Meet> meets)
    {
        var view = new EventView(problem, meets);
        return new EventScore([.. problem.Constraints.SelectMany(c => c.Measure(view).Where(d => d.Deviation > 0).Select(d => new Deviation(c, d.Subject, d.Deviation)))]);
    }
}
