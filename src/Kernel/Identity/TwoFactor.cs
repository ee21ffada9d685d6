using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>Whether the person's sign-in asks for a second factor.</summary>
/// <param name="RecoveryCodesLeft">Recovery codes that were not used yet.</param>
public sealed record TwoFactorState(bool Enabled, DateTimeOffset? EnabledAt, int RecoveryCodesLeft);

/// <summary>What an authenticator app needs to know.</summary>
/// <param name="Secret">Base32, to be typed by hand.</param>
/// <param name="Uri"><c>otpauth://</c> address, to be shown as a QR code.</param>
public sealed record TwoFactorKey(string Secret, string Uri);

/// <summary>One-time codes for the day the authenticator is gone; shown this once.</summary>
public sealed record NewRecoveryCodes(IReadOnlyList<string> RecoveryCodes);

/// <summary><c>/auth/two-factor</c>: the person's own second factor.</summary>
internal static class TwoFactor
{
    private const string Issuer = "Tessera";

    public sealed record ConfirmRequest([Required, MaxLength(40)] string Code);

    public sealed record ProofRequest
    {
        [Required, MaxLength(PasswordPolicy.MaximumLength)]
        public string Password { get; init; } = "";

        /// <summary>The authenticator's code or a recovery code.</summary>
        [Required, MaxLength(40)]
        public string Code { get; init; } = "";
    }

    private static readonly Refusal IsOn = new(409, "two_factor_enabled", "The second factor is on already. Turn it off first to use another device.");

    private static readonly Refusal IsOff = new(409, "two_factor_disabled", "There is no second factor to be confirmed or turned off. Begin first.");

    private static readonly Refusal NoPassword = new(409, "no_password", "This account signs in through its organisation; the second factor is set up there.");

    private static readonly Refusal WrongPassword = Refusals.Invalid("password", "This is not your password.");

    public static void Map(RouteGroupBuilder auth)
    {
        var twoFactor = auth.MapGroup("/two-factor");
        twoFactor.Get("", State).WithName("getTwoFactor").RequiresMember().WithMetadata(new DecidesAfresh()).WithSummary("Whether the person's sign-in asks for a second factor.");
        twoFactor.Post("/begin", Begin).WithName("beginTwoFactor").RequiresMember().WithSummary("Makes a key for an authenticator app; nothing is asked for until it is confirmed.");
        twoFactor.Post("/confirm", Confirm).WithName("confirmTwoFactor").RequiresMember().WithSummary("Turns the second factor on, with a code of the app.");
        twoFactor.Post("/disable", Disable).WithName("disableTwoFactor").RequiresMember().WithSummary("Turns the second factor off.");
        twoFactor.Post("/recovery-codes", RenewCodes).WithName("renewRecoveryCodes").RequiresMember().WithSummary("Makes new recovery codes; the former ones end.");
    }

    private static async Task<Ok<TwoFactorState>> State(HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        var accountId = http.CurrentUser().Self.AccountId;
        var state = await db.Set<Account>().Where(a => a.Id == accountId)
            .Select(a => new TwoFactorState(a.TwoFactorEnabledAt != null, a.TwoFactorEnabledAt, db.Set<RecoveryCode>().Count(c => c.AccountId == accountId && c.UsedAt == null)))
            .FirstAsync(cancel);
        return TypedResults.Ok(state);
    }

    private static async Task<Results<Ok<TwoFactorKey>, Refused>> Begin(HttpContext http, NpgsqlDataSource database, SecondFactor secondFactor, CancellationToken cancel)
    {
        var account = (await Accounts.GetAsync(database, http.CurrentUser().AccountId, cancel))!;
        if (account.PasswordHash is null)
        {
            return new Refused(NoPassword);
        }

        var secret = RandomNumberGenerator.GetBytes(Totp.SecretLength);
        await using var command = database.CreateCommand("update kernel.account set two_factor_secret = $2, two_factor_last_step = null where id = $1 and two_factor_enabled_at is null");
        command.Parameters.Add(new() { Value = account.Id });
        command.Parameters.Add(new() { Value = secondFactor.Seal(account.Id, secret) });
        if (await command.ExecuteNonQueryAsync(cancel) == 0)
        {
            return new Refused(IsOn);
        }

        var text = Base32.Encode(secret);
        return TypedResults.Ok(new TwoFactorKey(text, Totp.UriOf(Issuer, account.Email, text)));
    }

    private static async Task<Results<Ok<NewRecoveryCodes>, Refused>> Confirm(
        ConfirmRequest request, HttpContext http, PlatformDb db, NpgsqlDataSource database, SecondFactor secondFactor, SignInThrottle throttle, TimeProvider clock, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var account = (await Accounts.GetAsync(database, user.AccountId, cancel))!;
        if (account.TwoFactorEnabledAt is not null || account.TwoFactorSecret is null)
        {
            return new Refused(account.TwoFactorEnabledAt is null ? IsOff : IsOn);
        }

        var address = Credentials.AddressOf(http);
        if (await throttle.WaitAsync(account.EmailKey, address, cancel) is { } wait)
        {
            return new Refused(Credentials.TooManyAttempts(http, wait));
        }

        if (!await secondFactor.UseTotpAsync(account, request.Code, cancel))
        {
            await throttle.FailedAsync(account.EmailKey, address, cancel);
            return new Refused(Refusals.Invalid("code", "This code is not right, or was used already."));
        }

        await using var enable = database.CreateCommand("update kernel.account set two_factor_enabled_at = $2 where id = $1 and two_factor_enabled_at is null and two_factor_secret = $3");
        enable.Parameters.Add(new() { Value = account.Id });
        enable.Parameters.Add(new() { Value = clock.GetUtcNow().ToMicroseconds() });
        enable.Parameters.Add(new() { Value = account.TwoFactorSecret });
        if (await enable.ExecuteNonQueryAsync(cancel) == 0)
        {
            return new Refused(IsOn);
        }

        var codes = await secondFactor.RenewRecoveryCodesAsync(account.Id, cancel);
        await NoteAsync(db, user, "mfa_enable", cancel);
        return TypedResults.Ok(new NewRecoveryCodes(codes));
    }

    private static async Task<Results<NoContent, Refused>> Disable(
        ProofRequest request, HttpContext http, PlatformDb db, NpgsqlDataSource database, Credentials credentials, CancellationToken cancel)
    {
        if (await FaultAsync(request, http, database, credentials, cancel) is { } fault)
        {
            return new Refused(fault);
        }

        await SecondFactor.RemoveAsync(database, http.CurrentUser().AccountId, cancel);
        await NoteAsync(db, http.CurrentUser(), "mfa_disable", cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<NewRecoveryCodes>, Refused>> RenewCodes(
        ProofRequest request, HttpContext http, PlatformDb db, NpgsqlDataSource database, Credentials credentials, SecondFactor secondFactor, CancellationToken cancel)
    {
        if (await FaultAsync(request, http, database, credentials, cancel) is { } fault)
        {
            return new Refused(fault);
        }

        var codes = await secondFactor.RenewRecoveryCodesAsync(http.CurrentUser().AccountId, cancel);
        await NoteAsync(db, http.CurrentUser(), "mfa_recovery_codes", cancel);
        return TypedResults.Ok(new NewRecoveryCodes(codes));
    }

    /// <summary>A session alone is not enough to weaken the sign-in it came from: password and code are asked for again.</summary>
    private static async Task<Refusal?> FaultAsync(ProofRequest request, HttpContext http, NpgsqlDataSource database, Credentials credentials, CancellationToken cancel)
    {
        var account = (await Accounts.GetAsync(database, http.CurrentUser().AccountId, cancel))!;
        if (account.TwoFactorEnabledAt is null)
        {
            return IsOff;
        }

        var refusal = (await credentials.CheckAsync(http, account, account.EmailKey, request.Password, request.Code, WrongPassword, mayEnter: true, cancel)).Refusal;
        // A 401 would tell the client that its session has ended.
        return refusal is { Code: Credentials.SecondFactorRequired } ? Refusals.Invalid("code", refusal.Detail) : refusal;
    }

    private static async Task NoteAsync(PlatformDb db, CurrentUser user, string action, CancellationToken cancel)
    {
        db.Note(new Change { Action = action, Target = "user", EntityId = user.UserId, Label = user.FullName, TargetUserId = user.UserId });
        await db.SaveChangesAsync(cancel);
    }
}

/// <summary><c>POST /users/{id}/two-factor/reset</c>: helps somebody who lost their authenticator and their recovery codes.</summary>
internal static class ResetTwoFactor
{
    public static void Map(RouteGroupBuilder users) => users.Post("/{id:guid}/two-factor/reset", Handle).WithName("resetTwoFactor")
        .Requires(KernelPages.UserManagement, Level.Write).WithSummary("Turns a person's second factor off, if their account belongs to this workspace alone.");

    private static async Task<Results<NoContent, Refused>> Handle(
        Guid id, HttpContext http, PlatformDb db, NpgsqlDataSource database, AccessCatalog catalog, Memberships memberships, CancellationToken cancel)
    {
        var caller = http.CurrentUser();
        var user = await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Id == id, cancel);
        if (user is null)
        {
            return new Refused(Refusals.NotFound);
        }

        if (user.Id == caller.UserId)
        {
            return new Refused(UserRefusals.OwnSecondFactor);
        }

        if (catalog.RoleOf(caller.TenantModules, user.Role) is { } role && UserRoles.Exceeds(role, caller))
        {
            return new Refused(UserRefusals.CannotGrant);
        }

        if (await memberships.IsSharedAsync(user.AccountId, caller.TenantId, cancel))
        {
            return new Refused(UserRefusals.SecondFactorShared);
        }

        if (await SecondFactor.RemoveAsync(database, user.AccountId, cancel))
        {
            db.Note(new Change { Action = "mfa_disable", Target = "user", EntityId = user.Id, Label = user.FullName, TargetUserId = user.Id, Reason = "Reset by an administrator." });
            await db.SaveChangesAsync(cancel);
        }

        return TypedResults.NoContent();
    }
}
