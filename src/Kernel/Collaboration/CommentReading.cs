using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Collaboration;

/// <summary>Comments as people read them.</summary>
internal static class CommentReading
{
    /// <summary>A page of a record's threads, in one statement.</summary>
    public static async Task<CommentList> ThreadsAsync(PlatformDb db, string kind, Guid recordId, Guid? before, int limit, CancellationToken cancel)
    {
        var all = db.Set<Comment>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(c => c.RecordKind == kind && c.RecordId == recordId);
        var heads = all
            .Where(c => c.ReplyToId == null && !c.Pinned && (before == null || c.Id.CompareTo(before.Value) < 0)
                && (c.DeletedAt == null || db.Set<Comment>().Any(reply => reply.ReplyToId == c.Id && reply.DeletedAt == null)))
            .OrderByDescending(c => c.Id).Take(limit).Select(c => c.Id);
        if (before is null)
        {
            heads = heads.Concat(all.Where(c => c.Pinned && c.DeletedAt == null).Select(c => c.Id));
        }

        // One line for each comment and person mentioned in it.
        var lines = await (
            from head in heads
            from comment in all.Where(c => (c.Id == head || c.ReplyToId == head) && (c.DeletedAt == null || c.ReplyToId == null))
            from user in db.Set<User>().Where(u => u.DeletedAt == null && comment.Mentions.Contains(u.Id)).DefaultIfEmpty()
            orderby comment.Id
            select new { comment, UserId = (Guid?)user!.Id, user.FullName }).AsNoTracking().ToListAsync(cancel);
        var rows = lines.GroupBy(l => l.comment.Id)
            .Select(l => RowOf(l.First().comment, [.. l.Where(u => u.UserId is not null).Select(u => new PersonRef(u.UserId!.Value, u.FullName))])).ToList();
        var replies = rows.Where(r => r.ReplyToId is not null).ToLookup(r => r.ReplyToId!.Value);
        var threads = rows.Where(r => r.ReplyToId is null).OrderByDescending(r => r.Id).Select(r => new CommentThread(r, [.. replies[r.Id]])).ToList();
        var items = threads.Where(t => !t.Pinned).ToList();
        return new CommentList(items, [.. threads.Where(t => t.Pinned)], items.Count == limit ? items[^1].Id : null);
    }

    public static async Task<CommentRow> RowAsync(PlatformDb db, Comment comment, CancellationToken cancel) =>
        RowOf(comment, await PeopleAsync(db, comment.Mentions, cancel));

    public static async Task<IReadOnlyList<PersonRef>> PeopleAsync(PlatformDb db, IReadOnlyList<Guid> ids, CancellationToken cancel) =>
        ids.Count == 0 ? [] : await db.Set<User>().Where(u => ids.Contains(u.Id)).Select(u => new PersonRef(u.Id, u.FullName)).ToListAsync(cancel);

    public static CommentRow RowOf(Comment comment, IReadOnlyList<PersonRef> mentioned)
    {
        var removed = comment.DeletedAt is not null;
        return new CommentRow
        {
            Id = comment.Id,
            Body = removed ? "" : comment.Body,
            Author = new PersonRef(comment.AuthorId, comment.AuthorName),
            Mentions = removed ? [] : [.. mentioned.OrderBy(p => p.FullName, StringComparer.Ordinal)],
            Checklist = removed ? [] : comment.Checklist,
            Attachments = removed ? [] : comment.Attachments,
            ReplyToId = comment.ReplyToId,
            Pinned = comment.Pinned,
            ClientVisible = !removed && comment.ClientVisible,
            Removed = removed,
            CreatedAt = comment.CreatedAt,
            EditedAt = comment.EditedAt,
            Version = comment.Version,
        };
    }
}
