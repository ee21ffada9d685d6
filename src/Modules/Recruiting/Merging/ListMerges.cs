using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <param name="CandidateName">Null while the candidate is in the trash.</param>
/// <param name="UndoUntil">Afterwards the merge stays.</param>
public sealed record MergeRow(
    Guid Id, Guid CandidateId, string? CandidateName, Guid DuplicateId, string DuplicateName, DateTimeOffset MergedAt, Guid? MergedById, string MergedByName, DateTimeOffset UndoUntil, DateTimeOffset? UndoneAt);

/// <summary><c>GET /candidates/merges</c>: newest first.</summary>
internal static class ListMerges
{
    public static void Map(RouteGroupBuilder candidates) => candidates.Get("/merges", Handle).WithName("listCandidateMerges")
        .Requires(RecruitingPages.Candidates, Level.Read).WithSummary("Merges, newest first.");

    private static async Task<Ok<RecordPage<MergeRow>>> Handle(
        PlatformDb db, CancellationToken cancel, [FromQuery, Range(1, 1_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50)
    {
        (page, limit) = (Math.Clamp(page, 1, 1_000), Math.Clamp(limit, 1, 200));
        var merges = db.Set<CandidateMerge>().AsNoTracking();
        var total = await merges.CountAsync(cancel);
        var rows = await merges.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Skip((page - 1) * limit).Take(limit)
            .Select(m => new { m.Id, m.TargetId, Name = (string?)m.Target!.FullName, m.DuplicateId, m.DuplicateName, m.CreatedAt, m.CreatedBy, m.MergedByName, m.UndoneAt }).ToListAsync(cancel);
        return TypedResults.Ok(new RecordPage<MergeRow>(
            [.. rows.Select(m => new MergeRow(m.Id, m.TargetId, m.Name, m.DuplicateId, m.DuplicateName, m.CreatedAt, m.CreatedBy, m.MergedByName, m.CreatedAt + CandidateMerge.UndoTime, m.UndoneAt))],
            total,
            true,
            page,
            limit,
            null));
    }
}
