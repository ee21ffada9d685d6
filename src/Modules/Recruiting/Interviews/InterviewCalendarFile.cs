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
    /// <summary>Octets a line may have before it is folded.</summary>
    private const int LineLength = 75;

    public static void Map(RouteGroupBuilder interviews) => interviews.MapGet("/{id:guid}/ics", Handle).WithName("getInterviewCalendarFile")
        .Requires(RecruitingPages.Interviews, Level.Read).Produces<string>(contentType: "text/calendar").WithSummary("The interview as a calendar file.");

    private static async Task<Results<FileContentHttpResult, Refused>> Handle(Guid id, PlatformDb db, CancellationToken cancel)
    {
        var interview = await db.Set<Interview>().AsNoTracking().Include(i => i.Candidate).FirstOrDefaultAsync(i => i.Id == id && i.Candidate != null, cancel);
        return interview is null
            ? new Refused(Refusals.NotFound)
            : TypedResults.File(Encoding.UTF8.GetBytes(Write(interview)), "text/calendar; charset=utf-8", $"interview-{interview.ScheduledAt:yyyy-MM-dd-HHmm}.ics");
    }

    internal static string Write(Interview interview)
    {
        var isCancelled = interview.Status is InterviewStatus.Cancelled or InterviewStatus.NoShow;
        var file = new StringBuilder();
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//Tessera//Recruiting//EN");
        Line("METHOD", isCancelled ? "CANCEL" : "PUBLISH");
        Line("BEGIN", "VEVENT");
        Line("UID", $"{interview.Id}@tessera");
        Line("SEQUENCE", interview.IcsSequence.ToString());
        Line("DTSTAMP", Stamp(interview.UpdatedAt));
        Line("DTSTART", Stamp(interview.ScheduledAt));
        Line("DTEND", Stamp(interview.EndsAt));
        Line("SUMMARY", Escape($"Interview: {interview.Candidate!.FullName}"));
        Line("DESCRIPTION", Escape($"Interviewer: {interview.InterviewerName}{(interview.JoinUrl is null ? "" : "\n" + interview.JoinUrl)}"));
        if (interview.Location is not null)
        {
            Line("LOCATION", Escape(interview.Location));
        }

        Line("STATUS", isCancelled ? "CANCELLED" : "CONFIRMED");
        Line("END", "VEVENT");
        Line("END", "VCALENDAR");
        return file.ToString();

        void Line(string name, string value) => file.Append(Fold($"{name}:{value}")).Append("\r\n");
    }

    private static string Stamp(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'");

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,").ReplaceLineEndings("\\n");

    /// <summary>Breaks a line before it exceeds the allowed octets, never inside a character.</summary>
    private static string Fold(string line)
    {
        var folded = new StringBuilder();
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineLength)
            {
                folded.Append("\r\n ");
                octets = 1;
            }

            folded.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        return folded.ToString();
    }
}
