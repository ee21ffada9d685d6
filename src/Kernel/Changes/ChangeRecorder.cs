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

    public void Note(Change change) => db.Add(Sign(change));

    public static string TargetOf(Type type) => Targets.GetOrAdd(
        type, static t => t.GetCustomAttribute<ChangeTargetAttribute>()?.Target ?? Words.Snake(t.Name));

    /// <summary>A record's fields as the feed shows them, for a look at what a change would be.</summary>
    public static Dictionary<string, object?> FieldsOf(EntityEntry<TenantRecord> entry) => Fields(entry, current: true, onlyModified: false);

    public void Collect()
    {
        var now = Now;
        foreach (var entry in db.ChangeTracker.Entries<TenantRecord>().ToArray())
        {
            switch (entry.State)
            {
                case EntityState.Added:
                    Stamp(entry, now, isNew: true);
                    db.Add(Describe(entry, "create", before: null, Fields(entry, current: true, onlyModified: false)));
                    break;
                case EntityState.Modified:
                    var verb = VerbOfUpdate(entry);
                    var before = Fields(entry, current: false, onlyModified: true);
                    var after = Fields(entry, current: true, onlyModified: true);
                    Stamp(entry, now, isNew: false);
                    if (verb != "update" || before.Count > 0 || _descriptions.ContainsKey(entry.Entity))
                    {
                        db.Add(Describe(entry, verb, before, after));
                    }

                    break;
                case EntityState.Deleted:
                    db.Add(Describe(entry, "delete", Fields(entry, current: false, onlyModified: false), after: null));
                    break;
                default:
                    continue;
            }

            _descriptions.Remove(entry.Entity);
        }
    }

    /// <summary>Forgets the rows of a save that failed, so that a second attempt does not write them twice.</summary>
    public void Abandon()
    {
        foreach (var entry in db.ChangeTracker.Entries<Change>().Where(e => e.State == EntityState.Added).ToArray())
        {
            entry.State = EntityState.Detached;
        }
    }

    private void Stamp(EntityEntry<TenantRecord> entry, DateTimeOffset now, bool isNew)
    {
        var record = entry.Entity;
        if (isNew)
        {
            record.TenantId = db.TenantId;
            // A record that comes back from a backup goes on where it was, so that nobody's old version matches.
            record.Version++;
            record.CreatedAt = record.CreatedAt == default ? now : record.CreatedAt;
            record.CreatedBy ??= db.Scope.ActorId;
        }
        else
        {
            record.Version = entry.Property(r => r.Version).OriginalValue + 1;
        }

        record.UpdatedAt = now;
        record.UpdatedBy = db.Scope.ActorId;
        if (!isNew)
        {
            entry.Property(r => r.Version).IsModified = true;
            entry.Property(r => r.UpdatedAt).IsModified = true;
            entry.Property(r => r.UpdatedBy).IsModified = true;
        }
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
            var (field, isSecret) = Shown.GetOrAdd(property.Metadata, static metadata => Show(metadata.PropertyInfo));
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

    private static (string? Field, bool IsSecret) Show(PropertyInfo? member) =>
        member is null || member.DeclaringType == typeof(TenantRecord) || member.IsDefined(typeof(DerivedAttribute)) ? (null, false) : (Words.Camel(member.Name), member.IsDefined(typeof(SecretAttribute)));

    private static bool SameValue(PropertyEntry property) =>
        property.Metadata.GetValueComparer().Equals(property.OriginalValue, property.CurrentValue);

    private Change Describe(
        EntityEntry<TenantRecord> entry, string verb, Dictionary<string, object?>? before, Dictionary<string, object?>? after)
    {
        var record = entry.Entity;
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
        });
    }

    private Change Sign(Change change)
    {
        change.TenantId = db.TenantId;
        change.At = Now;
        change.ActorId = db.Scope.ActorId;
        change.ActorName = db.Scope.ActorName;
        change.TraceId = db.Scope.TraceId;
        return change;
    }
}
