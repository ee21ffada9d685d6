using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;

namespace Tessera.Recruiting;

public enum CandidateStatus
{
    Applied,
    Screening,
    Interviewed,
    Hired,
    Rejected,
}

/// <summary>A person who might be hired.</summary>
internal sealed class Candidate : TenantRecord, ISearchedText<Candidate>
{
    public static IReadOnlyList<Expression<Func<Candidate, string?>>> SearchedIn => [c => c.FullName, c => c.Email, c => c.Position];

    [Personal]
    public required string FullName { get; set; }

    [Personal]
    public required string Email { get; set; }

    [Derived]
    public string EmailKey { get; set; } = "";

    /// <summary>The address without its tag and dots.</summary>
    [Derived]
    public string EmailStem { get; set; } = "";

    /// <summary>Beginnings of the name's words, sorted.</summary>
    [Derived]
    public string NameKey { get; set; } = "";

    public string? Position { get; set; }

    public CandidateStatus Status { get; set; }

    [Personal]
    public string? Phone { get; set; }

    [Derived]
    public string? PhoneKey { get; set; }

    [Personal]
    public string? ResumeUrl { get; set; }

    [Personal]
    public string? Notes { get; set; }

    public string? Source { get; set; }

    [Personal]
    public string? Location { get; set; }

    [Personal]
    public string? CurrentEmployer { get; set; }

    public DateOnly? AvailabilityDate { get; set; }

    public List<string> Skills { get; set; } = [];

    public List<string> Tags { get; set; } = [];

    public int Rating { get; set; }

    /// <summary>Recruiter who looks after the candidate.</summary>
    public Guid? OwnerId { get; set; }

    public User? Owner { get; init; }

    public bool DoNotHire { get; set; }

    [Personal]
    public string? RejectedReason { get; set; }

    [Derived]
    public DateTimeOffset StageEnteredAt { get; set; }

    [Derived]
    public DateTimeOffset? HiredAt { get; set; }

    /// <summary>The candidate this one turned out to be.</summary>
    public Guid? MergedIntoId { get; set; }

    public List<Interview> Interviews { get; init; } = [];

    protected override string? Caption => FullName;
}

internal sealed class CandidateMapping : IEntityTypeConfiguration<Candidate>
{
    public void Configure(EntityTypeBuilder<Candidate> builder)
    {
        builder.References(c => c.Owner, nameof(Candidate.OwnerId));
        builder.References<Candidate, Candidate>(nameof(Candidate.MergedIntoId));
        builder.HasIndex(c => new { c.TenantId, c.EmailKey }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_candidate_email");
    }
}
