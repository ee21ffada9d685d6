using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Tenancy;

/// <summary>A person of a demo tenant.</summary>
/// <param name="What">Who they are, for the list of sign-ins.</param>
/// <param name="SignsIn">Shown among the sign-ins; colleagues who only fill the data are not.</param>
public sealed record DemoPerson(string Email, string FullName, string Role, string What, bool SignsIn = true);

/// <summary>A module's demo tenant: believable people and records. Exists only in demo mode.</summary>
public interface IDemoTenant
{
    string Slug { get; }

    string Name { get; }

    string TimeZone { get; }

    IReadOnlyList<string> Modules { get; }

    IReadOnlyList<DemoPerson> People { get; }

    /// <param name="db">In the tenant's scope; enter others to act as its people at earlier times.</param>
    /// <param name="people">The tenant's users by e-mail.</param>
    /// <param name="now">The moment the data leads up to.</param>
    /// <param name="cancel">Ends the work.</param>
    Task SeedAsync(PlatformDb db, IReadOnlyDictionary<string, User> people, DateTimeOffset now, CancellationToken cancel);
}

/// <summary>Founds the modules' demo tenants that are missing, each whole or not at all.</summary>
public static class DemoTenants
{
    /// <summary>Well known, and therefore only ever given to people of demo tenants.</summary>
    public const string Password = "Tessera-demo-2026";

    /// <summary>Administrator of every demo tenant.</summary>
    public const string EveryTenantEmail = "demo@tessera.dev";

    /// <exception cref="InvalidOperationException">The installation is not in demo mode.</exception>
    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancel)
    {
        if (!services.GetRequiredService<PlatformStart>().Demo)
        {
            throw new InvalidOperationException("Demo tenants exist in demo mode only.");
        }

        foreach (var demo in services.GetServices<IDemoTenant>())
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>().Enter(TenantScope.System(Guid.AllBitsSet));
            if (!await db.Set<Tenant>().AnyAsync(t => t.Slug == demo.Slug, cancel))
            {
                await FoundAsync(scope.ServiceProvider, db, demo, cancel);
            }
        }
    }

    private static async Task FoundAsync(IServiceProvider services, PlatformDb db, IDemoTenant demo, CancellationToken cancel)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().ToMicroseconds();
        var hash = services.GetRequiredService<Passwords>().Hash(Password);
        var tenant = new Tenant { Slug = demo.Slug, Name = demo.Name, TimeZone = demo.TimeZone, Modules = [.. demo.Modules], IsDemo = true, CreatedAt = now };
        var known = await Accounts.FindAsync(services.GetRequiredService<NpgsqlDataSource>(), EveryTenantEmail, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Leave().Enter(TenantScope.System(tenant.Id) with { At = now.AddDays(-120) });
        db.Add(tenant);
        var users = new Dictionary<string, User>(StringComparer.Ordinal);
        foreach (var person in demo.People.Append(new DemoPerson(EveryTenantEmail, "Demo Admin", Role.Admin, "")))
        {
            var account = person.Email == EveryTenantEmail && known is not null ? known : new Account
            {
                Email = person.Email,
                EmailKey = Emails.KeyOf(person.Email),
                FullName = person.FullName,
                PasswordHash = hash,
                TimeZone = demo.TimeZone,
                CreatedAt = now,
            };
            if (account != known)
            {
                db.Add(account);
            }

            var user = new User { AccountId = account.Id, Email = person.Email, EmailKey = account.EmailKey, FullName = person.FullName, Role = person.Role };
            db.Add(user);
            users.Add(person.Email, user);
        }

        await db.SaveChangesAsync(cancel);
        await demo.SeedAsync(db, users, now, cancel);
        await transaction.CommitAsync(cancel);
    }
}
