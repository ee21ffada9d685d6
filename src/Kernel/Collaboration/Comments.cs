using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Collaboration;

/// <summary>A comment as people read it.</summary>
/// <param name="Mentions">The people it addresses, as long as they are members.</param>
/// <param name="EditedAt">When its author last changed it; null when they never did.</param>
public sealed record CommentRow(
    Guid Id, string Body, PersonRef Author, IReadOnlyList<PersonRef> Mentions, DateTimeOffset CreatedAt, DateTimeOffset? EditedAt, int Version);

/// <summary>Comments, newest first.</summary>
/// <param name="NextBefore">Pass it as <c>before</c> to read older ones; null at the end.</param>
public sealed record CommentList(IReadOnlyList<CommentRow> Items, Guid? NextBefore);

/// <summary>What somebody says.</summary>
public sealed record CommentInput
{
    [Required, MaxLength(10_000)]
    public string Body { get; init; } = "";

    /// <summary>Ids of the people it addresses.</summary>
    [MaxLength(50)]
    public IReadOnlyList<Guid> Mentions { get; init; } = [];
}

/// <summary><c>/{noun}/{id}/comments</c>, for every noun.</summary>
internal static class Comments
{
    private static readonly Refusal NotYours = new(403, "not_yours", "Only its author changes or removes a comment.");

    public static void Map(RouteGroupBuilder records, AttachableNoun noun, string one)
    {
        records.Get("/{id:guid}/comments", (Guid id, PlatformDb db, CancellationToken cancel, [FromQuery] Guid? before = null, [FromQuery, Range(1, 200)] int limit = 100) =>
            List(noun, id, db, before, Math.Clamp(limit, 1, 200), cancel))
            .WithName($"list{one}Comments").Requires(noun.Page, Level.Read).WithSummary("What people said about it, newest first.");
        records.Post("/{id:guid}/comments", (Guid id, CommentInput input, HttpContext http, PlatformDb db, CancellationToken cancel) => Add(noun, id, input, http, db, cancel))
            .WithName($"add{one}Comment").Requires(noun.Page, Level.Write).WithSummary("Says something about it.");
        records.Put("/{id:guid}/comments/{commentId:guid}", (Guid id, Guid commentId, CommentInput input, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel) =>
            Edit(noun, id, commentId, input, http, db, clock, cancel))
            .WithName($"edit{one}Comment").Requires(noun.Page, Level.Write).AcceptsVersion().WithSummary("Changes one's own comment.");
        records.Delete("/{id:guid}/comments/{commentId:guid}", (Guid id, Guid commentId, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel) =>
            Remove(noun, id, commentId, http, db, clock, cancel))
            .WithName($"remove{one}Comment").Requires(noun.Page, Level.Write).WithSummary("Removes one's own comment.");
    }

    private static async Task<Results<Ok<CommentList>, Refused>> List(AttachableNoun noun, Guid id, PlatformDb db, Guid? before, int limit, CancellationToken cancel)
    {
        if (!await noun.ExistsAsync(db, id, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        var comments = await db.Set<Comment>().Where(c => c.RecordKind == noun.Kind && c.RecordId == id && (before == null || c.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(c => c.Id).Take(limit)
            .Select(c => new CommentRow(
                c.Id, c.Body, new PersonRef(c.AuthorId, c.AuthorName),
                db.Set<User>().Where(u => c.Mentions.Contains(u.Id)).OrderBy(u => u.FullName).Select(u => new PersonRef(u.Id, u.FullName)).ToList(),
                c.CreatedAt, c.EditedAt, c.Version))
            .ToListAsync(cancel);
        return TypedResults.Ok(new CommentList(comments, comments.Count == limit ? comments[^1].Id : null));
    }

    private static async Task<Results<Created<CommentRow>, Refused>> Add(AttachableNoun noun, Guid id, CommentInput input, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (!await noun.ExistsAsync(db, id, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        var (names, fault) = await MentionsAsync(db, input, cancel);
        if (names is null)
        {
            return new Refused(fault!);
        }

        var user = http.CurrentUser();
        var comment = new Comment { RecordKind = noun.Kind, RecordId = id, AuthorId = user.UserId, AuthorName = user.FullName, Body = input.Body.Trim(), Mentions = [.. names.Keys] };
        db.Add(comment);
        await db.SaveChangesAsync(cancel);
        http.Response.Headers.ETag = VersionTag.Of(comment.Version);
        return TypedResults.Created($"{http.Request.Path}/{comment.Id}", RowOf(comment, names));
    }

    private static async Task<Results<Ok<CommentRow>, Refused>> Edit(
        AttachableNoun noun, Guid id, Guid commentId, CommentInput input, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (comment, refusal) = await OwnAsync(noun, id, commentId, http, db, cancel);
        if (comment is null)
        {
            return new Refused(refusal!);
        }

        var (names, fault) = await MentionsAsync(db, input, cancel);
        if (names is null)
        {
            return new Refused(fault!);
        }

        comment.Body = input.Body.Trim();
        comment.Mentions = [.. names.Keys];
        comment.EditedAt = clock.GetUtcNow().ToMicroseconds();
        if (await SaveAsync(db, commentId, cancel) is { } conflict)
        {
            return new Refused(conflict);
        }

        http.Response.Headers.ETag = VersionTag.Of(comment.Version);
        return TypedResults.Ok(RowOf(comment, names));
    }

    private static async Task<Results<NoContent, Refused>> Remove(
        AttachableNoun noun, Guid id, Guid commentId, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (comment, refusal) = await OwnAsync(noun, id, commentId, http, db, cancel);
        if (comment is null)
        {
            return new Refused(refusal!);
        }

        comment.DeletedAt = clock.GetUtcNow().ToMicroseconds();
        comment.DeletedBy = comment.AuthorId;
        return await SaveAsync(db, commentId, cancel) is { } conflict ? new Refused(conflict) : TypedResults.NoContent();
    }

    private static async Task<(Comment? Comment, Refusal? Refusal)> OwnAsync(AttachableNoun noun, Guid id, Guid commentId, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        var comment = await db.Set<Comment>().FirstOrDefaultAsync(c => c.Id == commentId && c.RecordKind == noun.Kind && c.RecordId == id, cancel);
        if (comment is null || !await noun.ExistsAsync(db, id, cancel))
        {
            return (null, Refusals.NotFound);
        }

        if (comment.AuthorId != http.CurrentUser().UserId)
        {
            return (null, NotYours);
        }

        return VersionTag.Optional(http.Request).Matches(comment.Version)
            ? (comment, null)
            : (null, Refusals.VersionConflict(RowOf(comment, await NamesAsync(db, comment.Mentions, cancel))));
    }

    private static async Task<Refusal?> SaveAsync(PlatformDb db, Guid commentId, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            var current = await db.Set<Comment>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == commentId, cancel);
            return current is null ? Refusals.NotFound : Refusals.VersionConflict(RowOf(current, await NamesAsync(db, current.Mentions, cancel)));
        }
    }

    /// <summary>The names of the people mentioned, who must be members; or the refusal that names the stranger.</summary>
    private static async Task<(Dictionary<Guid, string>? Names, Refusal? Refusal)> MentionsAsync(PlatformDb db, CommentInput input, CancellationToken cancel)
    {
        if (input.Mentions.Count == 0)
        {
            return ([], null);
        }

        var ids = input.Mentions.Distinct().ToList();
        var names = await NamesAsync(db, ids, cancel);
        return names.Count == ids.Count ? (names, null) : (null, Refusals.Invalid("mentions", "Somebody mentioned is no member of this workspace."));
    }

    private static Task<Dictionary<Guid, string>> NamesAsync(PlatformDb db, List<Guid> ids, CancellationToken cancel) =>
        db.Set<User>().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.FullName, cancel);

    private static CommentRow RowOf(Comment comment, Dictionary<Guid, string> names) => new(
        comment.Id, comment.Body, new PersonRef(comment.AuthorId, comment.AuthorName), [.. names.OrderBy(n => n.Value, StringComparer.Ordinal).Select(n => new PersonRef(n.Key, n.Value))],
        comment.CreatedAt, comment.EditedAt, comment.Version);
}
