using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;

namespace Tessera.Kernel.Changes;

/// <summary>A record whose personal data was erased. Kept for good: an older backup must not bring the data back.</summary>
[NotRestored("What was erased since the backup stays erased.")]
internal sealed class Erasure
{
    public Guid TenantId { get; init; }

    /// <summary>The record's word in the change feed.</summary>
    public required string Target { get; init; }

    public required Guid EntityId { get; init; }

    public required DateTimeOffset ErasedAt { get; init; }
}

internal sealed class ErasureMapping : IEntityTypeConfiguration<Erasure>
{
    public void Configure(EntityTypeBuilder<Erasure> builder)
    {
        builder.ToTable("erasure", "kernel");
        builder.HasKey(e => new { e.TenantId, e.Target, e.EntityId });
    }
}
