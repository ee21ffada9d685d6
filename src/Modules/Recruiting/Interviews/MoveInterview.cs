using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary><c>POST /interviews/{id}/move</c>: starts, completes, cancels or reopens it.</summary>
internal static class MoveInterview
{
    public sealed record Request
    {
        [Required]
        public InterviewStatus? Status { get; init; }

        [MaxLength(1_000)]
        public string? Reason { get; init; }
    }

    public static void Map(RouteGroupBuilder interviews) => interviews.Post("/{id:guid}/move", Handle).WithName("moveInterview")
        .Requires(RecruitingPages.Interviews, Level.Write).AcceptsVersion().WithSummary("Moves an interview to another state.");

    private static async Task<Results<Ok<InterviewRow>, Refused>> Handle(Guid id, Request request, HttpContext http, Interviews interviews, CancellationToken cancel) =>
        Interviews.Answer(http.Response, await interviews.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            interview =>
            {
                interview.Status = request.Status!.Value;
                return null;
            },
            request.Reason,
            cancel));
}
