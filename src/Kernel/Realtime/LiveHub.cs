using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tessera.Kernel.Access;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Realtime;

/// <summary>A record changed: who shows it reads it again, unless they have this version already.</summary>
/// <param name="Noun">Plural word of the address, or the kind of thing where it has no address.</param>
public sealed record LiveChange(string Noun, Guid? Id, int? Version, string Action);

/// <summary>
/// <c>/live</c>: open windows hear of changes as they are committed: <c>changed</c> (<see cref="LiveChange"/>) of what the person may
/// read, <c>permissionChanged</c>, <c>signedOut</c>, <c>job</c> (<see cref="Jobs.LiveJob"/>) of work they asked for, and <c>notified</c> when their own notifications changed. Callers only listen. A window that has just connected reads what it shows once
/// more: changes are told from then on.
/// </summary>
internal sealed class LiveHub(LiveConnections connections, LiveFeed feed) : Hub
{
    public const string Changed = "changed";

    public const string PermissionChanged = "permissionChanged";

    public const string SignedOut = "signedOut";

    /// <summary>A job this person asked for has come further (<see cref="Jobs.LiveJob"/>).</summary>
    public const string JobProgressed = "job";

    /// <summary>This person was told something, or has read what they were told.</summary>
    public const string Notified = "notified";

    /// <summary>WebSockets only: no node has to remember a caller between requests.</summary>
    public static void Map(RouteGroupBuilder api) => api.MapHub<LiveHub>("/live", options => options.Transports = HttpTransportType.WebSockets)
        .RequiresMember().WithMetadata(new TokenInQuery(), new DecidesAfresh());

    public override async Task OnConnectedAsync()
    {
        var http = Context.GetHttpContext()!;
        connections.Add(new LiveConnection(Context, (AccessClaims)http.Items[typeof(AccessClaims)]!, http.CurrentUser()));
        await feed.FollowAsync(http.CurrentUser().TenantId, Context.ConnectionAborted);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Remove(Context.ConnectionId);
        return Task.CompletedTask;
    }
}

/// <summary>An open window.</summary>
internal sealed class LiveConnection(HubCallerContext context, AccessClaims claims, CurrentUser user)
{
    public string Id => context.ConnectionId;

    public AccessClaims Claims => claims;

    /// <summary>The person with the rights they have now; renewed by the feed before it tells them anything.</summary>
    public CurrentUser User { get; set; } = user;

    /// <summary>Was told to sign out: hears no more, and is cut off a moment later, when that message has gone out.</summary>
    public bool HasEnded { get; set; }

    public void Abort() => context.Abort();
}

/// <summary>The windows that are open at this node.</summary>
internal sealed class LiveConnections
{
    private readonly ConcurrentDictionary<string, LiveConnection> _open = new(StringComparer.Ordinal);

    public void Add(LiveConnection connection) => _open[connection.Id] = connection;

    public void Remove(string id) => _open.TryRemove(id, out _);

    public IReadOnlyList<LiveConnection> Of(Guid tenantId) => [.. _open.Values.Where(c => c.Claims.TenantId == tenantId)];

    public IReadOnlyCollection<Guid> Tenants => [.. _open.Values.Select(c => c.Claims.TenantId).Distinct()];
}

internal static class LiveUpdates
{
    public static void AddLiveUpdates(this IServiceCollection services)
    {
        services.AddSignalR(options => options.DisableImplicitFromServicesParameters = true)
            .AddJsonProtocol(protocol => PlatformJson.Configure(protocol.PayloadSerializerOptions));
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<LiveRelay>();
        services.AddSingleton<PersonalNews>();

        // A browser's WebSocket carries its access token in the address, and the host's information log writes addresses.
        services.PostConfigure<LoggerFilterOptions>(filters => filters.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
    }
}
