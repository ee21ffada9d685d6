using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>What the person who opens an invitation's link sees.</summary>
/// <param name="AccountExists">The address signs in here already: its own password is asked for instead of a new one.</param>
public sealed record OpenInvitation(string TenantName, string Email, string? FullName, string Role, string InvitedBy, bool AccountExists, DateTimeOffset ExpiresAt);

/// <summary><c>/auth/invitations/{token}</c>: reading and accepting an invitation, by whoever holds its link.</summary>
internal static class AcceptInvitation
{
    public sealed record Request
    {
        /// <summary>For a new account; without it the name in the invitation.</summary>
        [MaxLength(200)]
        public string? FullName { get; init; }

        /// <summary>A new account's first password, or the existing account's own; not needed by somebody who is signed in with that account.</summary>
        [MaxLength(PasswordPolicy.MaximumLength)]
        public string? Password { get; init; }

        /// <summary>For an account with a second factor: its code.</summary>
        [MaxLength(40)]
        public string? Code { get; init; }
    }

    private static readonly Refusal Ended = new(410, "invitation_ended", "This invitation was used, taken back or has expired. Ask for a new one.");

    private static readonly Refusal WrongPassword = new Refusal(401, "invalid_credentials", "This is not the password of your account.").On("password", "Not your password.");

    public static void Map(RouteGroupBuilder auth)
    {
        auth.Get("/invitations/{token}", Read).WithName("readInvitation").OpenToEverybody("Whoever was given the link has no session yet.").WithSummary("What an invitation is for.");
        auth.Post("/invitations/{token}/accept", Accept).WithName("acceptInvitation").OpenToEverybody("Whoever was given the link has no session yet.").WithSummary("Joins the workspace and signs in.");
    }

    private static async Task<Results<Ok<OpenInvitation>, Refused>> Read(string token, PlatformDb db, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancel)
    {
        var (invitation, tenant, refusal) = await FindAsync(token, db, clock, cancel);
        if (invitation is null)
        {
            return new Refused(refusal!);
        }

        var account = await Accounts.FindAsync(database, invitation.EmailKey, cancel);
        return TypedResults.Ok(new OpenInvitation(
            tenant!.Name, invitation.Email, invitation.FullName, invitation.Role, invitation.InvitedByName, account is not null, invitation.ExpiresAt));
    }

    private static async Task<Results<Ok<SignedIn>, Refused>> Accept(
        string token, Request request, HttpContext http, PlatformDb db, NpgsqlDataSource database, Passwords passwords, Credentials credentials, Principals principals, Sessions sessions,
        SignedInBuilder builder, TimeProvider clock, CancellationToken cancel)
    {
        var (invitation, tenant, refusal) = await FindAsync(token, db, clock, cancel);
        if (invitation is null)
        {
            return new Refused(refusal!);
        }

        var account = await Accounts.FindAsync(database, invitation.EmailKey, cancel);
        var isNew = account is null;
        if (account is null)
        {
            var fullName = Text.OrNull(request.FullName) ?? invitation.FullName;
            if (NewAccountFault(request.Password, fullName, invitation.Email) is { } fault)
            {
                return new Refused(fault);
            }

            account = new Account
            {
                Email = invitation.Email,
                EmailKey = invitation.EmailKey,
                FullName = fullName!,
                PasswordHash = passwords.Hash(request.Password!),
                PasswordChangedAt = clock.GetUtcNow().ToMicroseconds(),
                TimeZone = tenant!.TimeZone,
                CreatedAt = clock.GetUtcNow().ToMicroseconds(),
            };
        }
        else if (!await IsSignedInAsync(http, account, principals, cancel)
            && (await credentials.CheckAsync(http, account, account.EmailKey, request.Password, request.Code, WrongPassword, mayEnter: true, cancel)).Refusal is { } notTheirs)
        {
            return new Refused(notTheirs);
        }

        var (user, gone) = await JoinAsync(db, invitation, account, isNew, clock, cancel);
        if (user is null)
        {
            return new Refused(gone!);
        }

        var member = new Membership(tenant!.Id, tenant.Slug, tenant.Name, user.Id, user.Role, user.FullName);
        var (answer, ended) = await builder.StartAsync(sessions, http, account.Id, member, "accept_invitation", cancel);
        return answer is null ? new Refused(ended!) : TypedResults.Ok(answer);
    }

    /// <summary>The open invitation with its tenant, which the context has entered on behalf of the platform.</summary>
    private static async Task<(Invitation? Invitation, Tenant? Tenant, Refusal? Refusal)> FindAsync(string token, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (TenantToken.TenantOf(token) is not { } tenantId)
        {
            return (null, null, Refusals.NotFound);
        }

        db.Enter(TenantScope.System(tenantId));
        var hash = Secrets.HashOf(token);
        var invitation = await db.Set<Invitation>().IgnoreQueryFilters(QueryFilters.WithTrash).FirstOrDefaultAsync(i => i.TokenHash == hash, cancel);
        var tenant = invitation is null ? null : await db.Set<Tenant>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == tenantId && t.Status == TenantStatus.Active, cancel);
        if (invitation is null || tenant is null)
        {
            return (null, null, Refusals.NotFound);
        }

        var isOpen = invitation is { AcceptedAt: null, DeletedAt: null } && invitation.ExpiresAt > clock.GetUtcNow();
        return isOpen ? (invitation, tenant, null) : (null, null, Ended);
    }

    private static Refusal? NewAccountFault(string? password, string? fullName, string email) =>
        fullName is null ? Refusals.Invalid("fullName", "Say how you are called.")
        : PasswordPolicy.Fault(password, email, fullName) is { } fault ? Refusals.Invalid("password", fault)
        : null;

    /// <summary>A live session of the very account proves as much as its password.</summary>
    private static async Task<bool> IsSignedInAsync(HttpContext http, Account account, Principals principals, CancellationToken cancel) =>
        http.Items[typeof(AccessClaims)] is AccessClaims claims && claims.AccountId == account.Id && await principals.LoadAsync(claims, cancel) is not null;

    /// <summary>
    /// Uses the invitation up and makes the membership, in one transaction: of two that accept at once, the second finds another
    /// version of the invitation, or the account made already.
    /// </summary>
    private static async Task<(User? User, Refusal? Refusal)> JoinAsync(PlatformDb db, Invitation invitation, Account account, bool isNew, TimeProvider clock, CancellationToken cancel)
    {
        var former = await db.Set<User>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(u => u.AccountId == account.Id).OrderBy(u => u.DeletedAt != null).ThenByDescending(u => u.DeletedAt)
            .FirstOrDefaultAsync(cancel);
        if (former is { DeletedAt: null })
        {
            return (null, new Refusal(409, "already_member", "You belong to this workspace already. Sign in."));
        }

        var user = former ?? new User { AccountId = account.Id, Email = account.Email, EmailKey = account.EmailKey, FullName = account.FullName, Role = invitation.Role };
        db.EnterKeeping(db.Scope with { ActorId = user.Id, ActorName = account.FullName });
        invitation.AcceptedAt = clock.GetUtcNow().ToMicroseconds();
        db.Describe(invitation, "accept_invitation");
        if (former is not null)
        {
            former.DeletedAt = null;
            former.DeletedBy = null;
            former.Active = true;
            former.Role = invitation.Role;
            former.Email = account.Email;
            former.EmailKey = account.EmailKey;
        }
        else
        {
            db.Add(user);
        }

        if (isNew)
        {
            db.Add(account);
        }

        try
        {
            await db.SaveChangesAsync(cancel);
            return (user, null);
        }
        catch (DbUpdateConcurrencyException)
        {
            return (null, Ended);
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return (null, Ended);
        }
    }
}
