using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Collaboration;

/// <summary>Files of comments: an upload waits a day for the comment that takes it, and stays as long as the comment has it.</summary>
internal static class CommentFiles
{
    /// <summary>Makes the comment's files these, in this order; saved with the comment.</summary>
    /// <returns>The refusal that names the file which is neither the comment's nor an upload of this person that waits.</returns>
    public static async Task<Refusal?> TakeAsync(PlatformDb db, Comment comment, IReadOnlyList<Guid> wanted, CurrentUser user, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().ToMicroseconds();
        var had = comment.Attachments.ToDictionary(a => a.Id);
        var waiting = await db.Set<StoredFile>()
            .Where(f => wanted.Contains(f.Id) && f.Purpose == FilePurpose.Attachment && f.CreatedBy == user.UserId && f.RecordId == null && f.ExpiresAt > now).ToDictionaryAsync(f => f.Id, cancel);
        var taken = new List<Attachment>();
        foreach (var id in wanted)
        {
            if (!had.ContainsKey(id) && !waiting.ContainsKey(id))
            {
                return CommentRefusals.UnknownFile(taken.Count);
            }

            if (taken.Exists(a => a.Id == id))
            {
                return Refusals.Invalid($"attachments[{taken.Count}]", "This file is in the list already.");
            }

            taken.Add(had.TryGetValue(id, out var kept) ? kept : Take(waiting[id], comment));
        }

        await ReleaseAsync(db, [.. comment.Attachments.Where(a => !wanted.Contains(a.Id))], clock, cancel);
        if (!taken.SequenceEqual(comment.Attachments))
        {
            comment.Attachments = taken;
        }

        return null;
    }

    /// <summary>Lets files go: nobody has them any more, and the next sweep removes them.</summary>
    public static async Task ReleaseAsync(PlatformDb db, IReadOnlyList<Attachment> files, TimeProvider clock, CancellationToken cancel)
    {
        if (files.Count > 0)
        {
            var (ids, now) = (files.Select(a => a.Id).ToList(), clock.GetUtcNow().ToMicroseconds());
            (await db.Set<StoredFile>().Where(f => ids.Contains(f.Id)).ToListAsync(cancel)).ForEach(file => file.ExpiresAt = now);
        }
    }

    /// <summary>Adds the trace of a download to the next save.</summary>
    public static void NoteDownload(PlatformDb db, StoredFile file) => db.Note(new Change
    {
        Action = "download_file",
        Target = file.RecordKind!,
        EntityId = file.RecordId,
        After = JsonSerializer.Serialize(new { attachments = new[] { new Attachment(file.Id, file.Name, file.Size, file.ContentType) } }, PlatformJson.Options),
    });

    private static Attachment Take(StoredFile file, Comment comment)
    {
        (file.RecordKind, file.RecordId, file.ExpiresAt) = (comment.RecordKind, comment.RecordId, null);
        return new Attachment(file.Id, file.Name, file.Size, file.ContentType);
    }
}

/// <summary>A file that hangs on a record is everybody's who may read the record; one that waits is its uploader's.</summary>
internal sealed class AttachmentDownloads(IEnumerable<IRecordSet> nouns, TimeProvider clock) : DownloadRule
{
    public override FilePurpose Purpose => FilePurpose.Attachment;

    public override async Task<bool> AllowsAsync(PlatformDb db, CurrentUser user, StoredFile file, CancellationToken cancel)
    {
        if (file.RecordId is not { } recordId)
        {
            return file.CreatedBy == user.UserId && file.ExpiresAt > clock.GetUtcNow();
        }

        return file.ExpiresAt is null
            && nouns.OfType<IAttachable>().Select(n => n.Attachable).FirstOrDefault(n => n.Kind == file.RecordKind) is { } noun
            && user.Can(noun.Page, Level.Read) && await noun.ExistsAsync(db, recordId, cancel);
    }
    /// <summary>Among the record's changes, where an erasure finds the file's name.</summary>
    public override Task DownloadedAsync(PlatformDb db, CurrentUser user, StoredFile file, CancellationToken cancel)
    {
        if (file.RecordId is null)
        {
            return base.DownloadedAsync(db, user, file, cancel);
        }

        CommentFiles.NoteDownload(db, file);
        return Task.CompletedTask;
    }
}
