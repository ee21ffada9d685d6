using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary><c>GET /interviews/{id}/ics</c>: for any calendar (RFC 5545). The UID stays, the sequence grows, a cancelled interview says CANCEL.</summary>
internal static class InterviewCalendarFile
{
    public static void Map(RouteGroupBuilder interviews) => interviews.Get("/{id:guid}/ics", Handle).WithName("getInterviewCalendarFile")
        .Requires(RecruitingPages.Interviews, Level.Read).Produces<string>(contentType: "text/calendar").WithSummary("The interview as a calendar file.");

    private static async Task<Results<FileContentHttpResult, Refused>> Handle(Guid id, PlatformDb db, CancellationToken cancel)
    {
        var interview = await db.Set<Interview>().AsNoTracking().Include(i => i.Candidate).FirstOrDefaultAsync(i => i.Id == id && i.Candidate != null, cancel);
        return interview is null
            ? new Refused(Refusals.NotFound)
            : TypedResults.File(Encoding.UTF8.GetBytes(Write(interview)), CalendarFile.ContentType, $"interview-{interview.ScheduledAt:yyyy-MM-dd-HHmm}.ics");
    }

    internal static string Write(Interview interview)
    {
        var isCancelled = interview.Status is InterviewStatus.Cancelled or InterviewStatus.NoShow;
        return new CalendarFile("Recruiting", isCancelled ? "CANCEL" : "PUBLISH").Event(
            new CalendarEvent(
                $"{interview.Id}@tessera",
                interview.IcsSequence,
                interview.UpdatedAt,
                $"Interview: {interview.Candidate!.FullName}",
                $"Interviewer: {interview.InterviewerName}{(interview.JoinUrl is null ? "" : "\n" + interview.JoinUrl)}",
                interview.Location,
                isCancelled),
            interview.ScheduledAt,
            interview.EndsAt).ToString();
    }
}
