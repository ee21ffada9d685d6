using System.Globalization;
using System.Text.Json.Serialization;
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

namespace Tessera.Kernel.Changes;

/// <summary>One line of the audit trail.</summary>
/// <param name="Id">The change's id, as in a record's history.</param>
/// <param name="Label">What the record was called at that time.</param>
/// <param name="TargetUserId">The user it was about, where it was about one.</param>
/// <param name="Sealed">The hash chain covers it; null in an export, which does not ask.</param>
public sealed record AuditRow(
    string Id, DateTimeOffset At, ActorRef Actor, string Action, string Target, Guid? EntityId, string? Label, Guid? TargetUserId,
    IReadOnlyList<FieldChange> Changes, string? Reason, string? TraceId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Sealed)
{
    internal static AuditRow Of(Change c, bool? isSealed = null) => new(
        ChangeDiff.IdOf(c), c.At, new ActorRef(c.ActorId, c.ActorName), c.Action, c.Target, c.EntityId, c.Label, c.TargetUserId, ChangeDiff.Of(c), c.Reason, c.TraceId, isSealed);
}

/// <summary>A kind of entry that occurs.</summary>
public sealed record AuditAction(string Action, string Target);

/// <summary><c>/audit</c>: the change feed as people read it, each as much as they may see.</summary>
internal static class AuditEndpoints
{
    /// <summary>Matches are counted exactly up to here.</summary>
    private const int CountCap = 10_000;

    private static readonly Refusal OnlyOwn = new(403, "forbidden", "Only those who see more than their own actions can have the whole trail checked.");

    public static void Map(RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("audit");
        audit.Get("", List).WithName("listAudit").RequiresMember().WithMetadata(AuditQuery.Parameters(paged: true))
            .WithSummary("The audit trail, newest first: administrators see all, managers all but other people's accounts and rights, others what they did.");
        audit.Get("/actions", Actions).WithName("listAuditActions").RequiresMember().WithSummary("The actions that occur in what the caller sees.");
        audit.Get("/verify", Verify).WithName("verifyAudit").RequiresMember().WithMetadata(new DecidesAfresh())
            .WithSummary("Checks the hash chain: whether entries were changed, removed or slipped in.");
        audit.Get("/export", Export).WithName("exportAudit").RequiresMember().WithMetadata(new DecidesAfresh(), AuditQuery.Parameters(paged: false))
            .Produces<string>(contentType: "text/csv").WithSummary("The audit trail as a file, with the filters of the list.");
    }

    private static async Task<Results<Ok<RecordPage<AuditRow>>, Refused>> List(HttpContext http, PlatformDb db, AuditReading reading, CancellationToken cancel)
    {
        var (query, refusal) = AuditQuery.Parse(http.Request.Query, forExport: false);
        if (query is null)
        {
            return new Refused(refusal!);
        }

        var matching = query.Matching(AuditVisibility.Changes(db, http.CurrentUser()));
        var seals = db.Set<ChangeSeal>();
        var rows = await query.Paged(matching).AsNoTracking()
            .Select(c => new
            {
                Change = c,
                Total = matching.Select(m => m.Seq).Take(CountCap + 1).Count(),
                SealedXid = seals.OrderByDescending(s => s.Number).Select(s => (ulong?)s.LastXid).FirstOrDefault(),
                SealedSeq = seals.OrderByDescending(s => s.Number).Select(s => (long?)s.LastSeq).FirstOrDefault(),
            })
            .ToListAsync(cancel);
        var isFirst = query.Page == 1 && !query.HasCursor;
        var total = rows.Count > 0 ? rows[0].Total : isFirst ? 0 : await matching.Select(m => m.Seq).Take(CountCap + 1).CountAsync(cancel);
        var next = rows.Count == query.Limit ? AuditQuery.CursorBehind(rows[^1].Change.Xid, rows[^1].Change.Seq) : null;
        await reading.OpenedAsync(http, cancel);
        return TypedResults.Ok(new RecordPage<AuditRow>(
            [.. rows.Select(r => AuditRow.Of(r.Change, (r.Change.Xid, r.Change.Seq).CompareTo((r.SealedXid ?? 0, r.SealedSeq ?? 0)) <= 0))],
            Math.Min(total, CountCap), total <= CountCap, query.Page, query.Limit, next));
    }

    private static async Task<Ok<ItemList<AuditAction>>> Actions(HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        var actions = await AuditVisibility.Changes(db, http.CurrentUser()).Select(c => new { c.Action, c.Target }).Distinct().OrderBy(a => a.Target).ThenBy(a => a.Action).ToListAsync(cancel);
        return TypedResults.Ok(new ItemList<AuditAction>([.. actions.Select(a => new AuditAction(a.Action, a.Target))]));
    }

    private static async Task<Results<Ok<ChainReport>, Refused>> Verify(HttpContext http, PlatformDb db, AuditReading reading, ChangeVerification verification, CancellationToken cancel)
    {
        if (!AuditVisibility.SeesOthers(http.CurrentUser()))
        {
            return new Refused(OnlyOwn);
        }

        await reading.OpenedAsync(http, cancel);
        return TypedResults.Ok(await verification.VerifyAsync(db.TenantId, cancel));
    }

    private static async Task<Results<AuditExport, Refused>> Export(
        HttpContext http, PlatformDb db, AuditReading reading, TimeProvider clock, CancellationToken cancel, [FromQuery] string format = "csv")
    {
        var (query, refusal) = AuditQuery.Parse(http.Request.Query, forExport: true);
        if (query is null)
        {
            return new Refused(refusal!);
        }

        await reading.ExportedAsync(http, format, cancel);
        return new AuditExport(
            query.Matching(AuditVisibility.Changes(db, http.CurrentUser())), format, "audit-" + clock.GetUtcNow().ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture));
    }
}
