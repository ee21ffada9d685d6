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

namespace Tessera.Recruiting;

/// <summary><c>POST /candidates/{id}/move</c>: to another stage, with a reason where the step needs one.</summary>
internal static class MoveCandidate
{
    public sealed record Request
    {
        [Required]
        public CandidateStatus? Status { get; init; }

        [MaxLength(1_000)]
        public string? Reason { get; init; }

        /// <summary>When hiring: cancels the interviews still to come instead of refusing.</summary>
        public bool CancelOpenInterviews { get; init; }
    }

    public static void Map(RouteGroupBuilder candidates) => candidates.Post("/{id:guid}/move", Handle).WithName("moveCandidate")
        .Requires(RecruitingPages.Candidates, Level.Write).AcceptsVersion().WithSummary("Moves a candidate to another stage.");

    private static async Task<Results<Ok<CandidateRow>, Refused>> Handle(
        Guid id, Request request, HttpContext http, Candidates candidates, Interviews interviews, PlatformDb db, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (request is { CancelOpenInterviews: true, Status: CandidateStatus.Hired } && await CancelOpenAsync(id, http, interviews, db, cancel) is { } refusal)
        {
            return new Refused(refusal);
        }

        var outcome = await candidates.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            candidate =>
            {
                candidate.Status = request.Status!.Value;
                return null;
            },
            request.Reason,
            cancel);
        if (outcome.Row is not null)
        {
            await transaction.CommitAsync(cancel);
        }

        return Candidates.Answer(http.Response, outcome);
    }

    private static async Task<Refusal?> CancelOpenAsync(Guid candidateId, HttpContext http, Interviews interviews, PlatformDb db, CancellationToken cancel)
    {
        var open = await db.Set<Interview>()
            .Where(i => i.CandidateId == candidateId && (i.Status == InterviewStatus.Scheduled || i.Status == InterviewStatus.InProgress)).Select(i => i.Id).ToListAsync(cancel);
        foreach (var interview in open)
        {
            var (_, refusal) = await interviews.AlterAsync(
                http,
                interview,
                VersionTag.Any,
                record =>
                {
                    record.Status = InterviewStatus.Cancelled;
                    return null;
                },
                "The candidate was hired.",
                cancel);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }
}
