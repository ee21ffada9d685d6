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

public enum CalendarKind
{
    Shoot,
    Grade,
    Mix,
    Delivery,
    Milestone,
    Task,
}

/// <summary>Something on the calendar: whole days, both included.</summary>
/// <param name="Id">The project for a stage, else the milestone or task.</param>
/// <param name="Version">Of the record <paramref name="Id"/>, for moving it.</param>
/// <param name="Overdue">Its last day has passed, it is not done and its project is open.</param>
/// <param name="Warning">A weekend or a holiday; null on work days, and once the project is closed.</param>
public sealed record CalendarItem(
    CalendarKind Kind, Guid Id, Guid ProjectId, string ProjectCode, string ProjectTitle, ProjectStatus ProjectStatus, string Title, DateOnly Start, DateOnly End, bool IsDone, bool Overdue, Warning? Warning, int Version);

/// <param name="WorkDays">The workspace's work week.</param>
/// <param name="Holidays">Its holidays in the range.</param>
public sealed record ProductionCalendarView(DateOnly Today, IReadOnlyList<DayOfWeek> WorkDays, IReadOnlyList<Holiday> Holidays, IReadOnlyList<CalendarItem> Items);

/// <summary><c>GET /schedule/calendar</c>: shoots, grades, mixes, deliveries, milestones and tasks that touch a range of days.</summary>
internal static class ProductionCalendar
{
    private const int MaximumDays = 100;

    private const int MaximumItems = 3_000;

    public static void Map(RouteGroupBuilder schedule) => schedule.Get("/calendar", Handle).WithName("getProductionCalendar")
        .Requires(ProductionPages.Schedule, Level.Read).WithSummary($"What happens in a range of at most {MaximumDays} days, both ends included.");

    private static async Task<Results<Ok<ProductionCalendarView>, Refused>> Handle(
        Projects projects, Milestones milestones, Tasks tasks, PlatformDb db, CancellationToken cancel,
        [FromQuery] DateOnly from, [FromQuery] DateOnly to, [FromQuery, MaxLength(200)] string? kinds = null, [FromQuery] Guid? projectId = null)
    {
        if (to < from || to.DayNumber - from.DayNumber >= MaximumDays)
        {
            return new Refused(Refusals.Invalid("to", $"Not before 'from', and at most {MaximumDays} days."));
        }

        if (Words.ParseList<CalendarKind>(kinds) is not { } named)
        {
            return new Refused(Refusals.Invalid("kinds", $"One or several of {string.Join(", ", Words.All(typeof(CalendarKind)))}."));
        }

        var wanted = named.Count > 0 ? named : Enum.GetValues<CalendarKind>();
        var calendar = await WorkCalendar.ReadAsync(db, cancel);
        var items = new List<CalendarItem>();
        if (wanted.Any(kind => kind < CalendarKind.Milestone))
        {
            items.AddRange((await StagesAsync(projects, db, from, to, projectId, cancel)).SelectMany(OfStages).Where(i => wanted.Contains(i.Kind) && i.Start <= to && i.End >= from));
        }

        if (wanted.Contains(CalendarKind.Milestone))
        {
            items.AddRange(await milestones.Query(db).Where(m => m.Date >= from && m.Date <= to && (projectId == null || m.ProjectId == projectId)).OrderBy(m => m.Date).Take(MaximumItems)
                .Select(m => new CalendarItem(
                    CalendarKind.Milestone, m.Id, m.ProjectId, m.Project!.Code, m.Project.Title, m.Project.Status, m.Name, m.Date, m.Date, m.DoneAt != null, m.DoneAt == null && m.Date < calendar.Today, null, m.Version))
                .ToListAsync(cancel));
        }

        if (wanted.Contains(CalendarKind.Task))
        {
            items.AddRange(await tasks.Query(db).Where(t => (t.Start ?? t.Due) <= to && (t.Due ?? t.Start) >= from && (projectId == null || t.ProjectId == projectId)).OrderBy(t => t.Due).Take(MaximumItems)
                .Select(t => new CalendarItem(
                    CalendarKind.Task, t.Id, t.ProjectId, t.Project!.Code, t.Project.Title, t.Project.Status, t.Title, (t.Start ?? t.Due)!.Value, (t.Due ?? t.Start)!.Value, t.DoneAt != null,
                    t.DoneAt == null && t.Due < calendar.Today, null, t.Version))
                .ToListAsync(cancel));
        }

        return TypedResults.Ok(new ProductionCalendarView(
            calendar.Today,
            calendar.Settings.WorkDays,
            [.. calendar.Settings.Holidays.Where(h => h.Date >= from && h.Date <= to)],
            [
                .. items.OrderBy(i => i.Start).ThenBy(i => i.Kind).ThenBy(i => i.Title, StringComparer.Ordinal).ThenBy(i => i.Id)
                    .Select(i => !ProjectMoves.IsOpen(i.ProjectStatus) ? i with { Overdue = false } : i.Kind == CalendarKind.Task ? i : i with { Warning = calendar.Collision(i.Start, "start", i.Title) }),
            ]));
    }

    private static Task<IReadOnlyList<ProjectRow>> StagesAsync(Projects projects, PlatformDb db, DateOnly from, DateOnly to, Guid? projectId, CancellationToken cancel) => projects.RowsAsync(
        db,
        projects.Query(db).Where(p => projectId == null || p.Id == projectId).Where(p =>
            (p.ShootDate <= to && (p.ShootEndDate ?? p.ShootDate) >= from) || (p.GradeDate <= to && (p.GradeEndDate ?? p.GradeDate) >= from)
            || (p.MixDate <= to && (p.MixEndDate ?? p.MixDate) >= from) || (p.DeliveryDate <= to && (p.DeliveryEndDate ?? p.DeliveryDate) >= from)).OrderBy(p => p.Id).Take(MaximumItems),
        cancel);

    private static IEnumerable<CalendarItem> OfStages(ProjectRow project) => project.Stages.Where(cell => cell.Date is not null).Select(cell => new CalendarItem(
        (CalendarKind)cell.Stage, project.Id, project.Id, project.Code, project.Title, project.Status, project.Title, cell.Date!.Value, cell.EndDate ?? cell.Date.Value,
        cell.State == CellState.Done, cell.State == CellState.Overdue, null, project.Version));
}
