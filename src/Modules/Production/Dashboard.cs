using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary>Numbers on the cards; null where the reader may not open the page behind one.</summary>
/// <param name="OpenProjects">Neither delivered nor given up.</param>
/// <param name="MyTasks">Open tasks of the reader.</param>
public sealed record ProductionCards(int? OpenProjects, int? OverdueProjects, int? Students, int? OpenTasks, int? OverdueTasks, int? MyTasks);

public sealed record ProjectStatusCount(ProjectStatus Status, int Count);

public sealed record UpcomingDate(CalendarKind Kind, Guid ProjectId, string ProjectCode, string ProjectTitle, ProjectStatus ProjectStatus, string Title, DateOnly Date, DateOnly EndDate, Warning? Warning);

public sealed record OverdueProject(Guid Id, string Code, string Title, ProjectStatus Status, DateOnly DeliveryDate, int DaysLate, string? ProducerName);

/// <param name="ByStatus">Live projects by status, every status in its order; null without the projects page.</param>
/// <param name="Upcoming">What comes in the next weeks; null without the schedule page.</param>
/// <param name="Overdue">Late projects, the latest first; null without the projects page.</param>
public sealed record ProductionDashboardView(
    DateOnly Today, ProductionCards Cards, IReadOnlyList<ProjectStatusCount>? ByStatus, IReadOnlyList<UpcomingDate>? Upcoming, IReadOnlyList<OverdueProject>? Overdue);

/// <summary><c>GET /production/dashboard</c>: how the productions stand, for the pages the reader has and the rows that are theirs.</summary>
internal static class Dashboard
{
    private const int UpcomingDays = 30;

    private const int UpcomingCount = 10;

    private const int OverdueCount = 10;

    public static void Map(RouteGroupBuilder module) => module.Get("/dashboard", Handle).WithTags("dashboard").WithName("getProductionDashboard")
        .Requires(KernelPages.Dashboard, Level.Read).WithSummary("Counts by status, what comes next, and what is late.");

    private static async Task<Ok<ProductionDashboardView>> Handle(HttpContext http, Projects projects, Milestones milestones, Tasks tasks, PlatformDb db, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var calendar = await WorkCalendar.ReadAsync(db, cancel);
        var today = calendar.Today;
        var (seesProjects, seesStudents, seesSchedule) =
            (user.Can(ProductionPages.Projects, Level.Read), user.Can(ProductionPages.Students, Level.Read), user.Can(ProductionPages.Schedule, Level.Read));
        var late = projects.Query(db).Where(p => (p.DeliveryEndDate ?? p.DeliveryDate) < today && p.Status != ProjectStatus.Delivered && p.Status != ProjectStatus.Archived && p.Status != ProjectStatus.Cancelled);
        var open = tasks.Query(db).Where(t => t.DoneAt == null);
        var mine = MyTasks.Of(db, open, user.UserId);
        var counts = await db.Set<Tenant>().Where(t => t.Id == db.TenantId).Select(t => new
        {
            Late = seesProjects ? late.Count(p => p.TenantId == t.Id) : (int?)null,
            Students = seesStudents ? db.Set<Student>().Count(s => s.TenantId == t.Id && s.Status == StudentStatus.Active) : (int?)null,
            Tasks = seesSchedule ? open.Count(k => k.TenantId == t.Id) : (int?)null,
            LateTasks = seesSchedule
                ? open.Count(k => k.TenantId == t.Id && k.Due < today && k.Project!.Status != ProjectStatus.Delivered && k.Project.Status != ProjectStatus.Archived && k.Project.Status != ProjectStatus.Cancelled)
                : (int?)null,
            Mine = seesSchedule ? mine.Count(k => k.TenantId == t.Id) : (int?)null,
        }).FirstAsync(cancel);
        var byStatus = seesProjects ? await ByStatusAsync(projects, db, cancel) : null;
        var overdue = seesProjects
            ? await late.OrderBy(p => p.DeliveryEndDate ?? p.DeliveryDate).ThenBy(p => p.Id).Take(OverdueCount)
                .Select(p => new OverdueProject(p.Id, p.Code, p.Title, p.Status, (p.DeliveryEndDate ?? p.DeliveryDate)!.Value, 0, p.Producer!.FullName)).ToListAsync(cancel)
            : null;
        return TypedResults.Ok(new ProductionDashboardView(
            today,
            new ProductionCards(byStatus?.Where(s => ProjectMoves.IsOpen(s.Status)).Sum(s => s.Count), counts.Late, counts.Students, counts.Tasks, counts.LateTasks, counts.Mine),
            byStatus,
            seesSchedule ? await UpcomingAsync(projects, milestones, db, calendar, cancel) : null,
            overdue?.ConvertAll(p => p with { DaysLate = today.DayNumber - p.DeliveryDate.DayNumber })));
    }

    private static async Task<List<ProjectStatusCount>> ByStatusAsync(Projects projects, PlatformDb db, CancellationToken cancel)
    {
        var counts = await projects.Query(db).GroupBy(p => p.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return [.. Enum.GetValues<ProjectStatus>().Select(status => new ProjectStatusCount(status, counts.GetValueOrDefault(status)))];
    }

    private static async Task<List<UpcomingDate>> UpcomingAsync(Projects projects, Milestones milestones, PlatformDb db, WorkCalendar calendar, CancellationToken cancel)
    {
        var (from, to) = (calendar.Today, calendar.Today.AddDays(UpcomingDays));
        var stages = await projects.RowsAsync(
            db,
            projects.Query(db).Where(p => p.Status != ProjectStatus.Archived && p.Status != ProjectStatus.Cancelled && p.Status != ProjectStatus.OnHold).Where(p =>
                (p.ShootDate >= from && p.ShootDate <= to) || (p.GradeDate >= from && p.GradeDate <= to) || (p.MixDate >= from && p.MixDate <= to) || (p.DeliveryDate >= from && p.DeliveryDate <= to)),
            cancel);
        var dates = stages.SelectMany(p => p.Stages.Where(c => c.Date >= from && c.Date <= to && c.State != CellState.Done).Select(c => new UpcomingDate(
            (CalendarKind)c.Stage, p.Id, p.Code, p.Title, p.Status, p.Title, c.Date!.Value, c.EndDate ?? c.Date.Value,
            ProjectMoves.IsOpen(p.Status) ? calendar.Collision(c.Date, ProjectStages.FieldOf(c.Stage), ProjectStages.NameOf(c.Stage)) : null)));
        var free = await milestones.Query(db).Where(m => m.DoneAt == null && m.Date >= from && m.Date <= to)
            .Where(m => m.Project!.Status != ProjectStatus.Archived && m.Project.Status != ProjectStatus.Cancelled && m.Project.Status != ProjectStatus.OnHold).OrderBy(m => m.Date).ThenBy(m => m.Id).Take(UpcomingCount)
            .Select(m => new UpcomingDate(CalendarKind.Milestone, m.ProjectId, m.Project!.Code, m.Project.Title, m.Project.Status, m.Name, m.Date, m.Date, null)).ToListAsync(cancel);
        return [.. dates.Concat(free).OrderBy(d => d.Date).ThenBy(d => d.Kind).ThenBy(d => d.ProjectTitle, StringComparer.Ordinal).Take(UpcomingCount)];
    }
}
