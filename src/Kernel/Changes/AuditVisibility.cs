using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Changes;

/// <summary>
/// Who sees what of the audit trail, decided here for the list, its actions and the export alike: an administrator all of it; a
/// manager all of it but other people's accounts, rights and sessions and what administrators did to them; anybody else what
/// they did themselves.
/// </summary>
internal static class AuditVisibility
{
    private const string Manager = "manager";

    private static readonly string[] AboutPeople = ["user", "permission", "session", "invitation"];

    /// <summary>Sees more than their own actions, and may therefore have the whole chain checked.</summary>
    public static bool SeesOthers(CurrentUser user) => user.IsAdmin || user.Role == Manager;

    public static IQueryable<Change> Changes(PlatformDb db, CurrentUser user) =>
        user.IsAdmin ? db.Changes : db.Changes.Where(user.Role == Manager ? ForManager(db, user.UserId) : change => change.ActorId == user.UserId);

    private static Expression<Func<Change, bool>> ForManager(PlatformDb db, Guid me)
    {
        var admins = db.Set<User>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(u => u.Role == Role.Admin).Select(u => (Guid?)u.Id);
        return change => !AboutPeople.Contains(change.Target) || change.ActorId == me || (change.TargetUserId == me && !admins.Contains(change.ActorId));
    }
}
