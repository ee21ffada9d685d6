using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary><c>POST /interviews/{id}/reschedule</c>: another time, length or interviewer, if everybody is free.</summary>
internal static class RescheduleInterview
{
    public sealed record Request
    {
        [Required]
        public DateTimeOffset? ScheduledAt { get; init; }

        [Range(5, 480)]
        public int? DurationMins { get; init; }

        [MaxLength(255)]
        public string? InterviewerName { get; init; }

        public Guid? InterviewerUserId { get; init; }

        /// <summary>Books the time although somebody is busy; for managers.</summary>
        public bool AllowDoubleBooking { get; init; }
    }

    private static readonly Refusal NotOpen = new(409, "not_open", "Only an interview that is still to come can be moved.");

    public static void Map(RouteGroupBuilder interviews) => interviews.Post("/{id:guid}/reschedule", Handle).WithName("rescheduleInterview")
        .Requires(RecruitingPages.Interviews, Level.Write).AcceptsVersion().WithSummary("Gives an interview another time.");

    private static async Task<Results<Ok<InterviewRow>, Refused>> Handle(Guid id, Request request, HttpContext http, Interviews interviews, CancellationToken cancel) =>
        Interviews.Answer(http.Response, await interviews.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            interview => Apply(interview, request),
            reason: null,
            cancel,
            input => input with { AllowDoubleBooking = request.AllowDoubleBooking }));

    private static Refusal? Apply(Interview interview, Request request)
    {
        if (!interview.IsOpen)
        {
            return NotOpen;
        }

        interview.ScheduledAt = request.ScheduledAt!.Value;
        interview.DurationMins = request.DurationMins ?? interview.DurationMins;
        if (request.InterviewerUserId is not null || Text.OrNull(request.InterviewerName) is not null)
        {
            interview.InterviewerUserId = request.InterviewerUserId;
            interview.InterviewerName = Text.Trimmed(request.InterviewerName);
        }

        return null;
    }
}
