namespace Tessera.Timetabling.Search;

/// <summary>How much work a search may do. The library reads no clock of its own.</summary>
public abstract class Budget
{
    /// <summary>So many iterations per worker: the same seed gives the same timetable on every machine.</summary>
    public static Budget Iterations(long count) => new IterationBudget(count);

    /// <summary>So much time on the given clock.</summary>
    public static Budget Time(TimeProvider clock, TimeSpan limit) => new TimeBudget(clock, limit);

    /// <summary>Share of the budget used so far, 0 to 1, when each worker has done so many iterations.</summary>
    public abstract double Spent(long iterations);

    /// <summary>The part of the budget for one of several problems solved one after another; iterations are for each of them.</summary>
    public virtual Budget Share(int position, int count) => this;

    private sealed class IterationBudget(long count) : Budget
    {
        public override double Spent(long iterations) => Math.Min(1, iterations / (double)Math.Max(1, count));
    }

    private sealed class TimeBudget(TimeProvider clock, TimeSpan limit) : Budget
    {
        private readonly long started = clock.GetTimestamp();

        public override double Spent(long iterations) => Math.Min(1, clock.GetElapsedTime(started) / limit);

        public override Budget Share(int position, int count) => new ShareBudget(this, position, count);
    }

    private sealed class ShareBudget(Budget whole, int position, int count) : Budget
    {
        public override double Spent(long iterations) => Math.Clamp(whole.Spent(iterations) * count - position, 0, 1);
    }
}
