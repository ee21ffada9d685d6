using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary>What a producer or supervisor leaves behind: open projects, and the open tasks they answer for.</summary>
internal sealed class ProductionDeparture : IUserDeparture
{
    private const string Reason = "Handed over";

    public async Task<IReadOnlyList<Commitment>> CommitmentsAsync(PlatformDb db, Guid userId, DateTimeOffset now, CancellationToken cancel)
    {
        var projects = await OpenProjects(db, userId).OrderBy(p => p.DeliveryDate).Select(p => new Commitment("project", p.Id, "Project: " + p.Title, null)).ToListAsync(cancel);
        var tasks = await OpenTasks(db, userId).OrderBy(t => t.Due).Select(t => new Commitment("project_task", t.Id, "Task: " + t.Title, null)).ToListAsync(cancel);
        return [.. projects, .. tasks];
    }

    public async Task<Refusal?> HandOverAsync(PlatformDb db, Guid userId, User successor, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var project in await OpenProjects(db, userId).ToListAsync(cancel))
        {
            project.SupervisorUserId = project.SupervisorUserId == userId ? successor.Id : project.SupervisorUserId;
            project.ProducerUserId = project.ProducerUserId == userId ? successor.Id : project.ProducerUserId;
            db.Describe(project, reason: Reason);
        }

        foreach (var task in await OpenTasks(db, userId).ToListAsync(cancel))
        {
            task.ResponsibleUserId = successor.Id;
            db.Describe(task, reason: Reason);
        }

        return null;
    }

    private static IQueryable<Project> OpenProjects(PlatformDb db, Guid userId) => db.Set<Project>()
        .Where(p => (p.SupervisorUserId == userId || p.ProducerUserId == userId) && p.Status != ProjectStatus.Delivered && p.Status != ProjectStatus.Archived && p.Status != ProjectStatus.Cancelled);

    private static IQueryable<ProjectTask> OpenTasks(PlatformDb db, Guid userId) => db.Set<ProjectTask>().Where(t => t.ResponsibleUserId == userId && t.DoneAt == null && t.Project != null);
}
