using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Access;

/// <summary><c>PUT /users/{id}/pages/{page}</c>: grants, denies or leaves to the role, from the person's next request on.</summary>
internal static class SetPageAccess
{
    public sealed record Request
    {
        [Required]
        public CellAccess? Access { get; init; }

        /// <summary>How far a grant goes; without it, as far as the role's grants go.</summary>
        public Level? Level { get; init; }

        [MaxLength(500)]
        public string? Reason { get; init; }

        /// <summary>When the exception runs out by itself.</summary>
        public DateTimeOffset? ExpiresAt { get; init; }
    }

    public static void Map(RouteGroupBuilder users) => users.Put("/{id:guid}/pages/{page}", Handle).WithName("setPageAccess")
        .Requires(KernelPages.UserManagement, Level.Write).WithSummary("Gives or takes a page for one person.");

    private static async Task<Results<Ok<AccessRow>, Refused>> Handle(
        Guid id, string page, Request request, HttpContext http, PlatformDb db, AccessCatalog catalog, TimeProvider clock, CancellationToken cancel)
    {
        var caller = http.CurrentUser();
        var now = clock.GetUtcNow().ToMicroseconds();
        var wanted = catalog.PagesOf(caller.TenantModules).Select(p => p.Page).FirstOrDefault(p => p.Key == PageAliases.Canonical(page));
        var user = await db.Set<User>().FirstOrDefaultAsync(u => u.Id == id, cancel);
        if (wanted is null || user is null)
        {
            return new Refused(Refusals.NotFound);
        }

        if (request.ExpiresAt <= now)
        {
            return new Refused(Refusals.Invalid("expiresAt", "Choose a time to come."));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await FaultAsync(db, catalog, caller, user, wanted, request, now, cancel) is { } refusal)
        {
            return new Refused(refusal);
        }

        await WriteAsync(db, user.Id, wanted.Key, request, cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok((await AccessMatrix.RowsAsync(db, catalog, caller.TenantModules, [user], now, cancel))[0]);
    }

    private static async Task<Refusal?> FaultAsync(
        PlatformDb db, AccessCatalog catalog, CurrentUser caller, User user, Page page, Request request, DateTimeOffset now, CancellationToken cancel)
    {
        if (request.Access == CellAccess.Grant)
        {
            var level = request.Level ?? catalog.RoleOf(caller.TenantModules, user.Role)?.GrantLevel ?? Level.Read;
            return caller.Can(page, level) ? null : UserRefusals.CannotGrant;
        }

        if (request.Access == CellAccess.Inherit)
        {
            var own = await db.Set<PageOverride>().AsNoTracking().FirstOrDefaultAsync(o => o.UserId == user.Id && o.Page == page.Key, cancel);
            return GainsTooMuch(catalog, caller, user, page, own, now) ? UserRefusals.CannotGrant : null;
        }

        var takesUserManagement = page == KernelPages.UserManagement && request.Access == CellAccess.Deny;
        if (takesUserManagement && user.Role == Role.Admin && user.Active && await LastAdmin.IsLastAsync(db, user.Id, now, cancel))
        {
            return LastAdmin.Refusal;
        }

        return takesUserManagement && user.Id == caller.UserId ? UserRefusals.OwnUserManagement : null;
    }

    /// <summary>Whether dropping the exception gives the person more than before, and more than the caller has to give.</summary>
    internal static bool GainsTooMuch(AccessCatalog catalog, CurrentUser caller, User user, Page page, PageOverride? own, DateTimeOffset now)
    {
        var question = new AccessQuestion(true, true, catalog.RoleOf(caller.TenantModules, user.Role), user.Role, page, null, now);
        var after = AccessDecision.LevelOf(question);
        return after > AccessDecision.LevelOf(question with { Override = own?.ToState() }) && !caller.Can(page, after);
    }

    private static async Task WriteAsync(PlatformDb db, Guid userId, string page, Request request, CancellationToken cancel)
    {
        var own = await db.Set<PageOverride>().FirstOrDefaultAsync(o => o.UserId == userId && o.Page == page, cancel);
        if (request.Access == CellAccess.Inherit)
        {
            if (own is not null)
            {
                db.Remove(own);
                db.Describe(own, "reset_perm", request.Reason);
            }
        }
        else
        {
            if (own is null)
            {
                own = new PageOverride { UserId = userId, Page = page };
                db.Add(own);
            }

            own.Access = request.Access == CellAccess.Grant ? OverrideAccess.Grant : OverrideAccess.Deny;
            own.Level = request.Access == CellAccess.Grant ? request.Level : null;
            own.Reason = Records.Text.OrNull(request.Reason);
            own.ExpiresAt = request.ExpiresAt;
            db.Describe(own, "toggle_perm", request.Reason);
        }

        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>The documents call one page by two names.</summary>
internal static class PageAliases
{
    public static string Canonical(string key) => key == "user_mgmt" ? KernelPages.UserManagement.Key : key;
}

/// <summary><c>POST /users/{id}/pages/reset</c>: back to what the role gives.</summary>
internal static class ResetPageAccess
{
    public static void Map(RouteGroupBuilder users) => users.Post("/{id:guid}/pages/reset", Handle).WithName("resetPageAccess")
        .Requires(KernelPages.UserManagement, Level.Write).WithSummary("Drops all of a person's exceptions.");

    private static async Task<Results<Ok<AccessRow>, Refused>> Handle(
        Guid id, HttpContext http, PlatformDb db, AccessCatalog catalog, TimeProvider clock, CancellationToken cancel)
    {
        var user = await db.Set<User>().FirstOrDefaultAsync(u => u.Id == id, cancel);
        if (user is null)
        {
            return new Refused(Refusals.NotFound);
        }

        var now = clock.GetUtcNow().ToMicroseconds();
        var caller = http.CurrentUser();
        var exceptions = await db.Set<PageOverride>().Where(o => o.UserId == id).ToListAsync(cancel);
        var pages = catalog.PagesOf(caller.TenantModules).ToDictionary(p => p.Page.Key, p => p.Page, StringComparer.Ordinal);
        if (exceptions.Exists(own => pages.TryGetValue(own.Page, out var page) && SetPageAccess.GainsTooMuch(catalog, caller, user, page, own, now)))
        {
            return new Refused(UserRefusals.CannotGrant);
        }

        foreach (var own in exceptions)
        {
            db.Remove(own);
            db.Describe(own, "reset_perm");
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok((await AccessMatrix.RowsAsync(db, catalog, caller.TenantModules, [user], now, cancel))[0]);
    }
}
