using Tessera.Kernel.Database;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Records;

namespace Tessera.Recruiting;

/// <summary>Tells the people of an interview what becomes of it, as long as it is still to come.</summary>
internal static class InterviewNotices
{
    /// <summary>For a change that is about to be saved.</summary>
    public static void Tell(RecordChange<Interview, InterviewInput> change)
    {
        var (db, interview) = (change.Db, change.Entity);
        if (change.Kind == ChangeKind.Create)
        {
            Assign(db, interview, PeopleOf(interview), change.Now);
        }
        else if (change.Kind == ChangeKind.Update)
        {
            var wasOpen = change.Original(i => i.Status) is InterviewStatus.Scheduled or InterviewStatus.InProgress;
            var wasAt = change.Original(i => i.ScheduledAt);
            IReadOnlyCollection<Guid> before = PeopleOf(change.Original(i => i.InterviewerUserId), change.Original(i => i.ParticipantIds) ?? []);
            TellOfUpdate(db, interview, wasOpen, wasAt, before, change.Now);
        }
        else if (change.Kind == ChangeKind.Delete)
        {
            Withdraw(db, interview, change.Now);
        }
        else
        {
            Return(db, interview, change.Now);
        }
    }

    /// <summary>Tells the interview's people that it is out of sight, deleted itself or with its candidate.</summary>
    public static void Withdraw(PlatformDb db, Interview interview, DateTimeOffset now)
    {
        if (interview.IsOpen && interview.ScheduledAt > now)
        {
            db.Notify(
                RecruitingNotifications.InterviewChanged,
                PeopleOf(interview),
                Of(interview, $"The interview with {interview.CandidateName} is deleted", $"deleted:{interview.Version}:{now.UtcTicks}") with { RecordGoes = true });
        }
    }

    /// <summary>Tells them that it is back.</summary>
    public static void Return(PlatformDb db, Interview interview, DateTimeOffset now)
    {
        if (interview is { Status: InterviewStatus.Scheduled, CandidateName: not null } && interview.ScheduledAt > now)
        {
            db.Notify(
                RecruitingNotifications.InterviewChanged, PeopleOf(interview), Of(interview, $"The interview with {interview.CandidateName} is on again", $"restored:{interview.Version}:{now.UtcTicks}"));
        }
    }

    /// <summary>Tells people that they are to hold the interview or to sit in on it.</summary>
    public static void Assign(PlatformDb db, Interview interview, IEnumerable<Guid> people, DateTimeOffset now)
    {
        if (interview.Status != InterviewStatus.Scheduled || interview.ScheduledAt <= now)
        {
            return;
        }

        foreach (var person in people)
        {
            var title = person == interview.InterviewerUserId ? $"You hold an interview with {interview.CandidateName}" : $"You sit in on an interview with {interview.CandidateName}";
            db.Notify(RecruitingNotifications.InterviewAssigned, [person], Of(interview, title, $"assigned:{interview.Version}"));
        }
    }

    /// <summary>The interviewer, where they are a user, and whoever sits in.</summary>
    public static IReadOnlyCollection<Guid> PeopleOf(Interview interview) => PeopleOf(interview.InterviewerUserId, interview.ParticipantIds);

    /// <param name="interview">Its candidate's name must be known.</param>
    /// <param name="title">What is told.</param>
    /// <param name="what">What it tells, unique for this interview and person.</param>
    public static Notice Of(Interview interview, string title, string what) => new(title, $"interview:{interview.Id}:{what}")
    {
        At = interview.ScheduledAt,
        Record = RecordRef.To(interview),
    };

    private static void TellOfUpdate(PlatformDb db, Interview interview, bool wasOpen, DateTimeOffset wasAt, IReadOnlyCollection<Guid> before, DateTimeOffset now)
    {
        var people = PeopleOf(interview);
        if (wasOpen && interview.Status == InterviewStatus.Cancelled)
        {
            if (interview.ScheduledAt > now)
            {
                Change(before.Union(people), $"The interview with {interview.CandidateName} is cancelled", "cancelled", interview.CancelledReason);
            }

            return;
        }

        if (interview.Status != InterviewStatus.Scheduled || (interview.ScheduledAt <= now && wasAt <= now))
        {
            return;
        }

        if (!wasOpen)
        {
            Change(people, $"The interview with {interview.CandidateName} is on again", "reopened");
            return;
        }

        Assign(db, interview, people.Except(before), now);
        Change(before.Except(people), $"The interview with {interview.CandidateName} is no longer yours", "taken");
        if (interview.ScheduledAt != wasAt)
        {
            Change(people.Intersect(before), $"The interview with {interview.CandidateName} is moved", "moved");
        }

        void Change(IEnumerable<Guid> whom, string title, string what, string? body = null) =>
            db.Notify(RecruitingNotifications.InterviewChanged, whom, Of(interview, title, $"{what}:{interview.Version}") with { Body = body });
    }

    private static IReadOnlyCollection<Guid> PeopleOf(Guid? interviewer, IEnumerable<Guid> participants) =>
        [.. (interviewer is { } user ? participants.Prepend(user) : participants).Distinct()];
}
