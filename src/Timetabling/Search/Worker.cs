using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>What a worker is doing.</summary>
public enum SolvePhase { Constructing, Repairing, Improving, Finished }

/// <summary>
/// One seeded search. It constructs by ejection, repairs what stays broken by annealing in rounds that grow, and improves the soft cost
/// with the rest of the budget. Everything depends on the seed, the iterations and the share of the budget spent, never on a clock.
/// </summary>
internal sealed class Worker
{
    /// <summary>An ejection step looks at all starts of a unit; it counts as so many annealing moves.</summary>
    private const int EjectionCost = 20;
    private const long RepairPrice = 100_000;
    private const double RepairHottest = 15_000;
    private const double RepairColdest = 5_000;
    /// <summary>
    /// Iterations after which the search starts over from nothing, keeping what it learned of the lessons; each attempt is half as long again. Most schools are
    /// completed long before, and a run that is caught would not come free by itself.
    /// </summary>
    private const long FirstAttempt = 4_000_000;
    private const long UnplacedPrice = 1_000_000, GentlePrice = 50_000;
    private const int LearnEvery = 8_192;
    /// <summary>
    /// A cooling that late and for that share of it without a complete timetable is caught beside a hard rule that takes several moves to mend: the rest of it
    /// cools again, with hard units so dear that they are mended first.
    /// </summary>
    private const double Late = 0.8, Astray = 0.1;
    private const int MendingSteps = 500;
    /// <summary>Iterations at one temperature.</summary>
    private const int Stride = 1_024;
    /// <summary>Share of the budget in which a repair is tried anew from the old timetable.</summary>
    private const double TrialShare = 0.5;

    private readonly Problem problem;
    private readonly SearchState state;
    private readonly SearchState draft;
    private readonly Xoshiro random;
    private readonly EjectionSearch ejection;
    private readonly KempeAnnealer annealer;
    private readonly double coldest;
    private double hottest;
    private long improvePrice;
    /// <summary>The best since the search last started over; <see cref="Best"/> is the best of all.</summary>
    private readonly Snapshot trail;
    private long roundEnd, roundLength, roundStart, ejectionEnd, learnAt;
    private Snapshot? home;
    private bool gentle;
    private long attemptStart, shortestAttempt = long.MaxValue / 4;
    private readonly long firstRound;
    private long attemptEnd = FirstAttempt, attemptLength = FirstAttempt;
    private int round, cycle, idleRounds, idleAtStart;
    private double cycleStart, cycleEnd, completeAt, warmest;
    private long hardPrice, cycleSoft;

    private readonly Verifier? verifier;

    /// <param name="problem">What to solve.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="stream">Number of the worker within the run.</param>
    /// <param name="verify">Debug mode: recomputes the full score after every move and throws when a running total is wrong.</param>
    public Worker(Problem problem, ulong seed, int stream, bool verify = false)
    {
        if (verify) verifier = new Verifier(problem);
        this.problem = problem;
        state = new SearchState(problem);
        random = new Xoshiro(seed, stream);
        draft = new SearchState(problem);
        ejection = new EjectionSearch(draft, random);
        annealer = new KempeAnnealer(state, random);
        Best = new Snapshot(problem);
        trail = new Snapshot(problem);
        Best.Take(state);
        (hottest, coldest) = Temperatures(problem);
        improvePrice = Price(problem, hottest);
        roundLength = firstRound = 250_000 + stream % 4 * 125_000;
        StartConstructing();
    }

    /// <summary>Stays near the start: improves at temperatures so low that little is torn down.</summary>
    public void BeGentle() => (gentle, hottest, improvePrice) = (true, coldest * 4, GentlePrice);

    public Snapshot Best { get; }
    public SolvePhase Phase { get; private set; }
    public long Iterations { get; private set; }
    public Problem Problem => problem;

    /// <summary>Temperatures between which one broken soft rule is accepted often and hardly ever.</summary>
    private static (double Hottest, double Coldest) Temperatures(Problem problem)
    {
        var prices = problem.MonitorSoft.Where(s => s > 0).Concat(problem.StartCost.Where(c => c > 0)).Concat(problem.OptionCost.Where(c => c > 0)).Order().ToArray();
        return prices.Length == 0 ? (GentlePrice / 10.0, GentlePrice / 100.0)
            : (prices[prices.Length / 2] * 0.8, Math.Max(20, Math.Min(prices[prices.Length / 20], prices[prices.Length / 2]) * 0.06));
    }

    /// <summary>
    /// Price of a hard unit while improving: a little above the dearest soft rules, and low enough against the first temperature that hard rules are
    /// broken and mended all the time. A rule that stays broken grows dearer by itself.
    /// </summary>
    private static long Price(Problem problem, double hottest)
    {
        var prices = problem.MonitorSoft.Where(s => s > 0).Order().ToArray();
        return (long)Math.Max(1.6 * hottest, prices.Length == 0 ? 0 : 1.25 * prices[prices.Length - 1 - prices.Length / 20]);
    }

    /// <summary>Starts from given placements instead of nothing.</summary>
    public void StartFrom(Timetable timetable)
    {
        draft.Load(timetable);
        home = new Snapshot(problem);
        home.Take(draft);
        ejection.Restart();
        Note(draft);
        StartConstructing();
    }

    /// <summary>
    /// How far a repair spreads is a matter of luck: for half the budget it is tried again and again, and the best is kept. False when it is time to
    /// go on with that one.
    /// </summary>
    private bool TryAgain(double spent)
    {
        if (!gentle || home is null || spent > TrialShare) return false;
        if (trail.IsComplete) shortestAttempt = Math.Min(shortestAttempt, Iterations - attemptStart);
        else if (Iterations - attemptStart < 4 * shortestAttempt + EjectionCost * 1_000) return true;
        attemptStart = Iterations;
        trail.Clear();
        draft.Load(home);
        ejection.Restart();
        (round, idleRounds) = (0, 0);
        StartConstructing();
        return true;
    }

    /// <summary>Hears of the best timetable of all workers: it is where the next cycle of improving starts.</summary>
    public void Hear(Snapshot better)
    {
        if (Best.IsWorseThan(better)) Best.Take(better);
    }

    /// <summary>Runs about so many iterations. <paramref name="spent"/> is the share of the whole budget used so far, 0 to 1.</summary>
    public void Advance(long iterations, double spent)
    {
        var (begun, end) = (Iterations, Iterations + iterations);
        // The share is told once for all these iterations, of which a short run has only a few times as many.
        var pace = begun == 0 ? 0 : spent / begun;
        if (Phase != SolvePhase.Improving && Best.IsComplete && !TryAgain(spent)) StartImproving(spent);
        while (Iterations < end && Phase != SolvePhase.Finished)
        {
            switch (Phase)
            {
                case SolvePhase.Constructing: Construct(end); break;
                case SolvePhase.Repairing: Repair(end); break;
                default: Improve(Math.Min(end, Iterations + Stride), Math.Min(1, spent + (Iterations - begun) * pace)); break;
            }
            if (trail.IsComplete && Phase != SolvePhase.Improving && Phase != SolvePhase.Finished) return;
        }
    }

    private void StartConstructing()
    {
        Phase = SolvePhase.Constructing;
        if (round % 2 == 1)
        {
            draft.Load(trail);
            ejection.Restart();
        }
        ejectionEnd = Iterations + roundLength;
    }

    private void Construct(long end)
    {
        while (Iterations < end)
        {
            if (!ejection.Step())
            {
                Note(draft);
                return;
            }
            Iterations += EjectionCost;
            verifier?.Check(draft);
            Note(draft);
            if (Iterations > ejectionEnd)
            {
                StartRepairing();
                return;
            }
        }
    }

    private void Note(SearchState from)
    {
        if (!trail.IsWorseThan(from)) return;
        trail.Take(from);
        idleRounds = 0;
        if (Best.IsWorseThan(from)) Best.Take(from);
    }

    private void StartRepairing()
    {
        if (!annealer.CanMove)
        {
            Phase = SolvePhase.Finished;
            return;
        }
        Phase = SolvePhase.Repairing;
        if (round == 0)
        {
            for (var u = 0; u < problem.UnitCount; u++) state.SetUnplacedWeight(u, RepairPrice * 3);
            annealer.SetHardWeight(RepairPrice);
        }
        state.Load(trail);
        annealer.MaxChain = round % 2 == 0 ? 60 : 16;
        idleAtStart = idleRounds;
        roundStart = Iterations;
        roundEnd = Iterations + roundLength;
        learnAt = Iterations + LearnEvery;
    }

    private void Repair(long end)
    {
        while (Iterations < end)
        {
            var done = (Iterations - roundStart) / (double)(roundEnd - roundStart);
            // The longer nothing helps, the hotter a round begins.
            var start = RepairHottest * (1 + 0.25 * idleAtStart);
            var temperature = start * Math.Pow(RepairColdest / start, done);
            annealer.Focus();
            for (var k = 0; k < 256; k++)
            {
                Iterations++;
                var moved = annealer.Step(temperature);
                verifier?.Check(state);
                if (!moved) continue;
                Note(state);
                if (trail.IsComplete) return;
            }
            if (Iterations >= learnAt) Learn(RepairPrice);
            if (Iterations < roundEnd) continue;
            EndRepairing();
            return;
        }
    }

    private void EndRepairing()
    {
        round++;
        idleRounds++;
        roundLength = Math.Min(roundLength + roundLength / 2, 12_000_000);
        if (Iterations > attemptEnd && !gentle) StartOver();
        StartConstructing();
    }

    private void StartOver()
    {
        trail.Clear();
        ejection.StartOver();
        (round, idleRounds, roundLength) = (0, 0, firstRound);
        attemptLength += attemptLength / 2;
        attemptEnd = Iterations + attemptLength;
    }

    /// <summary>Hard rules still broken grow dearer, the others slowly return to their price.</summary>
    private void Learn(long price)
    {
        learnAt = Iterations + LearnEvery;
        for (var m = 0; m < problem.MonitorCount; m++)
        {
            var floor = price * problem.MonitorHard[m];
            if (floor == 0) continue;
            if (state.AmountOf(m) > 0) state.SetWeight(m, Math.Min(state.WeightOf(m) + floor / 4, floor * 50));
            else if (state.WeightOf(m) > floor) state.SetWeight(m, Math.Max(floor, state.WeightOf(m) - floor / 16));
        }
    }

    private void StartImproving(double spent)
    {
        Phase = SolvePhase.Improving;
        for (var u = 0; u < problem.UnitCount; u++) state.SetUnplacedWeight(u, UnplacedPrice);
        annealer.MaxChain = 16;
        state.Load(Best);
        Cool(spent, spent + (1 - spent) * 0.25, hottest, improvePrice);
        learnAt = Iterations + LearnEvery;
        cycle = 0;
        if (!annealer.CanMove || Best.Soft <= problem.SoftCostFloor) Phase = SolvePhase.Finished;
    }

    private void Cool(double from, double to, double temperature, long price)
    {
        (cycleStart, cycleEnd, completeAt, warmest, hardPrice) = (from, to, from, temperature, price);
        annealer.SetHardWeight(price);
        cycleSoft = Best.Soft;
    }

    /// <summary>
    /// Makes the present timetable complete by a few ejections, which see the soft cost as well: two rules that take turns in being broken are seldom mended by annealing
    /// in the little time left. Where that fails and the cooling has gained nothing, its start is a better place to go on from.
    /// </summary>
    private void Mend(double spent)
    {
        var left = Iterations / spent * (cycleEnd - spent);
        var steps = Math.Min(MendingSteps, left / EjectionCost / 4);
        trail.Take(state);
        draft.Load(trail);
        ejection.Restart();
        for (var step = 0; step < steps && ejection.Step(); step++)
        {
            Iterations += EjectionCost;
            verifier?.Check(draft);
        }
        if (draft.IsComplete)
        {
            trail.Take(draft);
            state.Load(trail);
            if (Best.IsWorseThan(state)) Best.Take(state);
        }
        else if (Best.Soft == cycleSoft) state.Load(Best);
    }

    private void Improve(long end, double spent)
    {
        if (spent >= cycleEnd && cycleEnd < 1)
        {
            cycle++;
            state.Load(Best);
            Cool(spent, 1, hottest * 0.7, improvePrice);
        }
        else if (hardPrice < GentlePrice && spent > cycleStart + (cycleEnd - cycleStart) * Late && spent - completeAt > (cycleEnd - cycleStart) * Astray)
        {
            Mend(spent);
            Cool(spent, cycleEnd, hottest * 0.3, GentlePrice);
        }
        var done = Math.Clamp((spent - cycleStart) / Math.Max(1e-9, cycleEnd - cycleStart), 0, 1);
        var temperature = warmest * Math.Pow(coldest / warmest, done);
        while (Iterations < end)
        {
            Iterations++;
            if (annealer.Step(temperature))
            {
                if (Best.IsWorseThan(state)) Best.Take(state);
                if (state.IsComplete) completeAt = spent;
            }
            verifier?.Check(state);
            if (Iterations >= learnAt) Learn(hardPrice);
        }
        if (Best.Soft <= problem.SoftCostFloor) Phase = SolvePhase.Finished;
    }
}
