using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;

namespace Tessera.Kernel.Files;

/// <summary>What a file is kept for, and with it who may have it: see <see cref="DownloadRule"/>.</summary>
public enum FilePurpose
{
    /// <summary>Belongs to a record; part of every backup.</summary>
    Attachment,

    Export,

    Import,

    Backup,
}

/// <summary>A file of a tenant. The content lies in the data folder under its hash; two files with one content share it.</summary>
public sealed class StoredFile
{
    public Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required FilePurpose Purpose { get; init; }

    /// <summary>Name for the person who downloads it.</summary>
    public required string Name { get; init; }

    /// <summary>By content, not by name.</summary>
    public required string ContentType { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Of the content, as 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public Guid? CreatedBy { get; init; }

    /// <summary>Word of the noun whose record it hangs on; null while it waits for one, and for other purposes.</summary>
    public string? RecordKind { get; internal set; }

    public Guid? RecordId { get; internal set; }

    /// <summary>Afterwards it is removed; null: stays.</summary>
    public DateTimeOffset? ExpiresAt { get; internal set; }
}

internal sealed class StoredFileMapping : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.ToTable("stored_file", "kernel");
        builder.HasKey(f => new { f.TenantId, f.Id });
        builder.Property(f => f.Id).ValueGeneratedNever();

        // A waiting file goes to one record only.
        builder.Property(f => f.ExpiresAt).IsConcurrencyToken();
    }
}

/// <summary>A link by which one person downloads one file once.</summary>
[NotInBackup("A secret, good for two minutes.")]
internal sealed class DownloadLink
{
    public Guid TenantId { get; init; }

    public required byte[] TokenHash { get; init; }

    public required Guid FileId { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}

internal sealed class DownloadLinkMapping : IEntityTypeConfiguration<DownloadLink>
{
    public void Configure(EntityTypeBuilder<DownloadLink> builder)
    {
        builder.ToTable("download_link", "kernel");
        builder.HasKey(l => new { l.TenantId, l.TokenHash });
        builder.HasOne<StoredFile>().WithMany().HasForeignKey(l => new { l.TenantId, l.FileId }).OnDelete(DeleteBehavior.Cascade);
    }
}
