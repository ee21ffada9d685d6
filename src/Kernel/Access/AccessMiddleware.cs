using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Access;

/// <summary>
/// Finds out who calls and whether the endpoint's mark lets them. A change of rights holds from the next request on: reads
/// that ran on a remembered decision are repeated on a fresh one when their first statement finds it outdated.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, Principals principals)
{
    public const string ViewAsHeader = "X-View-As";

    private static readonly Refusal ReadOnlyView = new(403, "read_only_view", "You are looking through somebody else's eyes; nothing can be changed that way.");

    public async Task InvokeAsync(HttpContext http)
    {
        var mark = http.GetEndpoint()?.Metadata.GetMetadata<AccessMark>();
        if (mark is null && http.GetEndpoint() is Microsoft.AspNetCore.Routing.RouteEndpoint unmarked)
        {
            throw new InvalidOperationException($"{unmarked.DisplayName} carries no access mark, so nobody may call it.");
        }

        if (mark is null or AccessMark.Anonymous)
        {
            await next(http);
            return;
        }

        if (http.Items[typeof(AccessClaims)] is not AccessClaims claims)
        {
            await Refused.WriteAsync(http, Refusals.Unauthenticated);
            return;
        }

        var reads = IsRead(http);
        var mayRemember = reads && !http.Request.Headers.ContainsKey(ViewAsHeader) && http.GetEndpoint()!.Metadata.GetMetadata<DecidesAfresh>() is null;
        var remembered = mayRemember ? principals.Cached(claims) : null;
        if (remembered is not null && Allows(mark, remembered))
        {
            try
            {
                await GoOnAsync(http, remembered, reads);
                return;
            }
            catch (StaleAccessException) when (!http.Response.HasStarted)
            {
                principals.Forget(claims.SessionId);
                http.Response.Clear();
            }
        }

        var user = reads ? null : await principals.ConfirmedAsync(claims, http.RequestAborted);
        user = user is not null && Allows(mark, user) ? user : await principals.LoadAsync(claims, http.RequestAborted);
        if (user is null)
        {
            await Refused.WriteAsync(http, Refusals.Unauthenticated);
            return;
        }

        if (http.Request.Headers[ViewAsHeader] is [{ Length: > 0 } viewAs] && await LookThroughAsync(http, user, viewAs, reads) is var (seen, refusal))
        {
            if (refusal is not null)
            {
                await Refused.WriteAsync(http, refusal);
                return;
            }

            user = seen!;
        }

        if (!Allows(mark, user))
        {
            var page = (AccessMark.Page)mark;
            await Refused.WriteAsync(http, Refusals.Forbidden(page.AnyOf[0].Key, page.Level == Level.Write ? "write" : "read"));
            return;
        }

        await GoOnAsync(http, user, reads);
    }

    /// <summary>Keeps what the access token says; limits are counted by it before anybody is looked up.</summary>
    public static void ReadClaims(HttpContext http, AccessTokens tokens)
    {
        if (TokenOf(http) is { } token && tokens.Read(token) is { } claims)
        {
            http.Items[typeof(AccessClaims)] = claims;
        }
    }

    private async Task GoOnAsync(HttpContext http, CurrentUser user, bool reads)
    {
        http.SetCurrentUser(user);
        var scope = user.Scope(Refused.TraceIdOf(http), guarded: reads);
        var request = http.RequestServices.GetRequiredService<RequestScope>();
        request.Current = scope;
        request.Lease?.Enter(scope);
        await next(http);
    }

    private async Task<(CurrentUser? User, Refusal? Refusal)?> LookThroughAsync(HttpContext http, CurrentUser user, string viewAs, bool reads)
    {
        if (!reads)
        {
            return (null, ReadOnlyView);
        }

        if (!user.Can(KernelPages.UserManagement, Level.Write))
        {
            return (null, Refusals.Forbidden(KernelPages.UserManagement.Key, "write"));
        }

        return Guid.TryParse(viewAs, out var userId) && await principals.LoadAsSeenByAsync(user, userId, http.RequestAborted) is { } seen
            ? (seen, null)
            : (null, Refusals.NotFound);
    }

    private static bool Allows(AccessMark mark, CurrentUser user) =>
        mark is AccessMark.Member || (mark is AccessMark.Page page && page.AnyOf.Any(p => user.Can(p, page.Level)));

    private static bool IsRead(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    private static string? TokenOf(HttpContext http)
    {
        if (http.Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return header["Bearer ".Length..].Trim();
        }

        // A browser's WebSocket cannot send headers; only the live hub's endpoint reads the token from the address.
        return http.GetEndpoint()?.Metadata.GetMetadata<TokenInQuery>() is not null ? http.Request.Query["access_token"] : (string?)null;
    }
}

/// <summary>The endpoint takes the access token from the query: WebSocket connections only.</summary>
public sealed record TokenInQuery;

/// <summary>Connects the request's scope with the context that is leased for it when a handler first asks for one.</summary>
internal sealed class RequestScope
{
    public TenantScope? Current { get; set; }

    public PlatformDb? Lease { get; set; }
}
