using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Collaboration;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;

namespace Tessera.Kernel.Realtime;

/// <summary>
/// Follows the feeds of the tenants whose windows are open at this node, in committed order, and tells each window what its person
/// may know. It is woken by commits, here and at other nodes, and looks every second in any case: a lost wake costs a moment, no
/// change. Sessions are looked at behind the changes, so nobody hears of a change with rights they had before it.
/// </summary>
internal sealed class LiveFeed(
    NpgsqlDataSource database, LiveConnections connections, IHubContext<LiveHub> hub, Principals principals, ChangeSignal signal, IEnumerable<IRecordSet> nouns, TenantDbFactory tenants, TimeProvider clock, ILogger<LiveFeed> logger)
    : BackgroundService
{
    private static readonly TimeSpan AtTheLatest = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, IRecordSet> _nouns = nouns.DistinctBy(n => n.Target).ToDictionary(n => n.Target, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<Guid, FeedCursor> _cursors = new();

    private readonly ConcurrentDictionary<Guid, bool> _woken = new();

    private readonly SemaphoreSlim _wake = new(0, 1);

    private readonly TaskCompletionSource _followed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first window opens here.</summary>
    public Task Followed => _followed.Task;

    /// <summary>Starts to follow a tenant whose window has opened, from a moment ago on: what was committed while it opened is told twice rather than never.</summary>
    public async Task FollowAsync(Guid tenantId, CancellationToken cancel)
    {
        _followed.TrySetResult();
        if (!_cursors.ContainsKey(tenantId))
        {
            _cursors.TryAdd(tenantId, await LiveReading.StartAsync(database, tenantId, clock.GetUtcNow() - TimeSpan.FromSeconds(5), cancel));
        }

        Wake(tenantId);
    }

    public void Wake(Guid tenantId)
    {
        _woken[tenantId] = true;
        try
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it at the same moment.
        }
    }

    public void WakeAll()
    {
        foreach (var tenant in connections.Tenants)
        {
            Wake(tenant);
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        signal.Listen(OnCommitted);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        signal.Leave(OnCommitted);
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Followed.WaitAsync(stoppingToken);
            var lookedAt = clock.GetTimestamp();
            while (true)
            {
                await _wake.WaitAsync(AtTheLatest, stoppingToken);
                var isDue = clock.GetElapsedTime(lookedAt) >= AtTheLatest;
                var woken = _woken.Keys.ToArray();
                foreach (var tenant in woken)
                {
                    _woken.TryRemove(tenant, out _);
                }

                var open = connections.Tenants;
                foreach (var tenant in isDue ? open : open.Intersect(woken))
                {
                    await TellAsync(tenant, stoppingToken);
                }

                if (isDue)
                {
                    Forget(open);
                    lookedAt = clock.GetTimestamp();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void OnCommitted(Guid tenantId)
    {
        if (_cursors.ContainsKey(tenantId))
        {
            Wake(tenantId);
        }
    }

    private void Forget(IReadOnlyCollection<Guid> open)
    {
        foreach (var tenant in _cursors.Keys.Except(open))
        {
            _cursors.TryRemove(tenant, out _);
        }
    }

    private async Task TellAsync(Guid tenantId, CancellationToken cancel)
    {
        try
        {
            var windows = connections.Of(tenantId);
            if (!_cursors.TryGetValue(tenantId, out var cursor))
            {
                // The window is just opening: its cursor comes in a moment, and wakes us.
                return;
            }

            var (changes, sessions) = await LiveReading.ReadAsync(database, tenantId, cursor, [.. windows.Select(w => w.Claims.SessionId).Distinct()], clock.GetUtcNow(), cancel);
            foreach (var window in windows)
            {
                await RenewAsync(window, sessions.GetValueOrDefault(window.Claims.SessionId), changes, cancel);
            }

            var own = await OwnAsync(tenantId, windows, changes, cancel);
            foreach (var change in changes)
            {
                var hearers = windows.Where(w => !w.HasEnded && MayHear(w.User, change) && IsOwn(own, w.User, change)).Select(w => w.Id).ToList();
                if (hearers.Count > 0)
                {
                    var noun = _nouns.TryGetValue(change.Target, out var set) ? set.Noun : change.Target;
                    await hub.Clients.Clients(hearers).SendAsync(LiveHub.Changed, new LiveChange(noun, change.EntityId, change.Version, change.Action), cancel);
                }
            }

            if (changes.Count > 0)
            {
                _cursors[tenantId] = new FeedCursor(changes[^1].Xid, changes[^1].Seq);
            }

            if (changes.Count == LiveReading.AtOnce)
            {
                Wake(tenantId);
            }
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            logger.LogWarning(failed, "Live updates of {Tenant} are late", tenantId);
        }
    }

    /// <summary>Ends a window whose session is over, and gives the others the rights they have now.</summary>
    private async Task RenewAsync(LiveConnection window, SessionState? session, IReadOnlyList<FeedChange> changes, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (window.HasEnded || window.Claims.ExpiresAt <= now)
        {
            window.HasEnded = true;
            window.Abort();
            return;
        }

        var before = window.User;
        var after = session switch
        {
            not { IsAlive: true } => null,
            _ when session.AccessStamp == before.AccessStamp && !(before.DecideAgainAt <= now) => before,
            _ => await principals.LoadAsync(window.Claims, cancel),
        };
        if (after is null)
        {
            window.HasEnded = true;
            await hub.Clients.Client(window.Id).SendAsync(LiveHub.SignedOut, new object(), cancel);
            return;
        }

        window.User = after;
        var hasOtherRights = before.Role != after.Role || after.Levels.Any(page => before.Levels.GetValueOrDefault(page.Key) != page.Value);
        if (hasOtherRights || changes.Any(c => c.ChangesRightsOf(after.UserId)))
        {
            await hub.Clients.Client(window.Id).SendAsync(LiveHub.PermissionChanged, new object(), cancel);
        }
    }

    /// <summary>Which of the changed records are theirs, for each person who sees only those.</summary>
    private async Task<Dictionary<Guid, HashSet<Guid>>> OwnAsync(Guid tenantId, IReadOnlyList<LiveConnection> windows, IReadOnlyList<FeedChange> changes, CancellationToken cancel)
    {
        var seen = new Dictionary<Guid, HashSet<Guid>>();
        foreach (var person in windows.Where(w => !w.HasEnded).Select(w => w.User.OwnRowsOf).OfType<Guid>().Distinct())
        {
            var mine = seen[person] = [];
            await using var db = tenants.Open(TenantScope.System(tenantId) with { OwnRowsOf = person });
            foreach (var kind in changes.Where(c => c.EntityId is not null).GroupBy(c => c.Target, StringComparer.Ordinal))
            {
                if (OwnedBy(kind.Key) is { } askAsync)
                {
                    mine.UnionWith(await askAsync(db, [.. kind.Select(c => c.EntityId!.Value).Distinct()], cancel));
                }
            }
        }

        return seen;
    }

    private Func<PlatformDb, IReadOnlyCollection<Guid>, CancellationToken, Task<IReadOnlySet<Guid>>>? OwnedBy(string target) =>
        _nouns.TryGetValue(target, out var noun) ? ((IAttachable)noun).Attachable.OwnAsync : null;

    private bool IsOwn(Dictionary<Guid, HashSet<Guid>> own, CurrentUser user, FeedChange change) =>
        user.OwnRowsOf is not { } person || OwnedBy(change.Target) is null || (change.EntityId is { } id && own.GetValueOrDefault(person)?.Contains(id) == true);

    private Page? PageOf(string target) =>
        target == SettingsChange.Target ? KernelPages.Settings : _nouns.TryGetValue(target, out var noun) ? noun.Page : null;

    /// <summary>What has no page of its own is the business of those who manage users, of who did it, and of whom it is about.</summary>
    private bool MayHear(CurrentUser user, FeedChange change) => PageOf(change.Target) is { } page
        ? user.Can(page, Level.Read)
        : user.Can(KernelPages.UserManagement, Level.Read) || change.ActorId == user.UserId || change.TargetUserId == user.UserId;
}
