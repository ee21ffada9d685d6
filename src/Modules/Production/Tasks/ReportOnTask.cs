using System.ComponentModel.DataAnnotations;
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

/// <summary>What whoever does a task says about it, without being allowed to plan: how far it is, and how long it took.</summary>
internal static class ReportOnTask
{
    public sealed record Progress
    {
        public Guid? StatusId { get; init; }

        /// <summary>Percent.</summary>
        [Range(0, 100)]
        public int? Completion { get; init; }
    }

    public sealed record Time
    {
        [Required]
        public DateOnly? Date { get; init; }

        /// <summary>All of that day's minutes on this task: sent twice, they count once.</summary>
        [Required, Range(1, 1_440)]
        public int? Minutes { get; init; }

        [MaxLength(500)]
        public string? Note { get; init; }
    }

    private static readonly Refusal NotAssigned = new(403, "not_assigned", "Only who does this task, or plans it, reports on it.");

    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.Post("/{id:guid}/progress", ReportProgress).WithName("reportTaskProgress")
            .Requires(ProductionPages.Schedule, Level.Read).AcceptsVersion().WithSummary("Says how far one's own task is.");
        tasks.Post("/{id:guid}/time", ReportTime).WithName("reportTaskTime")
            .Requires(ProductionPages.Schedule, Level.Read).WithSummary("Writes down one's own minutes on a day.");
    }

    private static async Task<Results<Ok<TaskRow>, Refused>> ReportProgress(Guid id, Progress request, HttpContext http, Tasks tasks, PlatformDb db, CancellationToken cancel)
    {
        if (await FaultAsync(http, tasks, db, id, cancel) is { } fault)
        {
            return new Refused(fault);
        }

        return Tasks.Answer(http.Response, await tasks.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            task =>
            {
                task.StatusId = request.StatusId ?? task.StatusId;
                task.Completion = request.Completion ?? task.Completion;
                return null;
            },
            reason: null,
            cancel));
    }

    private static async Task<Results<Ok<TimeEntryRow>, Refused>> ReportTime(Guid id, Time request, HttpContext http, Tasks tasks, TimeEntries times, PlatformDb db, CancellationToken cancel)
    {
        if (await FaultAsync(http, tasks, db, id, cancel) is { } fault)
        {
            return new Refused(fault);
        }

        var me = http.CurrentUser().UserId;
        var day = request.Date!.Value;
        var known = await db.Set<TimeEntry>().Where(e => e.TaskId == id && e.Date == day && (e.UserId == me || e.Student!.UserId == me)).Select(e => (Guid?)e.Id).FirstOrDefaultAsync(cancel);
        return TimeEntries.Answer(http.Response, known is { } entryId
            ? await times.AlterAsync(
                http,
                entryId,
                VersionTag.Any,
                entry =>
                {
                    entry.Minutes = request.Minutes!.Value;
                    entry.Note = Text.OrNull(request.Note) ?? entry.Note;
                    return null;
                },
                reason: null,
                cancel)
            : await times.InsertAsync(http, new TimeEntryInput { TaskId = id, Date = day, Minutes = request.Minutes, Note = request.Note }, cancel));
    }

    private static async Task<Refusal?> FaultAsync(HttpContext http, Tasks tasks, PlatformDb db, Guid id, CancellationToken cancel)
    {
        var (user, task) = (http.CurrentUser(), tasks.Query(db).Where(t => t.Id == id));
        return !await task.AnyAsync(cancel) ? Refusals.NotFound
            : user.Can(ProductionPages.Schedule, Level.Write) || await MyTasks.Of(db, task, user.UserId).AnyAsync(cancel) ? null
            : NotAssigned;
    }
}
