using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Access;

public enum CellAccess
{
    Inherit,
    Grant,
    Deny,
}

/// <summary>One person's standing on one page.</summary>
/// <param name="Access">Their own entry, or <c>inherit</c>.</param>
/// <param name="Level">What they can do now.</param>
/// <param name="RoleLevel">What their role alone would give.</param>
/// <param name="Pinned">The entry says the same as the role: it keeps the level when the role changes.</param>
public sealed record AccessCell(CellAccess Access, Level Level, Level RoleLevel, bool Pinned, string? Reason, DateTimeOffset? ExpiresAt);

/// <summary>A line of the permission matrix.</summary>
public sealed record AccessRow(Guid Id, string FullName, string Email, string Role, bool Active, IReadOnlyDictionary<string, AccessCell> Cells);

/// <summary>Computes lines of the matrix with the one decision function.</summary>
internal static class AccessMatrix
{
    public static async Task<IReadOnlyList<AccessRow>> RowsAsync(
        PlatformDb db, AccessCatalog catalog, IReadOnlyList<string> tenantModules, IReadOnlyList<User> users, DateTimeOffset now, CancellationToken cancel)
    {
        var ids = users.Select(u => u.Id).ToArray();
        var overrides = await db.Set<PageOverride>().Where(o => ids.Contains(o.UserId)).AsNoTracking().ToListAsync(cancel);
        var roles = catalog.RolesOf(tenantModules).ToDictionary(r => r.Key, StringComparer.Ordinal);
        var pages = catalog.PagesOf(tenantModules);
        return
        [
            .. users.Select(user => new AccessRow(user.Id, user.FullName, user.Email, user.Role, user.Active, pages.ToDictionary(
                p => p.Page.Key,
                p => Cell(user, p.Page, roles.GetValueOrDefault(user.Role), overrides.Find(o => o.UserId == user.Id && o.Page == p.Page.Key), now),
                StringComparer.Ordinal))),
        ];
    }

    private static AccessCell Cell(User user, Page page, Role? role, PageOverride? own, DateTimeOffset now)
    {
        var level = AccessDecision.LevelOf(new AccessQuestion(true, user.Active, role, user.Role, page, own?.ToState(), now));
        var roleLevel = role?.Defaults.GetValueOrDefault(page.Key) ?? Level.None;
        var live = own is not null && !(own.ExpiresAt <= now);
        var access = !live ? CellAccess.Inherit : own!.Access == OverrideAccess.Grant ? CellAccess.Grant : CellAccess.Deny;
        return new AccessCell(access, level, roleLevel, live && user.Active && level == roleLevel, live ? own!.Reason : null, live ? own!.ExpiresAt : null);
    }
}
