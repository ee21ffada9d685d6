using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>Which run a job works at.</summary>
internal sealed record ImportOrder(Guid RunId, string Noun);

/// <summary>A long step of an import in the background. When it does not come to its end, the run is where it was before.</summary>
internal abstract class ImportStep(PlatformDb db, NounCatalog nouns) : JobKind<ImportOrder>
{
    /// <summary>Where the run is when the step failed.</summary>
    protected abstract ImportStatus Before { get; }

    protected abstract Task<JobOutcome> WorkAsync(ImportRun import, JobRun run, CurrentUser user, CancellationToken cancel);

    protected sealed override bool Allows(CurrentUser user, ImportOrder arguments) => nouns.Find(arguments.Noun, user, Level.Write) is not null;

    protected sealed override async Task<JobOutcome> RunAsync(JobRun run, ImportOrder arguments, CancellationToken cancel)
    {
        var import = await db.Set<ImportRun>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == arguments.RunId, cancel);
        return import is null ? Refusals.NotFound : await WorkAsync(import, run, run.User!, cancel);
    }

    protected sealed override async Task EndedAsync(JobRun run, ImportOrder arguments, JobOutcome? outcome, CancellationToken cancel)
    {
        var (code, detail) = (outcome?.Refusal?.Code, outcome?.Refusal?.Detail);
        var before = Before;
        db.ChangeTracker.Clear();
        await db.Set<ImportRun>().Where(r => r.Id == arguments.RunId && r.Status == ImportStatus.Running && r.JobId == run.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, before).SetProperty(r => r.ErrorCode, code).SetProperty(r => r.ErrorDetail, detail), cancel);
    }
}

internal sealed class CheckImportJob(PlatformDb db, NounCatalog nouns, ImportWork work) : ImportStep(db, nouns)
{
    private readonly PlatformDb _db = db;

    protected override ImportStatus Before => ImportStatus.Mapped;

    protected override async Task<JobOutcome> WorkAsync(ImportRun import, JobRun run, CurrentUser user, CancellationToken cancel)
    {
        if (await work.CheckAsync(import, user, (step, done, total) => run.Report(step, done, total), cancel) is { } refusal)
        {
            return refusal;
        }

        var counts = ImportFiles.Read<ImportCounts>(import.Counts);
        var result = new { ImportId = import.Id, import.Noun, counts.Create, counts.Update, counts.Unchanged, counts.Skip, counts.Error };
        await using var transaction = await _db.Database.BeginTransactionAsync(cancel);
        await _db.Set<ImportRun>().Where(r => r.Id == import.Id).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Status, ImportStatus.Validated).SetProperty(r => r.Counts, import.Counts).SetProperty(r => r.ErrorCode, (string?)null).SetProperty(r => r.ErrorDetail, (string?)null), cancel);
        await run.SucceedAsync(_db, result, cancel);
        await transaction.CommitAsync(cancel);
        return JobOutcome.Success(result);
    }
}

internal sealed class ImportJob(PlatformDb db, NounCatalog nouns, ImportWork work, BackupMaker maker) : ImportStep(db, nouns)
{
    private readonly PlatformDb _db = db;

    protected override ImportStatus Before => ImportStatus.Validated;

    protected override async Task<JobOutcome> WorkAsync(ImportRun import, JobRun run, CurrentUser user, CancellationToken cancel)
    {
        run.Report("Backing up what is there now", 0, null);
        await maker.MakeBeforeAsync(_db, BackupKind.PreImport, run.Id, cancel);
        _db.ChangeTracker.Clear();
        var outcome = await work.ApplyAsync(import, run, user, cancel);
        if (outcome.Refusal is not null)
        {
            var counts = import.Counts;
            await _db.Set<ImportRun>().Where(r => r.Id == import.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Counts, counts), cancel);
        }

        return outcome;
    }
}

internal sealed class UndoImportJob(PlatformDb db, NounCatalog nouns, ImportWork work) : ImportStep(db, nouns)
{
    protected override ImportStatus Before => ImportStatus.Completed;

    protected override Task<JobOutcome> WorkAsync(ImportRun import, JobRun run, CurrentUser user, CancellationToken cancel) => work.UndoAsync(import, run, user, cancel);
}
