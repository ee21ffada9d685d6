using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Notifications;

namespace Tessera.Recruiting;

/// <summary>
/// Reminds the people of an interview before it begins. What is due is read from the interviews as they are at that moment: one that was
/// moved, cancelled, put into the trash or given to somebody else meanwhile reminds nobody of what no longer holds.
/// </summary>
internal sealed class InterviewReminders(Interviews interviews) : IDueWork
{
    /// <summary>The day before, to prepare, and in time to get there.</summary>
    public static readonly IReadOnlyList<int> Default = [1_440, 15];

    /// <summary>Four weeks.</summary>
    public const int MostMinutes = 40_320;

    public const int Most = 5;

    public string Module => RecruitingModule.ModuleKey;

    public async Task RunAsync(PlatformDb db, DueSpan span, CancellationToken cancel)
    {
        var (after, until) = (span.After, span.Until);
        var latest = until.AddMinutes(MostMinutes);
        var due = await interviews.Query(db).AsNoTracking().Include(i => i.Candidate)
            .Where(i => i.Status == InterviewStatus.Scheduled && i.ScheduledAt > until && i.ScheduledAt <= latest
                && i.Reminders.Any(minutes => i.ScheduledAt.AddMinutes(-minutes) > after && i.ScheduledAt.AddMinutes(-minutes) <= until))
            .ToListAsync(cancel);
        foreach (var interview in due)
        {
            // After a downtime several are due at once: the one nearest to the beginning says what matters.
            var minutes = interview.Reminders.Where(m => interview.ScheduledAt.AddMinutes(-m) > after && interview.ScheduledAt.AddMinutes(-m) <= until).Min();
            db.Notify(
                RecruitingNotifications.InterviewReminder,
                InterviewNotices.PeopleOf(interview),
                InterviewNotices.Of(interview, $"Interview with {interview.Candidate!.FullName}", $"reminder:{minutes}:{interview.ScheduledAt.UtcTicks}") with { Body = PlaceOf(interview) });
        }

        await db.SaveChangesAsync(cancel);
    }

    private static string? PlaceOf(Interview interview) =>
        string.Join(" · ", new[] { interview.Location, interview.JoinUrl }.OfType<string>()) is { Length: > 0 } place ? place : null;
}

/// <summary>A few entries, each a number of minutes before an interview.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RemindersAttribute() : ValidationAttribute("At most five reminders, each 0 to 40320 minutes (four weeks) before the beginning.")
{
    public override bool IsValid(object? value) => value is not int[] reminders || (reminders.Length <= InterviewReminders.Most && reminders.All(minutes => minutes is >= 0 and <= InterviewReminders.MostMinutes));
}
