using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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

        /// <summary>The authenticator app's code or a recovery code, once the answer was <c>second_factor_required</c>.</summary>
        [MaxLength(40)]
        public string? Code { get; init; }
    }

    private static readonly Refusal InvalidCredentials = new(401, "invalid_credentials", "The address or the password is not right.");

    public static void Map(RouteGroupBuilder auth) => auth.Post("/login", Handle).WithName("login")
        .OpenToEverybody("Signing in is how one stops being nobody.").WithSummary("Signs in with e-mail and password.");

    private static async Task<Results<Ok<SignedIn>, Refused>> Handle(
        Request request, HttpContext http, NpgsqlDataSource database, PlatformDb db, Credentials credentials, Memberships memberships, Sessions sessions, SignedInBuilder builder, TimeProvider clock,
        CancellationToken cancel)
    {
        var emailKey = Emails.KeyOf(request.Email);
        var account = await Accounts.FindAsync(database, emailKey, cancel);
        var mine = account is null ? [] : await memberships.OfAsync(account.Id, cancel);
        var member = request.Tenant is { Length: > 0 } slug
            ? mine.FirstOrDefault(m => string.Equals(m.Slug, slug.Trim(), StringComparison.OrdinalIgnoreCase))
            : mine.FirstOrDefault(m => m.TenantId == account!.LastTenantId) ?? mine.FirstOrDefault();
        var proof = await credentials.CheckAsync(http, account, emailKey, request.Password, request.Code, InvalidCredentials, mayEnter: member is not null, cancel);
        if (proof.Refusal is not null)
        {
            if (account is not null && proof.Outcome is not null)
            {
                await NoteFailureAsync(http, db, account, member ?? mine.FirstOrDefault(), proof.Outcome, clock, cancel);
            }

            return new Refused(proof.Refusal);
        }

        var (answer, refusal) = await builder.StartAsync(sessions, http, account!.Id, member!, "login", cancel);
        return answer is null ? new Refused(refusal!) : TypedResults.Ok(answer);
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
