using Tessera.Kernel.Changes;

namespace Tessera.Kernel.Database;

/// <summary>
/// A row that belongs to one tenant. Its key is <c>(tenant_id, id)</c>, row-level security hides it from every other
/// tenant, and each change of it leaves a row in the change feed in the same transaction.
/// </summary>
public abstract class TenantRecord
{
    /// <summary>The owner. Set by <see cref="PlatformDb"/> on insert; never changes.</summary>
    public Guid TenantId { get; internal set; }

    /// <summary>UUID version 7: its order is the order of creation.</summary>
    public Guid Id { get; init; } = RecordIds.Next();

    /// <summary>1 on insert, one more on each update; the record's <c>ETag</c>.</summary>
    public int Version { get; internal set; }

    public DateTimeOffset CreatedAt { get; internal set; }

    public Guid? CreatedBy { get; internal set; }

    public DateTimeOffset UpdatedAt { get; internal set; }

    public Guid? UpdatedBy { get; internal set; }

    /// <summary>When the record went to the trash; null while it is live.</summary>
    public DateTimeOffset? DeletedAt { get; internal set; }

    public Guid? DeletedBy { get; internal set; }

    /// <summary>What people call this record; kept with its changes so that the audit trail reads without it.</summary>
    protected internal virtual string? Caption => null;

    /// <summary>The user this record is about, where it is about one (a permission, a membership).</summary>
    protected internal virtual Guid? ConcernsUser => null;

    /// <summary>
    /// The record this one hangs on (a comment's candidate). Its changes count as that record's: they show in its history, and
    /// whoever watches it is told.
    /// </summary>
    protected internal virtual RecordRef? PartOf => null;
}

/// <summary>Another record, by its noun's word in the change feed and its id.</summary>
public sealed record RecordRef(string Kind, Guid Id)
{
    public static RecordRef To(TenantRecord record) => new(ChangeRecorder.TargetOf(record.GetType()), record.Id);
}
