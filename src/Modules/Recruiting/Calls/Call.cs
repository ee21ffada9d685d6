using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Recruiting;

public enum CallType
{
    Inbound,
    Outbound,
    Missed,
    Voicemail,
}

public enum CallStatus
{
    Answered,
    Missed,
    Busy,
    Voicemail,
}

/// <summary>One telephone call, made, taken or missed.</summary>
internal sealed class Call : TenantRecord
{
    [Personal]
    public required string CallerName { get; set; }

    /// <summary>E.164 where the caller's country is known, else the digits.</summary>
    [Personal]
    public required string CallerNumber { get; set; }

    public CallType CallType { get; set; }

    public CallStatus Status { get; set; }

    public int DurationSecs { get; set; }

    public bool IsImportant { get; set; }

    [Personal]
    public string? Notes { get; set; }

    public Guid? CandidateId { get; set; }

    public Candidate? Candidate { get; init; }

    public Guid? HandledById { get; set; }

    public User? HandledBy { get; init; }

    public DateTimeOffset OccurredAt { get; set; }

    /// <summary>When the caller should have been called back; null when nobody needs to.</summary>
    public DateTimeOffset? FollowUpAt { get; set; }

    public DateTimeOffset? FollowedUpAt { get; set; }

    protected override string? Caption => CallerName;
}

internal sealed class CallMapping : IEntityTypeConfiguration<Call>
{
    public void Configure(EntityTypeBuilder<Call> builder)
    {
        builder.References(c => c.Candidate, nameof(Call.CandidateId));
        builder.References(c => c.HandledBy, nameof(Call.HandledById));
    }
}
