using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

/// <summary>One field's step in a change.</summary>
public sealed record FieldChange(string Field, JsonNode? Before, JsonNode? After);

/// <summary>Who acted, by the name they had then; no id for the platform itself.</summary>
public sealed record ActorRef(Guid? Id, string Name);

/// <summary>One version of a record: what changed, when, by whom and why.</summary>
public sealed record HistoryItem(
    string Id, int? Version, DateTimeOffset At, ActorRef Actor, string Action, string? Reason, IReadOnlyList<FieldChange> Changes);

/// <summary>Names the fields to put back; without any, the whole version.</summary>
public sealed record RestoreVersionRequest(IReadOnlyList<string>? Fields);

public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    private const int MaximumHistory = 1_000;

    /// <summary>Newest first.</summary>
    internal async Task<ItemList<HistoryItem>?> HistoryAsync(PlatformDb db, Guid id, CancellationToken cancel)
    {
        // The feed does not know whose a record is: who sees only their own is asked for the record first.
        if (db.OwnRowsOf is not null && !await db.Set<TEntity>().IgnoreQueryFilters(QueryFilters.WithTrash).AnyAsync(e => e.Id == id, cancel))
        {
            return null;
        }

        var changes = await db.Changes.Where(c => c.EntityId == id && c.Target == Target)
            .OrderByDescending(c => c.Seq).Take(MaximumHistory).AsNoTracking().ToListAsync(cancel);
        return changes.Count == 0
            ? null
            : new ItemList<HistoryItem>([.. changes.Select(c => new HistoryItem(
                ChangeDiff.IdOf(c), c.EntityVersion, c.At, new ActorRef(c.ActorId, c.ActorName), c.Action, c.Reason, [.. ChangeDiff.Of(c).Where(step => !StaffFields<TEntity>.Hides(db, step.Field))]))]);
    }

    /// <summary>
    /// Puts back the values the record had after a change, all or the named ones, as a new change that passes the noun's rule
    /// like any other: history is added to, never rewritten.
    /// </summary>
    internal async Task<(TRow? Row, Refusal? Refusal)> RestoreVersionAsync(
        WriteContext context, Guid id, VersionTag tag, string changeId, IReadOnlyList<string>? fields, CancellationToken cancel)
    {
        var changes = await context.Db.Changes.Where(c => c.EntityId == id && c.Target == Target).OrderBy(c => c.Seq).AsNoTracking().ToListAsync(cancel);
        var upTo = changes.FindIndex(c => ChangeDiff.IdOf(c) == changeId);
        if (upTo < 0)
        {
            return (null, Refusals.NotFound);
        }

        var known = FieldMap<TEntity, TInput>.Stored.Select(p => Words.Camel(p.Name)).ToHashSet(StringComparer.Ordinal);
        if (fields?.FirstOrDefault(f => !known.Contains(f)) is { } unknown)
        {
            return (null, Refusals.Invalid("fields", $"'{unknown}' is no field of this record."));
        }

        var state = known.ToDictionary(f => f, _ => (JsonNode?)null, StringComparer.Ordinal);
        var defaults = (JsonObject)JsonSerializer.SerializeToNode(FieldMap<TEntity, TInput>.ToInput(FieldMap<TEntity, TInput>.Create()), PlatformJson.Options)!;
        foreach (var field in known)
        {
            state[field] = defaults[field]?.DeepClone();
        }

        foreach (var change in changes.Take(upTo + 1).Where(c => c.After is not null))
        {
            foreach (var (field, value) in JsonNode.Parse(change.After!)!.AsObject())
            {
                if (known.Contains(field))
                {
                    state[field] = value?.DeepClone();
                }
            }
        }

        var wanted = new JsonObject(state.Where(s => fields is null || fields.Contains(s.Key)).Select(s => KeyValuePair.Create(s.Key, s.Value)));
        return await PatchAsync(context, id, tag, wanted, $"revert_{Target}", cancel);
    }
}
