using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tessera.Kernel.Identity.SingleSignOn;

/// <summary>An identity provider's name for one of our accounts.</summary>
internal sealed class ExternalLogin
{
    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required Guid AccountId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class ExternalLoginMapping : IEntityTypeConfiguration<ExternalLogin>
{
    public void Configure(EntityTypeBuilder<ExternalLogin> builder)
    {
        builder.ToTable("external_login", "kernel");
        builder.HasKey(l => new { l.Issuer, l.Subject });
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
