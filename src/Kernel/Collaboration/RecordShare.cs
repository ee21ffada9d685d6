using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Collaboration;

/// <summary>A link by which anybody reads one record until it runs out or is taken back. Only its token's hash is stored.</summary>
[NotInBackup("A secret; a link that was taken back must not work again.")]
internal sealed class RecordShare : TenantRecord
{
    /// <summary>Word of the record's noun in the change feed: <c>candidate</c>.</summary>
    [Derived]
    public required string RecordKind { get; init; }

    [Derived]
    public required Guid RecordId { get; init; }

    /// <summary>SHA-256 of the token, 32 bytes.</summary>
    [Secret]
    public required byte[] TokenHash { get; init; }

    [Derived]
    public required Guid SharedById { get; init; }

    [Derived]
    public required string SharedByName { get; init; }

    /// <summary>Whether the link shows what says something about people.</summary>
    public bool IncludePersonal { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    [Derived]
    public DateTimeOffset? LastOpenedAt { get; set; }

    protected internal override RecordRef? PartOf => new(RecordKind, RecordId);
}

internal sealed class RecordShareMapping : IEntityTypeConfiguration<RecordShare>
{
    public void Configure(EntityTypeBuilder<RecordShare> builder)
    {
        builder.References<RecordShare, User>(nameof(RecordShare.SharedById));
        builder.HasIndex(s => s.TokenHash).IsUnique().HasDatabaseName("ux_record_share_token_hash");
    }
}
