using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Database;

namespace Tessera.Production;

/// <summary>A date of a project beyond the four stages: picture lock, premiere, a festival's deadline.</summary>
internal sealed class Milestone : TenantRecord, IOwnedRows<Milestone>
{
    public Guid ProjectId { get; set; }

    public Project? Project { get; init; }

    /// <summary>A word programs know it by, where they need one.</summary>
    public string? Key { get; set; }

    public required string Name { get; set; }

    public DateOnly Date { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    public string? Color { get; set; }

    protected override string? Caption => Name;

    public static Expression<Func<Milestone, bool>> IsOwn(PlatformDb db) =>
        milestone => db.Set<ProjectMember>().Any(m => m.TenantId == milestone.TenantId && m.ProjectId == milestone.ProjectId && m.UserId == db.OwnRowsOf);
}

internal sealed class MilestoneMapping : IEntityTypeConfiguration<Milestone>
{
    public void Configure(EntityTypeBuilder<Milestone> builder) => builder.References(m => m.Project, nameof(Milestone.ProjectId));
}
