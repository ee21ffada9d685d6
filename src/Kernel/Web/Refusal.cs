using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Tessera.Kernel.Web;

/// <summary>
/// An expected "no", as a named value: the HTTP status, a stable code that programs may rely on, and a sentence that says what to do.
/// Each noun keeps its refusals in one place.
/// </summary>
public sealed record Refusal(int Status, string Code, string Detail)
{
    /// <summary>Messages by field path, in the body's own casing: <c>lines[0].amount</c>.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Further members of the problem, for example <c>current</c> or <c>allowed</c>.</summary>
    public IReadOnlyDictionary<string, object?>? More { get; init; }

    public Refusal With(string member, object? value) =>
        this with { More = new Dictionary<string, object?>(More ?? new Dictionary<string, object?>(), StringComparer.Ordinal) { [member] = value } };

    public Refusal On(string field, params string[] messages) =>
        this with { Errors = new Dictionary<string, string[]>(Errors ?? new Dictionary<string, string[]>(), StringComparer.Ordinal) { [field] = messages } };
}

/// <summary>Refusals every noun shares.</summary>
public static class Refusals
{
    public static readonly Refusal NotFound = new(404, "not_found", "There is no such record here.");

    public static readonly Refusal VersionRequired = new(428, "version_required", "Send the version you saw in the If-Match header.");

    public static readonly Refusal Unauthenticated = new(401, "unauthenticated", "Sign in to go on.");

    public static readonly Refusal ReasonRequired = new Refusal(409, "reason_required", "Say why: this change needs a reason.").On("reason", "A reason is needed.");

    public static Refusal Invalid(string field, string message) =>
        new Refusal(400, "validation_failed", "Some fields need another look.").On(field, message);

    public static Refusal Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(400, "validation_failed", "Some fields need another look.") { Errors = errors };

    public static Refusal Forbidden(string page, string level) =>
        new Refusal(403, "forbidden", $"This needs {level} access to {page}.").With("page", page).With("level", level);

    public static Refusal VersionConflict(object? current) =>
        new Refusal(412, "version_conflict", "Somebody changed this record in the meantime.").With("current", current);

    public static Refusal MoveNotAllowed(string from, string to, IReadOnlyList<string> allowed) =>
        new Refusal(409, "move_not_allowed", $"'{from}' cannot become '{to}'.").With("allowed", allowed).On("status", $"From '{from}' only: {string.Join(", ", allowed)}.");
}

/// <summary>The body of every error: RFC 9457, with <c>error</c> and <c>details</c> for callers of the older shape.</summary>
public sealed record Problem
{
    public string Type { get; init; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    public required string Code { get; init; }

    public required string TraceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The same sentence as <see cref="Detail"/>.</summary>
    public string Error => Detail;

    /// <summary>The same as <see cref="Errors"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Details => Errors;

    [JsonExtensionData]
    public IDictionary<string, object?>? More { get; init; }
}

/// <summary>Answers with a <see cref="Refusal"/> as problem details.</summary>
public sealed class Refused(Refusal refusal) : IResult, IStatusCodeHttpResult
{
    public Refusal Refusal { get; } = refusal;

    public int? StatusCode => Refusal.Status;

    public static implicit operator Refused(Refusal refusal) => new(refusal);

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, Refusal);

    public static Task WriteAsync(HttpContext http, Refusal refusal)
    {
        http.Response.StatusCode = refusal.Status;
        var problem = new Problem
        {
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(refusal.Status),
            Status = refusal.Status,
            Detail = refusal.Detail,
            Code = refusal.Code,
            TraceId = TraceIdOf(http),
            Errors = refusal.Errors,
            More = refusal.More is null ? null : new Dictionary<string, object?>(refusal.More, StringComparer.Ordinal),
        };
        return http.Response.WriteAsJsonAsync(problem, PlatformJson.Options, "application/problem+json", http.RequestAborted);
    }

    /// <summary>The id under which logs, the change feed and the answer know this request.</summary>
    public static string TraceIdOf(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
}
