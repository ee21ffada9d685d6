using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

public sealed record InterviewInput
{
    [Required]
    public Guid? CandidateId { get; init; }

    /// <summary>Needed for an interviewer who is no user; a user's own name is taken from them.</summary>
    [MaxLength(255)]
    public string? InterviewerName { get; init; }

    public Guid? InterviewerUserId { get; init; }

    /// <summary>Further users who sit in.</summary>
    [MaxLength(20)]
    public List<Guid> ParticipantIds { get; init; } = [];

    [Required]
    public DateTimeOffset? ScheduledAt { get; init; }

    [Range(5, 480)]
    public int DurationMins { get; init; } = 60;

    [TimeZoneName]
    public string? TimeZone { get; init; }

    public InterviewStatus Status { get; init; }

    /// <summary><c>phone</c>, <c>video</c>, <c>onsite</c>, <c>technical</c>, <c>panel</c>, <c>final</c> or a word of your own.</summary>
    [MaxLength(100)]
    public string? InterviewType { get; init; }

    [Range(1, 20)]
    public int Round { get; init; } = 1;

    [MaxLength(200)]
    public string? Location { get; init; }

    [MaxLength(500), WebAddress]
    public string? JoinUrl { get; init; }

    /// <summary>Minutes before the beginning at which its people are reminded, at most five, up to four weeks; none: an empty list.</summary>
    [Reminders]
    public int[] Reminders { get; init; } = [.. InterviewReminders.Default];

    [MaxLength(20_000)]
    public string? Notes { get; init; }

    [Range(1, 10)]
    public int? Score { get; init; }

    public Recommendation? Recommendation { get; init; }

    /// <summary>Books the time although somebody is busy; for managers.</summary>
    [NotStored]
    public bool AllowDoubleBooking { get; init; }
}

public sealed record InterviewRow(
    Guid Id, Guid CandidateId, string CandidateName, string? CandidatePosition, string InterviewerName, Guid? InterviewerUserId, IReadOnlyList<Guid> ParticipantIds, DateTimeOffset ScheduledAt, int DurationMins,
    DateTimeOffset EndsAt, string? TimeZone, InterviewStatus Status, string? InterviewType, int Round, string? Location, string? JoinUrl, IReadOnlyList<int> Reminders, string? Notes, int? Score, Recommendation? Recommendation,
    string? CancelledReason, bool DoubleBooked, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>Interviews; those of a candidate in the trash are hidden with the candidate.</summary>
internal sealed class Interviews : RecordSet<Interview, InterviewInput, InterviewRow>
{
    public Interviews() : base(RecruitingPages.Interviews, "interviews")
    {
        Visible = i => i.Candidate != null;
        Caption(i => i.Candidate!.FullName);
        Search(i => i.InterviewerName, i => i.Candidate!.FullName, i => i.InterviewType);
        Filter(i => i.Status);
        Filter(i => i.CandidateId);
        Filter(i => i.InterviewerUserId);
        Filter(i => i.InterviewerName);
        Filter(i => i.InterviewType);
        Filter(i => i.ScheduledAt);
        Filter(i => i.Score);
        Filter(i => i.Round);
        Sort(i => i.ScheduledAt);
        Sort(i => i.Status);
        Sort(i => i.InterviewerName);
        Sort(i => i.Score);
        Sort(i => i.DurationMins);
        DefaultSort("-scheduledAt");
        Row = i => new InterviewRow(
            i.Id, i.CandidateId, i.Candidate!.FullName, i.Candidate.Position, i.InterviewerName, i.InterviewerUserId, i.ParticipantIds, i.ScheduledAt, i.DurationMins,
            i.ScheduledAt.AddMinutes(i.DurationMins), i.TimeZone, i.Status, i.InterviewType, i.Round, i.Location, i.JoinUrl, i.Reminders, i.Notes, i.Score, i.Recommendation,
            i.CancelledReason, i.DoubleBooked, i.Version, i.CreatedAt, i.UpdatedAt, i.DeletedAt);
    }

    protected override void MapVerbs(RouteGroupBuilder records)
    {
        MoveInterview.Map(records);
        RescheduleInterview.Map(records);
        ScoreInterview.Map(records);
        InterviewConflicts.Map(records);
        InterviewCalendar.Map(records);
        InterviewCalendarFile.Map(records);
    }

    protected override Refusal? Explain(string constraint) => constraint == Bookings.OverlapConstraint ? Bookings.Taken : null;

    protected override ValueTask<Refusal?> Saving(RecordChange<Interview, InterviewInput> change, CancellationToken cancel) => InterviewRules.CheckAsync(change, cancel);
}
