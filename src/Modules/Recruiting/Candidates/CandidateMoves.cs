using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>The stages in their order, and what each step needs.</summary>
internal static class CandidateMoves
{
    private static readonly Dictionary<CandidateStatus, CandidateStatus[]> Allowed = new()
    {
        [CandidateStatus.Applied] = [CandidateStatus.Screening, CandidateStatus.Rejected],
        [CandidateStatus.Screening] = [CandidateStatus.Interviewed, CandidateStatus.Rejected],
        [CandidateStatus.Interviewed] = [CandidateStatus.Hired, CandidateStatus.Rejected],
        [CandidateStatus.Hired] = [CandidateStatus.Rejected],
        [CandidateStatus.Rejected] = [CandidateStatus.Applied],
    };

    private static readonly Refusal OnlyAdmins = new(403, "admin_required", "Only an administrator can take back a hire.");

    public static async Task<Refusal?> CheckAsync(RecordChange<Candidate, CandidateInput> change, CancellationToken cancel)
    {
        var candidate = change.Entity;
        var from = change.Original(c => c.Status);
        if (!Allowed[from].Contains(candidate.Status))
        {
            return Refusals.MoveNotAllowed(Words.Of(from), Words.Of(candidate.Status), [.. Allowed[from].Select(Words.Of)]);
        }

        switch (from, candidate.Status)
        {
            case (CandidateStatus.Hired, _) when !change.User.IsAdmin:
                return OnlyAdmins;
            case (CandidateStatus.Hired, _) or (CandidateStatus.Rejected, _) when change.Reason is null:
                return Refusals.ReasonRequired;
            case (_, CandidateStatus.Hired) when await OpenInterviewsAsync(change, cancel) is { Count: > 0 } open:
                return new Refusal(409, "open_interviews", "There are interviews still to come. Hold or cancel them first.").With("interviews", open);
        }

        candidate.StageEnteredAt = change.Now;
        candidate.HiredAt = candidate.Status == CandidateStatus.Hired ? change.Now : null;
        candidate.RejectedReason = candidate.Status == CandidateStatus.Rejected ? change.Reason : null;
        change.Describe("move_candidate");
        return null;
    }

    /// <summary>
    /// Where the workspace wants it, a held interview moves its candidate on: who has sat in one has been screened, so both
    /// earlier stages lead to <see cref="CandidateStatus.Interviewed"/>.
    /// </summary>
    public static async Task AfterInterviewAsync(RecordChange<Interview, InterviewInput> change, CancellationToken cancel)
    {
        if (!(await RecruitingSettings.ReadAsync(change.Db, cancel)).MoveToInterviewedOnCompletion)
        {
            return;
        }

        var candidate = await change.Db.Set<Candidate>().FirstOrDefaultAsync(c => c.Id == change.Entity.CandidateId, cancel);
        if (candidate?.Status is not (CandidateStatus.Applied or CandidateStatus.Screening)
            || await change.Db.Set<Interview>().AnyAsync(i => i.CandidateId == candidate.Id && i.Id != change.Entity.Id && i.Status == InterviewStatus.Completed, cancel))
        {
            return;
        }

        candidate.Status = CandidateStatus.Interviewed;
        candidate.StageEnteredAt = change.Now;
        change.Db.Describe(candidate, "move_candidate", "The first interview was completed.");
    }

    private static Task<List<OpenInterview>> OpenInterviewsAsync(RecordChange<Candidate, CandidateInput> change, CancellationToken cancel) =>
        change.Db.Set<Interview>()
            .Where(i => i.CandidateId == change.Entity.Id && (i.Status == InterviewStatus.Scheduled || i.Status == InterviewStatus.InProgress))
            .OrderBy(i => i.ScheduledAt).Select(i => new OpenInterview(i.Id, i.InterviewerName, i.ScheduledAt)).ToListAsync(cancel);

    private sealed record OpenInterview(Guid Id, string InterviewerName, DateTimeOffset ScheduledAt);
}
