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

/// <summary><c>POST /schedule-versions/{id}/move</c>: a bar dragged in a draft; the project itself stays as it is.</summary>
internal static class MoveInSchedule
{
    public sealed record Request
    {
        [Required]
        public Guid? EntryId { get; init; }

        [Required]
        public DateOnly? Start { get; init; }

        /// <summary>The new last day; absent: it keeps its length.</summary>
        public DateOnly? End { get; init; }
    }

    public static void Map(RouteGroupBuilder versions) => versions.Post("/{id:guid}/move", Handle).WithName("moveInSchedule")
        .Requires(ProductionPages.Schedule, Level.Write).WithSummary("Moves one thing in a draft.");

    private static async Task<Results<Ok<ItemList<ScheduleDifference>>, Refused>> Handle(Guid id, Request request, ScheduleVersions versions, PlatformDb db, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var version = await versions.Query(db).Include(v => v.Project).FirstOrDefaultAsync(v => v.Id == id, cancel);
        var entry = await db.Set<ScheduleEntry>().FirstOrDefaultAsync(e => e.Id == request.EntryId && e.VersionId == id, cancel);
        if (version is null || entry is null)
        {
            return new Refused(version is null ? Refusals.NotFound : Refusals.NotFound.On("entryId", "There is no such entry in this schedule."));
        }

        if (version.Status != ScheduleStatus.Draft)
        {
            return new Refused(ScheduleVersions.NotADraft);
        }

        var start = request.Start!.Value;
        if (request.End < start)
        {
            return new Refused(Refusals.Invalid("end", "Not before the first day."));
        }

        entry.End = entry.Subject == ScheduleSubject.Milestone ? null : request.End ?? ProjectDates.LastDay(new StageDates(entry.Start, entry.End), start);
        entry.Start = start;

        // The draft's own version grows too, so that locking or applying it at the same moment is noticed.
        db.Describe(version, "move_schedule_entry");
        db.Entry(version).Property(v => v.UpdatedAt).IsModified = true;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refused(Refusals.VersionConflict(null));
        }

        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(new ItemList<ScheduleDifference>(await CompareSchedule.DifferencesAsync(db, version, cancel)));
    }
}
