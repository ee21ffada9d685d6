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

/// <summary>One thing as the draft plans it, beside what counts today.</summary>
/// <param name="Id">The entry, to be moved by.</param>
/// <param name="ShiftDays">How many days later it begins than today's plan says; null when that has no date any more.</param>
/// <param name="IsGone">The milestone or task is in the trash: applying leaves it there.</param>
public sealed record ScheduleDifference(
    Guid Id, ScheduleSubject Subject, Stage? Stage, Guid? SubjectId, string Name, DateOnly Start, DateOnly? End, DateOnly? CurrentStart, DateOnly? CurrentEnd, int? ShiftDays, bool Changed, bool IsGone, int Version);

/// <summary><c>GET /schedule-versions/{id}/compare</c>: the draft's dates beside the project's.</summary>
internal static class CompareSchedule
{
    public static void Map(RouteGroupBuilder versions) => versions.Get("/{id:guid}/compare", Handle).WithName("compareSchedule")
        .Requires(ProductionPages.Schedule, Level.Read).WithSummary("A draft's dates beside those that count today.");

    private static async Task<Results<Ok<ItemList<ScheduleDifference>>, Refused>> Handle(Guid id, ScheduleVersions versions, PlatformDb db, CancellationToken cancel)
    {
        var version = await versions.Query(db).Include(v => v.Project).AsNoTracking().FirstOrDefaultAsync(v => v.Id == id, cancel);
        return version is null ? new Refused(Refusals.NotFound) : TypedResults.Ok(new ItemList<ScheduleDifference>(await DifferencesAsync(db, version, cancel)));
    }

    /// <param name="db">The caller's.</param>
    /// <param name="version">With its project.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<IReadOnlyList<ScheduleDifference>> DifferencesAsync(PlatformDb db, ScheduleVersion version, CancellationToken cancel)
    {
        var entries = await db.Set<ScheduleEntry>().AsNoTracking().Where(e => e.VersionId == version.Id).OrderBy(e => e.Id).ToListAsync(cancel);
        var milestones = await db.Set<Milestone>().Where(m => m.ProjectId == version.ProjectId).ToDictionaryAsync(m => m.Id, m => new StageDates(m.Date, null), cancel);
        var tasks = await db.Set<ProjectTask>().Where(t => t.ProjectId == version.ProjectId).ToDictionaryAsync(t => t.Id, t => new StageDates(t.Start ?? t.Due, t.Due), cancel);
        return [.. entries.Select(Compare)];

        ScheduleDifference Compare(ScheduleEntry entry)
        {
            var current = entry.Subject switch
            {
                ScheduleSubject.Stage => ProjectStages.Of(version.Project!, entry.Stage!.Value),
                ScheduleSubject.Milestone => milestones.GetValueOrDefault(entry.SubjectId!.Value),
                _ => tasks.GetValueOrDefault(entry.SubjectId!.Value),
            };
            return new ScheduleDifference(
                entry.Id, entry.Subject, entry.Stage, entry.SubjectId, entry.Name, entry.Start, entry.End, current?.Date, current?.EndDate,
                current?.Date is { } was ? entry.Start.DayNumber - was.DayNumber : null, current is not null && (current.Date != entry.Start || current.EndDate != entry.End), current is null, entry.Version);
        }
    }
}
