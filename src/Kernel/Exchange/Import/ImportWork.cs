using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>The three long steps of an import. Each leaves the run as it was when it does not come to its end.</summary>
internal sealed class ImportWork(PlatformDb db, NounCatalog nouns, ImportFiles files, IServiceProvider services, TimeProvider clock)
{
    private static readonly Refusal HasErrors = new(409, "import_has_errors", "Some rows have errors: put them right or leave them out. Nothing was written.");

    /// <summary>The dry run: what would happen to each row is written beside it, and nothing else.</summary>
    public async Task<Refusal?> CheckAsync(ImportRun run, CurrentUser user, Action<string, long, long?> report, CancellationToken cancel)
    {
        var import = ImportOf(run, user);
        var stored = await db.Set<ImportRow>().CountAsync(r => r.RunId == run.Id, cancel);

        // Rows that were put right by hand are checked as they are; a check that was broken off begins anew, from the file.
        var isStored = stored == run.Rows;
        if (!isStored && stored > 0)
        {
            await db.Set<ImportRow>().Where(r => r.RunId == run.Id).ExecuteDeleteAsync(cancel);
        }

        var mapping = ImportFiles.Read<ImportMapping>(run.Mapping!);
        var detection = ImportFiles.Read<ImportDetection>(run.Detection);
        RowSource? source = null;
        if (!isStored)
        {
            (source, var refusal) = await files.OpenAsync(db, run.FileId, new ReadingChoice(NounOf(run).Name, mapping.Encoding ?? detection.Encoding, mapping.Delimiter ?? detection.Delimiter, mapping.Sheet ?? detection.Sheet), cancel);
            if (source is null)
            {
                return refusal;
            }
        }

        try
        {
            long done = 0;
            await foreach (var chunk in source is null ? StoredAsync(run, cancel) : FileAsync(run, source))
            {
                await CheckChunkAsync(import, run, chunk, isStored, cancel);
                done += chunk.Count;
                report("Checking", done, run.Rows);
            }
        }
        catch (UnreadableFileException unreadable)
        {
            await db.Set<ImportRow>().Where(r => r.RunId == run.Id).ExecuteDeleteAsync(cancel);
            return unreadable.Refusal;
        }

        await MarkTwinsAsync(run, import.Twins, cancel);
        run.Counts = ImportFiles.Json(await CountAsync(run, cancel));
        return null;
    }

    /// <summary>Checks a few stored rows anew, together: what was put right in one may settle another.</summary>
    public async Task CheckRowsAsync(ImportRun run, CurrentUser user, IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        var import = ImportOf(run, user);
        await CheckChunkAsync(import, run, [.. rows.OrderBy(r => r.N)], isStored: true, cancel);
        run.Counts = ImportFiles.Json(await CountAsync(run, cancel));
    }

    /// <summary>
    /// Leaves out every row that has an error. What the others say stays true: a row that clashes with one of them has that error too.
    /// </summary>
    /// <returns>False when the run has begun to be checked or applied meanwhile.</returns>
    public async Task<bool> SkipErrorsAsync(ImportRun run, CancellationToken cancel)
    {
        db.Forget();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);

        // Holding the run keeps it from being put to work until its rows and their counts agree again.
        if (await db.Set<ImportRun>().Where(r => r.Id == run.Id && r.Status == ImportStatus.Validated).ExecuteUpdateAsync(set => set.SetProperty(r => r.ErrorCode, (string?)null).SetProperty(r => r.ErrorDetail, (string?)null), cancel) == 0)
        {
            return false;
        }

        await db.Set<ImportRow>().Where(r => r.RunId == run.Id && r.Action == ImportAction.Error).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Skipped, true).SetProperty(r => r.Action, ImportAction.Skip).SetProperty(r => r.Errors, (string?)null).SetProperty(r => r.Warnings, (string?)null), cancel);
        run.Counts = ImportFiles.Json(await CountAsync(run, cancel));
        (run.ErrorCode, run.ErrorDetail) = (null, null);
        var counts = run.Counts;
        await db.Set<ImportRun>().Where(r => r.Id == run.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Counts, counts), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Writes everything in one transaction, with the end of the run and of the job in it.</summary>
    public async Task<JobOutcome> ApplyAsync(ImportRun run, JobRun job, CurrentUser user, CancellationToken cancel)
    {
        var import = ImportOf(run, user);
        var counts = ImportFiles.Read<ImportCounts>(run.Counts);
        var failed = new List<ImportRow>();
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        await using (transaction)
        {
            await TakeTurnAsync(run, cancel);
            long done = 0;
            await foreach (var chunk in StoredAsync(run, cancel, ImportAction.Create, ImportAction.Update))
            {
                var foretold = chunk.ConvertAll(row => row.Foretold());
                if (!await import.ApplyAsync(chunk, cancel))
                {
                    failed.AddRange(chunk.Where(r => r.Action == ImportAction.Error));
                    break;
                }

                await RewriteAsync(run, [.. chunk.Where((row, i) => row.Foretold() != foretold[i])], cancel);
                done += chunk.Count;
                job.Report("Writing", done, counts.Create + counts.Update);
            }

            if (failed.Count == 0)
            {
                var result = await CompleteAsync(run, cancel);
                await job.SucceedAsync(db, result, cancel);
                await transaction.CommitAsync(cancel);
                await files.RemoveAsync(db, run.FileId, CancellationToken.None);
                return JobOutcome.Success(result);
            }
        }

        // The transaction is gone; the rows that stopped it say why.
        db.Forget();
        await InTransactionAsync(() => RewriteAsync(run, failed, cancel), cancel);
        run.Counts = ImportFiles.Json(await CountAsync(run, cancel));
        return HasErrors.With("rows", failed.Take(10).Select(r => r.N).ToArray());
    }

    /// <summary>Takes an applied run back, in one transaction; what people changed since stays.</summary>
    public async Task<JobOutcome> UndoAsync(ImportRun run, JobRun job, CurrentUser user, CancellationToken cancel)
    {
        var import = ImportOf(run, user);
        var applied = ImportFiles.Read<ImportCounts>(run.Counts);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await TakeTurnAsync(run, cancel);
        var (reversed, kept, blocked) = (0, 0, 0);

        await foreach (var chunk in StoredAsync(run, cancel, ImportAction.Create, ImportAction.Update))
        {
            await import.UndoAsync(chunk, cancel);
            await RewriteAsync(run, chunk, cancel);
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

    private NounExchange NounOf(ImportRun run) => nouns.At(run.Noun);

    private NounImport ImportOf(ImportRun run, CurrentUser user)
    {
        db.Forget();
        var headers = ImportFiles.Read<List<FileColumn>>(run.Columns).Select(c => c.Header).ToList();
        return NounOf(run).Import(new ImportContext(db, user, services, clock, run.FileName, headers, ImportFiles.Read<ImportMapping>(run.Mapping!)));
    }

    private async Task CheckChunkAsync(NounImport import, ImportRun run, IReadOnlyList<ImportRow> chunk, bool isStored, CancellationToken cancel)
    {
        await using (await db.Database.BeginTransactionAsync(cancel))
        {
            // Rolled back at its end, whatever the rule did on the way.
            await import.CheckAsync(chunk, cancel);
        }

        db.Forget();
        await import.WarnOfNearMatchesAsync(chunk, cancel);
        await InTransactionAsync(() => isStored ? RewriteAsync(run, chunk, cancel) : InsertAsync(chunk, cancel), cancel);
    }

    private async Task InTransactionAsync(Func<Task> work, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await work();
        await transaction.CommitAsync(cancel);
    }

    private async Task InsertAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        await TenantInterceptor.SetTenantAsync(db, cancel);
        await BulkSave.InsertAsync(db, db.Model.FindEntityType(typeof(ImportRow))!, rows, cancel);
    }

    /// <summary>Puts rows in the place of what was kept of them, in the current transaction.</summary>
    private async Task RewriteAsync(ImportRun run, IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var numbers = rows.Select(r => r.N).ToArray();
        await db.Set<ImportRow>().Where(r => r.RunId == run.Id && numbers.Contains(r.N)).ExecuteDeleteAsync(cancel);
        await InsertAsync(rows, cancel);
    }

    private async Task MarkTwinsAsync(ImportRun run, IReadOnlyDictionary<int, int> twins, CancellationToken cancel)
    {
        foreach (var numbers in twins.Keys.Chunk(NounImport.ChunkSize))
        {
            var rows = await db.Set<ImportRow>().AsNoTracking().Where(r => r.RunId == run.Id && numbers.Contains(r.N) && r.Action != ImportAction.Error).ToListAsync(cancel);
            foreach (var row in rows)
            {
                (row.Action, row.Errors) = (ImportAction.Error, ImportFiles.Json(new[] { NounImport.Twin(twins[row.N]) }));
            }

            if (rows.Count > 0)
            {
                await InTransactionAsync(() => RewriteAsync(run, rows, cancel), cancel);
            }
        }
    }

    private async Task<ImportCounts> CountAsync(ImportRun run, CancellationToken cancel)
    {
        var counts = await db.Set<ImportRow>().Where(r => r.RunId == run.Id).GroupBy(r => r.Action).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return new ImportCounts(
            counts.GetValueOrDefault(ImportAction.Create), counts.GetValueOrDefault(ImportAction.Update), counts.GetValueOrDefault(ImportAction.Unchanged),
            counts.GetValueOrDefault(ImportAction.Skip), counts.GetValueOrDefault(ImportAction.Error));
    }

#pragma warning disable CS1998 // A file is read synchronously; the caller takes both sources alike.
    private static async IAsyncEnumerable<List<ImportRow>> FileAsync(ImportRun run, RowSource source)
#pragma warning restore CS1998
    {
        foreach (var rows in source.Rows().Chunk(NounImport.ChunkSize))
        {
            yield return [.. rows.Select(row => new ImportRow { TenantId = run.TenantId, RunId = run.Id, N = row.N, Cells = row.Cells })];
        }
    }

    private async IAsyncEnumerable<List<ImportRow>> StoredAsync(
        ImportRun run, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel, params ImportAction[] actions)
    {
        var last = 0;
        while (true)
        {
            var rows = db.Set<ImportRow>().AsNoTracking().Where(r => r.RunId == run.Id && r.N > last);
            rows = actions.Length == 0 ? rows : rows.Where(r => actions.Contains(r.Action));
            var chunk = await rows.OrderBy(r => r.N).Take(NounImport.ChunkSize).ToListAsync(cancel);
            if (chunk.Count == 0)
            {
                yield break;
            }

            last = chunk[^1].N;
            yield return chunk;
        }
    }
}
