using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Web;

/// <summary>Settings <c>Tessera:RateLimits</c>. Counted per node, in memory.</summary>
public sealed record RateLimitOptions
{
    /// <summary>Requests a signed-in person may make in a minute.</summary>
    [Range(1, int.MaxValue)]
    public int UserPermitsPerMinute { get; init; } = 3_000;

    /// <summary>Requests without sign-in from one address to one route in 15 minutes.</summary>
    [Range(1, int.MaxValue)]
    public int AnonymousPermitsPer15Minutes { get; init; } = 100;
}

/// <summary>
/// Keeps one caller from crowding out the others: by user when signed in (a whole school may share one address), else by
/// address and route. Files of the web client are not counted.
/// </summary>
internal static class RequestLimits
{
    public static void AddRequestLimits(this IServiceCollection services, RateLimitOptions limits) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 60;
            context.HttpContext.Response.Headers.RetryAfter = wait.ToString();
            await Refused.WriteAsync(
                context.HttpContext, new Refusal(429, "too_many_requests", $"Too many requests. Try again in {wait} seconds.").With("retryAfterSeconds", wait));
        };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => Partition(http, limits));
    });

    private static RateLimitPartition<string> Partition(HttpContext http, RateLimitOptions limits)
    {
        if (http.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } route } || !http.Request.Path.StartsWithSegments("/api"))
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        if (http.Items[typeof(AccessClaims)] is AccessClaims claims)
        {
            return RateLimitPartition.GetSlidingWindowLimiter("user:" + claims.AccountId, _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = limits.UserPermitsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6,
            });
        }

        // A session's cookie counts for itself: people behind one address refresh their sessions without being in each other's way.
        var who = http.Request.Cookies[SessionCookies.RefreshCookie] is { Length: > 0 and < 200 } cookie ? "cookie:" + cookie : "address:" + http.Connection.RemoteIpAddress;
        return RateLimitPartition.GetSlidingWindowLimiter($"{who} {route}", _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = limits.AnonymousPermitsPer15Minutes, Window = TimeSpan.FromMinutes(15), SegmentsPerWindow = 15,
        });
    }
}
