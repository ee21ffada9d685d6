using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;

namespace Tessera.Production;

public enum CrewRole
{
    Director,
    Producer,
    Dop,
    SoundRecordist,
    Editor,
    Colourist,
    SoundDesigner,
    Mixer,
    Composer,
    Other,
}

/// <summary>What a student does on a project. It outlives the student's own record: a film keeps its credits.</summary>
internal sealed class CrewMember : TenantRecord, IOwnedRows<CrewMember>
{
    public Guid ProjectId { get; set; }

    public Project? Project { get; init; }

    public Guid StudentId { get; set; }

    public Student? Student { get; init; }

    public CrewRole CrewRole { get; set; }

    public bool IsLead { get; set; }

    /// <summary>The name in the credits; it stays when the student's record goes.</summary>
    [Personal]
    public string CreditedAs { get; set; } = "";

    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    protected override string? Caption => CreditedAs;

    public static Expression<Func<CrewMember, bool>> IsOwn(PlatformDb db) =>
        crew => db.Set<ProjectMember>().Any(m => m.TenantId == crew.TenantId && m.ProjectId == crew.ProjectId && m.UserId == db.OwnRowsOf);
}

internal sealed class CrewMemberMapping : IEntityTypeConfiguration<CrewMember>
{
    public void Configure(EntityTypeBuilder<CrewMember> builder)
    {
        builder.References(c => c.Project, nameof(CrewMember.ProjectId), p => p.Crew);
        builder.References(c => c.Student, nameof(CrewMember.StudentId), s => s.Crew);
        builder.HasIndex(c => new { c.TenantId, c.ProjectId, c.StudentId, c.CrewRole }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_crew_member_role");
    }
}
