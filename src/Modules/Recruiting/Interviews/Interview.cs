using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Recruiting;

public enum InterviewStatus
{
    Scheduled,
    InProgress,
    Completed,
    Cancelled,
    NoShow,
}

public enum Recommendation
{
    StrongNo,
    No,
    Yes,
    StrongYes,
}

/// <summary>A meeting with a candidate. While it is open, its people are booked for its time.</summary>
internal sealed class Interview : TenantRecord
{
    public Guid CandidateId { get; set; }

    public Candidate? Candidate { get; init; }

    public string InterviewerName { get; set; } = "";

    /// <summary>The interviewer's user, where they are one; external interviewers have only a name.</summary>
    public Guid? InterviewerUserId { get; set; }

    public List<Guid> ParticipantIds { get; set; } = [];

    public DateTimeOffset ScheduledAt { get; set; }

    public int DurationMins { get; set; }

    /// <summary>IANA zone of the candidate, shown beside the reader's own.</summary>
    public string? TimeZone { get; set; }

    public InterviewStatus Status { get; set; }

    public string? InterviewType { get; set; }

    public int Round { get; set; }

    public string? Location { get; set; }

    public string? JoinUrl { get; set; }

    [Personal]
    public string? Notes { get; set; }

    public int? Score { get; set; }

    public Recommendation? Recommendation { get; set; }

    [Personal]
    public string? CancelledReason { get; set; }

    /// <summary>Minutes before the beginning at which its people are reminded, the earliest reminder first.</summary>
    public int[] Reminders { get; set; } = [.. InterviewReminders.Default];

    /// <summary>Somebody is knowingly booked twice.</summary>
    public bool DoubleBooked { get; set; }

    /// <summary>Grows with each change a calendar must hear of (RFC 5545 SEQUENCE).</summary>
    [Derived]
    public int IcsSequence { get; set; }

    public DateTimeOffset EndsAt => ScheduledAt.AddMinutes(DurationMins);

    public bool IsOpen => Status is InterviewStatus.Scheduled or InterviewStatus.InProgress;

    /// <summary>Filled in by the rule, for the audit trail: people know an interview by its candidate.</summary>
    public string? CandidateName { get; set; }

    protected override string? Caption => CandidateName ?? InterviewerName;
}

internal sealed class InterviewMapping : IEntityTypeConfiguration<Interview>
{
    public void Configure(EntityTypeBuilder<Interview> builder)
    {
        builder.Ignore(i => i.EndsAt);
        builder.Ignore(i => i.CandidateName);
        builder.Ignore(i => i.IsOpen);
        builder.References(i => i.Candidate, nameof(Interview.CandidateId), c => c.Interviews);
        builder.References<Interview, User>(nameof(Interview.InterviewerUserId));
    }
}
