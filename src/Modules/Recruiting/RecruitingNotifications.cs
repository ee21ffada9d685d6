using Tessera.Kernel.Notifications;

namespace Tessera.Recruiting;

/// <summary>What recruiting tells people.</summary>
internal static class RecruitingNotifications
{
    public static readonly NotificationKind InterviewAssigned =
        new("interview_assigned", "New interviews", "You are to hold an interview, or to sit in on one.", RecruitingPages.Interviews);

    public static readonly NotificationKind InterviewChanged =
        new("interview_changed", "Changed interviews", "An interview of yours is moved, cancelled, deleted, on again, or given to somebody else.", RecruitingPages.Interviews);

    public static readonly NotificationKind InterviewReminder =
        new("interview_reminder", "Interview reminders", "An interview of yours begins soon; how long before is the interview's.", RecruitingPages.Interviews);

    public static readonly NotificationKind CallToReturn =
        new("call_to_return", "Calls to return", "A missed call that matters was not returned in time.", RecruitingPages.Calls);

    public static readonly IReadOnlyList<NotificationKind> All = [InterviewAssigned, InterviewChanged, InterviewReminder, CallToReturn];
}
