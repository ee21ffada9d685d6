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

/// <summary><c>/{noun}/{id}/comments</c>, for every noun.</summary>
internal static class Comments
{
    /// <summary>A thread is read whole with its page, so it has an end.</summary>
    private const int MostReplies = 200;

    public static void Map(RouteGroupBuilder records, AttachableNoun noun, string one)
    {
        records.Get("/{id:guid}/comments", (Guid id, PlatformDb db, CancellationToken cancel, [FromQuery] Guid? before = null, [FromQuery, Range(1, 200)] int limit = 100) =>
            List(noun, id, db, before, Math.Clamp(limit, 1, 200), cancel))
            .WithName($"list{one}Comments").Requires(noun.Page, Level.Read).WithSummary("What people said about it: threads, newest first.");
        records.Get("/{id:guid}/comments/people", (Guid id, HttpContext http, PlatformDb db, CancellationToken cancel, [FromQuery, MaxLength(200)] string? search = null, [FromQuery, Range(1, 100)] int limit = 20) =>
            Mentionable.Of(noun, id, http).FindAsync(db, http.CurrentUser(), search, Math.Clamp(limit, 1, 100), cancel))
            .WithName($"find{one}Readers").Requires(noun.Page, Level.Write).WithSummary("Finds people for a mention: those who may read it.");
        records.Post("/{id:guid}/comments", (Guid id, CommentInput input, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel) =>
            Add(noun, id, input, http, db, clock, cancel))
            .WithName($"add{one}Comment").Requires(noun.Page, Level.Write).TakesRequestKey().WithSummary("Says something about it.");
        records.Put("/{id:guid}/comments/{commentId:guid}", (Guid id, Guid commentId, CommentInput input, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel) =>
            Edit(noun, id, commentId, input, http, db, clock, cancel))
            .WithName($"edit{one}Comment").Requires(noun.Page, Level.Write).AcceptsVersion().WithSummary("Changes one's own comment.");
        records.Patch("/{id:guid}/comments/{commentId:guid}", (Guid id, Guid commentId, CommentMarks marks, HttpContext http, PlatformDb db, CancellationToken cancel) =>
            MarkComment.Handle(noun, id, commentId, marks, http, db, cancel))
            .WithName($"mark{one}Comment").Requires(noun.Page, Level.Write).AcceptsVersion().WithSummary("Pins a comment, or ticks items of its checklist, whoever wrote it.");
        records.Delete("/{id:guid}/comments/{commentId:guid}", (Guid id, Guid commentId, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel) =>
            Remove(noun, id, commentId, http, db, clock, cancel))
            .WithName($"remove{one}Comment").Requires(noun.Page, Level.Write).AcceptsVersion().WithSummary("Removes one's own comment; answers to it stay.");
    }

    private static async Task<Results<Ok<CommentList>, Refused>> List(AttachableNoun noun, Guid id, PlatformDb db, Guid? before, int limit, CancellationToken cancel) =>
        await noun.ExistsAsync(db, id, cancel)
            ? TypedResults.Ok(await CommentReading.ThreadsAsync(db, noun.Kind, id, before, limit, cancel))
            : new Refused(Refusals.NotFound);

    private static async Task<Results<Created<CommentRow>, Refused>> Add(
        AttachableNoun noun, Guid id, CommentInput input, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (comment, refusal) = await noun.ExistsAsync(db, id, cancel) ? await AddOnceAsync(noun, id, input, http, db, clock, cancel) : (null, Refusals.NotFound);
        if (comment is null)
        {
            return new Refused(refusal!);
        }

        http.Response.Headers.ETag = VersionTag.Of(comment.Version);
        return TypedResults.Created($"{http.Request.Path}/{comment.Id}", comment);
    }

    /// <summary>Says it once for each key: sent again, the answer is what the first request made, as it is now.</summary>
    private static async Task<(CommentRow? Comment, Refusal? Refusal)> AddOnceAsync(
        AttachableNoun noun, Guid id, CommentInput input, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (user, (key, malformed)) = (http.CurrentUser(), Idempotency.Of(http.Request, input));
        if (key is null)
        {
            return malformed is null ? await AddAsync(noun, id, input, http, null, db, clock, cancel) : (null, malformed);
        }

        var earlier = await ReplayAsync();
        if (earlier is not (null, null))
        {
            return earlier;
        }

        var outcome = await AddAsync(noun, id, input, http, key, db, clock, cancel);
        if (outcome.Refusal is null)
        {
            return outcome;
        }

        // What stood in the way may be the same request, carried out at the same moment: it has the files, or the key.
        db.ChangeTracker.Clear();
        var first = await ReplayAsync();
        return first is (null, null) ? outcome : first;

        async Task<(CommentRow? Comment, Refusal? Refusal)> ReplayAsync()
        {
            var (made, reused) = await key.FindAsync(db, user.UserId, clock.GetUtcNow(), cancel);
            if (made is not { } commentId)
            {
                return (null, reused);
            }

            http.Response.Headers[Idempotency.ReplayHeader] = "true";
            var comment = await db.Set<Comment>().IgnoreQueryFilters(QueryFilters.WithTrash).AsNoTracking().FirstOrDefaultAsync(c => c.Id == commentId, cancel);
            return comment is null ? (null, Refusals.NotFound) : (await CommentReading.RowAsync(db, comment, cancel), null);
        }
    }

    private static async Task<(CommentRow? Comment, Refusal? Refusal)> AddAsync(
        AttachableNoun noun, Guid id, CommentInput input, HttpContext http, Idempotency? key, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var (threadId, unanswerable) = await ThreadAsync(noun, id, input.ReplyToId, db, cancel);
        if (unanswerable is not null)
        {
            return (null, unanswerable);
        }

        var comment = new Comment { RecordKind = noun.Kind, RecordId = id, AuthorId = user.UserId, AuthorName = user.FullName, ReplyToId = threadId, Body = "", RecordName = await noun.CaptionAsync(db, id, cancel) };
        var (mentioned, refusal) = await FillAsync(comment, input, Mentionable.Of(noun, id, http), user, db, clock, cancel);
        if (mentioned is null)
        {
            return (null, refusal);
        }

        await CommentNews.TellAsync(db, comment, comment.Mentions, cancel);
        db.Add(comment);
        if (key is not null)
        {
            db.Add(key.For(db, user.UserId, comment.Id, clock.GetUtcNow().ToMicroseconds()));
        }

        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // One of the files went to another comment in the same moment.
            return (null, CommentRefusals.UnknownFile(0));
        }
        catch (DbUpdateException failed) when (key is not null && failed.InnerException is PostgresException { ConstraintName: RequestKeyMapping.Primary })
        {
            return (null, Idempotency.UnderWay);
        }

        return (CommentReading.RowOf(comment, mentioned), null);
    }

    private static async Task<Results<Ok<CommentRow>, Refused>> Edit(
        AttachableNoun noun, Guid id, Guid commentId, CommentInput input, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (comment, refusal) = await OwnAsync(noun, id, commentId, http, db, cancel);
        if (comment is null)
        {
            return new Refused(refusal!);
        }

        if (input.ReplyToId is { } thread && thread != comment.ReplyToId)
        {
            return new Refused(CommentRefusals.OtherThread);
        }

        var before = comment.Mentions;
        (var mentioned, refusal) = await FillAsync(comment, input, Mentionable.Of(noun, id, http), http.CurrentUser(), db, clock, cancel);
        if (mentioned is null)
        {
            return new Refused(refusal!);
        }

        await CommentNews.TellAsync(db, comment, [.. comment.Mentions.Except(before)], cancel, isNew: false);
        comment.EditedAt = clock.GetUtcNow().ToMicroseconds();
        if (await SaveAsync(db, comment, CommentNews.RewriteAsync, cancel) is { } conflict)
        {
            return new Refused(conflict);
        }

        http.Response.Headers.ETag = VersionTag.Of(comment.Version);
        return TypedResults.Ok(CommentReading.RowOf(comment, mentioned));
    }

    private static async Task<Results<NoContent, Refused>> Remove(
        AttachableNoun noun, Guid id, Guid commentId, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var (comment, refusal) = await OwnAsync(noun, id, commentId, http, db, cancel);
        if (comment is null)
        {
            return new Refused(refusal!);
        }

        comment.Pinned = false;
        comment.DeletedAt = clock.GetUtcNow().ToMicroseconds();
        comment.DeletedBy = comment.AuthorId;
        await CommentFiles.ReleaseAsync(db, comment.Attachments, clock, cancel);
        return await SaveAsync(db, comment, CommentNews.TakeBackAsync, cancel) is { } conflict ? new Refused(conflict) : TypedResults.NoContent();
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
            return (null, CommentRefusals.NotYours);
        }

        comment.RecordName = await noun.CaptionAsync(db, id, cancel);
        return VersionTag.Optional(http.Request).Matches(comment.Version)
            ? (comment, null)
            : (null, Refusals.VersionConflict(await CommentReading.RowAsync(db, comment, cancel)));
    }

    /// <summary>The first comment of the thread that an answer joins; none where it begins one.</summary>
    private static async Task<(Guid? ThreadId, Refusal? Refusal)> ThreadAsync(AttachableNoun noun, Guid id, Guid? replyToId, PlatformDb db, CancellationToken cancel)
    {
        if (replyToId is null)
        {
            return (null, null);
        }

        var answered = await db.Set<Comment>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == replyToId && c.RecordKind == noun.Kind && c.RecordId == id, cancel);
        if (answered is null)
        {
            return (null, CommentRefusals.UnknownReply);
        }

        var threadId = answered.ReplyToId ?? answered.Id;
        return await db.Set<Comment>().CountAsync(c => c.ReplyToId == threadId, cancel) < MostReplies ? (threadId, null) : (null, CommentRefusals.ThreadFull);
    }

    /// <summary>Puts what was said into the comment; answers with the people mentioned, or with what is wrong.</summary>
    private static async Task<(IReadOnlyList<PersonRef>? Mentioned, Refusal? Refusal)> FillAsync(
        Comment comment, CommentInput input, Mentionable mentionable, CurrentUser user, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var mentions = input.Mentions.Distinct().ToList();
        var (mentioned, unreachable) = await mentionable.ReadAsync(db, mentions, comment.Mentions, cancel);
        if (mentioned is null)
        {
            return (null, unreachable);
        }

        if (input.Checklist is { } entries)
        {
            var known = comment.Checklist.ToDictionary(i => i.Id, i => i.Done);
            var items = entries.Select(e => new ChecklistItem(e.Id ?? Guid.CreateVersion7(), e.Text.Trim(), e.Done ?? (e.Id is { } kept && known.GetValueOrDefault(kept)))).ToList();
            if (items.FindIndex(i => items.Find(other => other.Id == i.Id) != i) is >= 0 and var repeated)
            {
                return (null, CommentRefusals.RepeatedItem(repeated));
            }

            comment.Checklist = items;
        }

        if (input.Attachments is { } files && await CommentFiles.TakeAsync(db, comment, files, user, clock, cancel) is { } refusal)
        {
            return (null, refusal);
        }

        comment.Body = input.Body.Trim();
        comment.Mentions = mentions;
        comment.ClientVisible = input.ClientVisible ?? comment.ClientVisible;
        return comment.Body.Length == 0 && comment.Checklist.Count == 0 && comment.Attachments.Count == 0 ? (null, CommentRefusals.Empty) : (mentioned, null);
    }

    /// <summary>Saves the comment, and with it what becomes of what was told of it.</summary>
    private static async Task<Refusal?> SaveAsync(PlatformDb db, Comment comment, Func<PlatformDb, Comment, CancellationToken, Task> follow, CancellationToken cancel)
    {
        var commentId = comment.Id;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.SaveChangesAsync(cancel);
            await follow(db, comment, cancel);
            await transaction.CommitAsync(cancel);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            var current = await db.Set<Comment>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == commentId, cancel);
            return current is null ? Refusals.NotFound : Refusals.VersionConflict(await CommentReading.RowAsync(db, current, cancel));
        }
    }
}
