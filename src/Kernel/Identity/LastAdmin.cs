using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>
/// Nobody can lock everybody out: after any change there is at least one active administrator who can manage users. Asked
/// inside the transaction under a lock of the tenant, so two administrators who demote each other at once do not both succeed.
/// </summary>
internal static class LastAdmin
{
    public static readonly Refusal Refusal = new(409, "last_admin", "This is the last administrator who can manage users. Make somebody else an administrator first.");

    /// <summary>Whether somebody other than <paramref name="userId"/> can still manage users. Holds the tenant's lock until the transaction ends.</summary>
    public static async Task<bool> IsLastAsync(PlatformDb db, Guid userId, DateTimeOffset now, CancellationToken cancel)
    {
        await db.WaitTurnAsync("last_admin", cancel);
        var others = db.Set<User>().Where(u => u.Id != userId && u.Active && u.Role == Role.Admin)
            .Where(u => !db.Set<PageOverride>().Any(o =>
                o.UserId == u.Id && o.Page == KernelPages.UserManagement.Key && o.Access == OverrideAccess.Deny && (o.ExpiresAt == null || o.ExpiresAt > now)));
        return !await others.AnyAsync(cancel);
    }
}
