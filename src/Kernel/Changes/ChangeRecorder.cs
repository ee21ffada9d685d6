using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Changes;

/// <summary>Turns the tracked records of one save into stamps, versions and rows of the change feed.</summary>
internal sealed class ChangeRecorder(PlatformDb db, PlatformOptions options)
{
    private const string Redacted = "•••";

    private static readonly ConcurrentDictionary<Type, string> Targets = new();

    /// <summary>How each property of each record shows in the feed: its field's name, or null when it does not, and whether its value is kept secret.</summary>
    private static readonly ConcurrentDictionary<IProperty, (string? Field, bool IsSecret)> Shown = new();

    private readonly Dictionary<TenantRecord, (string? Action, string? Reason)> _descriptions = new(ReferenceEqualityComparer.Instance);

    private DateTimeOffset Now => (db.Scope.At ?? options.Clock.GetUtcNow()).ToMicroseconds();

    public void Describe(TenantRecord record, string? action, string? reason) => _descriptions[record] = (action, reason);

    public void Note(Change change) => db.Add(Sign(change, Now));

    public static string TargetOf(Type type) => Targets.GetOrAdd(
        type, static t => t.GetCustomAttribute<ChangeTargetAttribute>()?.Target ?? Words.Snake(t.Name));

    /// <summary>A record's fields as the feed shows them, for a look at what a change would be.</summary>
    public static Dictionary<string, object?> FieldsOf(EntityEntry<TenantRecord> entry) => Fields(entry, current: true, onlyModified: false);

    /// <summary>Stamps the tracked records that are about to be saved and adds their rows of the feed to the save.</summary>
    public void Collect() => db.AddRange(Take([]));

    /// <summary>Stamps records that are about to be saved, and says what the feed is to tell of them.</summary>
    /// <param name="untracked">New records beside the tracked ones.</param>
    public List<Change> Take(IReadOnlyCollection<TenantRecord> untracked)
    {
        var now = Now;
        var changes = new List<Change>(untracked.Count);
        foreach (var entry in db.ChangeTracker.Entries<TenantRecord>().ToArray())
        {
            switch (entry.State)
            {
                case EntityState.Added:
                    StampNew(entry.Entity, now);
                    changes.Add(Describe(entry.Entity, "create", before: null, Fields(entry, current: true, onlyModified: false), now));
                    break;
                case EntityState.Modified:
                    var verb = VerbOfUpdate(entry);
                    var before = Fields(entry, current: false, onlyModified: true);
                    var after = Fields(entry, current: true, onlyModified: true);
                    Stamp(entry, now);
                    if (verb != "update" || before.Count > 0 || _descriptions.ContainsKey(entry.Entity))
                    {
                        changes.Add(Describe(entry.Entity, verb, before, after, now));
                    }

                    break;
                case EntityState.Deleted:
                    changes.Add(Describe(entry.Entity, "delete", Fields(entry, current: false, onlyModified: false), after: null, now));
                    break;
                default:
                    continue;
            }

            _descriptions.Remove(entry.Entity);
        }

        foreach (var record in untracked)
        {
            StampNew(record, now);
            changes.Add(Describe(record, "create", before: null, Fields(record), now));
            _descriptions.Remove(record);
        }

        return changes;
    }

    /// <summary>Forgets what was said about records that are not going to be saved.</summary>
    public void Forget() => _descriptions.Clear();

    /// <summary>Forgets the rows of a save that failed, so that a second attempt does not write them twice.</summary>
    public void Abandon()
    {
        foreach (var entry in db.ChangeTracker.Entries<Change>().Where(e => e.State == EntityState.Added).ToArray())
        {
            entry.State = EntityState.Detached;
        }
    }

    private void StampNew(TenantRecord record, DateTimeOffset now)
    {
        record.TenantId = db.TenantId;
        // A record that comes back from a backup goes on where it was, so that nobody's old version matches.
        record.Version++;
        record.CreatedAt = record.CreatedAt == default ? now : record.CreatedAt;
        record.CreatedBy ??= db.Scope.ActorId;
        record.UpdatedAt = now;
        record.UpdatedBy = db.Scope.ActorId;
    }

    private void Stamp(EntityEntry<TenantRecord> entry, DateTimeOffset now)
    {
        var record = entry.Entity;
        record.Version = entry.Property(r => r.Version).OriginalValue + 1;
        record.UpdatedAt = now;
        record.UpdatedBy = db.Scope.ActorId;
        entry.Property(r => r.Version).IsModified = true;
        entry.Property(r => r.UpdatedAt).IsModified = true;
        entry.Property(r => r.UpdatedBy).IsModified = true;
    }

    private static string VerbOfUpdate(EntityEntry<TenantRecord> entry)
    {
        var deleted = entry.Property(r => r.DeletedAt);
        return (deleted.OriginalValue, deleted.CurrentValue) switch
        {
            (null, not null) => "delete",
            (not null, null) => "restore",
            _ => "update",
        };
    }

    private static Dictionary<string, object?> Fields(EntityEntry<TenantRecord> entry, bool current, bool onlyModified)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in entry.Properties)
        {
            var (field, isSecret) = ShownAs(property.Metadata);
            if (field is null)
            {
                continue;
            }

            var changed = !onlyModified || (property.IsModified && !SameValue(property));
            var value = current ? property.CurrentValue : property.OriginalValue;
            if (changed && (onlyModified || value is not null))
            {
                fields[field] = isSecret ? Redacted : value;
            }
        }

        return fields;
    }

    /// <summary>The fields of a new record that is not tracked.</summary>
    private Dictionary<string, object?> Fields(TenantRecord record)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in db.Model.FindEntityType(record.GetType())!.GetProperties())
        {
            if (ShownAs(property) is ({ } field, var isSecret) && property.GetGetter().GetClrValue(record) is { } value)
            {
                fields[field] = isSecret ? Redacted : value;
            }
        }

        return fields;
    }

    private static (string? Field, bool IsSecret) ShownAs(IProperty property) => Shown.GetOrAdd(property, static metadata => Show(metadata.PropertyInfo));

    private static (string? Field, bool IsSecret) Show(PropertyInfo? member) =>
        member is null || member.DeclaringType == typeof(TenantRecord) || member.IsDefined(typeof(DerivedAttribute)) ? (null, false) : (Words.Camel(member.Name), member.IsDefined(typeof(SecretAttribute)));

    private static bool SameValue(PropertyEntry property) =>
        property.Metadata.GetValueComparer().Equals(property.OriginalValue, property.CurrentValue);

    private Change Describe(TenantRecord record, string verb, Dictionary<string, object?>? before, Dictionary<string, object?>? after, DateTimeOffset now)
    {
        var target = TargetOf(record.GetType());
        _descriptions.TryGetValue(record, out var description);
        return Sign(new Change
        {
            Action = description.Action ?? $"{verb}_{target}",
            Target = record.PartOf?.Kind ?? target,
            EntityId = record.PartOf?.Id ?? record.Id,
            EntityVersion = record.PartOf is null ? record.Version : null,
            Label = record.Caption,
            TargetUserId = record.ConcernsUser,
            Before = before is null ? null : JsonSerializer.Serialize(before, PlatformJson.Options),
            After = after is null ? null : JsonSerializer.Serialize(after, PlatformJson.Options),
            Reason = description.Reason,
        }, now);
    }

    private Change Sign(Change change, DateTimeOffset now)
    {
        change.TenantId = db.TenantId;
        change.At = now;
        change.ActorId = db.Scope.ActorId;
        change.ActorName = db.Scope.ActorName;
        change.TraceId = db.Scope.TraceId;
        return change;
    }
}
