using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Tenancy;

namespace Tessera.Kernel.Identity;

/// <summary>A person in a tenant: their name, role and whether they may work there.</summary>
[NotRestored("A restore gives and takes no rights, and signs nobody in again.")]
public sealed class User : TenantRecord
{
    [Derived]
    public Guid AccountId { get; internal set; }

    [Personal]
    public required string Email { get; set; }

    [Derived]
    public string EmailKey { get; internal set; } = "";

    [Personal]
    public required string FullName { get; set; }

    /// <summary>Key of a role of the tenant's modules.</summary>
    public required string Role { get; set; }

    public bool Active { get; set; } = true;

    [Derived]
    public DateTimeOffset? LastSignInAt { get; internal set; }

    protected internal override string? Caption => FullName;

    protected internal override Guid? ConcernsUser => Id;
}

internal sealed class UserMapping : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users", "kernel");
        builder.HasOne<Account>().WithMany().HasForeignKey(u => u.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Tenant>().WithMany().HasForeignKey(u => u.TenantId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(u => new { u.TenantId, u.EmailKey }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_users_email");
        builder.HasIndex(u => new { u.TenantId, u.AccountId }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_users_account");
    }
}
