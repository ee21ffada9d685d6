using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;

namespace Tessera.Kernel.Backup;

/// <summary>
/// Finds the tenants whose nightly backup is due and asks for it: once for each of the tenant's days, whoever finds it first, and once
/// after a downtime however long it was; again where it failed (<see cref="BackupRetries"/>).
/// </summary>
internal sealed class BackupSchedule(TenantDbFactory databases, NpgsqlDataSource database, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Tenants begin at different moments within this time, so that not all are read at one.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromMinutes(10);

    /// <summary>How long what was read of a tenant counts; a change of its plan forgets it at once, at this node.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    /// <summary>The same while a backup is being made: it may fail, and be due again.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, (DateTimeOffset LookAgainAt, string TimeZone)> _waiting = new();

    /// <summary>Looks at this tenant again with the next round.</summary>
    public void Forget(Guid tenantId) => _waiting.TryRemove(tenantId, out _);

    /// <summary>Asks for every backup that is due now.</summary>
    /// <returns>How many were asked for.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var asked = 0;
        foreach (var (tenant, zone, createdAt) in await ActiveAsync(cancel))
        {
            var now = clock.GetUtcNow();
            if (!_waiting.TryGetValue(tenant, out var waiting) || waiting.LookAgainAt <= now || waiting.TimeZone != zone)
            {
                asked += await LookAsync(tenant, TimeZoneInfo.FindSystemTimeZoneById(zone), createdAt, now, cancel) ? 1 : 0;
            }
        }

        return asked;
    }

    private async Task<bool> LookAsync(Guid tenantId, TimeZoneInfo zone, DateTimeOffset createdAt, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = databases.Open(TenantScope.System(tenantId, "Nightly backup"));
        var plan = await BackupPlan.OfAsync(db, cancel);
        var day = LocalTime.LastDay(now, plan.At, zone);
        var dueAt = LocalTime.FirstAt(day, plan.At, zone) + JitterOf(tenantId);
        var tried = await BackupRetries.LastTryAsync(db, day, cancel);
        var again = tried is null ? null : BackupRetries.NextTryOf(tried);
        var isDue = plan.Enabled && (tried is null ? dueAt <= now && LocalTime.FirstAt(day, plan.At, zone) > createdAt : again <= now);
        var next = dueAt > now ? dueAt : LocalTime.Next(now, plan.At, zone) + JitterOf(tenantId);
        next = again > now && again < next ? again.Value : next;
        var remembered = isDue || tried is { Status: BackupStatus.Queued or BackupStatus.Running } ? UnderWay : Remembered;
        _waiting[tenantId] = (next < now + remembered ? next : now + remembered, zone.Id);
        return isDue && await AskAsync(tenantId, plan, tried?.LocalDate ?? day, (tried?.Attempt ?? 0) + 1, cancel);
    }

    private async Task<bool> AskAsync(Guid tenantId, BackupPlan plan, DateOnly day, int attempt, CancellationToken cancel)
    {
        await using var services = scopes.CreateAsyncScope();
        var db = services.ServiceProvider.GetRequiredService<PlatformDb>().Enter(TenantScope.System(tenantId, "Nightly backup"));
        var backup = services.ServiceProvider.GetRequiredService<BackupMaker>().Add(db, BackupKind.Scheduled, [.. plan.Formats.Select(Words.Parse<ExchangeFormat>)], null, day, attempt: attempt);
        try
        {
            await services.ServiceProvider.GetRequiredService<JobQueue>().EnqueueAsync<BackupJob>(
                db, "Nightly backup", new BackupJob.Arguments(backup.Id), cancel, job => backup.JobId = job.Id);
            return true;
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { ConstraintName: "ux_backup_local_date" })
        {
            // Another node found it at the same moment.
            return false;
        }
    }

    /// <summary>The same for a tenant each night.</summary>
    private static TimeSpan JitterOf(Guid tenantId)
    {
        Span<byte> bytes = stackalloc byte[16];
        tenantId.TryWriteBytes(bytes);
        return TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) % (uint)Spread.TotalSeconds);
    }

    private async Task<List<(Guid Id, string TimeZone, DateTimeOffset CreatedAt)>> ActiveAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select id, time_zone, created_at from kernel.tenant where status = 'active' order by id");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var tenants = new List<(Guid, string, DateTimeOffset)>();
        while (await reader.ReadAsync(cancel))
        {
            tenants.Add((reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return tenants;
    }
}
