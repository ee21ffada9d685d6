using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary><c>PUT /exchange/imports/{id}/mapping</c>: which column is which field, and how the file is read and matched. It is remembered for files with the same columns.</summary>
internal static class MapImport
{
    public static async Task<Results<Ok<ImportRunRow>, Refused>> Handle(Guid id, ImportMapping mapping, HttpContext http, PlatformDb db, NounCatalog nouns, ImportFiles files, TimeProvider clock, CancellationToken cancel)
    {
        if (await ImportRuns.FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        if (ImportRuns.Closed(run) is { } closed)
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
        return TypedResults.Ok(ImportRunRow.Of(run, noun));
    }

    /// <summary>What the columns of a file with these headers meant the last time; null when there was none.</summary>
    public static async Task<IReadOnlyDictionary<string, string?>?> RememberedAsync(PlatformDb db, string noun, string signature, CancellationToken cancel) =>
        await db.Set<RememberedMapping>().AsNoTracking().FirstOrDefaultAsync(m => m.Noun == noun && m.Signature == signature, cancel) is { } known
            ? ImportFiles.Read<Dictionary<string, string?>>(known.Mapping) : null;

    /// <summary>Two files with the same columns may be mapped at the same time.</summary>
    private static async Task RememberAsync(PlatformDb db, string noun, string signature, ImportMapping mapping, TimeProvider clock, CancellationToken cancel) => await db.Database.ExecuteSqlAsync(
        $"""
        insert into kernel.remembered_mapping (tenant_id, noun, signature, mapping, updated_at)
        values ({db.TenantId}, {noun}, {signature}, {ImportFiles.Json(mapping.Columns)}::jsonb, {clock.GetUtcNow().ToMicroseconds()})
        on conflict (tenant_id, noun, signature) do update set mapping = excluded.mapping, updated_at = excluded.updated_at
        """,
        cancel);

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
}
