using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Identity;

/// <summary>An open door for one address into one tenant, used once. Only its token's hash is stored.</summary>
[NotInBackup("A secret; whoever is still wanted is asked again.")]
internal sealed class Invitation : TenantRecord
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    [Personal]
    public required string Email { get; init; }

    [Derived]
    public required string EmailKey { get; init; }

    [Personal]
    public string? FullName { get; init; }

    public required string Role { get; init; }

    /// <summary>SHA-256 of the token, 32 bytes.</summary>
    [Secret]
    public required byte[] TokenHash { get; init; }

    public required string InvitedByName { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    protected internal override string? Caption => Email;
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public const string OneForAnAddress = "ux_invitation_email";

    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.HasIndex(i => i.TokenHash).IsUnique().HasDatabaseName("ux_invitation_token_hash");
        builder.HasIndex(i => new { i.TenantId, i.EmailKey }).IsUnique().HasFilter("deleted_at is null and accepted_at is null").HasDatabaseName(OneForAnAddress);
    }
}
