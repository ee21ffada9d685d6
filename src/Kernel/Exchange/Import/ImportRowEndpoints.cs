using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>The rows of a run: what the dry run says about them, putting them right, leaving them out.</summary>
internal static class ImportRowEndpoints
{
    public static async Task<Results<Ok<RecordPage<ImportRowRow>>, Refused>> List(
        Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, CancellationToken cancel, [FromQuery] string? action = null, [FromQuery] bool? warnings = null, [FromQuery] string? undo = null,
        [FromQuery, Range(1, 1_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50)
    {
        if (await ImportRuns.FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        var rows = db.Set<ImportRow>().AsNoTracking().Where(r => r.RunId == run.Id);
        if (action is not null)
        {
            if (!Words.TryParse<ImportAction>(action, out var wanted))
            {
                return new Refused(Refusals.Invalid("action", $"One of: {string.Join(", ", Words.All(typeof(ImportAction)))}."));
            }

            rows = rows.Where(r => r.Action == wanted);
        }

        if (undo is not null)
        {
            if (!Words.TryParse<UndoOutcome>(undo, out var outcome))
            {
                return new Refused(Refusals.Invalid("undo", $"One of: {string.Join(", ", Words.All(typeof(UndoOutcome)))}."));
            }

            rows = rows.Where(r => r.Undo == outcome);
        }

        rows = warnings is { } with ? rows.Where(r => (r.Warnings != null) == with) : rows;
        var show = ImportRowView.Of(run);
        return TypedResults.Ok(await Paging.PageAsync(rows.OrderBy(r => r.N), page, limit, show, cancel));
    }

    public static async Task<Results<Ok<ImportRowRow>, Refused>> Fix(Guid id, int n, FixRowRequest request, HttpContext http, PlatformDb db, NounCatalog nouns, ImportWork work, CancellationToken cancel)
    {
        if (await ImportRuns.FindAsync(http, db, nouns, id, cancel) is not { } run || await db.Set<ImportRow>().AsNoTracking().FirstOrDefaultAsync(r => r.RunId == id && r.N == n, cancel) is not { } row)
        {
            return new Refused(Refusals.NotFound);
        }

        if ((ImportRuns.Closed(run) ?? (run.Status != ImportStatus.Validated ? ImportRuns.NotChecked : null)) is { } refusal)
        {
            return new Refused(refusal);
        }

        var columns = ImportFiles.Read<List<FileColumn>>(run.Columns);
        var cells = row.Cells.Take(columns.Count).ToArray();
        foreach (var (field, text) in request.Values ?? [])
        {
            var index = columns.FindIndex(c => c.Field == field);
            if (index < 0)
            {
                return new Refused(Refusals.Invalid($"values.{field}", "No column of the file is mapped to this field."));
            }

            cells[index] = string.IsNullOrEmpty(text) ? null : text;
        }

        var before = row.Cells;
        (row.Cells, row.Skipped, row.ChosenId) = (cells, request.Skip ?? row.Skipped, request.RecordId ?? row.ChosenId);
        await work.CheckRowsAsync(run, http.CurrentUser(), [row, .. await ImportRowView.NeighboursAsync(db, run, nouns.At(run.Noun), columns, row, before, cancel)], cancel);
        db.ChangeTracker.Clear();
        var counts = run.Counts;
        await db.Set<ImportRun>().Where(r => r.Id == run.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Counts, counts), cancel);
        return TypedResults.Ok(ImportRowView.Of(run)(row));
    }

    public static async Task<Results<Ok<ImportRunRow>, Refused>> SkipErrors(Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, ImportWork work, CancellationToken cancel)
    {
        if (await ImportRuns.FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        if ((ImportRuns.Closed(run) ?? (run.Status != ImportStatus.Validated ? ImportRuns.NotChecked : null)) is { } refusal)
        {
            return new Refused(refusal);
        }

        return await work.SkipErrorsAsync(run, cancel) ? TypedResults.Ok(ImportRunRow.Of(run, nouns.At(run.Noun))) : new Refused(ImportRuns.Busy);
    }

    public static async Task<Results<FileContentHttpResult, Refused>> Errors(Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, CancellationToken cancel)
    {
        if (await ImportRuns.FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        var columns = ImportFiles.Read<List<FileColumn>>(run.Columns);
        var text = new StringBuilder().Append(CsvLine.ByteOrderMark).Append(CsvLine.Of([.. columns.Select(c => c.Header), "error"]));
        await foreach (var row in db.Set<ImportRow>().AsNoTracking().Where(r => r.RunId == id && r.Action == ImportAction.Error).OrderBy(r => r.N).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var errors = ImportFiles.Read<List<RowError>>(row.Errors ?? "[]").Select(e => e.Field.Length == 0 ? e.Message : $"{e.Field}: {e.Message}");
            text.Append(CsvLine.Of([.. row.Cells.Take(columns.Count), string.Join(" ", errors)]));
        }

        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"{Path.GetFileNameWithoutExtension(run.FileName)}-errors.csv");
    }
}
