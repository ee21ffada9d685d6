using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;

namespace Tessera.Kernel.Jobs;

public enum JobStatus
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>
/// Background work of a tenant. Not a record: its progress is written several times a second and is nobody's history, so it
/// leaves no rows in the change feed; what the work itself changes does.
/// </summary>
[NotInBackup("Work under way belongs to its host, not to the data.")]
public sealed class Job
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Which <see cref="JobKind{TArguments}"/> does it: <c>backup</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What people read.</summary>
    public required string Title { get; init; }

    /// <summary>JSON object of the kind's arguments.</summary>
    public required string Arguments { get; init; }

    public JobStatus Status { get; internal set; }

    /// <summary>What is being done at the moment.</summary>
    public string? Step { get; internal set; }

    public long Done { get; internal set; }

    /// <summary>What <see cref="Done"/> will be at the end; null while nobody knows.</summary>
    public long? Total { get; internal set; }

    /// <summary>JSON object; what came of it.</summary>
    public string? Result { get; internal set; }

    public string? ErrorCode { get; internal set; }

    public string? ErrorDetail { get; internal set; }

    /// <summary>Who asked; null for the platform itself.</summary>
    public Guid? RequestedById { get; init; }

    public required string RequestedByName { get; init; }

    /// <summary>Request that asked for it; its changes carry the same.</summary>
    public string? TraceId { get; init; }

    /// <summary>How often it was begun; more than once after a host went away.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Runs inside the request that asked for it, and ends with it.</summary>
    public bool IsInline { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; internal set; }

    /// <summary>Last sign of life, by the database's clock.</summary>
    public DateTimeOffset? HeartbeatAt { get; internal set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; internal set; }

    public DateTimeOffset? FinishedAt { get; internal set; }

    public bool IsFinished => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Cancelled;
}

internal sealed class JobMapping : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("job", "kernel");
        builder.HasKey(j => new { j.TenantId, j.Id });
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.Property(j => j.Arguments).HasColumnType("jsonb");
        builder.Property(j => j.Result).HasColumnType("jsonb");
    }
}
