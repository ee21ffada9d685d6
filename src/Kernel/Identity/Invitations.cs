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
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>An invitation nobody has accepted yet.</summary>
public sealed record InvitationRow(Guid Id, string Email, string? FullName, string Role, string InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>The answer to inviting somebody.</summary>
/// <param name="Link">To be handed to the person; it is shown this once and cannot be read again.</param>
public sealed record NewInvitation(Guid Id, string Link, string Email, string Role, DateTimeOffset ExpiresAt);

/// <summary><c>/invitations</c>: asking people in by a link.</summary>
internal static class Invitations
{
    public sealed record Request
    {
        [Required, MaxLength(254), EmailAddress]
        public string Email { get; init; } = "";

        /// <summary>How the person is called; they may say it themselves when they accept.</summary>
        [MaxLength(200)]
        public string? FullName { get; init; }

        /// <summary>Key of one of the workspace's roles.</summary>
        [Required, MaxLength(40)]
        public string Role { get; init; } = "";
    }

    public static void Map(RouteGroupBuilder api)
    {
        var invitations = api.MapGroup("/invitations").WithTags("invitations");
        invitations.Post("", Invite).WithName("invite").Requires(KernelPages.UserManagement, Level.Write).WithSummary("Asks somebody in; an earlier open invitation of the address ends.");
        invitations.Get("", List).WithName("listInvitations").Requires(KernelPages.UserManagement, Level.Read).WithSummary("Invitations that can still be accepted.");
        invitations.Delete("/{id:guid}", Revoke).WithName("revokeInvitation").Requires(KernelPages.UserManagement, Level.Write).WithSummary("Takes an invitation back.");
    }

    private static async Task<Results<Created<NewInvitation>, Refused>> Invite(
        Request request, HttpContext http, PlatformDb db, AccessCatalog catalog, PublicAddress address, TimeProvider clock, CancellationToken cancel)
    {
        var caller = http.CurrentUser();
        var emailKey = Emails.KeyOf(request.Email);
        if (UserRoles.Fault(catalog, caller, request.Role) is { } fault)
        {
            return new Refused(fault);
        }

        if (await MemberFaultAsync(db, emailKey, cancel) is { } member)
        {
            return new Refused(member);
        }

        var now = clock.GetUtcNow().ToMicroseconds();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var earlier in await db.Set<Invitation>().Where(i => i.EmailKey == emailKey && i.AcceptedAt == null).ToListAsync(cancel))
        {
            End(db, earlier, caller.UserId, now);
        }

        await db.SaveChangesAsync(cancel);
        var token = TenantToken.New(db.TenantId);
        var invitation = new Invitation
        {
            Email = request.Email.Trim(),
            EmailKey = emailKey,
            FullName = Text.OrNull(request.FullName),
            Role = request.Role,
            TokenHash = Secrets.HashOf(token),
            InvitedByName = caller.FullName,
            ExpiresAt = now + Invitation.Lifetime,
        };
        db.Add(invitation);
        db.Describe(invitation, "invite_user");
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { ConstraintName: InvitationMapping.OneForAnAddress })
        {
            return new Refused(new Refusal(409, "duplicate_value", "Somebody else is inviting this address right now.").On("email", "Being invited already."));
        }

        await transaction.CommitAsync(cancel);
        return TypedResults.Created(
            $"/api/v1/invitations/{invitation.Id}",
            new NewInvitation(invitation.Id, address.Of(http, $"/invitation/{token}"), invitation.Email, invitation.Role, invitation.ExpiresAt));
    }

    private static async Task<Ok<ItemList<InvitationRow>>> List(PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var open = await db.Set<Invitation>().Where(i => i.AcceptedAt == null && i.ExpiresAt > now).OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(500)
            .Select(i => new InvitationRow(i.Id, i.Email, i.FullName, i.Role, i.InvitedByName, i.CreatedAt, i.ExpiresAt)).ToListAsync(cancel);
        return TypedResults.Ok(new ItemList<InvitationRow>(open));
    }

    private static async Task<Results<NoContent, Refused>> Revoke(Guid id, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Set<Invitation>().FirstOrDefaultAsync(i => i.Id == id && i.AcceptedAt == null, cancel) is not { } invitation)
        {
            return new Refused(Refusals.NotFound);
        }

        End(db, invitation, http.CurrentUser().UserId, clock.GetUtcNow().ToMicroseconds());
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Accepted or taken back in the same moment; the caller's list shows which.
            return new Refused(Refusals.NotFound);
        }

        return TypedResults.NoContent();
    }

    private static void End(PlatformDb db, Invitation invitation, Guid userId, DateTimeOffset now)
    {
        invitation.DeletedAt = now;
        invitation.DeletedBy = userId;
        db.Describe(invitation, "revoke_invitation");
    }

    /// <summary>Somebody who is here already needs no invitation; somebody who left is brought back, with everything that was theirs.</summary>
    private static async Task<Refusal?> MemberFaultAsync(PlatformDb db, string emailKey, CancellationToken cancel)
    {
        var known = await db.Set<User>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(u => u.EmailKey == emailKey)
            .Select(u => new { u.Id, IsTrashed = u.DeletedAt != null }).ToListAsync(cancel);
        if (known.Count == 0)
        {
            return null;
        }

        var refusal = new Refusal(409, "duplicate_value", "This person belongs to the workspace already.").On("email", "Already a member.");
        return known.Find(u => !u.IsTrashed) is { } live
            ? refusal.With("existingId", live.Id)
            : refusal.With("trashedId", known[0].Id) with { Detail = "This person belonged to the workspace before. Restore them instead." };
    }
}

/// <summary>Who may give which role: nobody hands out what they lack.</summary>
internal static class UserRoles
{
    public static Refusal? Fault(AccessCatalog catalog, CurrentUser caller, string roleKey) =>
        catalog.RoleOf(caller.TenantModules, roleKey) is not { } role
            ? Refusals.Invalid("role", $"Use one of {string.Join(", ", catalog.RolesOf(caller.TenantModules).Select(r => r.Key))}.")
            : Exceeds(role, caller) ? UserRefusals.CannotGrant : null;

    /// <summary>Whether the role opens anything that the caller cannot.</summary>
    public static bool Exceeds(Role role, CurrentUser caller) => role.Defaults.Any(page => caller.Levels.GetValueOrDefault(page.Key) < page.Value);
}
