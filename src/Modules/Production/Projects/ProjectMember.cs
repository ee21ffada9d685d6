using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tessera.Production;

/// <summary>
/// Whose a project is: the people who sign in as one of its crew. A view of crew and students, so that it is never behind them; it
/// has no rule of its own, and so the rules of all records of a project can ask it.
/// </summary>
internal sealed class ProjectMember
{
    public Guid TenantId { get; init; }

    public Guid ProjectId { get; init; }

    public Guid UserId { get; init; }
}

internal sealed class ProjectMemberMapping : IEntityTypeConfiguration<ProjectMember>
{
    public void Configure(EntityTypeBuilder<ProjectMember> builder) => builder.HasNoKey().ToView("project_member", ProductionModule.ModuleKey);
}
