using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Notifications;

namespace Tessera.Kernel.Collaboration;

/// <summary>Who hears of a comment: the people it addresses, and those who spoke in its thread before.</summary>
internal static class CommentNews
{
    /// <summary>Tells them with the comment's save.</summary>
    /// <param name="db">In the scope of who speaks.</param>
    /// <param name="comment">What was said.</param>
    /// <param name="addressed">The people it addresses anew.</param>
    /// <param name="thread">Who spoke in its thread; nobody where it begins one.</param>
    public static void Tell(PlatformDb db, Comment comment, IReadOnlyCollection<Guid> addressed, IEnumerable<Guid> thread)
    {
        var place = comment.RecordName is { } name ? "on " + name : "in a comment";
        var notice = new Notice($"{comment.AuthorName} mentioned you {place}", MentionKey(comment.Id))
        {
            Body = comment.Body,
            Record = new RecordRef(comment.RecordKind, comment.RecordId),
        };
        db.Notify(KernelNotifications.Mention, addressed, notice);
        db.Notify(
            KernelNotifications.Reply,
            thread.Except(addressed),
            notice with { Title = $"{comment.AuthorName} replied to you {place}", Key = ReplyKey(comment.Id) });
    }

    /// <summary>The same for a comment somebody makes or changes.</summary>
    public static async Task TellAsync(PlatformDb db, Comment comment, IReadOnlyCollection<Guid> addressed, CancellationToken cancel, bool isNew = true)
    {
        List<Guid> thread = comment.ReplyToId is { } first && isNew
            ? await db.Set<Comment>().Where(c => c.Id == first || c.ReplyToId == first).Select(c => c.AuthorId).Distinct().ToListAsync(cancel)
            : [];
        Tell(db, comment, addressed, thread);
    }

    /// <summary>Puts the new words into what was told of the comment.</summary>
    public static Task RewriteAsync(PlatformDb db, Comment comment, CancellationToken cancel) =>
        Of(db, comment).ExecuteUpdateAsync(set => set.SetProperty(n => n.Body, Notice.Excerpt(comment.Body)), cancel);

    /// <summary>Takes back what was told of the comment.</summary>
    public static Task TakeBackAsync(PlatformDb db, Comment comment, CancellationToken cancel) => Of(db, comment).ExecuteDeleteAsync(cancel);

    private static IQueryable<Notification> Of(PlatformDb db, Comment comment)
    {
        string[] keys = [MentionKey(comment.Id), ReplyKey(comment.Id)];
        return db.Set<Notification>().Where(n => n.RecordId == comment.RecordId && keys.Contains(n.Key));
    }

    private static string MentionKey(Guid commentId) => $"comment:{commentId}:mention";

    private static string ReplyKey(Guid commentId) => $"comment:{commentId}:reply";
}
