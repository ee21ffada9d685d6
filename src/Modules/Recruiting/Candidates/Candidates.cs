using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

public sealed record CandidateInput
{
    [Required, MaxLength(255)]
    public string FullName { get; init; } = "";

    [Required, MaxLength(254), EmailAddress]
    public string Email { get; init; } = "";

    [MaxLength(255)]
    public string? Position { get; init; }

    public CandidateStatus Status { get; init; }

    [MaxLength(40), PhoneNumber]
    public string? Phone { get; init; }

    [MaxLength(500), WebAddress]
    public string? ResumeUrl { get; init; }

    [MaxLength(20_000)]
    public string? Notes { get; init; }

    [MaxLength(100)]
    public string? Source { get; init; }

    [MaxLength(200)]
    public string? Location { get; init; }

    [MaxLength(200)]
    public string? CurrentEmployer { get; init; }

    public DateOnly? AvailabilityDate { get; init; }

    [MaxLength(50), ShortWords]
    public List<string> Skills { get; init; } = [];

    [MaxLength(50), ShortWords]
    public List<string> Tags { get; init; } = [];

    [Range(0, 3)]
    public int Rating { get; init; }

    public Guid? OwnerId { get; init; }

    public bool DoNotHire { get; init; }
}

public sealed record CandidateRow(
    Guid Id, string FullName, string Email, string? Position, CandidateStatus Status, string? Phone, string? ResumeUrl, string? Notes, string? Source, string? Location, string? CurrentEmployer,
    DateOnly? AvailabilityDate, IReadOnlyList<string> Skills, IReadOnlyList<string> Tags, int Rating, Guid? OwnerId, string? OwnerName, bool DoNotHire, string? RejectedReason, DateTimeOffset StageEnteredAt,
    DateTimeOffset? HiredAt, Guid? MergedIntoId, DateTimeOffset? NextInterviewAt, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>Candidates and the rule that they move through their stages in order.</summary>
internal sealed class Candidates : RecordSet<Candidate, CandidateInput, CandidateRow>
{
    public Candidates() : base(RecruitingPages.Candidates, "candidates", RecruitingPages.Interviews, RecruitingPages.Calls)
    {
        CreatesInOneTrip = true;
        Name(c => c.FullName);
        Detail(c => c.Email, elsewhere: c => c.Position);
        Filter(c => c.FullName);
        Filter(c => c.Email);
        Filter(c => c.Status);
        Filter(c => c.Position);
        Filter(c => c.Source);
        Filter(c => c.Location);
        Filter(c => c.OwnerId);
        Filter(c => c.Rating);
        Filter(c => c.DoNotHire);
        Filter(c => c.Skills);
        Filter(c => c.Tags);
        Filter(c => c.AvailabilityDate);
        Filter(c => c.StageEnteredAt);
        Sort(c => c.FullName);
        Sort(c => c.Email);
        Sort(c => c.Position);
        Sort(c => c.Status);
        Sort(c => c.Rating);
        Sort(c => c.StageEnteredAt);
        Unique(c => c.EmailKey, "email", "ux_candidate_email");
        Row = c => new CandidateRow(
            c.Id, c.FullName, c.Email, c.Position, c.Status, c.Phone, c.ResumeUrl, c.Notes, c.Source, c.Location, c.CurrentEmployer, c.AvailabilityDate, c.Skills, c.Tags, c.Rating, c.OwnerId,
            c.Owner!.FullName, c.DoNotHire, c.RejectedReason, c.StageEnteredAt, c.HiredAt, c.MergedIntoId,
            c.Interviews.Where(i => i.Status == InterviewStatus.Scheduled).Min(i => (DateTimeOffset?)i.ScheduledAt),
            c.Version, c.CreatedAt, c.UpdatedAt, c.DeletedAt);
    }

    protected override void MapVerbs(RouteGroupBuilder records)
    {
        MoveCandidate.Map(records);
        CandidateBoard.Map(records);
        FindDuplicates.Map(records);
        MergeCandidates.Map(records);
        ListMerges.Map(records);
        UndoMerge.Map(records);
        EraseCandidate.Map(records);
    }

    /// <summary>The stages with their counts and first candidates.</summary>
    public Task<(Board<CandidateRow>? Board, Refusal? Refusal)> BoardAsync(PlatformDb db, IQueryCollection parameters, CancellationToken cancel) =>
        BoardAsync(db, parameters, c => c.Status, cancel);

    protected override Refusal? Explain(string constraint) => constraint switch
    {
        "fk_candidate_owner_id" => Refusals.NotFound.On("ownerId", "There is no such person here."),
        Bookings.OverlapConstraint => Bookings.Taken,
        _ => null,
    };

    protected override async ValueTask<Refusal?> Saving(RecordChange<Candidate, CandidateInput> change, CancellationToken cancel)
    {
        var candidate = change.Entity;
        CandidateKeys.Derive(candidate);
        if (change.Kind == ChangeKind.Create)
        {
            candidate.StageEnteredAt = change.Now;
            candidate.HiredAt = candidate.Status == CandidateStatus.Hired ? change.Now : null;
            return null;
        }

        if (change.Kind == ChangeKind.Delete)
        {
            await CandidateTrash.ReleaseAsync(change, cancel);
            return null;
        }

        if (change.Kind == ChangeKind.Restore)
        {
            candidate.MergedIntoId = null;
            return await CandidateTrash.BookAgainAsync(change, cancel);
        }

        return change.Changes(c => c.Status) ? await CandidateMoves.CheckAsync(change, cancel) : null;
    }
}
