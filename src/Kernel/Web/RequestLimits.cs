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
    [Range(1, 1_000_000)]
    public int AnonymousPermitsPer15Minutes { get; init; } = 100;
}

/// <summary>
/// Keeps one caller from crowding out the others: by user when signed in (a whole school may share one address), else by
/// address and route. Files of the web client are not counted.
/// </summary>
internal static class RequestLimits
{
    private const int RefreshFactor = 30;

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
                PermitLimit = limits.UserPermitsPerMinute,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
            });
        }

        // Whole schools and offices share an address, and each of their people renews a session every half hour.
        var permits = route.EndsWith("/auth/refresh", StringComparison.Ordinal) ? limits.AnonymousPermitsPer15Minutes * RefreshFactor : limits.AnonymousPermitsPer15Minutes;
        return RateLimitPartition.GetSlidingWindowLimiter($"address:{http.Connection.RemoteIpAddress} {route}", _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromMinutes(15),
            SegmentsPerWindow = 15,
        });
    }
}
