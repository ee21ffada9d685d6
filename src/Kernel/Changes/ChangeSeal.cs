using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;

namespace Tessera.Kernel.Changes;

/// <summary>
/// One link of a tenant's hash chain: it covers the changes behind the link before it up to its own last one, in committed
/// order, and its hash covers theirs and the link before.
/// </summary>
[NotRestored("The chain is never rewritten.")]
internal sealed class ChangeSeal
{
    public required Guid TenantId { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required long Number { get; init; }

    public required ulong LastXid { get; init; }

    public required long LastSeq { get; init; }

    public required int RowCount { get; init; }

    /// <summary>SHA-256 of the link before; 32 zero bytes for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    public required byte[] Hash { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>Latest time of a change it covers: when that is older than the retention, all of them are.</summary>
    public required DateTimeOffset NewestAt { get; init; }

    /// <summary>Its changes and all before are in the archive; the link stays as the anchor of the next.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }
}

internal sealed class ChangeSealMapping : IEntityTypeConfiguration<ChangeSeal>
{
    public void Configure(EntityTypeBuilder<ChangeSeal> builder)
    {
        builder.ToTable("change_seal", "kernel");
        builder.HasKey(s => new { s.TenantId, s.Number });
        builder.Property(s => s.Number).ValueGeneratedNever();
        builder.Property(s => s.LastXid).HasColumnType("xid8");
    }
}
