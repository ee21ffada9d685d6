using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary><c>POST /schedule-versions/{id}/apply</c>: the draft's dates become the project's, all of them or none.</summary>
internal static class ApplySchedule
{
    private const string Reason = "Schedule applied";

    public static void Map(RouteGroupBuilder versions) => versions.Post("/{id:guid}/apply", Handle).WithName("applySchedule")
        .Requires(ProductionPages.Schedule, Level.Write).AcceptsVersion().WithSummary("Makes a schedule's dates the project's.");

    private static async Task<Results<Ok<ScheduleVersionRow>, Refused>> Handle(
        Guid id, HttpContext http, ScheduleVersions versions, Projects projects, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var version = await versions.Query(db).AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, cancel);
        if (version is null)
        {
            return new Refused(Refusals.NotFound);
        }

        if (version.Status == ScheduleStatus.Applied)
        {
            return new Refused(ScheduleVersions.NotADraft);
        }

        var entries = await db.Set<ScheduleEntry>().AsNoTracking().Where(e => e.VersionId == id).ToListAsync(cancel);
        var (project, refusal) = await projects.AlterAsync(http, version.ProjectId, VersionTag.Any, Plan, Reason, cancel);
        if (project is null)
        {
            return new Refused(refusal!);
        }

        await MoveAsync(db, version.ProjectId, entries, cancel);
        var outcome = await versions.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            applied =>
            {
                applied.Status = ScheduleStatus.Applied;
                applied.AppliedAt = clock.GetUtcNow().ToMicroseconds();
                return null;
            },
            reason: null,
            cancel);
        if (outcome.Row is not null)
        {
            await transaction.CommitAsync(cancel);
        }

        return ScheduleVersions.Answer(http.Response, outcome);

        Refusal? Plan(Project target)
        {
            foreach (var entry in entries.Where(e => e.Subject == ScheduleSubject.Stage))
            {
                ProjectStages.Plan(target, entry.Stage!.Value, new StageDates(entry.Start, entry.End));
            }

            return null;
        }
    }

    /// <summary>What went to the trash meanwhile stays there.</summary>
    private static async Task MoveAsync(PlatformDb db, Guid projectId, IReadOnlyList<ScheduleEntry> entries, CancellationToken cancel)
    {
        var planned = entries.Where(e => e.SubjectId is not null).ToDictionary(e => e.SubjectId!.Value);
        foreach (var milestone in await db.Set<Milestone>().Where(m => m.ProjectId == projectId).ToListAsync(cancel))
        {
            if (planned.TryGetValue(milestone.Id, out var entry) && milestone.Date != entry.Start)
            {
                milestone.Date = entry.Start;
                db.Describe(milestone, reason: Reason);
            }
        }

        foreach (var task in await db.Set<ProjectTask>().Where(t => t.ProjectId == projectId).ToListAsync(cancel))
        {
            if (planned.TryGetValue(task.Id, out var entry) && (task.Start != entry.Start || task.Due != entry.End))
            {
                (task.Start, task.Due) = (entry.Start, entry.End);
                db.Describe(task, reason: Reason);
            }
        }

        await db.SaveChangesAsync(cancel);
    }
}
