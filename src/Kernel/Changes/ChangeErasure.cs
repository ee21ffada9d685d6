using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Collaboration;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Changes;

/// <summary>
/// Takes a person's data out of the feed's past: values of <see cref="PersonalAttribute"/> fields, reasons and, where it names the
/// person, the caption. The changes stay, with the digest they had, so the chain still holds; the change that reports the erasure
/// carries the digests they have now, so nobody can pass off an alteration as one.
/// </summary>
public sealed class ChangeErasure(PlatformDb db)
{
    private readonly Dictionary<string, string> _erased = new(StringComparer.Ordinal);

    /// <summary>Erases from the changes written before this transaction's own save; call it after saving the anonymised records.</summary>
    /// <param name="entities">Ids of records of this type.</param>
    /// <param name="captionIsPersonal">The record is called by the person's name.</param>
    /// <param name="cancel">Ends the work; the transaction is the caller's.</param>
    public async Task EraseAsync<TEntity>(IReadOnlyCollection<Guid> entities, bool captionIsPersonal, CancellationToken cancel)
        where TEntity : TenantRecord
    {
        var target = ChangeRecorder.TargetOf(typeof(TEntity));
        var ids = entities.ToArray();
        // What is said about a record stands in the record's own past.
        var personal = PersonalFieldsOf(typeof(TEntity)).Concat(PersonalFieldsOf(typeof(Comment))).ToArray();
        var now = db.Clock.GetUtcNow().ToMicroseconds();
        await db.Database.ExecuteSqlAsync(
            $"insert into kernel.erasure (tenant_id, target, entity_id, erased_at) select {db.TenantId}, {target}, id, {now} from unnest({ids}) id on conflict do nothing", cancel);
        await db.Set<Notification>().Where(n => n.RecordKind == target && ids.Contains(n.RecordId!.Value)).ExecuteDeleteAsync(cancel);
        var rows = await db.Database
            .SqlQuery<string>($"select erased_seq || ':' || erased_digest as \"Value\" from kernel.erase_changes({target}, {ids}, {personal}, {captionIsPersonal})").ToListAsync(cancel);
        foreach (var row in rows.Select(row => row.Split(':')))
        {
            _erased[row[0]] = row[1];
        }
    }

    /// <summary>Blanks what people said about these records and lets the files go; saved with the anonymised records, before their past is erased.</summary>
    public async Task ForgetCommentsAsync<TEntity>(IReadOnlyCollection<Guid> entities, CancellationToken cancel)
        where TEntity : TenantRecord
    {
        var target = ChangeRecorder.TargetOf(typeof(TEntity));
        var comments = await db.Set<Comment>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(c => c.RecordKind == target && entities.Contains(c.RecordId)).ToListAsync(cancel);
        comments.ForEach(comment => (comment.Body, comment.Checklist, comment.Attachments) = ("Erased", [], []));
        var now = db.Clock.GetUtcNow().ToMicroseconds();
        (await db.Set<StoredFile>().Where(f => f.RecordKind == target && entities.Contains(f.RecordId!.Value)).ToListAsync(cancel)).ForEach(file => file.ExpiresAt = now);
    }

    /// <summary>Adds the change that reports the erasure to the next save.</summary>
    /// <param name="action">For example <c>erase_candidate</c>.</param>
    /// <param name="target">Kind of the main record.</param>
    /// <param name="entityId">The main record.</param>
    public void Note(string action, string target, Guid entityId)
    {
        var report = new Dictionary<string, object>(StringComparer.Ordinal) { ["erasedChanges"] = _erased.Count, [ChangeDiff.Bookkeeping + "erased"] = _erased };
        db.Note(new Change { Action = action, Target = target, EntityId = entityId, After = JsonSerializer.Serialize(report, PlatformJson.Options) });
    }

    private static IEnumerable<string> PersonalFieldsOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.IsDefined(typeof(PersonalAttribute))).Select(p => Words.Camel(p.Name));
}
