using System.Linq.Expressions;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Access;

/// <summary>The people who may read a page, as conditions for a query: what <see cref="AccessDecision"/> says of each of them.</summary>
internal static class PageReaders
{
    /// <param name="db">In the people's workspace, which is active.</param>
    /// <param name="roles">The workspace's roles.</param>
    /// <param name="page">What they may read at least.</param>
    /// <param name="now">By which exceptions have run out or not.</param>
    public static Expression<Func<User, bool>> Of(PlatformDb db, IReadOnlyList<Role> roles, Page page, DateTimeOffset now)
    {
        var byRole = roles.Where(role => Reads(role, null)).Select(role => role.Key).ToArray();
        // A role nobody knows may read what it is granted, as the decision has it.
        var notByGrant = roles.Where(role => !Reads(role, new PageOverrideState(OverrideAccess.Grant, null, null))).Select(role => role.Key).ToArray();
        var key = page.Key;
        return user => user.Active && (
            db.Set<PageOverride>().Any(o => o.UserId == user.Id && o.Page == key && (o.ExpiresAt == null || o.ExpiresAt > now))
                ? db.Set<PageOverride>().Any(o =>
                    o.UserId == user.Id && o.Page == key && o.Access == OverrideAccess.Grant && (o.Level == null ? !notByGrant.Contains(user.Role) : o.Level != Level.None))
                : byRole.Contains(user.Role));

        bool Reads(Role role, PageOverrideState? own) => AccessDecision.LevelOf(new AccessQuestion(true, true, role, role.Key, page, own, now)) >= Level.Read;
    }

    /// <summary>Keys of the roles that see all rows; whoever has another sees their own.</summary>
    public static IReadOnlyList<string> SeeingAllRows(IReadOnlyList<Role> roles) => [.. roles.Where(role => !role.OwnRowsOnly).Select(role => role.Key)];
}
