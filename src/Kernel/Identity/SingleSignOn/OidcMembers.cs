using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity.SingleSignOn;

/// <summary>Finds the account and membership of somebody an identity provider vouches for, or makes them where that is configured.</summary>
internal sealed partial class OidcMembers(
    PlatformDb db, NpgsqlDataSource database, Memberships memberships, AccessCatalog catalog, TimeProvider clock, ILogger<OidcMembers> logger)
{
    public const string EmailNotVerified = "sso_email_not_verified";

    public const string NoEmail = "sso_no_email";

    public const string NoAccess = "sso_no_access";

    private const int LongestSubject = 255;

    /// <returns>Account and membership, or the code of why there is none.</returns>
    public async Task<(Guid AccountId, Membership? Member, string? Fault)> FindAsync(OidcOptions provider, string issuer, JsonElement claims, CancellationToken cancel)
    {
        var subject = IdTokens.Text(claims, "sub")!;
        if (subject.Length > LongestSubject || !TextRules.IsClean(subject))
        {
            return (default, null, NoAccess);
        }

        var tenant = provider.TenantSlug is { Length: > 0 } slug ? await TenantAsync(slug, cancel) : null;
        if (tenant is null && provider.TenantSlug is { Length: > 0 })
        {
            return (default, null, NoAccess);
        }

        var (account, fault) = await AccountAsync(provider, tenant, issuer, subject, claims, cancel);
        if (fault is not null)
        {
            return (default, null, fault);
        }

        if (account is not null)
        {
            var mine = await memberships.OfAsync(account.Id, cancel);
            var member = tenant is null
                ? mine.FirstOrDefault(m => m.TenantId == account.LastTenantId) ?? mine.FirstOrDefault()
                : mine.FirstOrDefault(m => m.TenantId == tenant.Id);
            if (member is not null)
            {
                return (account.Id, tenant is null ? member : await FollowRoleAsync(provider, tenant, member, claims, cancel), null);
            }
        }

        return tenant is null || account is null ? (default, null, NoAccess) : await JoinAsync(provider, tenant, account, claims, cancel);
    }

    private async Task<Tenant?> TenantAsync(string slug, CancellationToken cancel)
    {
        db.Enter(TenantScope.System(Guid.AllBitsSet));
        return await db.Set<Tenant>().AsNoTracking().FirstOrDefaultAsync(t => t.Slug == slug && t.Status == TenantStatus.Active, cancel);
    }

    /// <summary>
    /// The account linked to the provider's subject. The first time it is found by the verified e-mail address, provided this
    /// provider may speak for that address: a provider of one tenant must not open accounts that are at home elsewhere.
    /// </summary>
    private async Task<(Account? Account, string? Fault)> AccountAsync(OidcOptions provider, Tenant? tenant, string issuer, string subject, JsonElement claims, CancellationToken cancel)
    {
        var email = Text.OrNull(IdTokens.Text(claims, "email"));
        var domainAllowed = provider.AllowedDomains.Count == 0 || (email is not null && provider.AllowedDomains.Contains(DomainOf(email), StringComparer.OrdinalIgnoreCase));
        if (!domainAllowed)
        {
            return (null, email is null ? NoEmail : NoAccess);
        }

        db.Enter(TenantScope.System(tenant?.Id ?? Guid.AllBitsSet));
        var linked = await db.Set<ExternalLogin>().Where(l => l.Issuer == issuer && l.Subject == subject).Select(l => (Guid?)l.AccountId).FirstOrDefaultAsync(cancel);
        if (linked is { } accountId)
        {
            return (await Accounts.GetAsync(database, accountId, cancel), null);
        }

        if (email is null)
        {
            return (null, NoEmail);
        }

        if (email.Length > 254 || !email.Contains('@', StringComparison.Ordinal) || !TextRules.IsClean(email) || !IsVerified(claims))
        {
            return (null, EmailNotVerified);
        }

        var account = await Accounts.FindAsync(database, Emails.KeyOf(email), cancel);
        if (account is not null)
        {
            var speaksForAddress = tenant is null || provider.AllowedDomains.Count > 0 || !await memberships.IsSharedAsync(account.Id, tenant.Id, cancel);
            if (!speaksForAddress)
            {
                LogForeignAccount(logger, provider.Key);
                return (null, NoAccess);
            }
        }
        else if (tenant is null || RoleFor(provider, tenant, claims) is null)
        {
            return (null, NoAccess);
        }

        return await LinkAsync(account, issuer, subject, email, tenant, claims, cancel);
    }

    private async Task<(Account? Account, string? Fault)> LinkAsync(
        Account? account, string issuer, string subject, string email, Tenant? tenant, JsonElement claims, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().ToMicroseconds();
        if (account is null)
        {
            account = new Account { Email = email, EmailKey = Emails.KeyOf(email), FullName = NameOf(claims, email), TimeZone = tenant?.TimeZone ?? "UTC", CreatedAt = now };
            db.Add(account);
        }

        db.Add(new ExternalLogin { Issuer = issuer, Subject = subject, AccountId = account.Id, CreatedAt = now });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Two windows of one person at once: the other one made it.
            db.ChangeTracker.Clear();
            account = await Accounts.FindAsync(database, Emails.KeyOf(email), cancel);
        }

        return (account, account is null ? NoAccess : null);
    }

    /// <summary>A membership of somebody who comes for the first time. Whoever was deactivated or removed here stays out.</summary>
    private async Task<(Guid AccountId, Membership? Member, string? Fault)> JoinAsync(OidcOptions provider, Tenant tenant, Account account, JsonElement claims, CancellationToken cancel)
    {
        db.Enter(TenantScope.System(tenant.Id, provider.DisplayName));
        var wasHere = await db.Set<User>().IgnoreQueryFilters(QueryFilters.WithTrash).AnyAsync(u => u.AccountId == account.Id, cancel);
        if (wasHere || RoleFor(provider, tenant, claims) is not { } role || !IsVerified(claims))
        {
            return (default, null, NoAccess);
        }

        var user = new User { AccountId = account.Id, Email = account.Email, EmailKey = account.EmailKey, FullName = account.FullName, Role = role };
        db.Add(user);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            var mine = await memberships.OfAsync(account.Id, cancel);
            return (account.Id, mine.FirstOrDefault(m => m.TenantId == tenant.Id), mine.Any(m => m.TenantId == tenant.Id) ? null : NoAccess);
        }

        return (account.Id, new Membership(tenant.Id, tenant.Slug, tenant.Name, user.Id, role, user.FullName), null);
    }

    /// <summary>Where groups decide the role, they decide it at every sign-in; but never so that nobody is left to manage users.</summary>
    private async Task<Membership> FollowRoleAsync(OidcOptions provider, Tenant tenant, Membership member, JsonElement claims, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(provider.RoleClaim) || RoleFor(provider, tenant, claims) is not { } role || role == member.Role)
        {
            return member;
        }

        db.Enter(TenantScope.System(tenant.Id, provider.DisplayName));
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (member.Role == Role.Admin && await LastAdmin.IsLastAsync(db, member.UserId, clock.GetUtcNow(), cancel))
        {
            LogLastAdminKept(logger, provider.Key, tenant.Slug, role);
            return member;
        }

        var user = await db.Set<User>().FirstAsync(u => u.Id == member.UserId, cancel);
        user.Role = role;
        db.Describe(user, "role_change", $"Groups of {provider.DisplayName}.");
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return member with { Role = role };
    }

    /// <summary>The role the groups give, else the default; null when neither names a role of the tenant.</summary>
    private string? RoleFor(OidcOptions provider, Tenant tenant, JsonElement claims)
    {
        var mapped = string.IsNullOrEmpty(provider.RoleClaim)
            ? null
            : IdTokens.TextsOf(claims, provider.RoleClaim).Select(group => provider.RoleMap.GetValueOrDefault(group)).FirstOrDefault(role => role is not null);
        var wanted = mapped ?? provider.DefaultRole;
        return wanted is { Length: > 0 } && catalog.RoleOf(tenant.Modules, wanted) is not null ? wanted : null;
    }

    /// <summary>Some providers say it as a text.</summary>
    private static bool IsVerified(JsonElement claims) =>
        claims.TryGetProperty("email_verified", out var verified) && (verified.ValueKind == JsonValueKind.True || IdTokens.Text(claims, "email_verified") == "true");

    private static string DomainOf(string email) => email[(email.LastIndexOf('@') + 1)..].Trim();

    private static string NameOf(JsonElement claims, string email)
    {
        var name = Text.OrNull(IdTokens.Text(claims, "name")) ?? email[..email.LastIndexOf('@')];
        return !TextRules.IsClean(name) ? email : name.Length > 200 ? name[..200] : name;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Single sign-on {Provider} vouched for an address whose account is at home in other tenants; it was turned away. Set AllowedDomains to trust it.")]
    private static partial void LogForeignAccount(ILogger logger, string provider);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Single sign-on {Provider} would make the last administrator of {Tenant} a {Role}; the role was kept.")]
    private static partial void LogLastAdminKept(ILogger logger, string provider, string tenant, string role);
}
