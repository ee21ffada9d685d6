using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record ProjectInput
{
    /// <summary>Unique in the workspace; the next number of the year when absent.</summary>
    [MaxLength(20)]
    public string? Code { get; init; }

    [Required, MaxLength(200)]
    public string Title { get; init; } = "";

    public ProjectType Type { get; init; }

    public ProjectMedium Medium { get; init; }

    [MaxLength(20_000)]
    public string? Description { get; init; }

    [MaxLength(120)]
    public string? Course { get; init; }

    [MaxLength(20)]
    public string? AcademicYear { get; init; }

    public Guid? SupervisorUserId { get; init; }

    public Guid? ProducerUserId { get; init; }

    [MaxLength(200)]
    public string? ClientName { get; init; }

    public ProjectStatus Status { get; init; }

    public ProjectPriority Priority { get; init; } = ProjectPriority.Normal;

    public DateOnly? StartDate { get; init; }

    public DateOnly? ShootDate { get; init; }

    public DateOnly? ShootEndDate { get; init; }

    [MaxLength(500)]
    public string? ShootNote { get; init; }

    public DateOnly? ShootDoneDate { get; init; }

    public DateOnly? GradeDate { get; init; }

    public DateOnly? GradeEndDate { get; init; }

    [MaxLength(500)]
    public string? GradeNote { get; init; }

    public DateOnly? GradeDoneDate { get; init; }

    public DateOnly? MixDate { get; init; }

    public DateOnly? MixEndDate { get; init; }

    [MaxLength(500)]
    public string? MixNote { get; init; }

    public DateOnly? MixDoneDate { get; init; }

    public DateOnly? DeliveryDate { get; init; }

    public DateOnly? DeliveryEndDate { get; init; }

    [MaxLength(500)]
    public string? DeliveryNote { get; init; }

    [MaxLength(20)]
    public string? Fps { get; init; }

    [MaxLength(20)]
    public string? Ratio { get; init; }

    [MaxLength(40)]
    public string? Resolution { get; init; }

    [MaxLength(40)]
    public string? SampleRate { get; init; }

    [MaxLength(40)]
    public string? LoudnessTarget { get; init; }

    [MoneyAmount]
    public decimal? BudgetAmount { get; init; }

    /// <summary>ISO 4217; the workspace's when absent.</summary>
    [CurrencyCode]
    public string? Currency { get; init; }

    [MaxLength(30), ShortWords]
    public List<string> Tags { get; init; } = [];
}

/// <summary>A project as callers get it.</summary>
public sealed record ProjectRow : IRecordRow
{
    public required Guid Id { get; init; }

    public required string Code { get; init; }

    public required string Title { get; init; }

    public required ProjectType Type { get; init; }

    public required ProjectMedium Medium { get; init; }

    public required string? Description { get; init; }

    public required string? Course { get; init; }

    public required string? AcademicYear { get; init; }

    public required Guid? SupervisorUserId { get; init; }

    public required string? SupervisorName { get; init; }

    public required Guid? ProducerUserId { get; init; }

    public required string? ProducerName { get; init; }

    public required string? ClientName { get; init; }

    public required ProjectStatus Status { get; init; }

    /// <summary>Where a project on hold goes on.</summary>
    public required ProjectStatus? StatusBeforeHold { get; init; }

    /// <summary>Where the project can be moved from here.</summary>
    [Required]
    public IReadOnlyList<ProjectStatus> AllowedMoves { get; init; } = [];

    public required ProjectPriority Priority { get; init; }

    public required DateOnly? StartDate { get; init; }

    public required DateOnly? ShootDate { get; init; }

    public required DateOnly? ShootEndDate { get; init; }

    public required string? ShootNote { get; init; }

    public required DateOnly? ShootDoneDate { get; init; }

    public required DateOnly? GradeDate { get; init; }

    public required DateOnly? GradeEndDate { get; init; }

    public required string? GradeNote { get; init; }

    public required DateOnly? GradeDoneDate { get; init; }

    public required DateOnly? MixDate { get; init; }

    public required DateOnly? MixEndDate { get; init; }

    public required string? MixNote { get; init; }

    public required DateOnly? MixDoneDate { get; init; }

    public required DateOnly? DeliveryDate { get; init; }

    public required DateOnly? DeliveryEndDate { get; init; }

    /// <summary>The last day of the delivery: the project is late from the day after.</summary>
    public required DateOnly? DeliveryDue { get; init; }

    public required string? DeliveryNote { get; init; }

    public required DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The four stages in their order, each with its state.</summary>
    [Required]
    public IReadOnlyList<StageCell> Stages { get; init; } = [];

    /// <summary>The delivery has passed and the project is still open.</summary>
    [Required]
    public bool Overdue { get; init; }

    /// <summary>What is worth a second look: soft date order, weekends, holidays.</summary>
    [Required]
    public IReadOnlyList<Warning> Warnings { get; init; } = [];

    public required string? Fps { get; init; }

    public required string? Ratio { get; init; }

    public required string? Resolution { get; init; }

    public required string? SampleRate { get; init; }

    public required string? LoudnessTarget { get; init; }

    public required decimal? BudgetAmount { get; init; }

    public required string? Currency { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required int CrewCount { get; init; }

    public required int TaskCount { get; init; }

    public required int TasksDone { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>Projects, their dates and their way from idea to archive.</summary>
internal sealed class Projects : RecordSet<Project, ProjectInput, ProjectRow>
{
    public Projects() : base(ProductionPages.Projects, "projects", ProductionPages.Schedule, ProductionPages.Students)
    {
        Name(p => p.Title);
        Detail(p => p.Code, elsewhere: p => p.Code);
        Filter(p => p.Code);
        Filter(p => p.Title);
        Filter(p => p.Type);
        Filter(p => p.Medium);
        Filter(p => p.Status);
        Filter(p => p.Priority);
        Filter(p => p.Course);
        Filter(p => p.AcademicYear);
        Filter(p => p.ClientName);
        Filter(p => p.SupervisorUserId);
        Filter(p => p.ProducerUserId);
        Filter(p => p.StartDate);
        Filter(p => p.ShootDate);
        Filter(p => p.GradeDate);
        Filter(p => p.MixDate);
        Filter(p => p.DeliveryDate);
        Filter(p => p.DeliveryEndDate ?? p.DeliveryDate, "deliveryDue");
        Filter(p => p.DeliveredAt);
        Filter(p => p.Tags);
        Sort(p => p.Code);
        Sort(p => p.Title);
        Sort(p => p.Type);
        Sort(p => p.Status);
        Sort(p => p.Priority);
        Sort(p => p.AcademicYear);
        Sort(p => p.StartDate);
        Sort(p => p.ShootDate);
        Sort(p => p.GradeDate);
        Sort(p => p.MixDate);
        Sort(p => p.DeliveryDate);
        DefaultSort("deliveryDate");
        Unique(p => p.CodeKey, "code", "ux_project_code");
        Row = p => new ProjectRow
        {
            Id = p.Id,
            Code = p.Code,
            Title = p.Title,
            Type = p.Type,
            Medium = p.Medium,
            Description = p.Description,
            Course = p.Course,
            AcademicYear = p.AcademicYear,
            SupervisorUserId = p.SupervisorUserId,
            SupervisorName = p.Supervisor!.FullName,
            ProducerUserId = p.ProducerUserId,
            ProducerName = p.Producer!.FullName,
            ClientName = p.ClientName,
            Status = p.Status,
            StatusBeforeHold = p.StatusBeforeHold,
            Priority = p.Priority,
            StartDate = p.StartDate,
            ShootDate = p.ShootDate,
            ShootEndDate = p.ShootEndDate,
            ShootNote = p.ShootNote,
            ShootDoneDate = p.ShootDoneDate,
            GradeDate = p.GradeDate,
            GradeEndDate = p.GradeEndDate,
            GradeNote = p.GradeNote,
            GradeDoneDate = p.GradeDoneDate,
            MixDate = p.MixDate,
            MixEndDate = p.MixEndDate,
            MixNote = p.MixNote,
            MixDoneDate = p.MixDoneDate,
            DeliveryDate = p.DeliveryDate,
            DeliveryEndDate = p.DeliveryEndDate,
            DeliveryDue = p.DeliveryEndDate ?? p.DeliveryDate,
            DeliveryNote = p.DeliveryNote,
            DeliveredAt = p.DeliveredAt,
            Fps = p.Fps,
            Ratio = p.Ratio,
            Resolution = p.Resolution,
            SampleRate = p.SampleRate,
            LoudnessTarget = p.LoudnessTarget,
            BudgetAmount = p.BudgetAmount,
            Currency = p.Currency,
            Tags = p.Tags,
            CrewCount = p.Crew.Count(),
            TaskCount = p.Tasks.Count(),
            TasksDone = p.Tasks.Count(t => t.DoneAt != null),
            Version = p.Version,
            CreatedAt = p.CreatedAt,
            UpdatedAt = p.UpdatedAt,
            DeletedAt = p.DeletedAt,
        };
    }

    protected override void MapVerbs(RouteGroupBuilder records)
    {
        MoveProject.Map(records);
        RescheduleStage.Map(records);
        SetStages.Map(records);
        ApplyTemplate.Map(records);
        ProjectBudget.Map(records);
        TakesList(ProjectGrid.Map(records));
    }

    protected override async ValueTask<IReadOnlyList<ProjectRow>> CompleteAsync(PlatformDb db, IReadOnlyList<ProjectRow> rows, CancellationToken cancel)
    {
        var calendar = await WorkCalendar.ReadAsync(db, cancel);
        return
        [
            .. rows.Select(row => row with
            {
                AllowedMoves = ProjectMoves.AllowedFrom(row.Status, row.StatusBeforeHold),
                Overdue = ProjectDates.IsOverdue(row.Status, ProjectStages.Of(row, Stage.Delivery), calendar.Today),
                Stages = ProjectGrid.CellsOf(row, calendar),
                Warnings = ProjectDates.Warnings(row, calendar),
            }),
        ];
    }

    protected override Refusal? Explain(string constraint) => constraint switch
    {
        "fk_project_supervisor_user_id" => Refusals.NotFound.On("supervisorUserId", "There is no such person here."),
        "fk_project_producer_user_id" => Refusals.NotFound.On("producerUserId", "There is no such person here."),
        _ => null,
    };

    protected override async ValueTask<Refusal?> Saving(RecordChange<Project, ProjectInput> change, CancellationToken cancel)
    {
        if (change.Kind == ChangeKind.Delete)
        {
            return null;
        }

        var project = change.Entity;
        var calendar = await WorkCalendar.ReadAsync(change.Db, cancel);
        project.Code = await ProjectCodes.GiveAsync(change.Db, Text.OrNull(project.Code), calendar.Today, cancel);
        project.CodeKey = ProjectCodes.KeyOf(project.Code);
        project.Currency = project.Currency?.ToUpperInvariant() ?? (project.BudgetAmount is null ? null : calendar.Settings.Currency);
        if ((ProjectDates.Fault(project) ?? ProjectDates.DoneFault(project, calendar.Today)) is { } fault)
        {
            return fault;
        }

        if (change.Kind == ChangeKind.Create)
        {
            ProjectMoves.Begin(change);
            return null;
        }

        return change.Changes(p => p.Status) ? ProjectMoves.Check(change, calendar.Today) : null;
    }
}
