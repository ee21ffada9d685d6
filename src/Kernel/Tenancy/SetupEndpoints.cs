using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Tenancy;

public sealed record ModuleInfo(string Key, string Name, string Description);

/// <summary>What the first screen needs to know before anybody has signed in.</summary>
/// <param name="NeedsSetup">There is no tenant yet.</param>
/// <param name="CanFound">A new tenant may be founded here.</param>
/// <param name="Demo">This installation shows demo tenants with well-known passwords.</param>
public sealed record SetupState(bool NeedsSetup, bool CanFound, bool Demo, IReadOnlyList<ModuleInfo> Modules);

/// <summary><c>/setup</c>: founding a tenant.</summary>
internal static class SetupEndpoints
{
    public sealed record Request
    {
        [Required, MaxLength(120)]
        public string TenantName { get; init; } = "";

        [RegularExpression("^[a-z0-9][a-z0-9-]{1,62}$", ErrorMessage = "Use lower-case letters, digits and hyphens, at least two.")]
        public string? Slug { get; init; }

        [Required, MinLength(1), MaxLength(20)]
        public IReadOnlyList<string> Modules { get; init; } = [];

        [Required, MaxLength(200)]
        public string FullName { get; init; } = "";

        [Required, MaxLength(254), EmailAddress]
        public string Email { get; init; } = "";

        [Required, MaxLength(PasswordPolicy.MaximumLength)]
        public string Password { get; init; } = "";

        [TimeZoneName]
        public string? TimeZone { get; init; }

        /// <summary>For somebody whose account has a second factor already: its code.</summary>
        [MaxLength(40)]
        public string? Code { get; init; }
    }

    /// <summary>Somebody who has an account already founds another tenant with it by knowing its password.</summary>
    private static readonly Refusal NotTheirAccount =
        new Refusal(409, "account_exists", "This address has an account already. Use its password to found another workspace.").On("email", "Already has an account.");

    private static readonly Refusal Closed = new(403, "founding_closed", "New workspaces are founded by the operator of this installation.");

    public static void Map(RouteGroupBuilder api)
    {
        var setup = api.MapGroup("/setup").WithTags("setup");
        setup.Get("", State).WithName("getSetup").OpenToEverybody("The first screen asks before anybody can sign in.").WithSummary("What can be set up here.");
        setup.Post("/admin", Found).WithName("foundTenant").OpenToEverybody("The founder has no account yet.").WithSummary("Founds a workspace with its first administrator.");
    }

    private static async Task<Ok<SetupState>> State(PlatformDb db, AccessCatalog catalog, IOptions<TenancyOptions> options, CancellationToken cancel)
    {
        var isEmpty = await IsEmptyAsync(db, cancel);
        return TypedResults.Ok(new SetupState(
            isEmpty, isEmpty || options.Value.AllowFounding, options.Value.Demo, [.. catalog.Modules.Select(m => new ModuleInfo(m.Key, m.Name, m.Description))]));
    }

    private static async Task<Results<Created<SignedIn>, Refused>> Found(
        Request request, HttpContext http, PlatformDb db, NpgsqlDataSource database, Founding founding, Passwords passwords, Credentials credentials, Sessions sessions, SignedInBuilder builder,
        IOptions<TenancyOptions> options, CancellationToken cancel)
    {
        if (!options.Value.AllowFounding && !await IsEmptyAsync(db, cancel))
        {
            return new Refused(Closed);
        }

        var emailKey = Emails.KeyOf(request.Email);
        var account = await Accounts.FindAsync(database, emailKey, cancel);
        if (account is not null && (await credentials.CheckAsync(http, account, emailKey, request.Password, request.Code, NotTheirAccount, mayEnter: true, cancel)).Refusal is { } notTheirs)
        {
            return new Refused(notTheirs);
        }

        if (account is null && PasswordPolicy.Fault(request.Password, request.Email, request.FullName) is { } fault)
        {
            return new Refused(Refusals.Invalid("password", fault));
        }

        var newTenant = new NewTenant(request.TenantName, request.Slug, request.Modules, request.TimeZone ?? "UTC", request.FullName, request.Email, account is null ? passwords.Hash(request.Password) : "");
        var (admin, accountId, refusal) = await founding.FoundAsync(newTenant, account, cancel);
        if (admin is null)
        {
            return new Refused(refusal!);
        }

        var (answer, gone) = await builder.StartAsync(sessions, http, accountId, admin, "login", cancel);
        return answer is null ? new Refused(gone!) : TypedResults.Created("/api/v1/auth/me", answer);
    }

    private static async Task<bool> IsEmptyAsync(PlatformDb db, CancellationToken cancel)
    {
        db.Enter(TenantScope.System(Guid.AllBitsSet));
        return !await db.Set<Tenant>().AnyAsync(cancel);
    }
}

/// <summary>Settings <c>Tessera</c>, the part about tenants.</summary>
public sealed record TenancyOptions
{
    /// <summary>Whether anybody may found a tenant; the first one always may be founded.</summary>
    public bool AllowFounding { get; set; }

    /// <summary>Demo tenants with well-known passwords exist; never in production.</summary>
    public bool Demo { get; set; }
}
