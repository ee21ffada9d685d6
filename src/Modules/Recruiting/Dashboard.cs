using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>Numbers on the cards; null where the reader may not open the page behind one.</summary>
public sealed record DashboardCards(int? Users, int? Candidates, int? Interviews, int? Calls);

public sealed record PipelineStage(CandidateStatus Status, int Count);

public sealed record UpcomingInterview(
    Guid Id, Guid CandidateId, string CandidateName, string? CandidatePosition, DateTimeOffset ScheduledAt, int DurationMins, string InterviewerName, InterviewStatus Status);

/// <param name="Pipeline">Live candidates by stage; null without the candidates page.</param>
/// <param name="Upcoming">The next interviews; null without the interviews page.</param>
/// <param name="InterviewsToday">In the workspace's own day; null without the interviews page.</param>
/// <param name="CallsToReturn">Missed calls that somebody must return; null without the calls page.</param>
public sealed record DashboardView(
    DashboardCards Cards, IReadOnlyList<PipelineStage>? Pipeline, IReadOnlyList<UpcomingInterview>? Upcoming, int? InterviewsToday, int? CallsToReturn);

/// <summary><c>GET /recruiting/dashboard</c>: what the day looks like, for the pages the reader has.</summary>
internal static class Dashboard
{
    private const int UpcomingCount = 8;

    public static void Map(RouteGroupBuilder module) => module.Get("/dashboard", Handle).WithTags("dashboard").WithName("getRecruitingDashboard")
        .Requires(KernelPages.Dashboard, Level.Read).WithSummary("Counts, pipeline and the next interviews.");

    private static async Task<Ok<DashboardView>> Handle(HttpContext http, Interviews interviews, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var now = clock.GetUtcNow();
        var (dayStart, dayEnd) = DayOf(now, TimeZoneInfo.FindSystemTimeZoneById(user.TenantTimeZone));
        var (seesUsers, seesCandidates) = (user.Can(KernelPages.UserManagement, Level.Read), user.Can(RecruitingPages.Candidates, Level.Read));
        var (seesInterviews, seesCalls) = (user.Can(RecruitingPages.Interviews, Level.Read), user.Can(RecruitingPages.Calls, Level.Read));
        var visible = interviews.Query(db);
        // Each count names the tenant of the outer row, which keeps all of them in its one statement.
        var counts = await db.Set<Tenant>().Where(t => t.Id == db.TenantId).Select(t => new
        {
            Users = seesUsers ? db.Set<User>().Count(u => u.TenantId == t.Id) : (int?)null,
            Interviews = seesInterviews ? visible.Count(i => i.TenantId == t.Id) : (int?)null,
            Today = seesInterviews ? visible.Count(i => i.TenantId == t.Id && i.ScheduledAt >= dayStart && i.ScheduledAt < dayEnd && i.Status != InterviewStatus.Cancelled) : (int?)null,
            Calls = seesCalls ? db.Set<Call>().Count(c => c.TenantId == t.Id) : (int?)null,
            ToReturn = seesCalls ? db.Set<Call>().Count(c => c.TenantId == t.Id && c.FollowUpAt != null && c.FollowedUpAt == null) : (int?)null,
        }).FirstAsync(cancel);
        var pipeline = seesCandidates ? await PipelineAsync(db, cancel) : null;
        var upcoming = seesInterviews ? await UpcomingAsync(visible, now, cancel) : null;
        return TypedResults.Ok(new DashboardView(
            new DashboardCards(counts.Users, pipeline?.Sum(s => s.Count), counts.Interviews, counts.Calls), pipeline, upcoming, counts.Today, counts.ToReturn));
    }

    private static async Task<List<PipelineStage>> PipelineAsync(PlatformDb db, CancellationToken cancel)
    {
        var counts = await db.Set<Candidate>().GroupBy(c => c.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return [.. Enum.GetValues<CandidateStatus>().Select(status => new PipelineStage(status, counts.GetValueOrDefault(status)))];
    }

    private static Task<List<UpcomingInterview>> UpcomingAsync(IQueryable<Interview> interviews, DateTimeOffset now, CancellationToken cancel) => interviews
        .Where(i => i.Status == InterviewStatus.InProgress || (i.Status == InterviewStatus.Scheduled && i.ScheduledAt >= now))
        .OrderBy(i => i.ScheduledAt).ThenBy(i => i.Id).Take(UpcomingCount)
        .Select(i => new UpcomingInterview(i.Id, i.CandidateId, i.Candidate!.FullName, i.Candidate.Position, i.ScheduledAt, i.DurationMins, i.InterviewerName, i.Status)).ToListAsync(cancel);

    /// <summary>The workspace's civil day around an instant; 23 or 25 hours when the clocks change.</summary>
    private static (DateTimeOffset Start, DateTimeOffset End) DayOf(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        return (Midnight(today), Midnight(today.AddDays(1)));

        DateTimeOffset Midnight(DateTime day)
        {
            // Where the clocks jump over midnight, the day begins when they land.
            while (zone.IsInvalidTime(day))
            {
                day = day.AddMinutes(15);
            }

            return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(day, zone), TimeSpan.Zero);
        }
    }
}
