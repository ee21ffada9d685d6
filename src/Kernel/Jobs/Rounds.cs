using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Tessera.Kernel.Backup;

namespace Tessera.Kernel.Jobs;

/// <summary>The host's one look at the clock: every half minute for backups and for what else is due, and at the start and every hour to clear up.</summary>
internal sealed class Rounds(
    BackupSchedule backups, DueRounds due, Housekeeping housekeeping, NpgsqlDataSource database, IOptions<JobOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Rounds> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Round = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.StartsOnDemand)
        {
            return;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        using var timer = new PeriodicTimer(Look);
        var clearedAt = clock.GetTimestamp() - (long)(Round.TotalSeconds * clock.TimestampFrequency);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            do
            {
                await TryAsync(() => backups.RunAsync(stoppingToken));
                await TryAsync(() => due.RunAsync(stoppingToken));
                if (clock.GetElapsedTime(clearedAt) >= Round)
                {
                    clearedAt = clock.GetTimestamp();
                    foreach (var tenant in await Changes.ChangeSealing.TenantsAsync(database, stoppingToken))
                    {
                        await TryAsync(() => housekeeping.RunAsync(tenant, stoppingToken));
                    }
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>A database that is away for a moment, or one tenant's trouble, must not end the rounds.</summary>
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            logger.LogWarning(failed, "A round by the clock failed and will be tried again");
        }
    }
}
