using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

public sealed record CallInput
{
    [Required, MaxLength(255)]
    public string CallerName { get; init; } = "";

    [Required, MaxLength(40), PhoneNumber]
    public string CallerNumber { get; init; } = "";

    [Required]
    public CallType? CallType { get; init; }

    [Required]
    public CallStatus? Status { get; init; }

    [Range(0, 86_400)]
    public int DurationSecs { get; init; }

    public bool IsImportant { get; init; }

    [MaxLength(20_000)]
    public string? Notes { get; init; }

    /// <summary>Without it, the one candidate who has this number.</summary>
    public Guid? CandidateId { get; init; }

    public Guid? HandledById { get; init; }

    /// <summary>Now, when absent.</summary>
    [NotStored]
    public DateTimeOffset? OccurredAt { get; init; }
}

public sealed record CallRow(
    Guid Id, string CallerName, string CallerNumber, CallType CallType, CallStatus Status, int DurationSecs, bool IsImportant, string? Notes, Guid? CandidateId, string? CandidateName, Guid? HandledById,
    string? HandledByName, DateTimeOffset OccurredAt, DateTimeOffset? FollowUpAt, DateTimeOffset? FollowedUpAt, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>The call log.</summary>
internal sealed class Calls : RecordSet<Call, CallInput, CallRow>
{
    /// <summary>A missed call that matters is to be returned within a day.</summary>
    private static readonly TimeSpan ReturnWithin = TimeSpan.FromDays(1);

    private static readonly Dictionary<CallType, CallStatus[]> Pairs = new()
    {
        [CallType.Inbound] = [CallStatus.Answered, CallStatus.Missed, CallStatus.Voicemail, CallStatus.Busy],
        [CallType.Outbound] = [CallStatus.Answered, CallStatus.Busy, CallStatus.Missed, CallStatus.Voicemail],
        [CallType.Missed] = [CallStatus.Missed],
        [CallType.Voicemail] = [CallStatus.Voicemail],
    };

    public Calls() : base(RecruitingPages.Calls, "calls")
    {
        Name(c => c.CallerName);
        Detail(c => c.CallerNumber);
        Search(c => c.CallerName, c => c.CallerNumber, c => c.Notes);
        Filter(c => c.CallerName);
        Filter(c => c.CallerNumber);
        Filter(c => c.CallType);
        Filter(c => c.Status);
        Filter(c => c.IsImportant);
        Filter(c => c.CandidateId);
        Filter(c => c.HandledById);
        Filter(c => c.OccurredAt);
        Filter(c => c.DurationSecs);
        Filter(c => c.FollowUpAt);
        Filter(c => c.FollowedUpAt);
        Sort(c => c.OccurredAt);
        Sort(c => c.CallerName);
        Sort(c => c.Status);
        Sort(c => c.CallType);
        Sort(c => c.DurationSecs);
        DefaultSort("-occurredAt");
        Row = c => new CallRow(
            c.Id, c.CallerName, c.CallerNumber, c.CallType, c.Status, c.DurationSecs, c.IsImportant, c.Notes, c.CandidateId, c.Candidate!.FullName, c.HandledById, c.HandledBy!.FullName,
            c.OccurredAt, c.FollowUpAt, c.FollowedUpAt, c.Version, c.CreatedAt, c.UpdatedAt, c.DeletedAt);
    }

    protected override void MapVerbs(RouteGroupBuilder records) => FollowUpCall.Map(records);

    protected override async ValueTask<Refusal?> Saving(RecordChange<Call, CallInput> change, CancellationToken cancel)
    {
        if (change.Kind is ChangeKind.Delete or ChangeKind.Restore)
        {
            return null;
        }

        var call = change.Entity;
        call.CallerNumber = PhoneNumber.Normalise(call.CallerNumber) ?? call.CallerNumber;
        call.OccurredAt = change.Input?.OccurredAt ?? (change.Kind == ChangeKind.Create ? change.Now : call.OccurredAt);
        if (Fault(call, change.Now) is { } fault)
        {
            return fault;
        }

        if (call.CandidateId is null && change.Kind == ChangeKind.Create)
        {
            call.CandidateId = await CandidateWithNumberAsync(change.Db, call.CallerNumber, cancel);
        }

        if (change.Kind == ChangeKind.Create)
        {
            call.HandledById ??= change.User.UserId;
        }

        var mustReturn = call is { Status: CallStatus.Missed, IsImportant: true };
        call.FollowUpAt = mustReturn ? call.FollowUpAt ?? call.OccurredAt + ReturnWithin : null;
        return null;
    }

    private static Refusal? Fault(Call call, DateTimeOffset now)
    {
        if (!Pairs[call.CallType].Contains(call.Status))
        {
            return Refusals.Invalid("status", $"A call of type {Words.Of(call.CallType)} can be {string.Join(", ", Pairs[call.CallType].Select(Words.Of))}.");
        }

        if (call.Status is CallStatus.Missed or CallStatus.Busy && call.DurationSecs != 0)
        {
            return Refusals.Invalid("durationSecs", "A call nobody took has no duration.");
        }

        if (call.Status == CallStatus.Answered && call.DurationSecs < 1)
        {
            return Refusals.Invalid("durationSecs", "An answered call lasted at least a second.");
        }

        return call.OccurredAt > now + TimeSpan.FromMinutes(5) ? Refusals.Invalid("occurredAt", "A call cannot lie in the future.")
            : call.OccurredAt.Year < 2000 ? Refusals.Invalid("occurredAt", "Choose a time after 2000.")
            : null;
    }

    private static async Task<Guid?> CandidateWithNumberAsync(PlatformDb db, string number, CancellationToken cancel)
    {
        if (PhoneNumber.MatchKey(number) is not { } key)
        {
            return null;
        }

        var owners = await db.Set<Candidate>().Where(c => c.PhoneKey == key).Select(c => c.Id).Take(2).ToListAsync(cancel);
        return owners.Count == 1 ? owners[0] : null;
    }
}
