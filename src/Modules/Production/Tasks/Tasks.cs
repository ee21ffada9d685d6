using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record TaskInput
{
    [Required]
    public Guid? ProjectId { get; init; }

    public Guid? TaskTypeId { get; init; }

    [Required, MaxLength(200)]
    public string Title { get; init; } = "";

    [MaxLength(20_000)]
    public string? Description { get; init; }

    /// <summary>The workspace's default status when absent.</summary>
    public Guid? StatusId { get; init; }

    /// <summary>Students who do it.</summary>
    [MaxLength(30)]
    public List<Guid> AssigneeIds { get; init; } = [];

    /// <summary>The member of staff who answers for it.</summary>
    public Guid? ResponsibleUserId { get; init; }

    public DateOnly? Start { get; init; }

    public DateOnly? Due { get; init; }

    /// <summary>Minutes.</summary>
    [Range(0, 1_000_000)]
    public int? EstimateMin { get; init; }

    /// <summary>Percent.</summary>
    [Range(0, 100)]
    public int Completion { get; init; }

    [Range(1, 5)]
    public int? Difficulty { get; init; }

    [Range(0, 1_000_000)]
    public int Sort { get; init; }
}

/// <param name="SpentMin">Minutes people wrote down for it.</param>
public sealed record TaskRow(
    Guid Id, Guid ProjectId, string ProjectCode, string ProjectTitle, ProjectStatus ProjectStatus, Guid? TaskTypeId, string? TaskTypeName, string? TaskTypeColor, string Title, string? Description, Guid StatusId, string StatusName, string StatusColor,
    bool IsDone, IReadOnlyList<Guid> AssigneeIds, IReadOnlyList<string> AssigneeNames, Guid? ResponsibleUserId, string? ResponsibleName, DateOnly? Start, DateOnly? Due, int? EstimateMin, int SpentMin, int Completion,
    int? Difficulty, int RetakeCount, int Sort, DateTimeOffset? DoneAt, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow
{
    /// <summary>Its last day has passed, it is not done and its project is open.</summary>
    [Required]
    public bool Overdue { get; init; }
}

/// <summary>The work on all projects.</summary>
internal sealed class Tasks : RecordSet<ProjectTask, TaskInput, TaskRow>
{
    public Tasks() : base(ProductionPages.Schedule, "tasks", ProductionPages.Projects)
    {
        Name(t => t.Title);
        Detail(t => t.Project!.Title, elsewhere: t => t.Project!.Title);
        Search(t => t.Title);
        Filter(t => t.ProjectId);
        // What is left to do in a closed project is not overdue.
        Filter(t => t.Project!.Status, "projectStatus");
        Filter(t => t.TaskTypeId);
        Filter(t => t.StatusId);
        Filter(t => t.ResponsibleUserId);
        Filter(t => t.Start);
        Filter(t => t.Due);
        Filter(t => t.Completion);
        Filter(t => t.Difficulty);
        Filter(t => t.DoneAt);
        Sort(t => t.Title);
        Sort(t => t.Start);
        Sort(t => t.Due);
        Sort(t => t.Completion);
        Sort(t => t.Sort);
        DefaultSort("due");
        Visible = t => t.Project != null;
        Row = t => new TaskRow(
            t.Id, t.ProjectId, t.Project!.Code, t.Project.Title, t.Project.Status, t.TaskTypeId, t.TaskType!.Name, t.TaskType.Color, t.Title, t.Description, t.StatusId, t.Status!.Name, t.Status.Color, t.DoneAt != null,
            t.AssigneeIds, t.AssigneeNames, t.ResponsibleUserId, t.Responsible!.FullName, t.Start, t.Due, t.EstimateMin, t.TimeEntries.Sum(e => e.Minutes), t.Completion, t.Difficulty, t.RetakeCount, t.Sort, t.DoneAt,
            t.Version, t.CreatedAt, t.UpdatedAt, t.DeletedAt);
    }

    protected override void MapVerbs(RouteGroupBuilder records)
    {
        RescheduleTask.Map(records);
        ReportOnTask.Map(records);
        MyTasks.Map(records);
    }

    protected override async ValueTask<IReadOnlyList<TaskRow>> CompleteAsync(PlatformDb db, IReadOnlyList<TaskRow> rows, CancellationToken cancel)
    {
        var today = (await WorkCalendar.ReadAsync(db, cancel)).Today;
        return [.. rows.Select(row => row with { Overdue = !row.IsDone && row.Due < today && ProjectMoves.IsOpen(row.ProjectStatus) })];
    }

    protected override Refusal? Explain(string constraint) => constraint switch
    {
        "fk_project_task_responsible_user_id" => Refusals.NotFound.On("responsibleUserId", "There is no such person here."),
        "fk_project_task_task_type_id" => Refusals.NotFound.On("taskTypeId", "There is no such kind of work here."),
        _ => null,
    };

    protected override ValueTask<Refusal?> Saving(RecordChange<ProjectTask, TaskInput> change, CancellationToken cancel) =>
        change.Kind is ChangeKind.Delete or ChangeKind.Restore ? ValueTask.FromResult<Refusal?>(null) : new(TaskRules.CheckAsync(change, cancel));
}
