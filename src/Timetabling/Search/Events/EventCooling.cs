namespace Tessera.Timetabling.Search.Events;

/// <summary>
/// Temperature and price of a required unit over the budget. What a long budget has beyond a cooling of reasonable length becomes more coolings, each from the best timetable.
/// A cooling without a feasible timetable gives way to one that looks for just that: required units are cheap at first and grow dear slowly, the others count a tenth.
/// </summary>
internal sealed class EventCooling
{
    /// <summary>Share of what a move that worsens the other constraints costs on average.</summary>
    private const double HotShare = 0.25;
    /// <summary>Share of the least weight.</summary>
    private const double ColdShare = 0.2;
    /// <summary>Price of a required unit at the beginning and at the end, in terms of the first temperature.</summary>
    private const double FirstPrice = 3, FirstFeasiblePrice = 1, LastPrice = 16;
    /// <summary>What the other constraints count while a feasible timetable is sought.</summary>
    private const double MinorShare = 0.1;
    /// <summary>Moves of one cooling for each meet; share of a cooling after which, if that was so many moves for each meet, it should have been feasible.</summary>
    private const long CoolingMoves = 150_000, PatientMoves = 25_000;
    private const double PatientShare = 0.25;
    /// <summary>A later cooling ends so much after the point at which an earlier one found its best: what is colder was frozen.</summary>
    private const double Margin = 0.15;

    private readonly double hottest, coldest, firstPrice, firstFeasiblePrice, lastPrice;
    private readonly int meets;
    private double began, end = 1, latest, spentSoFar;
    private bool wasPatient;
    private long bestHard = long.MaxValue, bestSoft, beganAt;

    /// <param name="worsening">What a move that worsens the other constraints costs on average.</param>
    /// <param name="least">Least weight of the other constraints.</param>
    /// <param name="dearest">Greatest weight of the other constraints.</param>
    /// <param name="meets">Meets of the first timetable.</param>
    public EventCooling(double worsening, int least, int dearest, int meets)
    {
        this.meets = Math.Max(1, meets);
        hottest = Math.Max(least, worsening) * HotShare;
        coldest = Math.Min(hottest, least * ColdShare);
        (firstPrice, firstFeasiblePrice) = (FirstPrice * hottest, FirstFeasiblePrice * hottest);
        lastPrice = Math.Max(LastPrice * hottest, 2 * dearest);
        Price = firstPrice;
        Temperature = hottest;
    }

    public double Temperature { get; private set; }
    /// <summary>Price of a required unit.</summary>
    public double Price { get; private set; }
    /// <summary>What a unit of the other constraints counts.</summary>
    public double Share => IsForFeasibility ? MinorShare : 1;
    /// <summary>Is a feasible timetable all that is sought?</summary>
    public bool IsForFeasibility { get; private set; }

    /// <summary>Goes on to a point of the budget. True when a new cooling begins, from the best timetable.</summary>
    public bool Advance(double spent, long iterations, EventState.Copy best)
    {
        var again = false;
        spentSoFar = spent;
        if (IsForFeasibility)
        {
            if (best.Hard == 0) again = Begin(iterations, feasibility: false);
        }
        else if (!wasPatient && Position(iterations) >= PatientShare)
        {
            wasPatient = true;
            if (best.Hard > 0 && iterations - beganAt >= PatientMoves * meets) again = Begin(iterations, feasibility: true);
        }
        else if (spent < 1 && spent - began >= Length(iterations))
        {
            end = Math.Min(1, Math.Max(latest + Margin, 2 * Margin));
            again = Begin(iterations, feasibility: false);
        }
        var position = Position(iterations);
        Temperature = hottest * Math.Pow(coldest / hottest, position);
        var first = IsForFeasibility ? firstFeasiblePrice : firstPrice;
        // Cheap enough at first to be broken and mended again, at last too dear to pay for any other constraint.
        Price = first * Math.Pow(lastPrice / first, position);
        return again;
    }

    /// <summary>Notes how good the timetable is now.</summary>
    public void See(EventState state, long iterations)
    {
        if (state.Hard > bestHard || state.Hard == bestHard && state.Soft >= bestSoft) return;
        (bestHard, bestSoft) = (state.Hard, state.Soft);
        latest = Math.Max(latest, Position(iterations));
    }

    private bool Begin(long iterations, bool feasibility)
    {
        (IsForFeasibility, began, beganAt, bestHard, wasPatient) = (feasibility, spentSoFar, iterations, long.MaxValue, false);
        return true;
    }

    private double Position(long iterations) => Math.Min(1, (spentSoFar - began) / Length(iterations)) * (IsForFeasibility ? 1 : end);

    /// <summary>Share of the budget for this cooling: what is left is divided evenly.</summary>
    private double Length(long iterations)
    {
        var left = Math.Max(1e-9, 1 - began);
        if (IsForFeasibility || iterations == 0 || spentSoFar == 0) return left;
        var moves = iterations / spentSoFar * left;
        return left / Math.Max(1, Math.Round(moves / (CoolingMoves * meets)));
    }
}
