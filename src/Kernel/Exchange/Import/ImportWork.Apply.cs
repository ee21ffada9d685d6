using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>What is written for good: a checked run, and its way back. Each is one transaction.</summary>
internal sealed partial class ImportWork
{
    private static readonly Refusal HasErrors = new(409, "import_has_errors", "Some rows have errors: put them right or leave them out. Nothing was written.");

    /// <summary>
    /// Writes everything in one transaction, with the end of the run and of the job in it. First in haste: the dry run is believed, and
    /// while PostgreSQL writes some rows the next are made ready. What stops that is looked into by a second attempt with all care.
    /// </summary>
    public async Task<JobOutcome> ApplyAsync(ImportRun run, JobRun job, CurrentUser user, CancellationToken cancel)
    {
        var failed = new List<ImportRow>();
        var result = await TryAsync(run, job, user, isHasty: true, failed, cancel) ?? await TryAsync(run, job, user, isHasty: false, failed, cancel);
        if (result is not null)
        {
            await files.RemoveAsync(db, run.FileId, CancellationToken.None);
            return JobOutcome.Success(result);
        }

        // The transaction is gone; the rows that stopped it say why.
        await KeepAsync(db, run, failed, isStored: true, cancel);
        run.Counts = ImportFiles.Json(await CountAsync(run, cancel));
        return HasErrors.With("rows", failed.Take(10).Select(r => r.N).ToArray());
    }

    /// <summary>One attempt at writing everything.</summary>
    /// <returns>What the job says of it; null when nothing was written. After an attempt with care the rows that stopped it are in <paramref name="failed"/>.</returns>
    private async Task<object?> TryAsync(ImportRun run, JobRun job, CurrentUser user, bool isHasty, List<ImportRow> failed, CancellationToken cancel)
    {
        var import = ImportOf(run, user);
        var counts = ImportFiles.Read<ImportCounts>(run.Counts);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            await TakeTurnAsync(run, cancel);
            await PlanAnewAsync(cancel);
            long done = 0;
            await foreach (var chunk in AheadAsync(StoredAsync(run, cancel, ImportAction.Create, ImportAction.Update)))
            {
                var foretold = chunk.ConvertAll(row => row.Foretold());
                if (!await (isHasty ? import.ApplyInHasteAsync(chunk, cancel) : import.ApplyAsync(chunk, cancel)))
                {
                    failed.AddRange(isHasty ? [] : chunk.Where(r => r.Action == ImportAction.Error));
                    return null;
                }

                await RewriteAsync(db, run, [.. chunk.Where((row, i) => row.Foretold() != foretold[i])], cancel);
                done += chunk.Count;
                job.Report("Writing", done, counts.Create + counts.Update);
            }

            var result = await CompleteAsync(run, cancel);
            await job.SucceedAsync(db, result, cancel);
            await transaction.CommitAsync(cancel);
            return result;
        }
        catch (Exception refused) when (isHasty && (refused is DbUpdateException || refused.GetBaseException() is Npgsql.PostgresException))
        {
            return null;
        }
        finally
        {
            // The connection is free before the transaction ends; what failed on it has been heard, or another failure came first.
            await Task.WhenAny(db.SettledAsync());
            db.Forget();
        }
    }

    /// <summary>Takes an applied run back, in one transaction; what people changed since stays.</summary>
    public async Task<JobOutcome> UndoAsync(ImportRun run, JobRun job, CurrentUser user, CancellationToken cancel)
    {
        var import = ImportOf(run, user);
        var applied = ImportFiles.Read<ImportCounts>(run.Counts);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await TakeTurnAsync(run, cancel);
        var (reversed, kept, blocked) = (0, 0, 0);

        await foreach (var chunk in AheadAsync(StoredAsync(run, cancel, ImportAction.Create, ImportAction.Update)))
        {
            await import.UndoAsync(chunk, cancel);
            await RewriteAsync(db, run, chunk, cancel);
            reversed += chunk.Count(r => r.Undo == UndoOutcome.Reversed);
            kept += chunk.Count(r => r.Undo == UndoOutcome.Kept);
            blocked += chunk.Count(r => r.Undo == UndoOutcome.Blocked);
            job.Report("Undoing", reversed + kept + blocked, applied.Create + applied.Update);
        }

        run.Status = ImportStatus.Undone;
        run.Undo = ImportFiles.Json(new ImportUndo(reversed, kept, blocked, clock.GetUtcNow().ToMicroseconds(), new ActorRef(user.UserId, user.FullName)));
        (run.ErrorCode, run.ErrorDetail) = (null, null);
        db.Update(run);
        var result = new { ImportId = run.Id, run.Noun, reversed, kept, blocked };
        db.Note(new Change { Action = "undo_import", Target = NounOf(run).Target, Label = run.FileName, After = ImportFiles.Json(new { reversed, kept, blocked }) });
        await db.SaveChangesAsync(cancel);
        await job.SucceedAsync(db, result, cancel);
        await transaction.CommitAsync(cancel);
        return JobOutcome.Success(result);
    }

    /// <summary>Imports write a noun one after the other: two that have records in common in another order would wait for each other for ever.</summary>
    private async Task TakeTurnAsync(ImportRun run, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"import:{db.TenantId}:{run.Noun}"}, 0))", cancel);

    private async Task<object> CompleteAsync(ImportRun run, CancellationToken cancel)
    {
        var counts = await CountAsync(run, cancel);
        run.Counts = ImportFiles.Json(counts);
        run.Status = ImportStatus.Completed;
        run.FinishedAt = clock.GetUtcNow().ToMicroseconds();
        (run.ErrorCode, run.ErrorDetail) = (null, null);
        db.Update(run);
        db.Note(new Change { Action = "import_data", Target = NounOf(run).Target, Label = run.FileName, After = ImportFiles.Json(new { noun = run.Noun, format = run.Format, counts }) });
        await db.SaveChangesAsync(cancel);
        return new { ImportId = run.Id, run.Noun, counts.Create, counts.Update, counts.Unchanged, counts.Skip };
    }
}
