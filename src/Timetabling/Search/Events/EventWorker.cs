using Tessera.Timetabling.Model.Events;

namespace Tessera.Timetabling.Search.Events;

/// <summary>One seeded annealer over meets.</summary>
internal sealed class EventWorker
{
    private const int LogTable = 1 << 14;
    private const int Samples = 4_000;
    /// <summary>Share of what a move that worsens the other constraints costs on average.</summary>
    private const double HotShare = 0.25;
    /// <summary>Share of the least weight.</summary>
    private const double ColdShare = 0.2;
    /// <summary>Price of a required unit at the beginning and at the end, in terms of the first temperature.</summary>
    private const double FirstPrice = 3, LastPrice = 16;
    private readonly EventState state;
    private readonly EventMoves moves;
    private readonly Xoshiro random;
    private readonly double[] logarithm = new double[LogTable];
    private readonly EventState.Copy best;
    private readonly double hottest, coldest, firstPrice, lastPrice;
    private readonly bool verify;

    public EventWorker(EventModel model, ulong seed, int stream, bool verify, CancellationToken cancel = default)
    {
        this.verify = verify;
        random = new Xoshiro(seed, stream);
        state = new EventState(model);
        moves = new EventMoves(state, random);
        for (var i = 0; i < LogTable; i++) logarithm[i] = -Math.Log((i + 0.5) / LogTable);
        EventConstruction.Run(state, random, cancel);
        if (verify) Verify();
        best = new EventState.Copy(state);
        var dearest = model.Monitors.Where(m => !m.Constraint.Required).Select(m => m.Constraint.Weight).DefaultIfEmpty(0).Max();
        (hottest, coldest) = Temperatures(cancel.IsCancellationRequested ? 0 : Samples);
        firstPrice = FirstPrice * hottest;
        lastPrice = Math.Max(LastPrice * hottest, 2 * dearest);
    }

    public long Iterations { get; private set; }
    public EventState State => state;
    public EventState.Copy Best => best;

    private (double Hottest, double Coldest) Temperatures(int samples)
    {
        var least = state.Model.Monitors.Where(m => !m.Constraint.Required).Select(m => m.Constraint.Weight).DefaultIfEmpty(1).Min();
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < samples; i++)
        {
            if (!moves.Try()) continue;
            var (_, soft) = state.Evaluate();
            if (soft > 0) (sum, count) = (sum + soft, count + 1);
            state.RollBack();
        }
        var hot = Math.Max(least, count == 0 ? 1 / HotShare : sum / count) * HotShare;
        return (hot, Math.Min(hot, least * ColdShare));
    }

    public void Advance(int iterations, double spent)
    {
        Iterations += iterations;
        var temperature = hottest * Math.Pow(coldest / hottest, spent);
        // Cheap enough at first to be broken and mended again, at last too dear to pay for any other constraint.
        var price = firstPrice * Math.Pow(lastPrice / firstPrice, spent);
        state.Learn();
        for (var i = 0; i < iterations; i++)
        {
            if (!moves.Try()) continue;
            if (state.Exceeds(temperature * logarithm[random.Next() >> 50], price / EventState.PriceUnit))
            {
                state.RollBack();
                continue;
            }
            state.Commit();
            if (verify) Verify();
            if (best.IsWorseThan(state)) state.Save(best);
        }
    }

    private void Verify()
    {
        var score = EventScore.Measure(state.Model.Problem, state.ToMeets());
        if (score.Infeasibility != state.Hard || score.Objective != state.Soft)
            throw new InvalidOperationException($"The running cost ({state.Hard}, {state.Soft}) is not the recount ({score.Infeasibility}, {score.Objective}).");
    }

    public IReadOnlyList<Meet> BestMeets()
    {
        state.Load(best);
        return state.ToMeets();
    }
}
