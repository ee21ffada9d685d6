using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>
/// <c>POST /auth/login</c>. Unknown address, wrong password, deactivated person and foreign tenant get the same answer in
/// the same time.
/// </summary>
internal static class Login
{
    public sealed record Request
    {
        [Required, MaxLength(320)]
        public string Email { get; init; } = "";

        [Required, MaxLength(PasswordPolicy.MaximumLength)]
        public string Password { get; init; } = "";

        /// <summary>Slug of the tenant; without it the last one used, else the first.</summary>
        [MaxLength(64)]
        public string? Tenant { get; init; }
    }

    private static readonly Refusal InvalidCredentials = new(401, "invalid_credentials", "The address or the password is not right.");

    public static void Map(RouteGroupBuilder auth) => auth.MapPost("/login", Handle).WithName("login")
        .OpenToEverybody("Signing in is how one stops being nobody.").WithSummary("Signs in with e-mail and password.");

    private static async Task<Results<Ok<SignedIn>, Refused>> Handle(
        Request request, HttpContext http, NpgsqlDataSource database, PlatformDb db, Passwords passwords, SignInThrottle throttle, Memberships memberships, Sessions sessions,
        SignedInBuilder builder, TimeProvider clock, CancellationToken cancel)
    {
        var emailKey = Emails.KeyOf(request.Email);
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        if (await throttle.WaitAsync(emailKey, address, cancel) is { } wait)
        {
            return new Refused(TooManyAttempts(http, wait));
        }

        var account = await Accounts.FindAsync(database, emailKey, cancel);
        var verified = passwords.Verify(account, request.Password);
        var mine = account is null ? [] : await memberships.OfAsync(account.Id, cancel);
        var member = request.Tenant is { Length: > 0 } slug
            ? mine.FirstOrDefault(m => string.Equals(m.Slug, slug.Trim(), StringComparison.OrdinalIgnoreCase))
            : mine.FirstOrDefault(m => m.TenantId == account!.LastTenantId) ?? mine.FirstOrDefault();
        if (verified == PasswordVerificationResult.Failed || member is null)
        {
            await throttle.FailedAsync(emailKey, address, cancel);
            if (account is not null)
            {
                var outcome = verified == PasswordVerificationResult.Failed ? "wrong_password" : "no_access";
                await NoteFailureAsync(http, db, account, member ?? mine.FirstOrDefault(), outcome, clock, cancel);
            }

            return new Refused(InvalidCredentials);
        }

        await throttle.SucceededAsync(emailKey, address, cancel);
        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await Accounts.SetPasswordHashAsync(database, account!.Id, passwords.Hash(request.Password), changedAt: null, cancel);
        }

        var (answer, refusal) = await builder.StartAsync(sessions, http, account!.Id, member, "login", cancel);
        return answer is null ? new Refused(refusal!) : TypedResults.Ok(answer);
    }

    internal static Refusal TooManyAttempts(HttpContext http, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        http.Response.Headers.RetryAfter = seconds.ToString();
        return new Refusal(429, "too_many_attempts", $"Too many attempts. Try again in {seconds} seconds.").With("retryAfterSeconds", seconds);
    }

    private static async Task NoteFailureAsync(
        HttpContext http, PlatformDb db, Account account, Membership? member, string outcome, TimeProvider clock, CancellationToken cancel)
    {
        var attempt = new SignIn
        {
            AccountId = account.Id,
            TenantId = member?.TenantId,
            At = clock.GetUtcNow().ToMicroseconds(),
            Outcome = outcome,
            IpAddress = http.Connection.RemoteIpAddress?.ToString(),
            UserAgent = Sessions.UserAgentOf(http),
        };
        if (member is null)
        {
            // Nowhere to audit: the account belongs to no tenant. The person's own sign-in history still shows it.
            db.Enter(TenantScope.System(account.LastTenantId ?? account.Id));
            db.Add(attempt);
        }
        else
        {
            db.Enter(new TenantScope(member.TenantId, member.UserId, member.FullName, Refused.TraceIdOf(http)));
            db.Add(attempt);
            db.Note(new Change { Action = "login_failed", Target = "session", Label = member.FullName, TargetUserId = member.UserId });
        }

        await db.SaveChangesAsync(cancel);
    }
}
