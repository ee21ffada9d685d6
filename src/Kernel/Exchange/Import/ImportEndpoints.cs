using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary><c>/exchange/imports</c>: upload, map, check, put right, apply, undo. A run is its author's, and administrators see all.</summary>
internal static class ImportEndpoints
{
    private static readonly Refusal Busy = new(409, "import_running", "This import is at work: wait for its job.");

    private static readonly Refusal Done = new(409, "import_done", "This import has been applied already.");

    private static readonly Refusal NotMapped = new(409, "not_mapped", "Say first which column is which field.");

    private static readonly Refusal NotChecked = new(409, "not_checked", "Check the rows first.");

    private static readonly Refusal HasErrors = new(409, "import_has_errors", "Some rows have errors: put them right or leave them out.");

    private static readonly Refusal NotApplied = new(409, "not_applied", "Only an import that was applied can be undone, and once.");

    public static void Map(RouteGroupBuilder exchange, ExchangeOptions options)
    {
        var imports = exchange.MapGroup("/imports");
        imports.Post("", Upload).WithName("createImport").RequiresMember().WithMetadata(new RequestSizeLimitAttribute(options.MaxFileBytes + 1))
            .Accepts<Stream>("application/octet-stream").WithSummary("Takes a file in and says what it is; its type is found by its content.");
        imports.Get("", List).WithName("listImports").RequiresMember().WithSummary("Imports, newest first: one's own; administrators see all.");
        imports.Get("/{id:guid}", Read).WithName("getImport").RequiresMember().WithSummary("One import.");
        imports.Put("/{id:guid}/mapping", SetMapping).WithName("mapImport").RequiresMember().WithSummary("Says which column is which field, and how to read and match.");
        imports.Post("/{id:guid}/check", Check).WithName("checkImport").RequiresMember().WithSummary("The dry run: what would happen to each row. Many rows are checked in the background.");
        imports.Get("/{id:guid}/rows", Rows).WithName("listImportRows").RequiresMember().WithSummary("Rows of the dry run, or of the report.");
        imports.Patch("/{id:guid}/rows/{n:int}", Fix).WithName("fixImportRow").RequiresMember().WithSummary("Puts a row right, leaves it out, or says which record it is about.");
        imports.Post("/{id:guid}/apply", Apply).WithName("applyImport").RequiresMember().WithSummary("Writes all rows, or none.");
        imports.Post("/{id:guid}/undo", Undo).WithName("undoImport").RequiresMember().WithSummary("Takes the import back; records changed since stay.");
        imports.Delete("/{id:guid}", Remove).WithName("deleteImport").RequiresMember().WithSummary("Forgets an import that was not applied.");
        imports.Get("/{id:guid}/errors", Errors).WithName("downloadImportErrors").RequiresMember().Produces<string>(contentType: "text/csv").WithSummary("The rows with errors as CSV: the file's own columns and what is wrong.");
    }

    private static async Task<Results<Created<ImportRunRow>, Refused>> Upload(
        HttpContext http, PlatformDb db, NounCatalog nouns, ImportFiles files, TimeProvider clock, CancellationToken cancel, [FromQuery, Required, MaxLength(200)] string noun, [FromQuery, MaxLength(255)] string? fileName = null)
    {
        var user = http.CurrentUser();
        if (nouns.Find(noun, user, Level.Write) is not { } target)
        {
            return new Refused(nouns.Addresses.Contains(noun) ? new Refusal(403, "forbidden", "You may not change these records.") : Refusals.Invalid("noun", "There is no such noun."));
        }

        var name = Text.OrNull(fileName) is { } given && TextRules.IsClean(given) ? given : target.Noun;
        var (file, refusal) = await files.ReceiveAsync(db, http.Request.Body, name, cancel);
        if (file is null)
        {
            return new Refused(refusal!);
        }

        await db.SaveChangesAsync(cancel);
        (var source, refusal) = await files.OpenAsync(db, file.Id, new ReadingChoice(target.Name, null, null, null), cancel);
        var (columns, rows, unreadable) = source is null ? (null, 0, refusal) : ImportFiles.Survey(source);
        if (columns is null)
        {
            await files.RemoveAsync(db, file.Id, cancel);
            return new Refused(unreadable!);
        }

        var signature = ColumnGuess.SignatureOf(source!.Headers);
        var run = new ImportRun
        {
            TenantId = db.TenantId,
            Noun = target.Address,
            FileName = name,
            Format = source.Format,
            FileId = file.Id,
            Rows = rows,
            Detection = ImportFiles.Json(source.Detection),
            Columns = ImportFiles.Json(ColumnGuess.Guess(columns, target, await RememberedAsync(db, target.Address, signature, cancel))),
            Signature = signature,
            Counts = ImportFiles.Json(new ImportCounts()),
            ActorId = user.UserId,
            ActorName = user.FullName,
            CreatedAt = clock.GetUtcNow().ToMicroseconds(),
        };
        db.Add(run);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/v1/exchange/imports/{run.Id}", RowOf(run, target));
    }

    private static async Task<Results<Ok<RecordPage<ImportRunRow>>, Refused>> List(
        HttpContext http, PlatformDb db, NounCatalog nouns, CancellationToken cancel, [FromQuery, MaxLength(200)] string? noun = null, [FromQuery, Range(1, 1_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50)
    {
        var user = http.CurrentUser();
        var writable = nouns.ReadableBy(user).Where(n => user.Can(n.Page, Level.Write) && (noun is null || n.Address == noun)).ToDictionary(n => n.Address, StringComparer.Ordinal);
        var addresses = writable.Keys.ToArray();
        var runs = db.Set<ImportRun>().AsNoTracking().Where(Visible(user)).Where(r => addresses.Contains(r.Noun)).OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id);
        return TypedResults.Ok(await Paging.PageAsync(runs, page, limit, run => RowOf(run, writable[run.Noun]), cancel));
    }

    private static async Task<Results<Ok<ImportRunRow>, Refused>> Read(Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, CancellationToken cancel) =>
        await FindAsync(http, db, nouns, id, cancel) is { } run ? TypedResults.Ok(RowOf(run, nouns.At(run.Noun))) : new Refused(Refusals.NotFound);

    private static async Task<Results<Ok<ImportRunRow>, Refused>> SetMapping(Guid id, ImportMapping mapping, HttpContext http, PlatformDb db, NounCatalog nouns, ImportFiles files, TimeProvider clock, CancellationToken cancel)
    {
        if (await FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        if (Closed(run) is { } closed)
        {
            return new Refused(closed);
        }

        var noun = nouns.At(run.Noun);
        var columns = ImportFiles.Read<List<FileColumn>>(run.Columns);
        var detection = ImportFiles.Read<ImportDetection>(run.Detection);
        var isReadAnew = (mapping.Encoding ?? detection.Encoding) != detection.Encoding || (mapping.Delimiter ?? detection.Delimiter) != detection.Delimiter || (mapping.Sheet ?? detection.Sheet) != detection.Sheet;
        if (isReadAnew)
        {
            var (source, refusal) = await files.OpenAsync(db, run.FileId, new ReadingChoice(noun.Name, mapping.Encoding ?? detection.Encoding, mapping.Delimiter ?? detection.Delimiter, mapping.Sheet ?? detection.Sheet), cancel);
            var (found, rows, unreadable) = source is null ? (null, 0, refusal) : ImportFiles.Survey(source);
            if (found is null)
            {
                return new Refused(unreadable!);
            }

            run.Signature = ColumnGuess.SignatureOf(source!.Headers);
            columns = [.. ColumnGuess.Guess(found, noun, await RememberedAsync(db, noun.Address, run.Signature, cancel))];
            (run.Rows, run.Detection) = (rows, ImportFiles.Json(source.Detection));
        }

        // Other headers than the person saw: what they said about the former ones says nothing, and they choose again.
        var headersChanged = isReadAnew && !mapping.Columns!.Keys.All(header => columns.Exists(c => c.Header == header));
        if (headersChanged)
        {
            run.Mapping = null;
        }
        else
        {
            if (Fault(mapping, columns, noun) is { } fault)
            {
                return new Refused(fault);
            }

            columns = [.. columns.Select(c => c with { Field = mapping.FieldOf(c.Header), Confidence = mapping.FieldOf(c.Header) == c.Field ? c.Confidence : MappingConfidence.None })];
            run.Mapping = ImportFiles.Json(mapping);
            await RememberAsync(db, noun.Address, run.Signature, mapping, clock, cancel);
        }

        run.Columns = ImportFiles.Json(columns);
        run.Status = headersChanged ? ImportStatus.Uploaded : ImportStatus.Mapped;
        run.Counts = ImportFiles.Json(new ImportCounts());
        (run.ErrorCode, run.ErrorDetail) = (null, null);
        if (isReadAnew)
        {
            await db.Set<ImportRow>().Where(r => r.RunId == run.Id).ExecuteDeleteAsync(cancel);
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(RowOf(run, noun));
    }

    private static async Task<Results<Ok<ImportRunRow>, Accepted<ImportRunRow>, Refused>> Check(
        Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, JobQueue queue, IOptions<ExchangeOptions> options, CancellationToken cancel)
    {
        if (await FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        if ((Closed(run) ?? (run.Mapping is null ? NotMapped : null)) is { } refusal)
        {
            return new Refused(refusal);
        }

        var noun = nouns.At(run.Noun);
        var columns = ImportFiles.Read<List<FileColumn>>(run.Columns);
        var undecided = columns.Where(c => c.Shown(noun).NeedsDateOrder).ToList();
        if (undecided.Count > 0 && ImportFiles.Read<ImportMapping>(run.Mapping!).DateOrder is null or DateOrder.Ymd)
        {
            return new Refused(new Refusal(422, "date_order_needed", "Some dates can be read as two: say whether the day or the month comes first.")
                .On("dateOrder", "Choose dmy or mdy.").With("columns", undecided.Select(c => new { c.Header, c.Field, Example = c.AmbiguousDate }).ToList()));
        }

        var done = await StartAsync<CheckImportJob>(db, queue, run, $"Check of {run.FileName}", run.Rows <= options.Value.InlineRows, cancel);
        return done is { } failed ? new Refused(failed) : await AnswerAsync(db, run, noun, cancel);
    }

    private static async Task<Results<Ok<RecordPage<ImportRowRow>>, Refused>> Rows(
        Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, CancellationToken cancel, [FromQuery] string? action = null, [FromQuery] bool? warnings = null, [FromQuery] string? undo = null,
        [FromQuery, Range(1, 1_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50)
    {
        if (await FindAsync(http, db, nouns, id, cancel) is not { } run)
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

    private static async Task<Results<Ok<ImportRowRow>, Refused>> Fix(Guid id, int n, FixRowRequest request, HttpContext http, PlatformDb db, NounCatalog nouns, ImportWork work, CancellationToken cancel)
    {
        if (await FindAsync(http, db, nouns, id, cancel) is not { } run || await db.Set<ImportRow>().AsNoTracking().FirstOrDefaultAsync(r => r.RunId == id && r.N == n, cancel) is not { } row)
        {
            return new Refused(Refusals.NotFound);
        }

        if ((Closed(run) ?? (run.Status != ImportStatus.Validated ? NotChecked : null)) is { } refusal)
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

    private static async Task<Results<Ok<JobRow>, Accepted<JobRow>, Refused>> Apply(
        Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, JobQueue queue, IOptions<ExchangeOptions> options, CancellationToken cancel)
    {
        if (await FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        var counts = ImportFiles.Read<ImportCounts>(run.Counts);
        if ((Closed(run) ?? (run.Status != ImportStatus.Validated ? NotChecked : counts.Error > 0 ? HasErrors.With("errors", counts.Error) : null)) is { } refusal)
        {
            return new Refused(refusal);
        }

        return await RunAsync<ImportJob>(db, queue, run, $"Import of {run.FileName}", counts.Create + counts.Update <= options.Value.InlineRows, cancel);
    }

    private static async Task<Results<Ok<JobRow>, Accepted<JobRow>, Refused>> Undo(
        Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, JobQueue queue, IOptions<ExchangeOptions> options, CancellationToken cancel)
    {
        if (await FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        if (run.Status != ImportStatus.Completed)
        {
            return new Refused(run.Status == ImportStatus.Running ? Busy : NotApplied);
        }

        var counts = ImportFiles.Read<ImportCounts>(run.Counts);
        return await RunAsync<UndoImportJob>(db, queue, run, $"Undo of {run.FileName}", counts.Create + counts.Update <= options.Value.InlineRows, cancel);
    }

    private static async Task<Results<NoContent, Refused>> Remove(Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, ImportFiles files, CancellationToken cancel)
    {
        if (await FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        if (Closed(run) is { } closed)
        {
            return new Refused(closed);
        }

        await db.Set<ImportRun>().Where(r => r.Id == id).ExecuteDeleteAsync(cancel);
        await files.RemoveAsync(db, run.FileId, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Results<FileContentHttpResult, Refused>> Errors(Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, CancellationToken cancel)
    {
        if (await FindAsync(http, db, nouns, id, cancel) is not { } run)
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

    private static Expression<Func<ImportRun, bool>> Visible(CurrentUser user) => user.IsAdmin ? run => true : run => run.ActorId == user.UserId;

    /// <summary>The run, as it is once its job has ended, however that was.</summary>
    private static async Task<ImportRun?> FindAsync(HttpContext http, PlatformDb db, NounCatalog nouns, Guid id, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var run = await db.Set<ImportRun>().Where(Visible(user)).FirstOrDefaultAsync(r => r.Id == id, cancel);
        if (run is null || nouns.Find(run.Noun, user, Level.Write) is null)
        {
            return null;
        }

        if (run.Status == ImportStatus.Running && await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Id == run.JobId, cancel) is { IsFinished: true } job)
        {
            run.Status = job.Kind == JobKinds.NameOf(typeof(CheckImportJob)) ? ImportStatus.Mapped : job.Kind == JobKinds.NameOf(typeof(ImportJob)) ? ImportStatus.Validated : ImportStatus.Completed;
            (run.ErrorCode, run.ErrorDetail) = (job.ErrorCode, job.ErrorDetail);
            await db.SaveChangesAsync(cancel);
        }

        return run;
    }

    private static Refusal? Closed(ImportRun run) => run.Status switch
    {
        ImportStatus.Running => Busy,
        ImportStatus.Completed or ImportStatus.Undone => Done,
        _ => null,
    };

    private static ImportRunRow RowOf(ImportRun run, NounExchange noun) => ImportRunRow.Of(run, noun);

    private static async Task<IReadOnlyDictionary<string, string?>?> RememberedAsync(PlatformDb db, string noun, string signature, CancellationToken cancel) =>
        await db.Set<RememberedMapping>().AsNoTracking().FirstOrDefaultAsync(m => m.Noun == noun && m.Signature == signature, cancel) is { } known
            ? ImportFiles.Read<Dictionary<string, string?>>(known.Mapping) : null;

    private static async Task RememberAsync(PlatformDb db, string noun, string signature, ImportMapping mapping, TimeProvider clock, CancellationToken cancel)
    {
        var known = await db.Set<RememberedMapping>().FirstOrDefaultAsync(m => m.Noun == noun && m.Signature == signature, cancel);
        if (known is null)
        {
            known = new RememberedMapping { TenantId = db.TenantId, Noun = noun, Signature = signature, Mapping = "{}", UpdatedAt = clock.GetUtcNow().ToMicroseconds() };
            db.Add(known);
        }

        (known.Mapping, known.UpdatedAt) = (ImportFiles.Json(mapping.Columns), clock.GetUtcNow().ToMicroseconds());
    }

    private static Refusal? Fault(ImportMapping mapping, List<FileColumn> columns, NounExchange noun)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (header, field) in mapping.Columns!)
        {
            if (!columns.Exists(c => c.Header == header))
            {
                errors[$"columns.{header}"] = ["The file has no such column."];
            }
            else if (field is not null && noun.Column(field) is null)
            {
                errors[$"columns.{header}"] = [$"There is no field '{field}'."];
            }
            else if (field is not null && !taken.TryAdd(field, header))
            {
                errors[$"columns.{header}"] = [$"'{taken[field]}' is mapped to '{field}' already."];
            }
        }

        if (mapping.MatchKeys?.FirstOrDefault(key => key != "id" && !noun.Keys.Contains(key)) is { } unknown)
        {
            errors["matchKeys"] = [$"'{unknown}' does not tell records apart; these do: {string.Join(", ", noun.Keys.Prepend("id"))}."];
        }

        if (!taken.Keys.Any(field => noun.Column(field)!.Input is not null))
        {
            errors.TryAdd("columns", ["Map at least one column to a field that can be changed."]);
        }

        return errors.Count == 0 ? null : Refusals.Invalid(errors);
    }

    /// <summary>Puts the run to work, here and now or in the background. Two who press the button at once start one.</summary>
    private static async Task<Refusal?> StartAsync<TStep>(PlatformDb db, JobQueue queue, ImportRun run, string title, bool isSmall, CancellationToken cancel)
        where TStep : ImportStep
    {
        var order = new ImportOrder(run.Id, run.Noun);
        var status = run.Status;
        if (await db.Set<ImportRun>().Where(r => r.Id == run.Id && r.Status == status && r.JobId == run.JobId).ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, ImportStatus.Running), cancel) == 0)
        {
            return Busy;
        }

        db.ChangeTracker.Clear();
        db.Attach(run);
        void Tell(Job job) => (run.JobId, run.Status, run.ErrorCode, run.ErrorDetail) = (job.Id, ImportStatus.Running, null, null);
        _ = isSmall ? await queue.RunAsync<TStep>(db, title, order, cancel, Tell) : await queue.EnqueueAsync<TStep>(db, title, order, cancel, Tell);
        return null;
    }

    private static async Task<Results<Ok<ImportRunRow>, Accepted<ImportRunRow>, Refused>> AnswerAsync(PlatformDb db, ImportRun run, NounExchange noun, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var now = await db.Set<ImportRun>().AsNoTracking().FirstAsync(r => r.Id == run.Id, cancel);
        return now.Status == ImportStatus.Running ? TypedResults.Accepted((string?)null, RowOf(now, noun))
            : now.ErrorCode is { } code ? new Refused(new Refusal(422, code, now.ErrorDetail ?? ""))
            : TypedResults.Ok(RowOf(now, noun));
    }

    private static async Task<Results<Ok<JobRow>, Accepted<JobRow>, Refused>> RunAsync<TStep>(PlatformDb db, JobQueue queue, ImportRun run, string title, bool isSmall, CancellationToken cancel)
        where TStep : ImportStep
    {
        if (await StartAsync<TStep>(db, queue, run, title, isSmall, cancel) is { } refusal)
        {
            return new Refused(refusal);
        }

        db.ChangeTracker.Clear();
        var job = await db.Set<Job>().AsNoTracking().FirstAsync(j => j.Id == run.JobId, cancel);
        return job.IsFinished ? TypedResults.Ok(JobRow.Of(job)) : TypedResults.Accepted((string?)null, JobRow.Of(job));
    }
}
