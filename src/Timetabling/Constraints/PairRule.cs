using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>A rule on the starts of two lessons at a time.</summary>
public abstract record PairRule(IReadOnlyList<Activity> Activities) : Rule
{
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Activities;

    private protected virtual IEnumerable<(Activity First, Activity Second)> Pairs()
    {
        for (var i = 0; i < Activities.Count; i++)
            for (var j = i + 1; j < Activities.Count; j++) yield return (Activities[i], Activities[j]);
    }

    /// <summary>Units by which two placed lessons break the rule.</summary>
    internal abstract int Amount(SchoolIndex index, Activity first, int firstStart, Activity second, int secondStart);

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var (first, second) in Pairs())
            if (view.StartOf(first) >= 0 && view.StartOf(second) >= 0)
                Report(breaches, Amount(view.Index, first, view.StartOf(first), second, view.StartOf(second)), $"{first} and {second}", first, second);
    }

    internal override void Compile(ProblemBuilder problem)
    {
        foreach (var (first, second) in Pairs())
            problem.AddPair(this, first, second, TableKey(first, second), (a, b) => Amount(problem.Index, first, a, second, b));
    }

    /// <summary>Pairs with equal keys have equal amounts for equal starts, so they share one table.</summary>
    private protected virtual object TableKey(Activity first, Activity second) => (GetType(), first.Duration, second.Duration);
}
