using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Tenancy;

namespace Tessera.Kernel.Identity;

/// <summary>One signed-in browser in one tenant. Revoking it ends access on the next request.</summary>
internal sealed class Session
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    public required Guid TenantId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>Moved by the database whenever the person's rights change; cached decisions carry it.</summary>
    public long AccessStamp { get; private set; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public string? RevokeReason { get; set; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }
}

/// <summary>One link in a session's chain of refresh tokens. Only the token's hash is stored.</summary>
internal sealed class RefreshToken
{
    /// <summary>SHA-256 of the token, 32 bytes.</summary>
    public required byte[] TokenHash { get; init; }

    public required Guid SessionId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RotatedAt { get; set; }
}

/// <summary>One attempt to sign in to an existing account.</summary>
internal sealed class SignIn
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    public Guid? TenantId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>succeeded</c>, <c>wrong_password</c>, <c>no_access</c>, <c>second_factor_failed</c>.</summary>
    public required string Outcome { get; init; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<RefreshToken>, IEntityTypeConfiguration<SignIn>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("session", "kernel");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.AccessStamp).HasDefaultValue(1L).ValueGeneratedOnAddOrUpdate();
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(s => s.TenantId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RefreshToken> builder)
    {
        builder.ToTable("refresh_token", "kernel");
        builder.HasKey(t => t.TokenHash);
        builder.HasOne<Session>().WithMany().HasForeignKey(t => t.SessionId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SignIn> builder)
    {
        builder.ToTable("sign_in", "kernel");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
