using System.Collections.Concurrent;
using System.Threading.Channels;
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
    private const string ChangeChannel = "tessera_changes";

    private const string PersonalChannel = "tessera_people";

    private const string Everybody = "*";

    /// <summary>A message holds 8,000 bytes; beyond this many tenants it says everybody.</summary>
    private const int MaximumTenants = 200;

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly string _node = Guid.CreateVersion7().ToString("N");

    private readonly ConcurrentDictionary<Guid, bool> _pending = new();

    private readonly Channel<string> _personalNews = Channel.CreateBounded<string>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Called with what another node tells one person, as it was given to <see cref="Tell"/>.</summary>
    public Action<string>? PersonalHeard { get; set; }

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

    /// <summary>Passes one person's news on to their windows at other nodes; they may be lost.</summary>
    public void Tell(string news) => _personalNews.Writer.TryWrite(news);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(SendAsync, stoppingToken),
        RepeatAsync(SendPersonalNewsAsync, stoppingToken),
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

        await using var command = database.CreateCommand($"select pg_notify('{ChangeChannel}', $1)");
        command.Parameters.Add(new() { Value = $"{_node} {(tenants.Length > MaximumTenants ? Everybody : string.Join(',', tenants))}" });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task SendPersonalNewsAsync(CancellationToken cancel)
    {
        var news = await _personalNews.Reader.ReadAsync(cancel);
        await using var command = database.CreateCommand($"select pg_notify('{PersonalChannel}', $1)");
        command.Parameters.Add(new() { Value = $"{_node} {news}" });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>On a connection of its own; a reconnect wakes everybody, for what was said meanwhile.</summary>
    private async Task ListenAsync(CancellationToken cancel)
    {
        await feed.Followed.WaitAsync(cancel);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(start.ConnectionString) { Pooling = false, KeepAlive = 15 }.ConnectionString);
        connection.Notification += (_, message) => OnMessage(message.Channel, message.Payload);
        await connection.OpenAsync(cancel);
        await using (var listen = new NpgsqlCommand($"listen {ChangeChannel}; listen {PersonalChannel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        feed.WakeAll();
        while (true)
        {
            await connection.WaitAsync(cancel);
        }
    }

    private void OnMessage(string channel, string payload)
    {
        if (payload.Split(' ', 2) is not [var node, var said] || node == _node)
        {
            return;
        }

        if (channel == PersonalChannel)
        {
            PersonalHeard?.Invoke(said);
            return;
        }

        if (said == Everybody)
        {
            feed.WakeAll();
            return;
        }

        foreach (var tenant in said.Split(','))
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
