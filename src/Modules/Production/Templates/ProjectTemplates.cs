using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record ProjectTemplateInput
{
    [Required, MaxLength(120)]
    public string Name { get; init; } = "";

    /// <summary>The kind of project it is meant for; none: any.</summary>
    public ProjectType? Type { get; init; }

    [MaxLength(2_000)]
    public string? Description { get; init; }
}

public sealed record ProjectTemplateRow(
    Guid Id, string Name, ProjectType? Type, string? Description, int StepCount, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>Templates that projects are planned from.</summary>
internal sealed class ProjectTemplates : RecordSet<ProjectTemplate, ProjectTemplateInput, ProjectTemplateRow>
{
    public ProjectTemplates() : base(ProductionPages.Projects, "project-templates")
    {
        CreatesInOneTrip = true;
        Name(t => t.Name);
        Search(t => t.Name);
        Filter(t => t.Type);
        Sort(t => t.Name);
        DefaultSort("name");
        Unique(t => t.NameKey, "name", "ux_project_template_name");
        Row = t => new ProjectTemplateRow(t.Id, t.Name, t.Type, t.Description, t.Steps.Count(), t.Version, t.CreatedAt, t.UpdatedAt, t.DeletedAt);
    }

    protected override ValueTask<Refusal?> Saving(RecordChange<ProjectTemplate, ProjectTemplateInput> change, CancellationToken cancel)
    {
        change.Entity.NameKey = change.Entity.Name.ToLowerInvariant();
        return ValueTask.FromResult<Refusal?>(null);
    }
}

public sealed record TemplateStepInput
{
    [Required]
    public Guid? TemplateId { get; init; }

    public TemplateStepKind Kind { get; init; }

    [Required, MaxLength(200)]
    public string Name { get; init; } = "";

    /// <summary>For a step of kind stage, and for no other.</summary>
    public Stage? Stage { get; init; }

    public Guid? TaskTypeId { get; init; }

    /// <summary>Days after the project's start; 0 is the first day.</summary>
    [Range(0, 2_000)]
    public int OffsetDays { get; init; }

    /// <summary>How many days it takes, weekends counted.</summary>
    [Range(1, 1_000)]
    public int DurationDays { get; init; } = 1;

    [Range(0, 1_000_000)]
    public int? EstimateMin { get; init; }

    [Range(0, 10_000)]
    public int Sort { get; init; }
}

public sealed record TemplateStepRow(
    Guid Id, Guid TemplateId, string TemplateName, TemplateStepKind Kind, string Name, Stage? Stage, Guid? TaskTypeId, string? TaskTypeName, int OffsetDays, int DurationDays, int? EstimateMin, int Sort,
    int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>What the templates plan.</summary>
internal sealed class TemplateSteps : RecordSet<TemplateStep, TemplateStepInput, TemplateStepRow>
{
    public TemplateSteps() : base(ProductionPages.Projects, "template-steps")
    {
        Search(s => s.Name);
        Filter(s => s.TemplateId);
        Filter(s => s.Kind);
        Sort(s => s.Sort);
        Sort(s => s.OffsetDays);
        Sort(s => s.Name);
        DefaultSort("sort");
        Visible = s => s.Template != null;
        Row = s => new TemplateStepRow(
            s.Id, s.TemplateId, s.Template!.Name, s.Kind, s.Name, s.Stage, s.TaskTypeId, s.TaskType!.Name, s.OffsetDays, s.DurationDays, s.EstimateMin, s.Sort, s.Version, s.CreatedAt, s.UpdatedAt, s.DeletedAt);
    }

    protected override async ValueTask<Refusal?> Saving(RecordChange<TemplateStep, TemplateStepInput> change, CancellationToken cancel)
    {
        var step = change.Entity;
        if (change.Kind is ChangeKind.Delete or ChangeKind.Restore)
        {
            return null;
        }

        if ((step.Kind == TemplateStepKind.Stage) != (step.Stage is not null))
        {
            return Refusals.Invalid("stage", "A step of kind stage names one, and no other step does.");
        }

        return change.Changes(s => s.TemplateId) && !await change.Db.Set<ProjectTemplate>().AnyAsync(t => t.Id == step.TemplateId, cancel)
            ? Refusals.NotFound.On("templateId", "There is no such template here.")
            : null;
    }
}
