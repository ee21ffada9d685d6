using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tessera.Kernel.Tenancy;

public enum TenantStatus
{
    Active,
    Suspended,
}

/// <summary>A workspace: one organisation's data, people and modules. Not tenant-owned itself, so it carries no row-level security.</summary>
public sealed class Tenant
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Short name in addresses and at sign-in: lower-case letters, digits and hyphens, unique in the installation.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    /// <summary>IANA zone in which the organisation's days begin.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Keys of the modules that are switched on.</summary>
    public required List<string> Modules { get; set; }

    /// <summary>JSON object: each module's settings under its key. Read it through <see cref="TenantSettings"/>.</summary>
    public string Settings { get; internal set; } = "{}";

    /// <summary>Grows with each change of the name, the zone or the settings.</summary>
    public int Version { get; internal set; } = 1;

    public TenantStatus Status { get; set; }

    /// <summary>Made by the demo seed; only such tenants may have well-known passwords.</summary>
    public bool IsDemo { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class TenantMapping : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> builder)
    {
        builder.ToTable("tenant", "kernel");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Settings).HasColumnType("jsonb");
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasIndex(t => t.Slug).IsUnique();
    }
}
