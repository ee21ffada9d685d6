using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>
/// <c>POST /candidates/{id}/erase</c>: forgets the person, in their record, in those merged into it, in their interviews and calls and
/// in the past of all of these. What was counted stays counted. It cannot be undone.
/// </summary>
internal static class EraseCandidate
{
    public const string ErasedName = "Erased candidate";

    /// <summary>A number nobody has, in a form in which the call can still be saved.</summary>
    private const string ErasedNumber = "0000000";

    public sealed record Request
    {
        /// <summary>The candidate's full name, to be sure.</summary>
        [Required, MaxLength(255)]
        public string Confirm { get; init; } = "";
    }

    private static readonly Refusal OnlyManagers = new(403, "manager_required", "Only a manager can erase a person.");

    public static void Map(RouteGroupBuilder candidates) => candidates.Post("/{id:guid}/erase", Handle).WithName("eraseCandidate")
        .Requires(RecruitingPages.Candidates, Level.Write).AcceptsVersion().WithSummary("Erases what is known about the person, also from the history; it cannot be undone.");

    private static async Task<Results<NoContent, Refused>> Handle(Guid id, Request request, HttpContext http, PlatformDb db, ChangeErasure erasure, TimeProvider clock, CancellationToken cancel)
    {
        if (!RecruitingPages.IsManager(http.CurrentUser()))
        {
            return new Refused(OnlyManagers);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var persons = await SamePersonAsync(db, id, cancel);
        if (persons.Find(c => c.Id == id) is not { } candidate)
        {
            return new Refused(Refusals.NotFound);
        }

        if (!VersionTag.Optional(http.Request).Matches(candidate.Version))
        {
            return new Refused(Refusals.VersionConflict(null));
        }

        if (request.Confirm.Trim() != candidate.FullName.Trim())
        {
            return new Refused(Refusals.Invalid("confirm", "Repeat the candidate's full name to confirm."));
        }

        var ids = persons.ConvertAll(c => c.Id);
        var phones = persons.Where(c => c.Phone is not null).Select(c => c.Phone!).ToList();
        var interviews = await db.Set<Interview>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(i => ids.Contains(i.CandidateId)).ToListAsync(cancel);
        var calls = await db.Set<Call>().IgnoreQueryFilters(QueryFilters.WithTrash)
            .Where(c => ids.Contains(c.CandidateId!.Value) || phones.Contains(c.CallerNumber)).ToListAsync(cancel);
        persons.ForEach(person => Forget(db, person));
        interviews.ForEach(interview => Forget(db, interview));
        calls.ForEach(call => Forget(db, call));
        var merges = await db.Set<CandidateMerge>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(m => ids.Contains(m.TargetId) || ids.Contains(m.DuplicateId)).ToListAsync(cancel);
        merges.ForEach(merge => Forget(merge, clock.GetUtcNow().ToMicroseconds()));
        await erasure.ForgetCommentsAsync<Candidate>(ids, cancel);
        await erasure.ForgetCommentsAsync<Interview>(interviews.ConvertAll(i => i.Id), cancel);
        await erasure.ForgetCommentsAsync<Call>(calls.ConvertAll(c => c.Id), cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refused(Refusals.VersionConflict(null));
        }

        await Bookings.RenameResourcesAsync(db, "candidate", ids, ErasedName, cancel);
        await Bookings.RenameSubjectsAsync(db, InterviewRules.SubjectKind, interviews.ConvertAll(i => i.Id), $"Interview: {ErasedName}", cancel);
        await erasure.EraseAsync<Candidate>(ids, captionIsPersonal: true, cancel);
        await erasure.EraseAsync<Interview>(interviews.ConvertAll(i => i.Id), captionIsPersonal: true, cancel);
        await erasure.EraseAsync<Call>(calls.ConvertAll(c => c.Id), captionIsPersonal: true, cancel);
        await erasure.EraseAsync<CandidateMerge>(merges.ConvertAll(m => m.Id), captionIsPersonal: true, cancel);
        erasure.Note("erase_candidate", "candidate", id);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }

    /// <summary>The candidate and all that turned out to be the same person, live or in the trash.</summary>
    private static async Task<List<Candidate>> SamePersonAsync(PlatformDb db, Guid id, CancellationToken cancel)
    {
        var found = await db.Set<Candidate>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(c => c.Id == id).ToListAsync(cancel);
        for (var next = found; next.Count > 0;)
        {
            var known = found.ConvertAll(c => c.Id);
            var last = next.ConvertAll(c => (Guid?)c.Id);
            next = await db.Set<Candidate>().IgnoreQueryFilters(QueryFilters.WithTrash)
                .Where(c => last.Contains(c.MergedIntoId) && !known.Contains(c.Id)).ToListAsync(cancel);
            found = [.. found, .. next];
        }

        return found;
    }

    private static void Forget(PlatformDb db, Candidate candidate)
    {
        candidate.FullName = ErasedName;
        candidate.Email = $"erased-{candidate.Id:N}@erased.invalid";
        candidate.EmailKey = Emails.KeyOf(candidate.Email);
        candidate.Phone = null;
        candidate.PhoneKey = null;
        candidate.ResumeUrl = null;
        candidate.Notes = null;
        candidate.Location = null;
        candidate.CurrentEmployer = null;
        candidate.RejectedReason = null;
        db.Describe(candidate, "anonymise_candidate");
    }

    private static void Forget(PlatformDb db, Interview interview)
    {
        interview.Notes = null;
        interview.CancelledReason = null;
        db.Describe(interview, "anonymise_interview");
    }

    private static void Forget(PlatformDb db, Call call)
    {
        call.CallerName = "Erased caller";
        call.CallerNumber = ErasedNumber;
        call.Notes = null;
        db.Describe(call, "anonymise_call");
    }

    /// <summary>A merge keeps the former values to be taken back; there is nothing left to take back.</summary>
    private static void Forget(CandidateMerge merge, DateTimeOffset now)
    {
        merge.DuplicateName = ErasedName;
        merge.Steps = new MergeSteps().ToString();
        merge.UndoneAt ??= now;
    }
}
