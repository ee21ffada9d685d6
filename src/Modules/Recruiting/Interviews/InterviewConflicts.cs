using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>Who is busy at a time, and when all would be free.</summary>
public sealed record Availability(IReadOnlyList<BookingConflict> Conflicts, IReadOnlyList<DateTimeOffset> Suggestions);

/// <summary><c>GET /interviews/conflicts</c>: asked while a person drags or types, before anything is saved.</summary>
internal static class InterviewConflicts
{
    public static void Map(RouteGroupBuilder interviews) => interviews.Get("/conflicts", Handle).WithName("getInterviewConflicts")
        .Requires(RecruitingPages.Interviews, Level.Read).WithSummary("Who is busy at a time, and the next free ones.");

    private static async Task<Results<Ok<Availability>, Refused>> Handle(
        HttpContext http, PlatformDb db, CancellationToken cancel, [FromQuery] Guid candidateId, [FromQuery] DateTimeOffset scheduledAt, [FromQuery, Range(5, 480)] int durationMins = 60,
        [FromQuery] Guid? interviewerUserId = null, [FromQuery, MaxLength(255)] string? interviewerName = null, [FromQuery] Guid? excludeId = null)
    {
        if (durationMins is < 5 or > 480)
        {
            return new Refused(Refusals.Invalid("durationMins", "Between 5 and 480."));
        }

        var name = interviewerUserId is { } userId
            ? await db.Set<User>().Where(u => u.Id == userId).Select(u => u.FullName).FirstOrDefaultAsync(cancel) ?? ""
            : Text.Trimmed(interviewerName);
        var resources = await InterviewRules.ResourcesOfAsync(db, candidateId, name, interviewerUserId, [], cancel);
        var duration = TimeSpan.FromMinutes(durationMins);
        var start = scheduledAt.ToUniversalTime();
        var buffer = (await RecruitingSettings.ReadAsync(db, cancel)).InterviewBuffer;
        var conflicts = await Bookings.ConflictsAsync(db, start, duration, resources, excludeId, cancel, buffer);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(http.CurrentUser().TenantTimeZone);
        var suggestions = conflicts.Count == 0 ? [] : await Bookings.SuggestAsync(db, start, duration, resources, excludeId, zone, 3, cancel, buffer);
        return TypedResults.Ok(new Availability(conflicts, suggestions));
    }
}
