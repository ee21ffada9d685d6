using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Collaboration;

/// <summary><c>PATCH /{noun}/{id}/comments/{commentId}</c>: pinning, and ticking items of a checklist.</summary>
internal static class MarkComment
{
    /// <summary>They come with every first page.</summary>
    private const int MostPinned = 20;

    public static async Task<Results<Ok<CommentRow>, Refused>> Handle(
        AttachableNoun noun, Guid id, Guid commentId, CommentMarks marks, HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        if (!await noun.ExistsAsync(db, id, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        // Locked, so that two people who tick at the same moment both count.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var comment = await db.Set<Comment>().FromSql($"select * from kernel.comment where tenant_id = {db.TenantId} and id = {commentId} for update")
            .FirstOrDefaultAsync(c => c.RecordKind == noun.Kind && c.RecordId == id, cancel);
        if (comment is null)
        {
            return new Refused(Refusals.NotFound);
        }

        if (!VersionTag.Optional(http.Request).Matches(comment.Version))
        {
            return new Refused(Refusals.VersionConflict(await CommentReading.RowAsync(db, comment, cancel)));
        }

        if ((await PinAsync(comment, marks, db, cancel) ?? Tick(comment, marks)) is { } refusal)
        {
            return new Refused(refusal);
        }

        comment.RecordName = await noun.CaptionAsync(db, id, cancel);
        db.Describe(comment, ActionOf(marks));
        if (db.ChangeTracker.HasChanges())
        {
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        http.Response.Headers.ETag = VersionTag.Of(comment.Version);
        return TypedResults.Ok(await CommentReading.RowAsync(db, comment, cancel));
    }

    private static async Task<Refusal?> PinAsync(Comment comment, CommentMarks marks, PlatformDb db, CancellationToken cancel)
    {
        if (marks.Pinned is not { } pinned || pinned == comment.Pinned)
        {
            return null;
        }

        if (comment.ReplyToId is not null)
        {
            return CommentRefusals.OnlyThreadsArePinned;
        }

        if (pinned && await db.Set<Comment>().CountAsync(c => c.RecordKind == comment.RecordKind && c.RecordId == comment.RecordId && c.Pinned, cancel) >= MostPinned)
        {
            return CommentRefusals.TooManyPins;
        }

        comment.Pinned = pinned;
        return null;
    }

    private static Refusal? Tick(Comment comment, CommentMarks marks)
    {
        if (marks.Checked is not { Count: > 0 } ticks)
        {
            return null;
        }

        var known = comment.Checklist.Select(i => i.Id).ToHashSet();
        if (ticks.Keys.Where(item => !known.Contains(item)).Select(item => (Guid?)item).FirstOrDefault() is { } unknown)
        {
            return CommentRefusals.UnknownItem(unknown);
        }

        comment.Checklist = [.. comment.Checklist.Select(i => ticks.TryGetValue(i.Id, out var done) ? i with { Done = done } : i)];
        return null;
    }

    private static string ActionOf(CommentMarks marks) => marks switch
    {
        { Pinned: { } pinned, Checked: null or { Count: 0 } } => pinned ? "pin_comment" : "unpin_comment",
        { Pinned: null, Checked: { } ticks } when ticks.Values.All(done => done) => "tick_checklist",
        { Pinned: null, Checked: { } ticks } when ticks.Values.All(done => !done) => "untick_checklist",
        _ => "update_comment",
    };
}
