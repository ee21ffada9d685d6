using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>The candidate that stayed, and the merge by which to undo it.</summary>
public sealed record CandidatesMerged(Guid MergeId, CandidateRow Candidate);

/// <summary><c>POST /candidates/{id}/merge</c>: makes two records of one person one; the other goes to the trash and says where it went.</summary>
internal static class MergeCandidates
{
    public const string Action = "merge_candidate";

    public sealed record Request
    {
        [Required]
        public Guid? DuplicateId { get; init; }

        /// <summary>Whose value to take, by field; a field that is not named keeps the target's value, or takes the duplicate's where the target has none.</summary>
        public IReadOnlyDictionary<string, MergeSide>? Take { get; init; }
    }

    public static void Map(RouteGroupBuilder candidates) => candidates.Post("/{id:guid}/merge", Handle).WithName("mergeCandidates")
        .Requires(RecruitingPages.Candidates, Level.Write).AcceptsVersion().WithSummary("Merges a duplicate into this candidate; can be undone for 30 days.");

    private static async Task<Results<Ok<CandidatesMerged>, Refused>> Handle(Guid id, Request request, HttpContext http, Candidates candidates, PlatformDb db, CancellationToken cancel)
    {
        var take = request.Take ?? new Dictionary<string, MergeSide>(StringComparer.Ordinal);
        if (take.Keys.FirstOrDefault(field => !MergeFields.Names.Contains(field)) is { } unknown)
        {
            return new Refused(Refusals.Invalid($"take.{unknown}", $"Choose among {string.Join(", ", MergeFields.Names)}."));
        }

        var duplicateId = request.DuplicateId!.Value;
        if (duplicateId == id)
        {
            return new Refused(Refusals.Invalid("duplicateId", "Choose another candidate."));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var duplicate = await candidates.Query(db).AsNoTracking().FirstOrDefaultAsync(c => c.Id == duplicateId, cancel);
        if (duplicate is null)
        {
            return new Refused(Refusals.NotFound.On("duplicateId", "There is no such candidate."));
        }

        // First: the target may take over the address that the duplicate has until now.
        var refusal = await candidates.TrashAsync(
            http,
            duplicateId,
            record =>
            {
                record.MergedIntoId = id;
                db.Describe(record, Action);
            },
            cancel);
        if (refusal is not null)
        {
            return new Refused(refusal);
        }

        var fields = new List<MergedField>();
        var (row, refused) = await candidates.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            target =>
            {
                fields = MergeFields.Apply(target, duplicate, take);
                // Audited on both, also when the target needed nothing.
                db.Entry(target).Property(c => c.UpdatedAt).IsModified = true;
                db.Describe(target, Action);
                return null;
            },
            reason: null,
            cancel);
        if (row is null)
        {
            return new Refused(refused!);
        }

        var (interviews, calls, conflicts) = await CandidateRecords.MoveAsync(db, duplicateId, id, Action, cancel);
        if (conflicts.Count > 0)
        {
            return new Refused(InBothPlaces(conflicts));
        }

        await db.SaveChangesAsync(cancel);
        var merge = new CandidateMerge
        {
            TargetId = id,
            DuplicateId = duplicateId,
            DuplicateName = duplicate.FullName,
            MergedByName = http.CurrentUser().FullName,
            Steps = new MergeSteps
            {
                Fields = fields,
                Interviews = [.. interviews.Select(i => new MovedRecord(i.Id, i.Version))],
                Calls = [.. calls.Select(c => new MovedRecord(c.Id, c.Version))],
            }.ToString(),
        };
        db.Add(merge);
        await db.SaveChangesAsync(cancel);
        var merged = (await candidates.RowsAsync(db, candidates.Query(db).Where(c => c.Id == id), cancel))[0];
        await transaction.CommitAsync(cancel);
        http.Response.Headers.ETag = VersionTag.Of(merged.Version);
        return TypedResults.Ok(new CandidatesMerged(merge.Id, merged));
    }

    private static Refusal InBothPlaces(IReadOnlyList<BookingConflict> conflicts) =>
        new Refusal(409, "booking_conflict", "Both records have an interview at the same time. Move or cancel one of them first.").With("conflicts", conflicts);
}
