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

public enum DuplicateReason
{
    Email,
    Phone,
    Name,
}

/// <summary>A candidate who may be the same person.</summary>
/// <param name="Score">0 to 1: how sure the reasons make it.</param>
public sealed record PossibleDuplicate(CandidateRow Candidate, IReadOnlyList<DuplicateReason> Reasons, double Score);

/// <summary>Two candidates who may be one person; the older record first.</summary>
/// <param name="Score">0 to 1: how sure the reasons make it.</param>
public sealed record PossiblePair(CandidateRow First, CandidateRow Second, IReadOnlyList<DuplicateReason> Reasons, double Score);

/// <summary><c>GET /candidates/{id}/duplicates</c> and <c>GET /candidates/duplicates</c>: the same mailbox, the same telephone, or a name spelled almost the same.</summary>
internal static class FindDuplicates
{
    private const int MaximumOfOne = 50;

    /// <summary>Names at least so alike by trigrams count as the same name.</summary>
    private const string Alike = "0.5";

    private const string Same =
        "b.tenant_id = a.tenant_id and a.deleted_at is null and b.deleted_at is null";

    /// <summary>Each reason leaves a doubt, and the doubts multiply: a shared mailbox 0.1, a shared telephone 0.2, a name the more the less alike.</summary>
    private const string Scored =
        $"""
         select p.first_id as "FirstId", p.second_id as "SecondId", a.email_stem = b.email_stem as "SameEmail", coalesce(a.phone_key = b.phone_key, false) as "SamePhone", n.alike >= {Alike} as "SameName",
           round((1 - (case when a.email_stem = b.email_stem then 0.1 else 1 end) * (case when a.phone_key = b.phone_key then 0.2 else 1 end)
             * (case when n.alike >= {Alike} then 1 - 0.6 * n.alike else 1 end))::numeric, 2)::double precision as "Score",
           (count(*) over ())::integer as "Total"
         from pair p
         join recruiting.candidate a on a.tenant_id = current_setting('app.tenant_id')::uuid and a.id = p.first_id
         join recruiting.candidate b on b.tenant_id = a.tenant_id and b.id = p.second_id
         cross join lateral (select similarity(lower(a.full_name), lower(b.full_name)) as alike) n
         """;

    private const string OfOne =
        $$"""
          with pair as (
            select a.id as first_id, b.id as second_id from recruiting.candidate a
            join recruiting.candidate b on {{Same}} and b.id <> a.id
              and (b.email_stem = a.email_stem or b.phone_key = a.phone_key or (b.name_key = a.name_key and similarity(lower(b.full_name), lower(a.full_name)) >= {{Alike}}))
            where a.tenant_id = current_setting('app.tenant_id')::uuid and a.id = {0})
          {{Scored}}
          order by "Score" desc, "SecondId" limit {1}
          """;

    private const string OfAll =
        $$"""
          with pair as (
            select a.id as first_id, b.id as second_id from recruiting.candidate a join recruiting.candidate b on {{Same}} and b.id > a.id and b.email_stem = a.email_stem
            union
            select a.id, b.id from recruiting.candidate a join recruiting.candidate b on {{Same}} and b.id > a.id and b.phone_key = a.phone_key
            union
            select a.id, b.id from recruiting.candidate a join recruiting.candidate b on {{Same}} and b.id > a.id and b.name_key = a.name_key
              and similarity(lower(a.full_name), lower(b.full_name)) >= {{Alike}})
          {{Scored}}
          order by "Score" desc, "FirstId", "SecondId" limit {0} offset {1}
          """;

    public static void Map(RouteGroupBuilder candidates)
    {
        candidates.Get("/{id:guid}/duplicates", One).WithName("listCandidateDuplicates").Requires(RecruitingPages.Candidates, Level.Read).WithSummary("Who may be the same person, surest first.");
        candidates.Get("/duplicates", All).WithName("listDuplicatePairs").Requires(RecruitingPages.Candidates, Level.Read).WithSummary("Pairs of candidates who may be one person, surest first.");
    }

    private static async Task<Results<Ok<ItemList<PossibleDuplicate>>, Refused>> One(Guid id, Candidates candidates, PlatformDb db, CancellationToken cancel)
    {
        if (!await candidates.Query(db).AnyAsync(c => c.Id == id, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        var pairs = await db.Database.SqlQueryRaw<Pair>(OfOne, id, MaximumOfOne).ToListAsync(cancel);
        var rows = await RowsAsync(candidates, db, pairs.Select(p => p.SecondId), cancel);
        return TypedResults.Ok(new ItemList<PossibleDuplicate>(
            [.. pairs.Where(p => rows.ContainsKey(p.SecondId)).Select(p => new PossibleDuplicate(rows[p.SecondId], p.Reasons(), p.Score))]));
    }

    private static async Task<Ok<RecordPage<PossiblePair>>> All(
        Candidates candidates, PlatformDb db, CancellationToken cancel, [FromQuery, Range(1, 1_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50)
    {
        (page, limit) = (Math.Clamp(page, 1, 1_000), Math.Clamp(limit, 1, 200));
        var pairs = await db.Database.SqlQueryRaw<Pair>(OfAll, limit, (page - 1) * limit).ToListAsync(cancel);
        var rows = await RowsAsync(candidates, db, pairs.SelectMany(p => new[] { p.FirstId, p.SecondId }), cancel);
        return TypedResults.Ok(new RecordPage<PossiblePair>(
            [.. pairs.Where(p => rows.ContainsKey(p.FirstId) && rows.ContainsKey(p.SecondId)).Select(p => new PossiblePair(rows[p.FirstId], rows[p.SecondId], p.Reasons(), p.Score))],
            pairs.Count > 0 ? pairs[0].Total : 0,
            true,
            page,
            limit,
            null));
    }

    private static async Task<Dictionary<Guid, CandidateRow>> RowsAsync(Candidates candidates, PlatformDb db, IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.Distinct().ToList();
        return (await candidates.RowsAsync(db, candidates.Query(db).Where(c => wanted.Contains(c.Id)), cancel)).ToDictionary(c => c.Id);
    }

    private sealed class Pair
    {
        public Guid FirstId { get; init; }

        public Guid SecondId { get; init; }

        public bool SameEmail { get; init; }

        public bool SamePhone { get; init; }

        public bool SameName { get; init; }

        public double Score { get; init; }

        public int Total { get; init; }

        public IReadOnlyList<DuplicateReason> Reasons() =>
            [.. new[] { (SameEmail, DuplicateReason.Email), (SamePhone, DuplicateReason.Phone), (SameName, DuplicateReason.Name) }.Where(r => r.Item1).Select(r => r.Item2)];
    }
}
