using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Realtime;

/// <summary>
/// Wakes the live feeds of other nodes. Never from the writing transaction, where a NOTIFY would make all commits queue: the
/// tenants written to are gathered for a moment and named in one message. What is lost costs a second, not a change.
/// </summary>
internal sealed class LiveRelay(NpgsqlDataSource database, PlatformStart start, ChangeSignal signal, LiveFeed feed, ILogger<LiveRelay> logger) : BackgroundService
{
    private const string Channel = "tessera_changes";

    private const string Everybody = "*";

    /// <summary>A message holds 8,000 bytes; beyond this many tenants it says everybody.</summary>
    private const int MaximumTenants = 200;

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly string _node = Guid.CreateVersion7().ToString("N");

    private readonly ConcurrentDictionary<Guid, bool> _pending = new();

    private readonly SemaphoreSlim _written = new(0);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        signal.Listen(OnCommitted);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        signal.Leave(OnCommitted);
        _written.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(SendAsync, stoppingToken),
        RepeatAsync(ListenAsync, stoppingToken));

    private void OnCommitted(Guid tenantId)
    {
        if (_pending.TryAdd(tenantId, true))
        {
            _written.Release();
        }
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        await _written.WaitAsync(cancel);
        await Task.Delay(Gather, cancel);
        var tenants = _pending.Keys.ToArray();
        foreach (var tenant in tenants)
        {
            _pending.TryRemove(tenant, out _);
        }

        if (tenants.Length == 0)
        {
            return;
        }

        await using var command = database.CreateCommand($"select pg_notify('{Channel}', $1)");
        command.Parameters.Add(new() { Value = $"{_node} {(tenants.Length > MaximumTenants ? Everybody : string.Join(',', tenants))}" });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>On a connection of its own; a reconnect wakes everybody, for what was said meanwhile.</summary>
    private async Task ListenAsync(CancellationToken cancel)
    {
        await feed.Followed.WaitAsync(cancel);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(start.ConnectionString) { Pooling = false, KeepAlive = 15 }.ConnectionString);
        connection.Notification += (_, message) => OnMessage(message.Payload);
        await connection.OpenAsync(cancel);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        feed.WakeAll();
        while (true)
        {
            await connection.WaitAsync(cancel);
        }
    }

    private void OnMessage(string payload)
    {
        if (payload.Split(' ') is not [var node, var tenants] || node == _node)
        {
            return;
        }

        if (tenants == Everybody)
        {
            feed.WakeAll();
            return;
        }

        foreach (var tenant in tenants.Split(','))
        {
            if (Guid.TryParse(tenant, out var id))
            {
                feed.Wake(id);
            }
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await work(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                logger.LogInformation(failed, "The connection to the other nodes broke off; trying again");
                await Task.Delay(Retry, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
