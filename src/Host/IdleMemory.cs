namespace Tessera.Host;

/// <summary>
/// Gives memory back when the host has nothing to do. The collector runs only while something is allocated: what starting, a round over all
/// workspaces or an import left behind would stay for as long as nobody works.
/// </summary>
internal sealed class IdleMemory(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    /// <summary>Bytes allocated between two looks up to which the host counts as idle: its own clocks need that much.</summary>
    private const long Murmur = 512 * 1024;

    /// <summary>Bytes allocated since the last time that are worth another.</summary>
    private const long Worthwhile = 32 * 1024 * 1024;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        var (last, collected) = (0L, 0L);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = GC.GetTotalAllocatedBytes();
                if (now - last <= Murmur && now - collected >= Worthwhile)
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    now = collected = GC.GetTotalAllocatedBytes();
                }

                last = now;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
