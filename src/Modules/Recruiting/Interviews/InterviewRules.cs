using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>When an interview may be what: its states, its time, its score, and that nobody sits in two at once.</summary>
internal static class InterviewRules
{
    public const string SubjectKind = "interview";

    /// <summary>Somebody who just sat down enters the interview a moment after it began.</summary>
    private static readonly TimeSpan StartedJustNow = TimeSpan.FromMinutes(15);

    /// <summary>So long one waits before saying that nobody came.</summary>
    private static readonly TimeSpan NoShowWait = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<InterviewStatus, InterviewStatus[]> Allowed = new()
    {
        [InterviewStatus.Scheduled] = [InterviewStatus.InProgress, InterviewStatus.Cancelled, InterviewStatus.NoShow],
        [InterviewStatus.InProgress] = [InterviewStatus.Completed, InterviewStatus.Cancelled],
        [InterviewStatus.Completed] = [InterviewStatus.Scheduled],
        [InterviewStatus.Cancelled] = [InterviewStatus.Scheduled],
        [InterviewStatus.NoShow] = [InterviewStatus.Scheduled],
    };

    private static readonly Refusal ManagersReopen = new(403, "manager_required", "Only a manager can open this interview again.");

    private static readonly Refusal ManagersDoubleBook = new(403, "manager_required", "Only a manager can book somebody twice.");

    private static readonly Refusal TooEarlyForNoShow = new(409, "too_early", "Wait ten minutes past the start before saying that nobody came.");

    public static async ValueTask<Refusal?> CheckAsync(RecordChange<Interview, InterviewInput> change, CancellationToken cancel)
    {
        var interview = change.Entity;
        interview.Reminders = [.. interview.Reminders.Distinct().OrderDescending()];
        interview.CandidateName = await change.Db.Set<Candidate>().Where(c => c.Id == interview.CandidateId).Select(c => c.FullName).FirstOrDefaultAsync(cancel);
        if (change.Kind == ChangeKind.Delete)
        {
            await Bookings.ReleaseAsync(change.Db, SubjectKind, interview.Id, cancel);
            InterviewNotices.Tell(change);
            return null;
        }

        var refusal = change.Kind == ChangeKind.Restore ? null : StateFault(change) ?? ScoreFault(change) ?? await PeopleFaultAsync(change, cancel);
        refusal ??= await BookAsync(change, cancel);
        if (refusal is null && interview.Status == InterviewStatus.Completed && change.Changes(i => i.Status))
        {
            await CandidateMoves.AfterInterviewAsync(change, cancel);
        }

        if (refusal is null)
        {
            InterviewNotices.Tell(change);
        }

        return refusal;
    }

    /// <summary>The people an interview takes: the candidate, the interviewer and whoever sits in.</summary>
    public static async Task<IReadOnlyList<BookedResource>> ResourcesOfAsync(
        PlatformDb db, Guid candidateId, string interviewerName, Guid? interviewerUserId, IReadOnlyList<Guid> participantIds, CancellationToken cancel)
    {
        var candidate = await db.Set<Candidate>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(c => c.Id == candidateId).Select(c => c.FullName).FirstOrDefaultAsync(cancel);
        var users = await db.Set<User>().Where(u => participantIds.Contains(u.Id)).Select(u => new { u.Id, u.FullName }).ToListAsync(cancel);
        return
        [
            new BookedResource("candidate", candidateId, candidate ?? ""),
            new BookedResource("interviewer", interviewerUserId ?? IdOfExternal(interviewerName), interviewerName),
            .. users.Where(u => u.Id != interviewerUserId).Select(u => new BookedResource("interviewer", u.Id, u.FullName)),
        ];
    }

    /// <summary>Books an open interview for the people it has now, as verbs that move many need it.</summary>
    /// <returns>What is in the way; an interview that was knowingly double booked stays so.</returns>
    public static async Task<IReadOnlyList<BookingConflict>> RebookAsync(PlatformDb db, Interview interview, TimeSpan buffer, CancellationToken cancel)
    {
        var resources = await ResourcesOfAsync(db, interview.CandidateId, interview.InterviewerName, interview.InterviewerUserId, interview.ParticipantIds, cancel);
        var conflicts = await Bookings.ReplaceAsync(
            db, SubjectKind, interview.Id, $"Interview: {resources[0].Name}", interview.ScheduledAt, TimeSpan.FromMinutes(interview.DurationMins), resources, interview.DoubleBooked, cancel, buffer);
        return interview.DoubleBooked ? [] : conflicts;
    }

    public static Refusal Conflict(IReadOnlyList<BookingConflict> conflicts, IReadOnlyList<DateTimeOffset> suggestions)
    {
        var busy = string.Join(" and ", conflicts.Select(c => c.Label).Distinct());
        return new Refusal(409, "booking_conflict", $"{busy} already {(conflicts.Select(c => c.Label).Distinct().Count() == 1 ? "has" : "have")} an interview at that time.")
            .With("conflicts", conflicts).With("suggestions", suggestions).On("scheduledAt", "This time is taken.");
    }

    private static Refusal? StateFault(RecordChange<Interview, InterviewInput> change)
    {
        var interview = change.Entity;
        if (change.Kind == ChangeKind.Create)
        {
            return TimeFault(change);
        }

        var from = change.Original(i => i.Status);
        if (change.Changes(i => i.Status))
        {
            if (!Allowed[from].Contains(interview.Status))
            {
                return Refusals.MoveNotAllowed(Words.Of(from), Words.Of(interview.Status), [.. Allowed[from].Select(Words.Of)]);
            }

            if (interview.Status == InterviewStatus.Scheduled)
            {
                return !RecruitingPages.IsManager(change.User) ? ManagersReopen : change.Reason is null ? Refusals.ReasonRequired : Reopen(change);
            }

            if (interview.Status == InterviewStatus.NoShow && change.Now < interview.ScheduledAt + NoShowWait)
            {
                return TooEarlyForNoShow;
            }

            interview.CancelledReason = interview.Status == InterviewStatus.Cancelled ? change.Reason : interview.CancelledReason;
            interview.IcsSequence++;
            change.Describe(interview.Status == InterviewStatus.Cancelled ? "cancel_interview" : "move_interview");
            return null;
        }

        if (change.Changes(i => i.ScheduledAt) || change.Changes(i => i.DurationMins))
        {
            interview.IcsSequence++;
            change.Describe("reschedule_interview");
            return change.Changes(i => i.ScheduledAt) ? TimeFault(change) : null;
        }

        if (change.Changes(i => i.Score))
        {
            change.Describe("score_interview");
        }

        return null;
    }

    private static Refusal? Reopen(RecordChange<Interview, InterviewInput> change)
    {
        change.Entity.CancelledReason = null;
        change.Entity.Score = null;
        change.Entity.Recommendation = null;
        change.Entity.IcsSequence++;
        change.Describe("reopen_interview");
        return null;
    }

    private static Refusal? TimeFault(RecordChange<Interview, InterviewInput> change)
    {
        var interview = change.Entity;
        var (earliest, latest) = interview.Status switch
        {
            InterviewStatus.Scheduled => (change.Now - StartedJustNow, DateTimeOffset.MaxValue),
            InterviewStatus.InProgress => (change.Now - TimeSpan.FromHours(8), change.Now + StartedJustNow),
            InterviewStatus.Completed => (DateTimeOffset.MinValue, change.Now),
            InterviewStatus.NoShow => (DateTimeOffset.MinValue, change.Now - NoShowWait),
            _ => (DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
        };
        return interview.ScheduledAt < earliest ? Refusals.Invalid("scheduledAt", "This time is past. To record an interview that was held, set its status to completed.")
            : interview.ScheduledAt > latest ? Refusals.Invalid("scheduledAt", $"An interview that is {Words.Of(interview.Status)} cannot begin in the future.")
            : interview.ScheduledAt.Year is < 2000 or > 2100 ? Refusals.Invalid("scheduledAt", "Choose a time between 2000 and 2100.")
            : null;
    }

    private static Refusal? ScoreFault(RecordChange<Interview, InterviewInput> change)
    {
        var interview = change.Entity;
        var hasVerdict = interview.Score is not null || interview.Recommendation is not null;
        return hasVerdict && interview.Status is not (InterviewStatus.InProgress or InterviewStatus.Completed)
            ? new Refusal(409, "score_too_early", "An interview is scored while it is held or afterwards.").On("score", "Only for an interview in progress or completed.")
            : null;
    }

    private static async Task<Refusal?> PeopleFaultAsync(RecordChange<Interview, InterviewInput> change, CancellationToken cancel)
    {
        var interview = change.Entity;
        if (interview.InterviewerUserId is { } userId)
        {
            var user = await change.Db.Set<User>().Where(u => u.Id == userId && (u.Active || change.Kind != ChangeKind.Create)).Select(u => u.FullName).FirstOrDefaultAsync(cancel);
            if (user is null)
            {
                return Refusals.NotFound.On("interviewerUserId", "There is no such active person here.");
            }

            interview.InterviewerName = user;
        }
        else if (interview.InterviewerName.Length == 0)
        {
            return Refusals.Invalid("interviewerName", "Say who holds the interview.");
        }
        else
        {
            var named = await UserNamedAsync(change.Db, interview.InterviewerName, cancel);
            interview.InterviewerUserId = named?.Id;
            interview.InterviewerName = named?.FullName ?? interview.InterviewerName;
        }

        var participants = interview.ParticipantIds.Distinct().ToList();
        if (participants.Count != await change.Db.Set<User>().CountAsync(u => participants.Contains(u.Id), cancel))
        {
            return Refusals.NotFound.On("participantIds", "One of these people is not here.");
        }

        return interview.CandidateName is null ? Refusals.NotFound.On("candidateId", "There is no such candidate.") : null;
    }

    /// <summary>A name typed by hand is the user of that name, when there is just one.</summary>
    private static async Task<User?> UserNamedAsync(PlatformDb db, string name, CancellationToken cancel)
    {
        var pattern = LikePattern.Escape(name);
        var named = await db.Set<User>().AsNoTracking().Where(u => u.Active && EF.Functions.ILike(u.FullName, pattern, LikePattern.EscapeSign)).OrderBy(u => u.Id).Take(2).ToListAsync(cancel);
        return named.Count == 1 ? named[0] : null;
    }

    private static async Task<Refusal?> BookAsync(RecordChange<Interview, InterviewInput> change, CancellationToken cancel)
    {
        var interview = change.Entity;
        if (!interview.IsOpen)
        {
            await Bookings.ReleaseAsync(change.Db, SubjectKind, interview.Id, cancel);
            interview.DoubleBooked = false;
            return null;
        }

        var mayOverlap = change.Input?.AllowDoubleBooking == true || (interview.DoubleBooked && !change.Changes(i => i.ScheduledAt) && !change.Changes(i => i.DurationMins));
        if (change.Input?.AllowDoubleBooking == true && !RecruitingPages.IsManager(change.User))
        {
            return ManagersDoubleBook;
        }

        var buffer = (await RecruitingSettings.ReadAsync(change.Db, cancel)).InterviewBuffer;
        var resources = await ResourcesOfAsync(change.Db, interview.CandidateId, interview.InterviewerName, interview.InterviewerUserId, interview.ParticipantIds, cancel);
        var duration = TimeSpan.FromMinutes(interview.DurationMins);
        var conflicts = await Bookings.ReplaceAsync(
            change.Db, SubjectKind, interview.Id, $"Interview: {resources[0].Name}", interview.ScheduledAt, duration, resources, mayOverlap, cancel, buffer);
        if (conflicts.Count > 0 && !mayOverlap)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(change.User.TenantTimeZone);
            return Conflict(conflicts, await Bookings.SuggestAsync(change.Db, interview.ScheduledAt, duration, resources, interview.Id, zone, 3, cancel, buffer));
        }

        interview.DoubleBooked = conflicts.Count > 0;
        return null;
    }

    /// <summary>External interviewers have no user; the same name is taken for the same person.</summary>
    private static Guid IdOfExternal(string name)
    {
        var key = string.Join(' ', name.Normalize(NormalizationForm.FormC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("interviewer " + key)).AsSpan(0, 16));
    }
}
