using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Notifications;

/// <summary>
/// Something one person was told. Not a record: it repeats what the change feed knows, belongs to its reader alone, and goes after
/// <see cref="Life"/>.
/// </summary>
[NotInBackup("It tells of what has happened; a restore must not tell it again.")]
internal sealed class Notification
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(90);

    public required Guid TenantId { get; init; }

    public required Guid Id { get; init; }

    /// <summary>Who is told.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Key of a <see cref="NotificationKind"/>.</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }

    public string? Body { get; init; }

    /// <summary>The instant it is about, shown by the reader's clock.</summary>
    public DateTimeOffset? AboutAt { get; init; }

    /// <summary>Who did it; null for the platform itself.</summary>
    public string? ActorName { get; init; }

    /// <summary>Page without which it is not shown, where it is about no record.</summary>
    public string? Page { get; init; }

    /// <summary>Word of the record's noun in the change feed. Who may not read the record is not shown what was told of it.</summary>
    public string? RecordKind { get; init; }

    public Guid? RecordId { get; init; }

    /// <summary>It tells of a record that goes: shown while the record is in the trash, too, and leading nowhere.</summary>
    public bool ShownInTrash { get; init; }

    public Guid? JobId { get; init; }

    /// <summary>What it tells, unique for each person: told again, it is dropped.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>What holds for people who never chose.</summary>
    public bool OnByDefault { get; init; }
}

/// <summary>A kind of notification that somebody switched on or off.</summary>
[NotRestored("Each person's own choice of today.")]
internal sealed class NotificationChoice
{
    public required Guid TenantId { get; init; }

    public required Guid UserId { get; init; }

    public required string Kind { get; init; }

    public bool Enabled { get; init; }
}

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>, IEntityTypeConfiguration<NotificationChoice>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notification", "kernel");
        builder.HasKey(n => new { n.TenantId, n.Id });
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Ignore(n => n.OnByDefault);
        builder.HasOne<User>().WithMany().HasForeignKey(n => new { n.TenantId, n.UserId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(n => new { n.TenantId, n.UserId, n.Key }).IsUnique().HasDatabaseName("ux_notification_key");
        builder.HasIndex(n => new { n.TenantId, n.UserId, n.CreatedAt, n.Id }).IsDescending(false, false, true, true).HasDatabaseName("ix_notification_created_at");
        builder.HasIndex(n => new { n.TenantId, n.UserId }).HasFilter("read_at is null").HasDatabaseName("ix_notification_unread");
        builder.HasIndex(n => new { n.TenantId, n.RecordId }).HasFilter("record_id is not null");
    }

    public void Configure(EntityTypeBuilder<NotificationChoice> builder)
    {
        builder.ToTable("notification_choice", "kernel");
        builder.HasKey(c => new { c.TenantId, c.UserId, c.Kind });
        builder.HasOne<User>().WithMany().HasForeignKey(c => new { c.TenantId, c.UserId }).OnDelete(DeleteBehavior.Restrict);
    }
}
