using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Access;

/// <summary>The person behind the request: who they are in which tenant, and what they may open right now.</summary>
public sealed record CurrentUser
{
    public required Guid AccountId { get; init; }

    public required Guid UserId { get; init; }

    public required Guid TenantId { get; init; }

    public required Guid SessionId { get; init; }

    public required long AccessStamp { get; init; }

    public required string Email { get; init; }

    public required string FullName { get; init; }

    public required string Role { get; init; }

    public required IReadOnlyList<string> TenantModules { get; init; }

    public required string TenantTimeZone { get; init; }

    /// <summary>The role sees its own rows only.</summary>
    public required bool OwnRowsOnly { get; init; }

    /// <summary>Effective level for each page key.</summary>
    public required FrozenDictionary<string, Level> Levels { get; init; }

    /// <summary>When an exception of this person runs out and the levels must be decided again.</summary>
    public DateTimeOffset? DecideAgainAt { get; init; }

    /// <summary>The administrator who looks through this person's eyes; such a request only reads.</summary>
    public CurrentUser? SeenBy { get; init; }

    /// <summary>The person at the keyboard: themselves, or the administrator who views as them.</summary>
    public CurrentUser Self => SeenBy ?? this;

    public bool Can(Page page, Level level) => Levels.GetValueOrDefault(page.Key) >= level;

    public bool IsAdmin => Role == Access.Role.Admin;

    public TenantScope Scope(string? traceId, bool guarded) =>
        new(TenantId, UserId, FullName, traceId, guarded && SeenBy is null ? new SessionGuard(SessionId, AccessStamp) : null) { OwnRowsOf = OwnRowsOf };

    /// <summary>For <see cref="TenantScope.OwnRowsOf"/>: the person, where their role sees its own rows only.</summary>
    public Guid? OwnRowsOf => OwnRowsOnly ? UserId : null;
}

public static class CurrentUserAccess
{
    private static readonly object Key = new();

    /// <summary>The signed-in person.</summary>
    /// <exception cref="InvalidOperationException">On an endpoint that is open to everybody.</exception>
    public static CurrentUser CurrentUser(this HttpContext http) =>
        http.TryGetCurrentUser() ?? throw new InvalidOperationException("This endpoint is anonymous: nobody is signed in.");

    public static CurrentUser? TryGetCurrentUser(this HttpContext http) => http.Items.TryGetValue(Key, out var user) ? (CurrentUser?)user : null;

    internal static void SetCurrentUser(this HttpContext http, CurrentUser? user) => http.Items[Key] = user;
}
