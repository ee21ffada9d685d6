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

namespace Tessera.Recruiting;

/// <summary>An interview as a block in a week or a month.</summary>
public sealed record CalendarInterview(
    Guid Id, Guid CandidateId, string CandidateName, string? CandidatePosition, string InterviewerName, Guid? InterviewerUserId, IReadOnlyList<Guid> ParticipantIds, DateTimeOffset ScheduledAt, int DurationMins,
    DateTimeOffset EndsAt, InterviewStatus Status, string? InterviewType, bool DoubleBooked, int Version);

/// <summary><c>GET /interviews/calendar</c>: what touches <c>[from, to)</c>, in order, in one statement.</summary>
internal static class InterviewCalendar
{
    private const int MaximumDays = 62;

    private const int MaximumInterviews = 5_000;

    /// <summary>No interview is longer, so none that began earlier reaches into the range.</summary>
    private const int LongestMinutes = 480;

    public static void Map(RouteGroupBuilder interviews) => interviews.Get("/calendar", Handle).WithName("getInterviewCalendar")
        .Requires(RecruitingPages.Interviews, Level.Read).WithSummary($"Interviews that touch a range of at most {MaximumDays} days.");

    private static async Task<Results<Ok<ItemList<CalendarInterview>>, Refused>> Handle(
        Interviews interviews, PlatformDb db, CancellationToken cancel, [FromQuery] DateTimeOffset from, [FromQuery] DateTimeOffset to, [FromQuery] Guid? interviewerUserId = null)
    {
        if (to <= from || to - from > TimeSpan.FromDays(MaximumDays))
        {
            return new Refused(Refusals.Invalid("to", $"After 'from', and at most {MaximumDays} days later."));
        }

        var (first, last) = (from.ToUniversalTime(), to.ToUniversalTime());
        var earliest = first.UtcTicks < TimeSpan.TicksPerDay ? first : first.AddMinutes(-LongestMinutes);
        var touching = interviews.Query(db).AsNoTracking()
            .Where(i => i.ScheduledAt >= earliest && i.ScheduledAt < last && i.ScheduledAt.AddMinutes(i.DurationMins) > first);
        if (interviewerUserId is { } person)
        {
            touching = touching.Where(i => i.InterviewerUserId == person || i.ParticipantIds.Contains(person));
        }

        return TypedResults.Ok(new ItemList<CalendarInterview>(await touching.OrderBy(i => i.ScheduledAt).ThenBy(i => i.Id).Take(MaximumInterviews)
            .Select(i => new CalendarInterview(
                i.Id, i.CandidateId, i.Candidate!.FullName, i.Candidate.Position, i.InterviewerName, i.InterviewerUserId, i.ParticipantIds, i.ScheduledAt, i.DurationMins,
                i.ScheduledAt.AddMinutes(i.DurationMins), i.Status, i.InterviewType, i.DoubleBooked, i.Version))
            .ToListAsync(cancel)));
    }
}
