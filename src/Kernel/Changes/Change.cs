using Tessera.Kernel.Backup;

namespace Tessera.Kernel.Changes;

/// <summary>
/// One row of the change feed: who did what to which record, before and after, why and in which request. Written in the
/// transaction of the change itself, never updated. Audit, history, live updates and the hash chain all read it.
/// </summary>
[NotRestored("History is never rewritten: a restore adds to it.")]
public sealed class Change
{
    public Guid TenantId { get; internal set; }

    /// <summary>Transaction that wrote the row. Readers order by (<see cref="Xid"/>, <see cref="Seq"/>) below the snapshot's horizon, so no late commit is skipped.</summary>
    public ulong Xid { get; private set; }

    public long Seq { get; private set; }

    public DateTimeOffset At { get; internal set; }

    /// <summary>User who acted; null for the platform itself.</summary>
    public Guid? ActorId { get; internal set; }

    /// <summary>The actor's name at that time.</summary>
    public string ActorName { get; internal set; } = "";

    /// <summary>For example <c>update_candidate</c>, <c>toggle_perm</c>, <c>login</c>.</summary>
    public required string Action { get; set; }

    /// <summary>Kind of thing acted on: <c>candidate</c>, <c>permission</c>, <c>session</c>.</summary>
    public required string Target { get; set; }

    public Guid? EntityId { get; set; }

    public int? EntityVersion { get; set; }

    /// <summary>The record's caption at that time.</summary>
    public string? Label { get; set; }

    public Guid? TargetUserId { get; set; }

    /// <summary>JSON object of the changed fields' former values; null when there was nothing before.</summary>
    public string? Before { get; set; }

    /// <summary>JSON object of the changed fields' new values; null after a deletion.</summary>
    public string? After { get; set; }

    public string? Reason { get; set; }

    public string? TraceId { get; internal set; }

    /// <summary>The row's digest before a person's data was erased from it; null while it is as it was written.</summary>
    public byte[]? OriginalDigest { get; private set; }
}

/// <summary>The value is never written to the change feed; a change of it shows as <c>•••</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>The value says something about a person; erasing the person blanks it in the change feed as well.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute : Attribute;

/// <summary>The value follows from others or keeps books (a counter, a time stamp) and says nothing to a reader of the history.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DerivedAttribute : Attribute;

/// <summary>The word this record is called in the change feed, where it is not its class's name.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ChangeTargetAttribute(string target) : Attribute
{
    public string Target { get; } = target;
}
