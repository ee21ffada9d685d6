using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

public sealed record UserProfile(Guid Id, string Email, string FullName, string Role, string Locale, string TimeZone, Theme Theme);

public sealed record TenantProfile(Guid Id, string Slug, string Name, string TimeZone, IReadOnlyList<string> Modules);

public sealed record TenantChoice(string Slug, string Name, string Role);

public sealed record PersonRef(Guid Id, string FullName);

/// <summary>Who is signed in, where, and what they may open.</summary>
public record Me
{
    public required UserProfile User { get; init; }

    public required TenantProfile Tenant { get; init; }

    /// <summary>All tenants of the account, the current one included.</summary>
    public required IReadOnlyList<TenantChoice> Tenants { get; init; }

    /// <summary>Effective level for each page.</summary>
    public required IReadOnlyDictionary<string, Level> Pages { get; init; }

    /// <summary>The person's role sees its own rows only, and of those nothing that is for staff.</summary>
    public required bool OwnRowsOnly { get; init; }

    /// <summary>The administrator who looks through this person's eyes.</summary>
    public PersonRef? ViewAs { get; init; }
}

/// <summary>The answer to everything that begins or renews a session.</summary>
public sealed record SignedIn : Me
{
    /// <summary>Bearer token for the API, valid for 30 minutes; keep it in memory only.</summary>
    public required string AccessToken { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Repeat it in <c>X-CSRF-Token</c> on calls that the session cookie authenticates.</summary>
    public required string CsrfToken { get; init; }
}

/// <summary>Builds the answers of sign-in, refresh and <c>me</c>.</summary>
internal sealed class SignedInBuilder(PlatformDb db, Principals principals, Memberships memberships, AccessTokens tokens)
{
    public async Task<Me?> MeAsync(CurrentUser user, CancellationToken cancel)
    {
        db.Enter(TenantScope.System(user.TenantId));
        var account = await db.Set<Account>().AsNoTracking().FirstAsync(a => a.Id == user.AccountId, cancel);
        var tenant = await db.Set<Tenant>().AsNoTracking().FirstAsync(t => t.Id == user.TenantId, cancel);
        var choices = user.SeenBy is null ? await memberships.OfAsync(user.AccountId, cancel) : [];
        return new Me
        {
            User = new UserProfile(user.UserId, user.Email, user.FullName, user.Role, account.Locale, account.TimeZone, account.Theme),
            Tenant = new TenantProfile(tenant.Id, tenant.Slug, tenant.Name, tenant.TimeZone, tenant.Modules),
            Tenants = [.. choices.Select(m => new TenantChoice(m.Slug, m.TenantName, m.Role))],
            Pages = user.Levels.OrderBy(p => p.Key, StringComparer.Ordinal).ToDictionary(),
            OwnRowsOnly = user.OwnRowsOnly,
            ViewAs = user.SeenBy is { } seenBy ? new PersonRef(seenBy.UserId, seenBy.FullName) : null,
        };
    }

    public async Task<(SignedIn? Answer, Refusal? Refusal)> AnswerAsync(AccessClaims claims, string csrfToken, CancellationToken cancel)
    {
        if (await principals.LoadAsync(claims, cancel) is not { } user || await MeAsync(user, cancel) is not { } me)
        {
            return (null, Sessions.Expired);
        }

        var (token, expiresAt) = tokens.Issue(user.AccountId, user.TenantId, user.UserId, user.SessionId);
        return (
            new SignedIn
            {
                User = me.User,
                Tenant = me.Tenant,
                Tenants = me.Tenants,
                Pages = me.Pages,
                OwnRowsOnly = me.OwnRowsOnly,
                AccessToken = token,
                ExpiresAt = expiresAt,
                CsrfToken = csrfToken,
            },
            null);
    }

    /// <summary>Starts a session and answers with it.</summary>
    public async Task<(SignedIn? Answer, Refusal? Refusal)> StartAsync(
        Sessions sessions, HttpContext http, Guid accountId, Membership member, string action, CancellationToken cancel)
    {
        var (session, csrf) = await sessions.StartAsync(http, accountId, member, action, cancel);
        return await AnswerAsync(new AccessClaims(accountId, member.TenantId, member.UserId, session.Id, default), csrf, cancel);
    }
}
