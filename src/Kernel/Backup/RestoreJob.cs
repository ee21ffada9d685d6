using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Jobs;

namespace Tessera.Kernel.Backup;

/// <summary>
/// Restores from a backup: first a backup of what is there now, then everything in one transaction together with the job's success. Killed
/// at any moment it has changed nothing or all of it, and is begun again only in the first case.
/// </summary>
internal sealed class RestoreJob(PlatformDb db, BackupMaker maker, Restorer restorer, RestoreSettings settings, FileStore store, Secrets secrets, NpgsqlDataSource database) : JobKind<RestoreJob.Arguments>
{
    internal sealed record Arguments(Guid BackupId, RestoreRequest Request);

    /// <summary>What came of a restore.</summary>
    internal sealed record Result(Guid BackupId, Guid PreRestoreBackupId, int Added, int Changed, int Removed, IReadOnlyList<RestoreCount> Nouns);

    protected override bool Allows(CurrentUser user, Arguments arguments) => user.Can(KernelPages.Backup, Level.Write);

    protected override async Task<JobOutcome> RunAsync(JobRun run, Arguments arguments, CancellationToken cancel)
    {
        if (await db.Set<BackupRun>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == arguments.BackupId, cancel) is not { Status: BackupStatus.Succeeded, Sha256: { } sha256 } || !store.Has(db.TenantId, sha256))
        {
            return BackupRefusals.NotGood;
        }

        var (archive, refusal) = BackupArchive.Open(store.Open(db.TenantId, sha256), secrets);
        if (archive is null)
        {
            return refusal!;
        }

        using (archive)
        {
            return await RestoreAsync(archive, arguments.BackupId, arguments.Request, run.Report, run.Id, result => run.SucceedAsync(db, result, cancel), cancel);
        }
    }

    protected override async Task EndedAsync(JobRun run, Arguments arguments, JobOutcome? outcome, CancellationToken cancel)
    {
        if (outcome is { Refusal: null })
        {
            return;
        }

        db.ChangeTracker.Clear();
        db.LogBackup(BackupEvent.RestoreFailed, arguments.BackupId, new { Error = outcome?.Refusal?.Code ?? BackupRefusals.Interrupted.Code });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The same for an archive that lies elsewhere.</summary>
    /// <param name="archive">Where from.</param>
    /// <param name="backupId">As the log names it.</param>
    /// <param name="request">What.</param>
    /// <param name="report">Step, done, total.</param>
    /// <param name="jobId">Whose earlier run may have made the backup of before.</param>
    /// <param name="alsoCommit">What becomes true in the same transaction.</param>
    /// <param name="cancel">Breaks off; nothing has changed then.</param>
    internal async Task<JobOutcome> RestoreAsync(
        BackupArchive archive, Guid backupId, RestoreRequest request, Action<string, long, long?> report, Guid? jobId, Func<Result, Task>? alsoCommit, CancellationToken cancel)
    {
        if (archive.Fault(db.TenantId, db.GetPlatformOptions().Modules) is { } fault)
        {
            return fault;
        }

        report("Checking the backup", 0, null);
        if (await archive.VerifyAsync(cancel) is { Intact: false } damaged)
        {
            return BackupRefusals.Damaged(damaged.Problems[0], "");
        }

        report("Backing up what is there now", 0, null);
        var before = await maker.MakeBeforeAsync(db, BackupKind.PreRestore, jobId, cancel);
        await using var turn = await BackupLock.TakeAsync(database, db.TenantId, cancel);
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (counts, refusal) = await restorer.ApplyAsync(db, archive, request, (step, done, total) => report(step, done, total), cancel);
        if (counts is null)
        {
            await transaction.RollbackAsync(cancel);
            return refusal!;
        }

        var result = new Result(backupId, before.Id, counts.Sum(c => c.Added), counts.Sum(c => c.Changed), counts.Sum(c => c.Removed), counts);
        var changed = request.Noun is null ? await settings.ApplyAsync(db, archive, cancel) : [];
        db.LogBackup(
            BackupEvent.Restored,
            backupId,
            new { request.Noun, Records = request.RecordIds?.Count, request.Mode, result.Added, result.Changed, result.Removed, Settings = changed.Count == 0 ? null : string.Join(", ", changed), PreRestore = before.Id });
        await db.SaveChangesAsync(cancel);
        if (alsoCommit is not null)
        {
            await alsoCommit(result);
        }

        await transaction.CommitAsync(cancel);
        return JobOutcome.Success(result);
    }
}
