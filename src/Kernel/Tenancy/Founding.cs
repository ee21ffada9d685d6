using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Tenancy;

/// <summary>What a new tenant starts with.</summary>
internal sealed record NewTenant(string Name, string? Slug, IReadOnlyList<string> Modules, string TimeZone, string FullName, string Email, string PasswordHash, bool IsDemo = false);

/// <summary>Founds a tenant with its first administrator in one transaction.</summary>
internal sealed partial class Founding(PlatformDb db, AccessCatalog catalog, IEnumerable<ITenantStart> starts, TimeProvider clock)
{
    public async Task<(Membership? Admin, Guid AccountId, Refusal? Refusal)> FoundAsync(NewTenant founded, Account? existingAccount, CancellationToken cancel)
    {
        if (founded.Modules.FirstOrDefault(key => catalog.Modules.All(m => m.Key != key)) is { } unknown)
        {
            return (null, default, Refusals.Invalid("modules", $"There is no module '{unknown}'."));
        }

        var now = clock.GetUtcNow().ToMicroseconds();
        var tenant = new Tenant
        {
            Slug = founded.Slug ?? SlugOf(founded.Name),
            Name = founded.Name.Trim(),
            TimeZone = founded.TimeZone,
            Modules = [.. founded.Modules.Distinct()],
            IsDemo = founded.IsDemo,
            CreatedAt = now,
        };
        var account = existingAccount ?? new Account
        {
            Email = founded.Email.Trim(),
            EmailKey = Emails.KeyOf(founded.Email),
            FullName = founded.FullName.Trim(),
            PasswordHash = founded.PasswordHash,
            TimeZone = founded.TimeZone,
            CreatedAt = now,
        };
        var admin = new User { AccountId = account.Id, Email = account.Email, EmailKey = account.EmailKey, FullName = founded.FullName.Trim(), Role = Role.Admin };
        db.Enter(new TenantScope(tenant.Id, admin.Id, admin.FullName));
        db.Add(tenant);
        if (existingAccount is null)
        {
            db.Add(account);
        }

        db.Add(admin);
        foreach (var start in starts.Where(s => tenant.Modules.Contains(s.Module)))
        {
            start.Begin(db);
        }

        db.Note(new Change { Action = "found_tenant", Target = "tenant", EntityId = tenant.Id, Label = tenant.Name });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { ConstraintName: "ix_tenant_slug" })
        {
            return (null, default, new Refusal(409, "duplicate_value", "Another workspace has this short name already.").On("slug", "Already taken."));
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { ConstraintName: "ix_account_email_key" })
        {
            return (null, default, UserRefusals.AccountExists);
        }

        return (new Membership(tenant.Id, tenant.Slug, tenant.Name, admin.Id, admin.Role, admin.FullName), account.Id, null);
    }

    /// <summary>A short name made of the tenant's name: <c>Müller &amp; Söhne</c> → <c>muller-sohne</c>.</summary>
    internal static string SlugOf(string name)
    {
        var ascii = new string([.. name.Normalize(NormalizationForm.FormD).Where(char.IsAscii)]).ToLowerInvariant();
        var slug = NotInSlug().Replace(ascii, "-").Trim('-');
        slug = slug.Length > 50 ? slug[..50].TrimEnd('-') : slug;
        return slug.Length >= 2 ? slug : "workspace-" + Secrets.NewToken()[..6].ToLowerInvariant().Replace('_', '0').Replace('-', '0');
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex NotInSlug();
}
