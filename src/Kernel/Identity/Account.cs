using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;

namespace Tessera.Kernel.Identity;

public enum Theme
{
    System,
    Light,
    Dark,
}

/// <summary>A person's sign-in, one for all tenants they belong to. What they are in a tenant is a <see cref="User"/>.</summary>
internal sealed class Account
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Email { get; set; }

    public required string EmailKey { get; set; }

    public required string FullName { get; set; }

    [Secret]
    public string? PasswordHash { get; set; }

    public DateTimeOffset? PasswordChangedAt { get; set; }

    /// <summary>The shared key of the authenticator app, encrypted (<see cref="SecondFactor"/>); asked for once <see cref="TwoFactorEnabledAt"/> is set.</summary>
    [Secret]
    public byte[]? TwoFactorSecret { get; set; }

    public DateTimeOffset? TwoFactorEnabledAt { get; set; }

    /// <summary>Newest time step whose code was used; it and those before are used up.</summary>
    public long? TwoFactorLastStep { get; set; }

    public string Locale { get; set; } = "en";

    public string TimeZone { get; set; } = "UTC";

    public Theme Theme { get; set; }

    /// <summary>Where a sign-in goes that names no tenant.</summary>
    public Guid? LastTenantId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A code that stands in for the authenticator app once.</summary>
internal sealed class RecoveryCode
{
    public required Guid AccountId { get; init; }

    /// <summary>HMAC-SHA256 of the code, 32 bytes.</summary>
    public required byte[] CodeHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_code", "kernel");
        builder.HasKey(c => new { c.AccountId, c.CodeHash });
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("account", "kernel");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => a.EmailKey).IsUnique();
    }
}
