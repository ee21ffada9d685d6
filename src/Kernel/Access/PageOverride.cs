using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Access;

/// <summary>A person's exception from their role for one page. No row means: inherit.</summary>
[ChangeTarget("permission")]
[NotRestored("A restore gives and takes no rights.")]
internal sealed class PageOverride : TenantRecord
{
    public required Guid UserId { get; init; }

    public required string Page { get; init; }

    public OverrideAccess Access { get; set; }

    /// <summary>How far a grant goes; null: as far as the role's grants go.</summary>
    public Level? Level { get; set; }

    public string? Reason { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    protected internal override string? Caption => Page;

    protected internal override Guid? ConcernsUser => UserId;

    public PageOverrideState ToState() => new(Access, Level, ExpiresAt);
}

internal sealed class PageOverrideMapping : IEntityTypeConfiguration<PageOverride>
{
    public void Configure(EntityTypeBuilder<PageOverride> builder)
    {
        builder.References<PageOverride, User>(nameof(PageOverride.UserId));
        builder.HasIndex(o => new { o.TenantId, o.UserId, o.Page }).IsUnique().HasDatabaseName("ux_page_override_page");
    }
}
