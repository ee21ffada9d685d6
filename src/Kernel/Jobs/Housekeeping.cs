using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Jobs;

/// <summary>What a host clears away: files whose time is over, drafts nobody writes any more, what people were told long ago, keys of requests nobody sends again, work inside requests that ended with their host.</summary>
internal sealed class Housekeeping(TenantDbFactory databases, FileStore store, BackupRetention retention, JobRunner runner, TimeProvider clock)
{
    /// <summary>Between its row and its run a job inside a request is nobody's, for a moment.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    public async Task RunAsync(Guid tenantId, CancellationToken cancel)
    {
        await using var db = databases.Open(TenantScope.System(tenantId, "Housekeeping"));
        await retention.RunAsync(db, cancel);
        await store.SweepAsync(db, cancel);
        var told = clock.GetUtcNow() - Notification.Life;
        await db.Set<Notification>().Where(n => n.CreatedAt < told).ExecuteDeleteAsync(cancel);
        var kept = clock.GetUtcNow() - RequestKey.Life;
        await db.Set<RequestKey>().Where(k => k.CreatedAt <= kept).ExecuteDeleteAsync(cancel);
        var before = clock.GetUtcNow() - Moment;
        foreach (var job in await db.Set<Job>().Where(j => j.IsInline && (j.Status == JobStatus.Running || (j.Status == JobStatus.Queued && j.CreatedAt < before))).Select(j => j.Id).ToListAsync(cancel))
        {
            await runner.EndInterruptedAsync(tenantId, job, cancel);
        }
    }
}
