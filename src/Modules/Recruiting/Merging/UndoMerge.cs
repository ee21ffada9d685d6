using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>Something the undoing left where it is, because somebody worked on it since the merge.</summary>
/// <param name="Kind"><c>field</c>, <c>interview</c> or <c>call</c>.</param>
/// <param name="Field">For a field: its name.</param>
/// <param name="Id">For a record: its id.</param>
public sealed record KeptInMerge(string Kind, string? Field, Guid? Id);

/// <summary>Both candidates as they are now, and what stayed with the first.</summary>
public sealed record MergeUndone(CandidateRow Candidate, CandidateRow Duplicate, IReadOnlyList<KeptInMerge> Kept);

/// <summary><c>POST /candidates/merges/{mergeId}/undo</c>: takes a merge back within 30 days, as far as nobody has edited its outcome.</summary>
internal static class UndoMerge
{
    private const string Action = "unmerge_candidate";

    private static readonly Refusal AlreadyUndone = new(409, "already_undone", "This merge was undone before.");

    private static readonly Refusal TooLate = new(409, "undo_expired", $"A merge can be undone for {CandidateMerge.UndoTime.Days} days.");

    private static readonly Refusal TargetGone = new(409, "target_gone", "The merged candidate is in the trash. Restore it first.");

    public static void Map(RouteGroupBuilder candidates) => candidates.Post("/merges/{mergeId:guid}/undo", Handle).WithName("undoCandidateMerge")
        .Requires(RecruitingPages.Candidates, Level.Write).WithSummary("Takes a merge back and tells what was kept because it was edited since.");

    private static async Task<Results<Ok<MergeUndone>, Refused>> Handle(
        Guid mergeId, HttpContext http, Candidates candidates, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var merge = await db.Set<CandidateMerge>().FirstOrDefaultAsync(m => m.Id == mergeId, cancel);
        var now = clock.GetUtcNow().ToMicroseconds();
        var refusal = merge is null ? Refusals.NotFound
            : merge.UndoneAt is not null ? AlreadyUndone
            : now > merge.CreatedAt + CandidateMerge.UndoTime ? TooLate
            : !await candidates.Query(db).AnyAsync(c => c.Id == merge.TargetId, cancel) ? TargetGone
            : null;
        if (refusal is not null)
        {
            return new Refused(refusal);
        }

        var steps = MergeSteps.Of(merge!);
        var kept = new List<KeptInMerge>();

        // First: the duplicate may need back the address that the target took.
        (_, refusal) = await candidates.AlterAsync(
            http,
            merge!.TargetId,
            VersionTag.Any,
            target =>
            {
                kept.AddRange(steps.Fields.Where(step => !MergeFields.TryUndo(target, step)).Select(step => new KeptInMerge("field", step.Field, null)));
                db.Entry(target).Property(c => c.UpdatedAt).IsModified = true;
                db.Describe(target, Action);
                return null;
            },
            reason: null,
            cancel);
        if (refusal is not null)
        {
            return new Refused(refusal);
        }

        (_, refusal) = await candidates.UntrashAsync(http, merge.DuplicateId, duplicate => db.Describe(duplicate, Action), cancel);
        if (refusal is not null)
        {
            return new Refused(refusal);
        }

        refusal = await ReturnRecordsAsync(db, merge, steps, kept, cancel);
        if (refusal is not null)
        {
            return new Refused(refusal);
        }

        merge.UndoneAt = now;
        await db.SaveChangesAsync(cancel);
        var rows = (await candidates.RowsAsync(db, candidates.Query(db).Where(c => c.Id == merge.TargetId || c.Id == merge.DuplicateId), cancel)).ToDictionary(c => c.Id);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(new MergeUndone(rows[merge.TargetId], rows[merge.DuplicateId], kept));
    }

    private static async Task<Refusal?> ReturnRecordsAsync(PlatformDb db, CandidateMerge merge, MergeSteps steps, List<KeptInMerge> kept, CancellationToken cancel)
    {
        var (interviewIds, callIds) = (steps.Interviews.Select(i => i.Id).ToList(), steps.Calls.Select(c => c.Id).ToList());
        var interviews = await db.Set<Interview>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(i => interviewIds.Contains(i.Id)).ToListAsync(cancel);
        var calls = await db.Set<Call>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(c => callIds.Contains(c.Id)).ToListAsync(cancel);
        var untouchedInterviews = interviews.Where(i => steps.Interviews.Contains(new MovedRecord(i.Id, i.Version))).ToList();
        var untouchedCalls = calls.Where(c => steps.Calls.Contains(new MovedRecord(c.Id, c.Version))).ToList();
        kept.AddRange(interviews.Except(untouchedInterviews).Select(i => new KeptInMerge("interview", null, i.Id)));
        kept.AddRange(calls.Except(untouchedCalls).Select(c => new KeptInMerge("call", null, c.Id)));
        var conflicts = await CandidateRecords.MoveAsync(db, untouchedInterviews, untouchedCalls, merge.DuplicateId, Action, cancel);
        return conflicts.Count == 0 ? null : InterviewRules.Conflict(conflicts, []);
    }
}
