using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tessera.Kernel.Database;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Changes;

/// <summary>Settings <c>Tessera</c>, the part about the audit trail.</summary>
public sealed record AuditOptions
{
    /// <summary>Days after which changes leave the database for the archive.</summary>
    [Range(30, 36_500)]
    public int AuditRetentionDays { get; set; } = 400;
}

/// <summary>
/// Takes whole days that are older than the retention out of the feed: first into the archive, then out of the table, with the
/// last link they had as the anchor of the chain that stays. Due once a day by the tenant's own calendar; the links tell
/// whether it was done, so a second run finds nothing, on whichever node.
/// </summary>
internal sealed class ChangeRetention(TenantDbFactory databases, ChangeArchive archive, ChainHeads heads, IOptions<AuditOptions> options, TimeProvider clock, ILogger<ChangeRetention> logger)
{
    /// <returns>False when another node is sealing or purging this tenant.</returns>
    public async Task<bool> RunAsync(Guid tenantId, CancellationToken cancel)
    {
        await using var db = databases.Open(TenantScope.System(tenantId));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await db.Set<Tenant>().Where(t => t.Id == tenantId).Select(t => t.TimeZone).FirstAsync(cancel));
        var now = clock.GetUtcNow().ToMicroseconds();
        var cutOff = LocalTime.FirstAt(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(-options.Value.AuditRetentionDays), TimeOnly.MinValue, zone);
        if (await LastBeforeAsync(db, cutOff, cancel) is null)
        {
            return true;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtextextended({ChangeSealer.LockName(tenantId)}, 0)) as \"Value\"").ToListAsync(cancel))[0])
        {
            return false;
        }

        if (await LastBeforeAsync(db, cutOff, cancel) is not { } last)
        {
            return true;
        }

        var first = await db.Set<ChangeSeal>().MinAsync(s => s.ArchivedAt == null ? s.Number : s.Number + 1, cancel);
        var going = db.Changes.AsNoTracking().Where(c => c.Xid <= last.LastXid && (c.Xid < last.LastXid || c.Seq <= last.LastSeq))
            .OrderBy(c => c.At).ThenBy(c => c.Xid).ThenBy(c => c.Seq);
        var days = await archive.WriteAsync(tenantId, first, going.AsAsyncEnumerable(), zone, cancel);
        var purged = (await db.Database.SqlQuery<long>($"select kernel.purge_changes({last.Number}, {now}) as \"Value\"").ToListAsync(cancel))[0];
        if (purged != days.Sum(d => d.Count))
        {
            throw new InvalidOperationException($"The archive holds {days.Sum(d => d.Count)} changes and {purged} would be removed.");
        }

        db.Note(new Change { Action = "archive_audit", Target = "audit", After = JsonSerializer.Serialize(new { Before = cutOff, Rows = purged, Days = days.Count }, PlatformJson.Options) });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (await heads.ReadAsync(tenantId, cancel) is { } head)
        {
            await heads.WriteAsync(tenantId, head with { AnchorNumber = last.Number, AnchorHash = Convert.ToHexStringLower(last.Hash) }, cancel);
        }

        logger.LogInformation("Archived {Rows} changes of {Tenant} before {CutOff}", purged, tenantId, cutOff);
        return true;
    }

    /// <summary>The last link of the chain's beginning in which every change is older; null when there is none that still has changes.</summary>
    private static async Task<ChangeSeal?> LastBeforeAsync(PlatformDb db, DateTimeOffset cutOff, CancellationToken cancel)
    {
        var seals = db.Set<ChangeSeal>().AsNoTracking();
        var old = seals.Where(s => !seals.Any(younger => younger.Number <= s.Number && younger.NewestAt >= cutOff));
        return await old.OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancel) is { ArchivedAt: null } last ? last : null;
    }
}
