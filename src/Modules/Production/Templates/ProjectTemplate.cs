using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;

namespace Tessera.Production;

/// <summary>How productions of a kind usually go: tasks, milestones and stages, counted in days from the start.</summary>
internal sealed class ProjectTemplate : TenantRecord
{
    public required string Name { get; set; }

    [Derived]
    public string NameKey { get; set; } = "";

    public ProjectType? Type { get; set; }

    public string? Description { get; set; }

    public List<TemplateStep> Steps { get; init; } = [];

    protected override string? Caption => Name;
}

public enum TemplateStepKind
{
    Task,
    Milestone,
    Stage,
}

/// <summary>One thing a template plans.</summary>
internal sealed class TemplateStep : TenantRecord
{
    public Guid TemplateId { get; set; }

    public ProjectTemplate? Template { get; init; }

    public TemplateStepKind Kind { get; set; }

    public required string Name { get; set; }

    /// <summary>For a step of kind stage.</summary>
    public Stage? Stage { get; set; }

    public Guid? TaskTypeId { get; set; }

    public TaskType? TaskType { get; init; }

    /// <summary>Days after the project's start; 0 is the first day.</summary>
    public int OffsetDays { get; set; }

    /// <summary>How many days it takes, weekends counted.</summary>
    public int DurationDays { get; set; }

    public int? EstimateMin { get; set; }

    public int Sort { get; set; }

    protected override string? Caption => Name;
}

internal sealed class TemplateStepMapping : IEntityTypeConfiguration<TemplateStep>
{
    public void Configure(EntityTypeBuilder<TemplateStep> builder)
    {
        builder.References(s => s.Template, nameof(TemplateStep.TemplateId), t => t.Steps);
        builder.References(s => s.TaskType, nameof(TemplateStep.TaskTypeId));
    }
}

internal sealed class ProjectTemplateMapping : IEntityTypeConfiguration<ProjectTemplate>
{
    public void Configure(EntityTypeBuilder<ProjectTemplate> builder) =>
        builder.HasIndex(t => new { t.TenantId, t.NameKey }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_project_template_name");
}
