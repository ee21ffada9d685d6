using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tessera.Kernel.Web;

/// <summary>Turns what was thrown into a problem with a stable code: bad requests into 4xx, the rest into a 500 that says nothing but its trace id.</summary>
internal sealed class ExceptionMiddleware(RequestDelegate next, ILogger<ExceptionMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: 404 or 405 or 413 or 415, ContentLength: null, ContentType: null } && http.Request.Path.StartsWithSegments("/api"))
            {
                await Refused.WriteAsync(http, OfStatus(http.Response.StatusCode));
            }
        }
        catch (Exception thrown) when (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
        {
            if (!http.RequestAborted.IsCancellationRequested)
            {
                logger.LogError(thrown, "The answer broke off");
                http.Abort();
            }
        }
        catch (Exception thrown)
        {
            var refusal = Explain(thrown);
            if (refusal is null)
            {
                logger.LogError(thrown, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
                refusal = new Refusal(500, "internal_error", "Something broke here. Give the trace id to the person who runs this installation.");
            }

            var headers = http.Response.Headers.ToArray();
            http.Response.Clear();
            foreach (var (name, value) in headers.Where(h => !h.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || h.Key == "Content-Security-Policy"))
            {
                http.Response.Headers[name] = value;
            }

            await Refused.WriteAsync(http, refusal);
        }
    }

    private static Refusal OfStatus(int status) => status switch
    {
        413 => new Refusal(413, "too_large", "This is more than one request may carry."),
        405 => new Refusal(405, "method_not_allowed", "This address does not know that method."),
        415 => new Refusal(415, "unsupported_media_type", "Send JSON: Content-Type application/json."),
        _ => new Refusal(404, "not_found", "There is nothing at this address."),
    };

    private static Refusal? Explain(Exception thrown) => thrown switch
    {
        BadHttpRequestException { StatusCode: 413 or 415 } bad => OfStatus(bad.StatusCode),
        BadHttpRequestException { InnerException: System.Text.Json.JsonException json } =>
            new Refusal(400, "invalid_json", "The body could not be read as JSON of the expected shape.").On(JsonPaths.ToField(json.Path), "Not a valid value here."),
        BadHttpRequestException bad => new Refusal(bad.StatusCode, bad.StatusCode == 400 ? "bad_request" : "refused", bad.Message),
        Database.StaleAccessException => Refusals.Unauthenticated,
        DbUpdateException { InnerException: PostgresException broken } => Explain(broken),
        InvalidOperationException { InnerException: DbUpdateException { InnerException: PostgresException broken } } => Explain(broken),
        InvalidOperationException { InnerException: PostgresException broken } => Explain(broken),
        PostgresException broken => Explain(broken),
        InvalidOperationException { InnerException: NpgsqlException { IsTransient: true } } or NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: System.Net.Sockets.SocketException } =>
            new Refusal(503, "database_unavailable", "The database cannot be reached right now. Try again in a moment."),
        _ => null,
    };

    private static Refusal? Explain(PostgresException broken) => broken.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => new Refusal(409, "duplicate_value", "Another record has this value already."),
        PostgresErrorCodes.ForeignKeyViolation => Refusals.NotFound,
        PostgresErrorCodes.ExclusionViolation => Booking.Bookings.Taken,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => new Refusal(409, "try_again", "Two changes met at the same moment. Try again."),
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.NumericValueOutOfRange or PostgresErrorCodes.StringDataRightTruncation
            or PostgresErrorCodes.DatetimeFieldOverflow => new Refusal(400, "validation_failed", "A value is out of the range that can be kept."),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.TooManyConnections =>
            new Refusal(503, "database_unavailable", "The database cannot be reached right now. Try again in a moment."),
        _ => null,
    };
}
