using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tessera.Kernel.Changes;

/// <summary>
/// Seals in the background: every few seconds the tenants this node wrote changes for, and at the start and every hour all of
/// them, for whatever a node left behind that is gone. With the hourly round goes the retention.
/// </summary>
internal sealed class ChangeSealing(
    ChangeSignal signal, ChangeSealer sealer, ChangeRetention retention, NpgsqlDataSource database, ILogger<ChangeSealing> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Round = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, bool> _dirty = new();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        signal.Listen(Note);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        signal.Leave(Note);
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        var sinceRound = Round;
        while (await WaitAsync(timer, stoppingToken))
        {
            sinceRound += Pause;
            if (sinceRound >= Round && await TryAsync(RoundAsync, stoppingToken))
            {
                sinceRound = TimeSpan.Zero;
            }

            foreach (var tenant in _dirty.Keys)
            {
                _dirty.TryRemove(tenant, out _);
                if (!await TryAsync(cancel => sealer.SealAsync(tenant, cancel), stoppingToken))
                {
                    Note(tenant);
                }
            }
        }
    }

    private void Note(Guid tenantId) => _dirty[tenantId] = true;

    private async Task<bool> RoundAsync(CancellationToken cancel)
    {
        foreach (var tenant in await TenantsAsync(database, cancel))
        {
            if (!await TryAsync(c => sealer.SealAsync(tenant, c), cancel))
            {
                Note(tenant);
            }

            await TryAsync(c => retention.RunAsync(tenant, c), cancel);
        }

        return true;
    }

    /// <summary>All tenants, suspended ones too.</summary>
    internal static async Task<IReadOnlyList<Guid>> TenantsAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select id from kernel.tenant order by id");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var tenants = new List<Guid>();
        while (await reader.ReadAsync(cancel))
        {
            tenants.Add(reader.GetGuid(0));
        }

        return tenants;
    }

    /// <summary>A database that is away for a moment must not end the service.</summary>
    private async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> work, CancellationToken cancel)
    {
        try
        {
            return await work(cancel);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // A host that stops may run out of time and take the database away first.
            if (!cancel.IsCancellationRequested)
            {
                logger.LogWarning(failed, "Work on the audit trail failed and will be tried again");
            }

            return false;
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken cancel)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
