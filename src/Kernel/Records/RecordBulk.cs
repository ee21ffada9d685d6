using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

public enum BulkAction
{
    Update,
    Delete,
    Restore,
}

/// <summary>One change of many records.</summary>
public sealed record BulkRequest
{
    public BulkAction Action { get; init; }

    [Required, MinLength(1), MaxLength(500)]
    public IReadOnlyList<Guid> Ids { get; init; } = [];

    /// <summary>For <c>update</c>: the fields to set, as in PATCH.</summary>
    public JsonObject? Change { get; init; }
}

public sealed record BulkFailure(Guid Id, string Code, string Detail);

/// <summary>What a bulk change left in a record's history; one that had the values already is not changed.</summary>
/// <param name="Id">The record.</param>
/// <param name="ChangeId">As in its history.</param>
public sealed record BulkChange(Guid Id, [property: Required, MaxLength(20)] string ChangeId);

/// <summary>What became of each record: one that is refused does not hold up the others.</summary>
public sealed record BulkResult(IReadOnlyList<Guid> Succeeded, IReadOnlyList<BulkFailure> Failed)
{
    /// <summary>What an <c>update</c> changed: pass it to <c>bulk/undo</c> to take it back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BulkChange>? Changes { get; init; }
}

/// <summary>Changes of several records to be taken back.</summary>
public sealed record BulkUndoRequest
{
    /// <summary>At most one of each record.</summary>
    [Required, MinLength(1), MaxLength(500)]
    public IReadOnlyList<BulkChange> Changes { get; init; } = [];
}

public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    internal async Task<(BulkResult? Result, Refusal? Refusal)> BulkAsync(WriteContext context, BulkRequest request, CancellationToken cancel)
    {
        if (request.Action == BulkAction.Update && request.Change is not { Count: > 0 })
        {
            return (null, Refusals.Invalid("change", "Name at least one field to change."));
        }

        var outcome = new Outcome();
        foreach (var id in request.Ids.Distinct())
        {
            var refusal = request.Action switch
            {
                BulkAction.Delete => await DeleteAsync(context, id, VersionTag.Any, cancel),
                BulkAction.Restore => (await RestoreAsync(context, id, cancel)).Refusal,
                _ => (await PatchAsync(context, id, VersionTag.Any, request.Change!, action: null, cancel)).Refusal,
            };
            outcome.Add(context, id, refusal, request.Action == BulkAction.Update ? Target : null);
        }

        return (outcome.Result with { Changes = request.Action == BulkAction.Update ? outcome.Changes : null }, null);
    }

    /// <summary>
    /// Takes back changes: the fields they changed get their former values again, by the noun's rule like any other change. A record
    /// where somebody changed one of these fields since is left alone.
    /// </summary>
    internal async Task<BulkResult> UndoBulkAsync(WriteContext context, BulkUndoRequest request, CancellationToken cancel)
    {
        var wanted = request.Changes.DistinctBy(c => c.Id).ToList();
        var ids = wanted.ConvertAll(c => c.Id);
        // Before the feed: who changes a record in between is found by the version.
        var versions = await Live(context.Db).Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.Version }).ToDictionaryAsync(e => e.Id, e => e.Version, cancel);
        var first = wanted.Min(c => long.TryParse(c.ChangeId, CultureInfo.InvariantCulture, out var seq) ? seq : long.MaxValue);
        var feed = (await context.Db.Changes.Where(c => ids.Contains(c.EntityId!.Value) && c.Target == Target && c.Seq >= first).OrderBy(c => c.Seq).AsNoTracking().ToListAsync(cancel))
            .ToLookup(c => c.EntityId!.Value);
        var outcome = new Outcome();
        foreach (var (id, changeId) in wanted)
        {
            var since = feed[id].SkipWhile(c => ChangeDiff.IdOf(c) != changeId).ToList();
            var former = since is [{ Before: not null, After: not null } change, ..] ? FormerValues(context.Db, change) : null;
            var refusal = former is null || !versions.TryGetValue(id, out var version) ? Refusals.NotFound
                : since.Skip(1).SelectMany(ChangeDiff.Of).Any(step => former.ContainsKey(step.Field)) ? ChangedSince
                : former.Count == 0 ? null
                : (await PatchAsync(context, id, VersionTag.Exactly(version), former, $"revert_{Target}", cancel)).Refusal;
            outcome.Add(context, id, refusal?.Code == "version_conflict" ? ChangedSince : refusal);
        }

        return outcome.Result;
    }

    private static readonly Refusal ChangedSince = new(409, "changed_since", "Somebody has changed this since.");

    /// <summary>What the change replaced, of the fields that people set.</summary>
    private static JsonObject FormerValues(PlatformDb db, Change change)
    {
        var fields = FieldMap<TEntity, TInput>.Stored.Select(p => Words.Camel(p.Name)).ToHashSet(StringComparer.Ordinal);
        return new JsonObject(ChangeDiff.Of(change).Where(step => fields.Contains(step.Field) && !StaffFields<TEntity>.Hides(db, step.Field)).Select(step => KeyValuePair.Create(step.Field, step.Before?.DeepClone())));
    }

    private sealed class Outcome
    {
        private readonly List<Guid> _succeeded = [];

        private readonly List<BulkFailure> _failed = [];

        public List<BulkChange> Changes { get; } = [];

        public BulkResult Result => new(_succeeded, _failed);

        /// <param name="context">Holds what was saved of the record; afterwards it is empty for the next one.</param>
        /// <param name="id">The record.</param>
        /// <param name="refusal">Why nothing became of it.</param>
        /// <param name="target">The record's word in the feed, where the change is to be told; else null.</param>
        public void Add(WriteContext context, Guid id, Refusal? refusal, string? target = null)
        {
            if (refusal is null)
            {
                _succeeded.Add(id);
                Changes.AddRange(context.Db.ChangeTracker.Entries<Change>().Where(e => e.Entity.EntityId == id && e.Entity.Target == target).Select(e => new BulkChange(id, ChangeDiff.IdOf(e.Entity))));
            }
            else
            {
                _failed.Add(new BulkFailure(id, refusal.Code, refusal.Errors?.Values.FirstOrDefault()?.FirstOrDefault() ?? refusal.Detail));
            }

            context.Db.ChangeTracker.Clear();
        }
    }
}
