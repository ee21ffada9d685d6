using Tessera.Timetabling.Model.Events;

namespace Tessera.Timetabling.Search.Events;

/// <summary>One seeded annealer over meets.</summary>
internal sealed class EventWorker
{
    private const int LogTable = 1 << 14;
    private const int Samples = 4_000;
    private readonly EventState state;
    private readonly EventMoves moves;
    private readonly Xoshiro random;
    private readonly double[] logarithm = new double[LogTable];
    private readonly EventState.Copy best;
    private readonly EventCooling cooling;
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
        int[] weights = [.. model.Monitors.Where(m => !m.Constraint.Required).Select(m => m.Constraint.Weight).DefaultIfEmpty(1)];
        cooling = new EventCooling(Worsening(cancel.IsCancellationRequested ? 0 : Samples), weights.Min(), weights.Max(), state.CountMeets().All);
    }

    public long Iterations { get; private set; }
    public EventState State => state;
    public EventState.Copy Best => best;

    /// <summary>What a random move that worsens the constraints that are not required costs on average; 4 when none does.</summary>
    private double Worsening(int samples)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < samples; i++)
        {
            if (!moves.Try()) continue;
            var (_, soft) = state.Evaluate();
            if (soft > 0) (sum, count) = (sum + soft, count + 1);
            state.RollBack();
        }
        return count == 0 ? 4 : sum / count;
    }

    public void Advance(int iterations, double spent)
    {
        if (cooling.Advance(spent, Iterations, best)) state.Load(best);
        Iterations += iterations;
        state.OthersCount = cooling.Share;
        var (temperature, price) = (cooling.Temperature, cooling.Price);
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
        cooling.See(state, Iterations);
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
