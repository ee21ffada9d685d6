using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;

namespace Tessera.Production;

public enum ScheduleStatus
{
    /// <summary>Dates can be moved without touching the project.</summary>
    Draft,

    /// <summary>Agreed: no date moves any more.</summary>
    Locked,

    /// <summary>Its dates became the project's.</summary>
    Applied,
}

/// <summary>Another way a project could be planned, to be compared before it counts.</summary>
internal sealed class ScheduleVersion : TenantRecord, IOwnedRows<ScheduleVersion>
{
    public Guid ProjectId { get; set; }

    public Project? Project { get; init; }

    public required string Name { get; set; }

    public string? Note { get; set; }

    public ScheduleStatus Status { get; set; }

    [Derived]
    public DateTimeOffset? AppliedAt { get; set; }

    public List<ScheduleEntry> Entries { get; init; } = [];

    protected override string? Caption => Name;

    public static Expression<Func<ScheduleVersion, bool>> IsOwn(PlatformDb db) =>
        version => db.Set<ProjectMember>().Any(m => m.TenantId == version.TenantId && m.ProjectId == version.ProjectId && m.UserId == db.OwnRowsOf);
}

public enum ScheduleSubject
{
    Stage,
    Milestone,
    Task,
}

/// <summary>When a draft plans one thing.</summary>
internal sealed class ScheduleEntry : TenantRecord
{
    [Derived]
    public required Guid VersionId { get; init; }

    public ScheduleVersion? Schedule { get; init; }

    public required ScheduleSubject Subject { get; init; }

    public Stage? Stage { get; init; }

    /// <summary>The milestone or task; null for a stage.</summary>
    [Derived]
    public Guid? SubjectId { get; init; }

    public required string Name { get; init; }

    public DateOnly Start { get; set; }

    public DateOnly? End { get; set; }

    protected override string? Caption => Name;

    protected override RecordRef? PartOf => new("schedule_version", VersionId);
}

internal sealed class ScheduleVersionMapping : IEntityTypeConfiguration<ScheduleVersion>
{
    public void Configure(EntityTypeBuilder<ScheduleVersion> builder) => builder.References(v => v.Project, nameof(ScheduleVersion.ProjectId));
}

internal sealed class ScheduleEntryMapping : IEntityTypeConfiguration<ScheduleEntry>
{
    public void Configure(EntityTypeBuilder<ScheduleEntry> builder) => builder.References(e => e.Schedule, nameof(ScheduleEntry.VersionId), v => v.Entries);
}
