using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>
/// A candidate's interviews are out of sight while the candidate is in the trash, and so is their hold on people's time:
/// nobody could see why an interviewer is busy, or cancel it. Coming back, they need that time again. Their people are told of both;
/// a merge takes the interviews to the candidate that stays, so of that nobody hears.
/// </summary>
internal static class CandidateTrash
{
    public static async Task ReleaseAsync(RecordChange<Candidate, CandidateInput> change, CancellationToken cancel)
    {
        foreach (var interview in await OpenAsync(change, cancel))
        {
            await Bookings.ReleaseAsync(change.Db, InterviewRules.SubjectKind, interview.Id, cancel);
            if (change.Entity.MergedIntoId is null)
            {
                InterviewNotices.Withdraw(change.Db, interview, change.Now);
            }
        }
    }

    /// <returns>The refusal when somebody else has been given the time in between.</returns>
    public static async Task<Refusal?> BookAgainAsync(RecordChange<Candidate, CandidateInput> change, CancellationToken cancel)
    {
        var open = await OpenAsync(change, cancel);
        var buffer = open.Count > 0 ? (await RecruitingSettings.ReadAsync(change.Db, cancel)).InterviewBuffer : default;
        var conflicts = new List<BookingConflict>();
        foreach (var interview in open)
        {
            conflicts.AddRange(await InterviewRules.RebookAsync(change.Db, interview, buffer, cancel));
            InterviewNotices.Return(change.Db, interview, change.Now);
        }

        return conflicts.Count > 0 ? InterviewRules.Conflict(conflicts, []) : null;
    }

    private static async Task<List<Interview>> OpenAsync(RecordChange<Candidate, CandidateInput> change, CancellationToken cancel)
    {
        var open = await change.Db.Set<Interview>().AsNoTracking()
            .Where(i => i.CandidateId == change.Entity.Id && (i.Status == InterviewStatus.Scheduled || i.Status == InterviewStatus.InProgress)).ToListAsync(cancel);
        open.ForEach(interview => interview.CandidateName = change.Entity.FullName);
        return open;
    }
}
