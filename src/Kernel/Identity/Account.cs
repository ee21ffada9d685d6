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

    public string Locale { get; set; } = "en";

    public string TimeZone { get; set; } = "UTC";

    public Theme Theme { get; set; }

    /// <summary>Where a sign-in goes that names no tenant.</summary>
    public Guid? LastTenantId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("account", "kernel");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => a.EmailKey).IsUnique();
    }
}
