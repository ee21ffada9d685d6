using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

public enum BackupKind
{
    Scheduled,
    Manual,
    PreImport,
    PreRestore,
    PreDelete,
}

public enum BackupStatus
{
    Queued,
    Running,
    Succeeded,
    Failed,

    /// <summary>It was good; its file is gone.</summary>
    Expired,
}

/// <summary>One backup, from the moment it was asked for until long after its file is gone.</summary>
[NotInBackup("A backup does not contain backups.")]
internal sealed class BackupRun
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required BackupKind Kind { get; init; }

    public BackupStatus Status { get; set; }

    /// <summary>Readable exports inside, beside the lossless rows.</summary>
    public required List<string> Formats { get; init; }

    /// <summary>Only these nouns; null: everything.</summary>
    public List<string>? Nouns { get; init; }

    public Guid? FileId { get; set; }

    public long? Size { get; set; }

    public string? Sha256 { get; set; }

    /// <summary>JSON object: rows by noun or table.</summary>
    public string RowCounts { get; set; } = "{}";

    public int FileCount { get; set; }

    public string? SchemaVersion { get; set; }

    public string? Error { get; set; }

    public bool Pinned { get; set; }

    /// <summary>The tenant's day a nightly backup belongs to.</summary>
    public DateOnly? LocalDate { get; init; }

    /// <summary>Which try of its night, from 1.</summary>
    public int Attempt { get; init; } = 1;

    public Guid? JobId { get; set; }

    public Guid? RequestedById { get; init; }

    public required string RequestedByName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }
}

internal sealed class BackupRunMapping : IEntityTypeConfiguration<BackupRun>
{
    public void Configure(EntityTypeBuilder<BackupRun> builder)
    {
        builder.ToTable("backup", "kernel");
        builder.HasKey(b => new { b.TenantId, b.Id });
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Property(b => b.RowCounts).HasColumnType("jsonb");
        builder.HasIndex(b => new { b.TenantId, b.LocalDate, b.Attempt }).IsUnique().HasFilter("local_date is not null").HasDatabaseName("ux_backup_local_date");
    }
}

public enum BackupEvent
{
    Scheduled,
    Requested,
    Started,
    Succeeded,
    Failed,
    Downloaded,
    Verified,
    Restored,
    RestoreFailed,
    Pinned,
    Unpinned,
    Deleted,
    RetentionPurged,
    SettingsChanged,
}

/// <summary>One line of the backup log.</summary>
[NotInBackup("It tells about backups.")]
internal sealed class BackupLogEntry
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required DateTimeOffset At { get; init; }

    public required BackupEvent Event { get; init; }

    public Guid? BackupId { get; init; }

    public Guid? ActorId { get; init; }

    public required string ActorName { get; init; }

    /// <summary>JSON object.</summary>
    public string? Detail { get; init; }
}

internal sealed class BackupLogMapping : IEntityTypeConfiguration<BackupLogEntry>
{
    public void Configure(EntityTypeBuilder<BackupLogEntry> builder)
    {
        builder.ToTable("backup_log", "kernel");
        builder.HasKey(e => new { e.TenantId, e.Id });
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Detail).HasColumnType("jsonb");
    }
}

internal static class BackupLog
{
    /// <summary>Adds a line to the next save; what a person did shows in the audit trail as well.</summary>
    public static void LogBackup(this PlatformDb db, BackupEvent what, Guid? backupId, object? detail = null)
    {
        var json = detail is null ? null : System.Text.Json.JsonSerializer.Serialize(detail, PlatformJson.Options);
        db.Add(new BackupLogEntry
        {
            TenantId = db.TenantId,
            At = db.Clock.GetUtcNow().ToMicroseconds(),
            Event = what,
            BackupId = backupId,
            ActorId = db.Scope.ActorId,
            ActorName = db.Scope.ActorName,
            Detail = json,
        });
        if (db.Scope.ActorId is not null && what is not (BackupEvent.Started or BackupEvent.Succeeded))
        {
            db.Note(new Change { Action = "backup_" + Words.Of(what), Target = "backup", EntityId = backupId, After = json });
        }
    }
}

/// <summary>When a tenant is backed up by itself, and how long backups are kept.</summary>
internal sealed class BackupPlan
{
    public Guid TenantId { get; init; }

    public bool Enabled { get; set; } = true;

    /// <summary>By the tenant's clock.</summary>
    public TimeOnly At { get; set; } = new(2, 0);

    public int RetentionDays { get; set; } = 30;

    public List<string> Formats { get; set; } = [];

    /// <summary>The tenant's plan; the defaults where it never chose.</summary>
    public static async Task<BackupPlan> OfAsync(PlatformDb db, CancellationToken cancel) =>
        await db.Set<BackupPlan>().AsNoTracking().FirstOrDefaultAsync(cancel) ?? new BackupPlan { TenantId = db.TenantId };
}

internal sealed class BackupPlanMapping : IEntityTypeConfiguration<BackupPlan>
{
    public void Configure(EntityTypeBuilder<BackupPlan> builder)
    {
        builder.ToTable("backup_plan", "kernel");
        builder.HasKey(p => p.TenantId);
        builder.Property(p => p.TenantId).ValueGeneratedNever();
    }
}
