using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Collaboration;

/// <summary>What a module's own code says about a record, for example in a demo tenant.</summary>
public static class CommentWriting
{
    /// <summary>Who spoke in each thread that a context added.</summary>
    private static readonly ConditionalWeakTable<PlatformDb, ConcurrentDictionary<Guid, HashSet<Guid>>> Threads = [];

    /// <summary>Adds a comment of the scope's person to the next save.</summary>
    /// <param name="db">In the scope of the person who speaks.</param>
    /// <param name="record">What it is about.</param>
    /// <param name="body">The words; somebody who is mentioned stands in them as <c>@</c> and their full name.</param>
    /// <param name="replyToId">First comment of the thread it joins; those who spoke in it by this method are told.</param>
    /// <param name="checklist">Things to do, and whether they are done.</param>
    /// <param name="pinned">Stands above the others; not for an answer.</param>
    /// <param name="mentions">The people it addresses.</param>
    /// <returns>The comment's id, to be answered to.</returns>
    /// <exception cref="InvalidOperationException">Nobody speaks: the scope is the system's.</exception>
    public static Guid Say(
        this PlatformDb db, TenantRecord record, string body, Guid? replyToId = null, IReadOnlyList<(string Text, bool Done)>? checklist = null, bool pinned = false, params IReadOnlyList<User> mentions)
    {
        var comment = new Comment
        {
            RecordKind = ChangeRecorder.TargetOf(record.GetType()),
            RecordId = record.Id,
            RecordName = record.Caption,
            AuthorId = db.Scope.ActorId ?? throw new InvalidOperationException("A comment is somebody's."),
            AuthorName = db.Scope.ActorName,
            ReplyToId = replyToId,
            Body = body,
            Checklist = [.. (checklist ?? []).Select(item => new ChecklistItem(Guid.CreateVersion7(), item.Text, item.Done))],
            Mentions = [.. mentions.Select(user => user.Id)],
            Pinned = pinned,
        };
        db.Add(comment);
        var thread = Threads.GetOrCreateValue(db).GetOrAdd(replyToId ?? comment.Id, _ => []);
        CommentNews.Tell(db, comment, comment.Mentions, [.. thread]);
        thread.Add(comment.AuthorId);
        return comment.Id;
    }
}
