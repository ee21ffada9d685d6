namespace Tessera.Testing;

/// <summary>
/// The host's clock during a test: it starts on Monday 2 March 2026 at 09:00 UTC, runs like any clock, and can be put on.
/// Timers keep to real time.
/// </summary>
public sealed class TestClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly long _started = System.GetTimestamp();

    private long _shift;

    public DateTimeOffset Now => GetUtcNow();

    public override DateTimeOffset GetUtcNow() => Start + System.GetElapsedTime(_started) + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    /// <summary>Puts the clock on; a negative time puts it back.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref _shift, time.Ticks);

    public void Set(DateTimeOffset now) => Advance(now - Now);
}
