using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary><c>POST /interviews/{id}/score</c>: the interviewer's verdict.</summary>
internal static class ScoreInterview
{
    public sealed record Request
    {
        [Required, Range(1, 10)]
        public int? Score { get; init; }

        public Recommendation? Recommendation { get; init; }

        /// <summary>Replaces the notes; absent leaves them.</summary>
        [MaxLength(20_000)]
        public string? Notes { get; init; }
    }

    public static void Map(RouteGroupBuilder interviews) => interviews.Post("/{id:guid}/score", Handle).WithName("scoreInterview")
        .Requires(RecruitingPages.Interviews, Level.Write).AcceptsVersion().WithSummary("Scores an interview from 1 to 10.");

    private static async Task<Results<Ok<InterviewRow>, Refused>> Handle(Guid id, Request request, HttpContext http, Interviews interviews, CancellationToken cancel) =>
        Interviews.Answer(http.Response, await interviews.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            interview =>
            {
                interview.Score = request.Score;
                interview.Recommendation = request.Recommendation ?? interview.Recommendation;
                interview.Notes = request.Notes is null ? interview.Notes : Text.OrNull(request.Notes);
                return null;
            },
            reason: null,
            cancel));
}
