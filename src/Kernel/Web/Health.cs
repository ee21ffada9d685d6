using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Tessera.Kernel.Access;

namespace Tessera.Kernel.Web;

/// <summary>What an operator's monitor reads.</summary>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="UptimeSeconds">Since the process started.</param>
/// <param name="MemoryMb">Resident memory in units of 2^20 bytes.</param>
/// <param name="Database"><c>up</c> or <c>down</c>.</param>
public sealed record HealthReport(string Status, DateTimeOffset Timestamp, double UptimeSeconds, double MemoryMb, string Database);

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c> and <c>/health</c>: and so does its database; else 503.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.Get("/health/live", () => TypedResults.Ok(new { status = "healthy" })).OpenToEverybody("Monitors do not sign in.").ExcludeFromDescription();
        app.Get("/health/ready", Report).OpenToEverybody("Monitors do not sign in.").ExcludeFromDescription();
        app.Get("/health", Report).OpenToEverybody("Monitors do not sign in.").ExcludeFromDescription();
    }

    private static async Task<IResult> Report(HttpContext http, NpgsqlDataSource database, TimeProvider clock)
    {
        var isUp = await IsUpAsync(database, http.RequestAborted);
        using var process = Process.GetCurrentProcess();
        var now = clock.GetUtcNow();
        http.Response.Headers.CacheControl = "no-store";
        var report = new HealthReport(
            isUp ? "healthy" : "unhealthy", now, Math.Round((now - process.StartTime.ToUniversalTime()).TotalSeconds, 1), Math.Round(process.WorkingSet64 / 1048576.0, 1), isUp ? "up" : "down");
        return Results.Json(report, PlatformJson.Options, statusCode: isUp ? 200 : 503);
    }

    private static async Task<bool> IsUpAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(patience.Token);
            return true;
        }
        catch (Exception down) when (down is NpgsqlException or OperationCanceledException or InvalidOperationException)
        {
            return false;
        }
    }
}
