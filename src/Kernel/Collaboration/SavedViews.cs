using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Collaboration;

/// <summary>A saved view as its owner and those it is shared with see it.</summary>
/// <param name="IsDefault">What its owner sees when they open the list.</param>
/// <param name="Mine">The caller owns it and may change it.</param>
public sealed record SavedViewRow(
    Guid Id, string Noun, string Name, string Query, ViewSharing Sharing, string? Role, bool IsDefault, bool Mine, PersonRef Owner, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    : IRecordRow;

/// <summary>A view to be kept.</summary>
public sealed record SavedViewInput : IValidatableObject
{
    /// <summary>Plural word of the list's noun; it stays as it was made.</summary>
    [Required, MaxLength(60)]
    public string Noun { get; init; } = "";

    [Required, MaxLength(100)]
    public string Name { get; init; } = "";

    /// <summary>The list's query string without the question mark; empty for the plain list.</summary>
    [MaxLength(4_000)]
    public string Query { get; init; } = "";

    public ViewSharing Sharing { get; init; }

    /// <summary>Key of a role, for <c>role</c>.</summary>
    [MaxLength(40)]
    public string? Role { get; init; }

    public bool IsDefault { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((Sharing == ViewSharing.Role) != (Text.OrNull(Role) is not null))
        {
            yield return new ValidationResult("Name a role exactly when sharing with one.", [nameof(Role)]);
        }
    }
}

/// <summary><c>/views</c>: lists as people like to see them.</summary>
internal static class SavedViews
{
    public static void Map(RouteGroupBuilder api)
    {
        var views = api.MapGroup("/views").WithTags("views");
        views.Get("", List).WithName("listViews").RequiresMember().WithSummary("One's own views and those shared with one, of the lists one may open.");
        views.Post("", Create).WithName("createView").RequiresMember().WithSummary("Keeps a view.");
        views.Put("/{id:guid}", Update).WithName("updateView").RequiresMember().WithMetadata(new NeedsVersion(true)).WithSummary("Changes one's own view.");
        views.Delete("/{id:guid}", Remove).WithName("deleteView").RequiresMember().WithSummary("Removes one's own view.");
    }

    private static async Task<Ok<ItemList<SavedViewRow>>> List(
        HttpContext http, PlatformDb db, IEnumerable<IRecordSet> nouns, CancellationToken cancel, [FromQuery, MaxLength(60)] string? noun = null)
    {
        var user = http.CurrentUser();
        var readable = nouns.Where(n => (noun is null || n.Noun == noun) && user.Can(n.Page, Level.Read)).Select(n => n.Noun).ToArray();
        var views = await db.Set<SavedView>()
            .Where(v => readable.Contains(v.Noun) && (v.OwnerId == user.UserId || v.Sharing == ViewSharing.Tenant || (v.Sharing == ViewSharing.Role && v.Role == user.Role)))
            .OrderBy(v => v.Noun).ThenByDescending(v => v.OwnerId == user.UserId).ThenBy(v => v.Name).ThenBy(v => v.Id).Take(500)
            .Select(v => new SavedViewRow(
                v.Id, v.Noun, v.Name, v.Query, v.Sharing, v.Role, v.IsDefault, v.OwnerId == user.UserId, new PersonRef(v.OwnerId, v.OwnerName), v.Version, v.CreatedAt, v.UpdatedAt))
            .ToListAsync(cancel);
        return TypedResults.Ok(new ItemList<SavedViewRow>(views));
    }

    private static async Task<Results<Created<SavedViewRow>, Refused>> Create(
        SavedViewInput input, HttpContext http, PlatformDb db, IEnumerable<IRecordSet> nouns, AccessCatalog catalog, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        if (nouns.FirstOrDefault(n => n.Noun == input.Noun) is not { } noun)
        {
            return new Refused(Refusals.Invalid("noun", "There is no such list."));
        }

        if (!user.Can(noun.Page, Level.Read))
        {
            return new Refused(Refusals.Forbidden(noun.Page.Key, "read"));
        }

        var view = new SavedView { OwnerId = user.UserId, OwnerName = user.FullName, Noun = noun.Noun, Name = input.Name, Query = input.Query };
        if (await SaveAsync(db, view, input, user, catalog, isNew: true, cancel) is { } refusal)
        {
            return new Refused(refusal);
        }

        http.Response.Headers.ETag = VersionTag.Of(view.Version);
        return TypedResults.Created($"/api/v1/views/{view.Id}", RowOf(view));
    }

    private static async Task<Results<Ok<SavedViewRow>, Refused>> Update(
        Guid id, SavedViewInput input, HttpContext http, PlatformDb db, AccessCatalog catalog, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var tag = VersionTag.Required(http.Request);
        if (tag.IsMissing)
        {
            return new Refused(Refusals.VersionRequired);
        }

        if (await OwnAsync(db, id, user, cancel) is not { } view)
        {
            return new Refused(Refusals.NotFound);
        }

        if (!tag.Matches(view.Version))
        {
            return new Refused(Refusals.VersionConflict(RowOf(view)));
        }

        if (view.Noun != input.Noun)
        {
            return new Refused(Refusals.Invalid("noun", "A view stays with its list."));
        }

        if (await SaveAsync(db, view, input, user, catalog, isNew: false, cancel) is { } refusal)
        {
            return new Refused(refusal);
        }

        http.Response.Headers.ETag = VersionTag.Of(view.Version);
        return TypedResults.Ok(RowOf(view));
    }

    private static async Task<Results<NoContent, Refused>> Remove(Guid id, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        if (await OwnAsync(db, id, user, cancel) is not { } view)
        {
            return new Refused(Refusals.NotFound);
        }

        view.DeletedAt = clock.GetUtcNow().ToMicroseconds();
        view.DeletedBy = user.UserId;
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    /// <summary>Others' views are not there to be changed, also those they share.</summary>
    private static Task<SavedView?> OwnAsync(PlatformDb db, Guid id, CurrentUser user, CancellationToken cancel) =>
        db.Set<SavedView>().FirstOrDefaultAsync(v => v.Id == id && v.OwnerId == user.UserId, cancel);

    private static async Task<Refusal?> SaveAsync(PlatformDb db, SavedView view, SavedViewInput input, CurrentUser user, AccessCatalog catalog, bool isNew, CancellationToken cancel)
    {
        if (input.Sharing == ViewSharing.Role && catalog.RoleOf(user.TenantModules, input.Role!) is null)
        {
            return Refusals.Invalid("role", $"Use one of {string.Join(", ", catalog.RolesOf(user.TenantModules).Select(r => r.Key))}.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            if (input.IsDefault && await db.Set<SavedView>().FirstOrDefaultAsync(v => v.OwnerId == user.UserId && v.Noun == view.Noun && v.IsDefault && v.Id != view.Id, cancel) is { } former)
            {
                // Saved first: the index allows one default at any moment.
                former.IsDefault = false;
                await db.SaveChangesAsync(cancel);
            }

            view.Name = input.Name.Trim();
            view.Query = input.Query.Trim().TrimStart('?');
            view.Sharing = input.Sharing;
            view.Role = Text.OrNull(input.Role);
            view.IsDefault = input.IsDefault;
            if (isNew)
            {
                db.Add(view);
            }

            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal(409, "try_again", "Two changes met at the same moment. Try again.");
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { ConstraintName: SavedViewMapping.OneName })
        {
            return new Refusal(409, "duplicate_value", "You have a view of this name already.").On("name", "Already taken.");
        }
    }

    private static SavedViewRow RowOf(SavedView v) =>
        new(v.Id, v.Noun, v.Name, v.Query, v.Sharing, v.Role, v.IsDefault, true, new PersonRef(v.OwnerId, v.OwnerName), v.Version, v.CreatedAt, v.UpdatedAt);
}
