using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Production;

/// <summary>A piece of work on a project.</summary>
internal sealed class ProjectTask : TenantRecord, IOwnedRows<ProjectTask>
{
    public Guid ProjectId { get; set; }

    public Project? Project { get; init; }

    public Guid? TaskTypeId { get; set; }

    public TaskType? TaskType { get; init; }

    public required string Title { get; set; }

    public string? Description { get; set; }

    public Guid StatusId { get; set; }

    public WorkStatus? Status { get; init; }

    /// <summary>Students who do it.</summary>
    public List<Guid> AssigneeIds { get; set; } = [];

    /// <summary>Their names, in the same order.</summary>
    [Personal, Derived]
    public List<string> AssigneeNames { get; set; } = [];

    /// <summary>The member of staff who answers for it.</summary>
    public Guid? ResponsibleUserId { get; set; }

    public User? Responsible { get; init; }

    public DateOnly? Start { get; set; }

    public DateOnly? Due { get; set; }

    /// <summary>Minutes.</summary>
    public int? EstimateMin { get; set; }

    /// <summary>Percent.</summary>
    public int Completion { get; set; }

    /// <summary>1 to 5.</summary>
    public int? Difficulty { get; set; }

    /// <summary>How often it was sent back.</summary>
    public int RetakeCount { get; set; }

    public int Sort { get; set; }

    /// <summary>When it came into a status that means done; null while it is open.</summary>
    [Derived]
    public DateTimeOffset? DoneAt { get; set; }

    public List<TimeEntry> TimeEntries { get; init; } = [];

    protected override string? Caption => Title;

    public static Expression<Func<ProjectTask, bool>> IsOwn(PlatformDb db) =>
        task => db.Set<ProjectMember>().Any(m => m.TenantId == task.TenantId && m.ProjectId == task.ProjectId && m.UserId == db.OwnRowsOf);
}

internal sealed class ProjectTaskMapping : IEntityTypeConfiguration<ProjectTask>
{
    public void Configure(EntityTypeBuilder<ProjectTask> builder)
    {
        builder.References(t => t.Project, nameof(ProjectTask.ProjectId), p => p.Tasks);
        builder.References(t => t.TaskType, nameof(ProjectTask.TaskTypeId));
        builder.References(t => t.Status, nameof(ProjectTask.StatusId));
        builder.References(t => t.Responsible, nameof(ProjectTask.ResponsibleUserId));
    }
}
