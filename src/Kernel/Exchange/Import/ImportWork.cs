using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>The three long steps of an import. Each leaves the run as it was when it does not come to its end.</summary>
internal sealed partial class ImportWork(PlatformDb db, TenantDbFactory tenants, NounCatalog nouns, ImportFiles files, IServiceProvider services, TimeProvider clock)
{
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

        await using var beside = Beside();
        try
        {
            // What was said of the rows before is kept while the next ones are checked, and those after them are read.
            var kept = Task.CompletedTask;
            try
            {
                long done = 0;
                await foreach (var chunk in AheadAsync(source is null ? StoredAsync(run, cancel) : FileAsync(run, source)))
                {
                    await CheckChunkAsync(import, chunk, cancel);
                    await kept;
                    kept = KeepAsync(beside, run, chunk, isStored, cancel);
                    done += chunk.Count;
                    report("Checking", done, run.Rows);
                }
            }
            finally
            {
                await kept;
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
        List<ImportRow> chunk = [.. rows.OrderBy(r => r.N)];
        await CheckChunkAsync(import, chunk, cancel);
        await KeepAsync(db, run, chunk, isStored: true, cancel);
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

    private NounExchange NounOf(ImportRun run) => nouns.At(run.Noun);

    private NounImport ImportOf(ImportRun run, CurrentUser user)
    {
        db.Forget();
        var headers = ImportFiles.Read<List<FileColumn>>(run.Columns).Select(c => c.Header).ToList();
        return NounOf(run).Import(new ImportContext(db, user, services, clock, run.FileName, headers, ImportFiles.Read<ImportMapping>(run.Mapping!)));
    }

    private async Task CheckChunkAsync(NounImport import, List<ImportRow> chunk, CancellationToken cancel)
    {
        await using (await db.Database.BeginTransactionAsync(cancel))
        {
            // Rolled back at its end, whatever the rule did on the way.
            await PlanAnewAsync(cancel);
            await import.CheckAsync(chunk, cancel);
        }

        db.Forget();
        await import.WarnOfNearMatchesAsync(chunk, cancel);
    }

    /// <summary>A table that was nearly empty when the work began has grown since: a plan kept from then would read all of it for each chunk.</summary>
    private async Task PlanAnewAsync(CancellationToken cancel) => await db.Database.ExecuteSqlAsync($"set local plan_cache_mode = force_custom_plan", cancel);

    private static async Task KeepAsync(PlatformDb lease, ImportRun run, List<ImportRow> chunk, bool isStored, CancellationToken cancel)
    {
        await using var transaction = await lease.Database.BeginTransactionAsync(cancel);
        await (isStored ? RewriteAsync(lease, run, chunk, cancel) : InsertAsync(lease, chunk, cancel));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>A second lease of the database, for what needs nothing of the transaction at work.</summary>
    private PlatformDb Beside() => tenants.Open(db.Scope with { Guard = null });

    private static async Task InsertAsync(PlatformDb lease, IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        await TenantInterceptor.SetTenantAsync(lease, cancel);
        await BulkSave.InsertAsync(lease, lease.Model.FindEntityType(typeof(ImportRow))!, rows, cancel);
    }

    /// <summary>Puts rows in the place of what was kept of them, in the current transaction.</summary>
    private static async Task RewriteAsync(PlatformDb lease, ImportRun run, List<ImportRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var numbers = rows.Select(r => r.N).ToArray();
        await lease.Set<ImportRow>().Where(r => r.RunId == run.Id && numbers.Contains(r.N)).ExecuteDeleteAsync(cancel);
        await InsertAsync(lease, rows, cancel);
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
                await KeepAsync(db, run, rows, isStored: true, cancel);
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

    /// <summary>Rows as they were kept, read beside whatever transaction is at work.</summary>
    private async IAsyncEnumerable<List<ImportRow>> StoredAsync(ImportRun run, [EnumeratorCancellation] CancellationToken cancel, params ImportAction[] actions)
    {
        await using var beside = Beside();
        var last = 0;
        while (true)
        {
            var rows = beside.Set<ImportRow>().AsNoTracking().Where(r => r.RunId == run.Id && r.N > last);
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

    /// <summary>The same chunks, each being read while the caller works at the one before.</summary>
    private static async IAsyncEnumerable<List<ImportRow>> AheadAsync(IAsyncEnumerable<List<ImportRow>> chunks)
    {
        await using var each = chunks.GetAsyncEnumerator();
        var reading = Task.Run(async () => await each.MoveNextAsync());
        try
        {
            while (await reading)
            {
                var chunk = each.Current;
                reading = Task.Run(async () => await each.MoveNextAsync());
                yield return chunk;
            }
        }
        finally
        {
            // The source is closed only when nobody reads from it.
            await Task.WhenAny(reading);
        }
    }
}
