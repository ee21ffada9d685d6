using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary>Writes a backup in the background. Begun again after its host was killed, it writes the archive anew.</summary>
internal sealed class BackupJob(PlatformDb db, BackupMaker maker, NpgsqlDataSource database) : JobKind<BackupJob.Arguments>
{
    internal sealed record Arguments(Guid BackupId);

    protected override bool Allows(CurrentUser user, Arguments arguments) => user.Can(KernelPages.Backup, Level.Write);

    protected override async Task<JobOutcome> RunAsync(JobRun run, Arguments arguments, CancellationToken cancel)
    {
        await using var turn = await BackupLock.TakeAsync(database, db.TenantId, cancel);
        if (await db.Set<BackupRun>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == arguments.BackupId, cancel) is not { } waiting)
        {
            return Refusals.NotFound;
        }

        if (waiting.Status == BackupStatus.Succeeded)
        {
            return JobOutcome.Success(new { BackupId = waiting.Id });
        }

        await maker.WriteAsync(
            db, waiting.Id, (step, done, total) => run.Report(step, done, total), backup => run.SucceedAsync(db, new { BackupId = backup.Id }, cancel), cancel);
        return JobOutcome.Success(new { BackupId = waiting.Id });
    }

    protected override Task EndedAsync(JobRun run, Arguments arguments, JobOutcome? outcome, CancellationToken cancel) =>
        outcome is { Refusal: null } ? Task.CompletedTask : maker.FailAsync(db, arguments.BackupId, outcome?.Refusal?.Code ?? BackupRefusals.Interrupted.Code, cancel);
}
