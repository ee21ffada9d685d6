using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public enum StageAction
{
    /// <summary>Plans the stage on <c>date</c>, until <c>endDate</c>.</summary>
    SetDate,

    /// <summary>Moves what is planned by <c>days</c>.</summary>
    Shift,

    ClearDate,

    /// <summary>It was really over on <c>date</c>.</summary>
    SetDone,

    ClearDone,
}

/// <summary>A cell of the grid: a project at a stage.</summary>
public sealed record CellRef
{
    [Required]
    public Guid? ProjectId { get; init; }

    [Required]
    public Stage? Stage { get; init; }
}

/// <summary>What became of each project: all its cells were changed, or none.</summary>
public sealed record SetStagesResult(IReadOnlyList<ProjectRow> Succeeded, IReadOnlyList<BulkFailure> Failed);

/// <summary><c>POST /projects/set-stages</c>: one change of many cells of the grid.</summary>
internal static class SetStages
{
    public sealed record Request
    {
        [Required, MinLength(1), MaxLength(1_000)]
        public IReadOnlyList<CellRef> Cells { get; init; } = [];

        [Required]
        public StageAction? Action { get; init; }

        /// <summary>For <c>set_date</c> and <c>set_done</c>.</summary>
        public DateOnly? Date { get; init; }

        /// <summary>For <c>set_date</c>.</summary>
        public DateOnly? EndDate { get; init; }

        /// <summary>For <c>shift</c>; negative: earlier.</summary>
        [Range(-3_650, 3_650)]
        public int? Days { get; init; }
    }

    private static readonly Refusal DeliveryIsMoved = Refusals.Invalid("cells", "A delivery is done when the project is moved to delivered.");

    public static void Map(RouteGroupBuilder projects) => projects.Post("/set-stages", Handle).WithName("setProjectStages")
        .Requires(ProductionPages.Projects, Level.Write).WithSummary("Sets, shifts or clears the dates of many projects and stages at once.");

    private static async Task<Results<Ok<SetStagesResult>, Refused>> Handle(Request request, HttpContext http, Projects projects, PlatformDb db, CancellationToken cancel)
    {
        if (Fault(request) is { } fault)
        {
            return new Refused(fault);
        }

        var succeeded = new List<ProjectRow>();
        var failed = new List<BulkFailure>();
        foreach (var project in request.Cells.GroupBy(cell => cell.ProjectId!.Value))
        {
            var stages = project.Select(cell => cell.Stage!.Value).Distinct().ToList();
            var (row, refusal) = await projects.AlterAsync(http, project.Key, VersionTag.Any, entity => Change(entity, stages, request), reason: null, cancel);
            if (row is not null)
            {
                succeeded.Add(row);
            }
            else
            {
                failed.Add(new BulkFailure(project.Key, refusal!.Code, refusal.Errors?.Values.FirstOrDefault()?.FirstOrDefault() ?? refusal.Detail));
            }

            db.ChangeTracker.Clear();
        }

        return TypedResults.Ok(new SetStagesResult(succeeded, failed));
    }

    private static Refusal? Fault(Request request) => request switch
    {
        { Action: StageAction.SetDate or StageAction.SetDone, Date: null } => Refusals.Invalid("date", "Choose a day."),
        { Action: StageAction.SetDate } when request.EndDate < request.Date => Refusals.Invalid("endDate", "Not before the first day."),
        { Action: StageAction.Shift, Days: null } => Refusals.Invalid("days", "Say by how many days."),
        { Action: StageAction.SetDone or StageAction.ClearDone } when request.Cells.Any(cell => cell.Stage == Stage.Delivery) => DeliveryIsMoved,
        _ => null,
    };

    private static Refusal? Change(Project project, IReadOnlyList<Stage> stages, Request request)
    {
        foreach (var stage in stages)
        {
            var planned = ProjectStages.Of(project, stage);
            switch (request.Action)
            {
                case StageAction.SetDate:
                    ProjectStages.Plan(project, stage, new StageDates(request.Date, request.EndDate));
                    break;
                case StageAction.Shift when ProjectDates.Shifted(planned, request.Days!.Value) is { } shifted:
                    ProjectStages.Plan(project, stage, shifted);
                    break;
                case StageAction.Shift:
                    return Refusals.Invalid("days", "That is beyond the calendar.");
                case StageAction.ClearDate:
                    ProjectStages.Plan(project, stage, new StageDates(null, null));
                    break;
                default:
                    ProjectStages.Finish(project, stage, request.Action == StageAction.SetDone ? request.Date : null);
                    break;
            }
        }

        return null;
    }
}
