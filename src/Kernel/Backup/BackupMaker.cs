using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Files;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary>Makes one backup: from its row, by way of the archive, to the moment from which it counts.</summary>
internal sealed class BackupMaker(NpgsqlDataSource database, FileStore store, BackupWriter writer, IEnumerable<IRecordSet> nouns, TimeProvider clock)
{
    /// <summary>A new row for the scope's tenant; added, not saved.</summary>
    public BackupRun Add(PlatformDb db, BackupKind kind, IReadOnlyList<ExchangeFormat> formats, IReadOnlyList<string>? only, DateOnly? localDate = null, Guid? jobId = null, int attempt = 1)
    {
        var backup = new BackupRun
        {
            TenantId = db.TenantId,
            Kind = kind,
            Formats = [.. formats.Distinct().Select(Words.Of)],
            Nouns = only is null ? null : [.. only],
            LocalDate = localDate,
            Attempt = attempt,
            JobId = jobId,
            RequestedById = db.Scope.ActorId,
            RequestedByName = db.Scope.ActorName,
            CreatedAt = clock.GetUtcNow().ToMicroseconds(),
        };
        db.Add(backup);
        db.LogBackup(kind == BackupKind.Scheduled ? BackupEvent.Scheduled : BackupEvent.Requested, backup.Id, attempt > 1 ? new { Attempt = attempt } : null);
        return backup;
    }

    public BackupTables TablesOf(PlatformDb db) => new(db, nouns);

    /// <summary>Writes a backup at once, in its turn.</summary>
    public async Task<BackupRun> MakeAsync(PlatformDb db, BackupKind kind, IReadOnlyList<ExchangeFormat> formats, CancellationToken cancel, Guid? jobId = null)
    {
        var backup = Add(db, kind, formats, null, jobId: jobId);
        await db.SaveChangesAsync(cancel);
        await using var turn = await BackupLock.TakeAsync(database, db.TenantId, cancel);
        return await WriteAsync(db, backup.Id, (_, _, _) => { }, null, cancel);
    }

    /// <summary>The backup a job takes before it changes much; the one of an earlier run of the same job will do.</summary>
    public async Task<BackupRun> MakeBeforeAsync(PlatformDb db, BackupKind kind, Guid? jobId, CancellationToken cancel) =>
        await db.Set<BackupRun>().AsNoTracking().FirstOrDefaultAsync(b => jobId != null && b.JobId == jobId && b.Kind == kind && b.Status == BackupStatus.Succeeded, cancel)
            ?? await MakeAsync(db, kind, [], cancel, jobId);

    /// <summary>Writes the archive of a row that is waiting; the caller holds the <see cref="BackupLock"/>. Nothing counts before all of it does.</summary>
    /// <param name="db">In the tenant's scope, outside a transaction.</param>
    /// <param name="backupId">Which.</param>
    /// <param name="report">Step, done, total.</param>
    /// <param name="alsoCommit">What becomes true in the same transaction.</param>
    /// <param name="cancel">Breaks off; <see cref="FailAsync"/> then says so in the row.</param>
    public async Task<BackupRun> WriteAsync(PlatformDb db, Guid backupId, Action<string, long, long> report, Func<BackupRun, Task>? alsoCommit, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var backup = await db.Set<BackupRun>().FirstAsync(b => b.Id == backupId, cancel);
        var isFirst = backup.StartedAt is null;
        backup.Status = BackupStatus.Running;
        backup.StartedAt ??= clock.GetUtcNow().ToMicroseconds();
        if (isFirst)
        {
            db.LogBackup(BackupEvent.Started, backup.Id);
        }

        await db.SaveChangesAsync(cancel);
        try
        {
            await using var draft = store.Create(db.TenantId);
            var tables = TablesOf(db).All.Where(t => backup.Nouns is null || (t.Noun is { } noun && backup.Nouns.Contains(noun))).ToList();
            var manifest = await writer.WriteAsync(db.TenantId, backup.Id, tables, [.. backup.Formats.Select(Words.Parse<ExchangeFormat>)], draft, report, cancel);
            var content = await draft.CompleteAsync("backup.zip", cancel);
            await SucceedAsync(db, backup, manifest, content, alsoCommit, cancel);
            return backup;
        }
        catch (Exception failed)
        {
            db.ChangeTracker.Clear();
            if (failed is not OperationCanceledException)
            {
                await FailAsync(db, backupId, "unexpected_error", CancellationToken.None);
            }

            throw;
        }
    }

    /// <summary>Says in the row that it did not come to a good end; one that did stays good.</summary>
    public async Task FailAsync(PlatformDb db, Guid backupId, string error, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var backup = await db.Set<BackupRun>().FirstOrDefaultAsync(b => b.Id == backupId && (b.Status == BackupStatus.Queued || b.Status == BackupStatus.Running), cancel);
        if (backup is not null)
        {
            (backup.Status, backup.Error, backup.FinishedAt) = (BackupStatus.Failed, error, clock.GetUtcNow().ToMicroseconds());
            db.LogBackup(BackupEvent.Failed, backup.Id, new { Error = error, NextTry = BackupRetries.NextTryOf(backup) });
            if (backup is { Kind: BackupKind.Scheduled, LocalDate: { } night } && error != BackupRefusals.Interrupted.Code)
            {
                var admins = await db.Set<User>().Where(u => u.Role == Role.Admin && u.Active).Select(u => u.Id).ToListAsync(cancel);
                db.Notify(KernelNotifications.BackupFailed, admins, new Notice("The nightly backup failed", $"backup:{night:O}") { Body = "It is tried again soon. The log of the backups tells more." });
            }

            await db.SaveChangesAsync(cancel);
        }
    }

    private async Task SucceedAsync(PlatformDb db, BackupRun backup, BackupManifest manifest, FileContent content, Func<BackupRun, Task>? alsoCommit, CancellationToken cancel)
    {
        var plan = await BackupPlan.OfAsync(db, cancel);
        var now = clock.GetUtcNow().ToMicroseconds();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var file = store.Keep(db, content, FilePurpose.Backup, await NameAsync(db, backup, cancel));
        backup.FileId = file.Id;
        backup.Size = content.Size;
        backup.Sha256 = content.Sha256;
        backup.RowCounts = JsonSerializer.Serialize(manifest.Tables.ToDictionary(t => t.Noun ?? t.Table, t => t.Rows), PlatformJson.Options);
        backup.FileCount = manifest.Files.Count;
        backup.SchemaVersion = manifest.SchemaVersion;
        backup.Status = BackupStatus.Succeeded;
        backup.FinishedAt = now;
        backup.ExpiresAt = now.AddDays(plan.RetentionDays);
        db.LogBackup(BackupEvent.Succeeded, backup.Id, new { backup.Size, backup.Sha256, Fallback = FallbackOf(manifest) });
        await db.SaveChangesAsync(cancel);
        if (alsoCommit is not null)
        {
            await alsoCommit(backup);
        }

        await transaction.CommitAsync(cancel);
    }

    private static string? FallbackOf(BackupManifest manifest) => manifest.Fallbacks.Count == 0 ? null
        : string.Join(" ", manifest.Fallbacks.Select(f => $"CSV instead of {f.Format.ToUpperInvariant()} for {f.Noun}: {f.Reason}"));

    /// <summary><c>northlight-2026-11-21-0200.zip</c>, by the tenant's clock.</summary>
    private static async Task<string> NameAsync(PlatformDb db, BackupRun backup, CancellationToken cancel)
    {
        var tenant = await db.Set<Tenant>().Where(t => t.Id == db.TenantId).Select(t => new { t.Slug, t.TimeZone }).FirstAsync(cancel);
        return $"{tenant.Slug}-{TimeZoneInfo.ConvertTime(backup.StartedAt!.Value, TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZone)):yyyy-MM-dd-HHmm}.zip";
    }
}
