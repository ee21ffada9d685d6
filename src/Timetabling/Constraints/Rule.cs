using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>One rule of the school: a named sentence with a weight. 100 percent is hard; less is soft and costs weight / 100 per unit.</summary>
public abstract record Rule
{
    /// <summary>Percent, 0 to 100.</summary>
    public double Weight { get; init; } = 100;

    public bool IsHard => Weight >= 100;

    /// <summary>Soft cost of one unit in ten-thousandths.</summary>
    public long SoftUnits => IsHard ? 0 : (long)Math.Round(Weight * 100, MidpointRounding.AwayFromZero);

    /// <summary>The name of the rule's kind, as the school's file format calls it.</summary>
    public abstract string Name { get; }

    /// <summary>The rule in plain words.</summary>
    public abstract string Describe();

    /// <summary>Lessons whose place this rule restricts; used to explain conflicts.</summary>
    internal abstract IEnumerable<Activity> Scope(SchoolIndex index);

    /// <summary>Counts from nothing how far the timetable breaks the rule.</summary>
    internal abstract void Measure(TimetableView view, List<Breach> breaches);

    /// <summary>Translates the rule into the search's arrays.</summary>
    internal abstract void Compile(ProblemBuilder problem);

    public sealed override string ToString() => Describe();

    private protected void Report(List<Breach> breaches, int amount, string subject, params ReadOnlySpan<Activity> activities)
    {
        if (amount > 0) breaches.Add(new Breach(this, amount, subject, activities.ToArray()));
    }

    private protected static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";

    private protected static string List<T>(IEnumerable<T> items, int most = 6)
    {
        var all = items.Select(i => i?.ToString() ?? "").ToList();
        return string.Join(", ", all.Take(most)) + (all.Count > most ? $" and {all.Count - most} more" : "");
    }
}
