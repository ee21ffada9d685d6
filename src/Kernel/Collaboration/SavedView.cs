using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Collaboration;

/// <summary>Who sees a saved view beside its owner.</summary>
public enum ViewSharing
{
    Private,
    Role,
    Tenant,
}

/// <summary>A list as somebody likes to see it: its filters, order and shape, under a name.</summary>
internal sealed class SavedView : TenantRecord
{
    [Changes.Derived]
    public required Guid OwnerId { get; init; }

    [Changes.Derived]
    public required string OwnerName { get; init; }

    /// <summary>Plural word of the list's noun: <c>candidates</c>.</summary>
    public required string Noun { get; init; }

    public required string Name { get; set; }

    /// <summary>The list's query string without the question mark.</summary>
    public required string Query { get; set; }

    public ViewSharing Sharing { get; set; }

    /// <summary>Key of the role it is shared with, for <see cref="ViewSharing.Role"/>.</summary>
    public string? Role { get; set; }

    /// <summary>What its owner sees when they open the list; at most one for each noun.</summary>
    public bool IsDefault { get; set; }

    protected internal override string? Caption => Name;
}

internal sealed class SavedViewMapping : IEntityTypeConfiguration<SavedView>
{
    public const string OneName = "ux_saved_view_name";

    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.References<SavedView, User>(nameof(SavedView.OwnerId));
        builder.HasIndex(v => new { v.TenantId, v.OwnerId, v.Noun, v.Name }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName(OneName);
        builder.HasIndex(v => new { v.TenantId, v.OwnerId, v.Noun }).IsUnique().HasFilter("deleted_at is null and is_default").HasDatabaseName("ux_saved_view_default");
    }
}
