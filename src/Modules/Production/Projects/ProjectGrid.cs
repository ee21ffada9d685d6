using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public enum CellState
{
    /// <summary>No date.</summary>
    None,

    Planned,

    Done,

    /// <summary>Its last day has passed, and it is not done.</summary>
    Overdue,
}

/// <summary>A project at one stage.</summary>
/// <param name="DoneDate">When it was really over.</param>
public sealed record StageCell(Stage Stage, CellState State, DateOnly? Date, DateOnly? EndDate, DateOnly? DoneDate, string? Note);

/// <summary>A line of the production grid.</summary>
/// <param name="Cells">The four stages in their order.</param>
public sealed record GridRow(
    Guid Id, string Code, string Title, ProjectType Type, ProjectStatus Status, IReadOnlyList<ProjectStatus> AllowedMoves, ProjectPriority Priority, Guid? ProducerUserId, string? ProducerName,
    bool Overdue, IReadOnlyList<StageCell> Cells, IReadOnlyList<Warning> Warnings, int TaskCount, int TasksDone, int Version);

/// <summary><c>GET /projects/grid</c>: what a list with the same address shows, as projects × stages.</summary>
internal static class ProjectGrid
{
    public static RouteHandlerBuilder Map(RouteGroupBuilder projects) => projects.Get("/grid", Handle).WithName("getProjectGrid")
        .Requires(ProductionPages.Projects, Level.Read).WithSummary("Projects by stages, each with its state.");

    private static async Task<Results<Ok<RecordPage<GridRow>>, Refused>> Handle(HttpRequest request, Projects projects, PlatformDb db, CancellationToken cancel)
    {
        var (page, refusal) = await projects.PageAsync(db, request.Query, cancel);
        if (page is null)
        {
            return new Refused(refusal!);
        }

        return TypedResults.Ok(new RecordPage<GridRow>([.. page.Items.Select(Line)], page.Total, page.TotalIsExact, page.Page, page.Limit, page.NextCursor));
    }

    /// <summary>The four cells of a project.</summary>
    public static IReadOnlyList<StageCell> CellsOf(ProjectRow row, WorkCalendar calendar)
    {
        return
        [
            Cell(Stage.Shoot, row.ShootDoneDate, row.ShootNote),
            Cell(Stage.Grade, row.GradeDoneDate, row.GradeNote),
            Cell(Stage.Mix, row.MixDoneDate, row.MixNote),
            Cell(Stage.Delivery, row.DeliveredAt is { } delivered ? calendar.DateOf(delivered) : null, row.DeliveryNote),
        ];

        StageCell Cell(Stage stage, DateOnly? doneDate, string? note)
        {
            var (first, last) = ProjectStages.Of(row, stage);
            return new StageCell(stage, StateOf(first, last, doneDate, row.Status, calendar.Today), first, last, doneDate, note);
        }
    }

    private static GridRow Line(ProjectRow row) => new(
        row.Id, row.Code, row.Title, row.Type, row.Status, row.AllowedMoves, row.Priority, row.ProducerUserId, row.ProducerName,
        row.Overdue, row.Stages, row.Warnings, row.TaskCount, row.TasksDone, row.Version);

    private static CellState StateOf(DateOnly? first, DateOnly? last, DateOnly? done, ProjectStatus status, DateOnly today) =>
        done is not null ? CellState.Done
        : first is null ? CellState.None
        : ProjectMoves.IsOpen(status) && (last ?? first) < today ? CellState.Overdue
        : CellState.Planned;
}
