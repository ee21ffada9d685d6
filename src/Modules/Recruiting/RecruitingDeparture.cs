using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>What a recruiter or interviewer leaves behind: interviews still to come, and the candidates they look after.</summary>
internal sealed class RecruitingDeparture : IUserDeparture
{
    private const string Reason = "Handed over";

    public async Task<IReadOnlyList<Commitment>> CommitmentsAsync(PlatformDb db, Guid userId, DateTimeOffset now, CancellationToken cancel) =>
        await OpenInterviews(db, userId).Where(i => i.Candidate != null && i.ScheduledAt.AddMinutes(i.DurationMins) > now).OrderBy(i => i.ScheduledAt)
            .Select(i => new Commitment(InterviewRules.SubjectKind, i.Id, "Interview: " + i.Candidate!.FullName, i.ScheduledAt)).ToListAsync(cancel);

    public async Task<Refusal?> HandOverAsync(PlatformDb db, Guid userId, User successor, DateTimeOffset now, CancellationToken cancel)
    {
        var buffer = (await RecruitingSettings.ReadAsync(db, cancel)).InterviewBuffer;
        var conflicts = new List<BookingConflict>();
        foreach (var interview in await OpenInterviews(db, userId).Include(i => i.Candidate).OrderBy(i => i.ScheduledAt).ToListAsync(cancel))
        {
            interview.CandidateName = interview.Candidate?.FullName;
            var before = InterviewNotices.PeopleOf(interview);
            interview.ParticipantIds = [.. interview.ParticipantIds.Select(p => p == userId ? successor.Id : p).Distinct()];
            if (interview.InterviewerUserId == userId)
            {
                interview.InterviewerUserId = successor.Id;
                interview.InterviewerName = successor.FullName;
            }

            interview.IcsSequence++;
            db.Describe(interview, "reassign_interview", Reason);
            if (interview.Candidate is not null)
            {
                InterviewNotices.Assign(db, interview, InterviewNotices.PeopleOf(interview).Except(before), now);
            }

            conflicts.AddRange(await InterviewRules.RebookAsync(db, interview, buffer, cancel));
        }

        if (conflicts.Count > 0)
        {
            return new Refusal(409, "booking_conflict", $"{successor.FullName} already has interviews at some of these times. Move those first, or choose somebody else.").With("conflicts", conflicts);
        }

        foreach (var candidate in await db.Set<Candidate>().Where(c => c.OwnerId == userId).ToListAsync(cancel))
        {
            candidate.OwnerId = successor.Id;
            db.Describe(candidate, reason: Reason);
        }

        return null;
    }

    private static IQueryable<Interview> OpenInterviews(PlatformDb db, Guid userId) => db.Set<Interview>()
        .Where(i => (i.Status == InterviewStatus.Scheduled || i.Status == InterviewStatus.InProgress) && (i.InterviewerUserId == userId || i.ParticipantIds.Contains(userId)));
}
