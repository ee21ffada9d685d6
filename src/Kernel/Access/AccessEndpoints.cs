using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Access;

public sealed record PageInfo(string Key, string Name, string? Module);

public sealed record RoleInfo(string Key, string Name, IReadOnlyDictionary<string, Level> Defaults);

/// <summary>The columns of the permission matrix, and the roles its lines can have.</summary>
public sealed record AccessPages(IReadOnlyList<PageInfo> Pages, IReadOnlyList<RoleInfo> Roles);

/// <summary>Why a person can or cannot open a page: the rules in the order they were asked, and the one that decided.</summary>
public sealed record AccessExplanation(Guid UserId, string Page, bool Allowed, Level Level, string DecidedBy, IReadOnlyList<AccessStep> Steps);

/// <summary><c>/access</c>: the matrix, its explanation, and seeing through somebody's eyes.</summary>
internal static class AccessEndpoints
{
    public sealed record ViewAsRequest(Guid UserId);

    public static void Map(RouteGroupBuilder api)
    {
        var access = api.MapGroup("/access").WithTags("access");
        access.Get("/pages", Pages).WithName("listAccessPages").Requires(KernelPages.UserManagement, Level.Read).WithMetadata(new DecidesAfresh()).WithSummary("Pages and roles of the workspace.");
        access.Get("/matrix", Matrix).WithName("getAccessMatrix").Requires(KernelPages.UserManagement, Level.Read).WithSummary("People by pages: what each can do, and where it comes from.");
        access.Get("/explain", Explain).WithName("explainAccess").Requires(KernelPages.UserManagement, Level.Read).WithSummary("Why a person can or cannot open a page.");
        access.Post("/view-as", ViewAs).WithName("viewAs").Requires(KernelPages.UserManagement, Level.Write)
            .WithSummary($"Begins to see the workspace as another person does: send {AccessMiddleware.ViewAsHeader} from then on.");
    }

    private static Ok<AccessPages> Pages(HttpContext http, AccessCatalog catalog)
    {
        var modules = http.CurrentUser().TenantModules;
        return TypedResults.Ok(new AccessPages(
            [.. catalog.PagesOf(modules).Select(p => new PageInfo(p.Page.Key, p.Page.Name, p.Module))],
            [.. catalog.RolesOf(modules).Select(r => new RoleInfo(r.Key, r.Name, r.Defaults))]));
    }

    private static async Task<Ok<RecordPage<AccessRow>>> Matrix(
        HttpContext http, PlatformDb db, AccessCatalog catalog, TimeProvider clock, CancellationToken cancel,
        [FromQuery, MaxLength(200)] string? search = null, [FromQuery] string? role = null, [FromQuery, Range(1, 10_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50)
    {
        page = Math.Clamp(page, 1, 10_000);
        limit = Math.Clamp(limit, 1, 200);
        IQueryable<User> users = db.Set<User>().AsNoTracking();
        if (Text.OrNull(search) is { } text)
        {
            var pattern = SearchText.PatternOf(text);
            users = users.Where(u => EF.Functions.Like(SearchText.Folded(u.FullName)!, pattern, LikePattern.EscapeSign) || EF.Functions.Like(SearchText.Folded(u.Email)!, pattern, LikePattern.EscapeSign));
        }

        if (Text.OrNull(role) is { } wanted)
        {
            users = users.Where(u => u.Role == wanted);
        }

        var total = await users.CountAsync(cancel);
        var shown = await users.OrderBy(u => u.FullName).ThenBy(u => u.Id).Skip((page - 1) * limit).Take(limit).ToListAsync(cancel);
        var rows = await AccessMatrix.RowsAsync(db, catalog, http.CurrentUser().TenantModules, shown, clock.GetUtcNow(), cancel);
        return TypedResults.Ok(new RecordPage<AccessRow>(rows, total, true, page, limit, null));
    }

    private static async Task<Results<Ok<AccessExplanation>, Refused>> Explain(
        HttpContext http, PlatformDb db, AccessCatalog catalog, TimeProvider clock, CancellationToken cancel, [FromQuery] Guid userId, [FromQuery] string page)
    {
        var modules = http.CurrentUser().TenantModules;
        var wanted = catalog.PagesOf(modules).Select(p => p.Page).FirstOrDefault(p => p.Key == PageAliases.Canonical(page));
        var user = await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Id == userId, cancel);
        if (user is null || wanted is null)
        {
            return new Refused(Refusals.NotFound);
        }

        var own = await db.Set<PageOverride>().AsNoTracking().FirstOrDefaultAsync(o => o.UserId == userId && o.Page == wanted.Key, cancel);
        var answer = AccessDecision.Explain(new AccessQuestion(
            true, user.Active, catalog.RoleOf(modules, user.Role), user.Role, wanted, own?.ToState(), clock.GetUtcNow()));
        return TypedResults.Ok(new AccessExplanation(user.Id, wanted.Key, answer.Level != Level.None, answer.Level, answer.DecidedBy, answer.Steps));
    }

    private static async Task<Results<Ok<Me>, Refused>> ViewAs(
        ViewAsRequest request, HttpContext http, PlatformDb db, Principals principals, SignedInBuilder builder, CancellationToken cancel)
    {
        var caller = http.CurrentUser();
        if (await principals.LoadAsSeenByAsync(caller, request.UserId, cancel) is not { } seen)
        {
            return new Refused(Refusals.NotFound);
        }

        db.Note(new Change { Action = "view_as", Target = "user", EntityId = seen.UserId, Label = seen.FullName, TargetUserId = seen.UserId });
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(await builder.MeAsync(seen, cancel));
    }
}
