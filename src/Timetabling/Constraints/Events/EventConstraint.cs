using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>How a deviation becomes a cost.</summary>
public enum CostFunction
{
    /// <summary>Proportional to the deviation.</summary>
    Linear,
    /// <summary>Proportional to its square.</summary>
    Quadratic,
    /// <summary>The same for any deviation.</summary>
    Step,
}

/// <summary>One constraint of an XHSTT instance. It is measured for each of its points of application: an event, an event group or a resource.</summary>
public abstract record EventConstraint
{
    public string Id { get; init; } = "";
    public string Title { get; init; } = "";
    /// <summary>Counts as infeasibility rather than as objective.</summary>
    public bool Required { get; init; }
    /// <summary>Cost of one unit, 0 to 1000.</summary>
    public int Weight { get; init; } = 1;
    public CostFunction CostFunction { get; init; }

    /// <summary>The name of the constraint's type in the format, without the word Constraint.</summary>
    public string Type => GetType().Name;

    /// <summary>Cost of a deviation at one point of application.</summary>
    public long CostOf(int deviation) => Weight * CostFunction switch
    {
        CostFunction.Quadratic => (long)deviation * deviation,
        CostFunction.Step => deviation > 0 ? 1 : 0,
        _ => deviation,
    };

    /// <summary>The constraint in plain words.</summary>
    public abstract string Describe();

    /// <summary>Counts the deviation at every point of application from nothing.</summary>
    internal abstract IEnumerable<(string Subject, int Deviation)> Measure(EventView view);

    /// <summary>Translates the constraint into the search's arrays.</summary>
    internal abstract void Compile(EventModelBuilder model);

    public sealed override string ToString() => Title.Length > 0 ? $"{Type} '{Title}': {Describe()}" : $"{Type}: {Describe()}";

    private protected static int Outside(int value, int minimum, int maximum) => Math.Max(0, minimum - value) + Math.Max(0, value - maximum);

    private protected static string Range(int minimum, int maximum) => minimum == maximum ? $"exactly {minimum}"
        : maximum >= 999 ? $"at least {minimum}" : minimum <= 0 ? $"at most {maximum}" : $"{minimum} to {maximum}";
}
