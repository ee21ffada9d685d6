using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record TimelineMilestone(Guid Id, string Name, DateOnly Date, DateTimeOffset? DoneAt, string? Color, int Version);

public sealed record TimelineTask(
    Guid Id, string Title, Guid? TaskTypeId, string? TaskTypeColor, string StatusName, string StatusColor, DateOnly? Start, DateOnly? Due, DateOnly? DoneDate, bool Overdue, int Completion, IReadOnlyList<Guid> AssigneeIds,
    IReadOnlyList<string> AssigneeNames, int Version);

/// <summary>A project's bars: each stage and task with when it was planned and when it was really over.</summary>
public sealed record TimelineProject(
    Guid Id, string Code, string Title, ProjectStatus Status, DateOnly? Start, bool Overdue, IReadOnlyList<StageCell> Stages, IReadOnlyList<Warning> Warnings, IReadOnlyList<TimelineMilestone> Milestones,
    IReadOnlyList<TimelineTask> Tasks, int Version);

/// <param name="HasMore">More projects match than are shown.</param>
public sealed record TimelineView(DateOnly Today, IReadOnlyList<TimelineProject> Projects, bool HasMore);

/// <summary><c>GET /schedule/timeline</c>: planned against real, project by project.</summary>
internal static class Timeline
{
    private const int MaximumDays = 1_100;

    private const int MaximumProjects = 200;

    public static void Map(RouteGroupBuilder schedule) => schedule.Get("/timeline", Handle).WithName("getTimeline")
        .Requires(ProductionPages.Schedule, Level.Read).WithSummary("Projects that touch a range of days, with their stages, milestones and tasks: planned against real.");

    private static async Task<Results<Ok<TimelineView>, Refused>> Handle(
        Projects projects, PlatformDb db, CancellationToken cancel,
        [FromQuery] DateOnly from, [FromQuery] DateOnly to, [FromQuery] Guid[]? projectId = null, [FromQuery, MaxLength(200)] string? status = null)
    {
        if (to < from || to.DayNumber - from.DayNumber >= MaximumDays)
        {
            return new Refused(Refusals.Invalid("to", $"Not before 'from', and at most {MaximumDays} days."));
        }

        if (Words.ParseList<ProjectStatus>(status) is not { } statuses)
        {
            return new Refused(Refusals.Invalid("status", $"One or several of {string.Join(", ", Words.All(typeof(ProjectStatus)))}."));
        }

        var touching = projects.Query(db).Where(p =>
            (p.ShootDate <= to && (p.DeliveryEndDate ?? p.DeliveryDate ?? p.MixEndDate ?? p.MixDate ?? p.GradeEndDate ?? p.GradeDate ?? p.ShootEndDate ?? p.ShootDate) >= from)
            || (p.StartDate <= to && (p.DeliveryEndDate ?? p.DeliveryDate ?? p.StartDate) >= from)
            || (p.GradeDate <= to && (p.GradeEndDate ?? p.GradeDate) >= from) || (p.MixDate <= to && (p.MixEndDate ?? p.MixDate) >= from) || (p.DeliveryDate <= to && (p.DeliveryEndDate ?? p.DeliveryDate) >= from)
            || p.Tasks.Any(t => (t.Start ?? t.Due) <= to && (t.Due ?? t.Start) >= from));
        if (projectId is { Length: > 0 })
        {
            touching = touching.Where(p => projectId.Contains(p.Id));
        }

        if (statuses.Count > 0)
        {
            touching = touching.Where(p => statuses.Contains(p.Status));
        }

        var calendar = await WorkCalendar.ReadAsync(db, cancel);
        var rows = await projects.RowsAsync(db, touching.OrderBy(p => p.ShootDate ?? p.StartDate ?? p.DeliveryDate).ThenBy(p => p.Id).Take(MaximumProjects + 1), cancel);
        var shown = rows.Take(MaximumProjects).ToList();
        var ids = shown.ConvertAll(p => p.Id);
        var milestones = (await db.Set<Milestone>().AsNoTracking().Where(m => ids.Contains(m.ProjectId)).OrderBy(m => m.Date).ToListAsync(cancel)).ToLookup(m => m.ProjectId);
        var tasks = (await db.Set<ProjectTask>().AsNoTracking().Include(t => t.Status).Include(t => t.TaskType).Where(t => ids.Contains(t.ProjectId)).OrderBy(t => t.Sort).ThenBy(t => t.Start).ThenBy(t => t.Id).ToListAsync(cancel))
            .ToLookup(t => t.ProjectId);
        return TypedResults.Ok(new TimelineView(calendar.Today, [.. shown.Select(row => Bars(row, milestones[row.Id], tasks[row.Id], calendar))], rows.Count > MaximumProjects));
    }

    private static TimelineProject Bars(ProjectRow row, IEnumerable<Milestone> milestones, IEnumerable<ProjectTask> tasks, WorkCalendar calendar) => new(
        row.Id, row.Code, row.Title, row.Status, row.StartDate, row.Overdue, row.Stages, row.Warnings,
        [.. milestones.Select(m => new TimelineMilestone(m.Id, m.Name, m.Date, m.DoneAt, m.Color, m.Version))],
        [
            .. tasks.Select(t => new TimelineTask(
                t.Id, t.Title, t.TaskTypeId, t.TaskType?.Color, t.Status?.Name ?? "", t.Status?.Color ?? "", t.Start, t.Due, t.DoneAt is { } done ? calendar.DateOf(done) : null,
                t.DoneAt is null && t.Due < calendar.Today && ProjectMoves.IsOpen(row.Status), t.Completion, t.AssigneeIds, t.AssigneeNames, t.Version)),
        ],
        row.Version);
}
