using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary><c>/exchange/imports</c>: upload, map, check, put right, apply, undo. A run is its author's, and administrators see all.</summary>
internal static class ImportEndpoints
{
    public static void Map(RouteGroupBuilder exchange, ExchangeOptions options)
    {
        var imports = exchange.MapGroup("/imports");
        imports.Post("", UploadImport.Handle).WithName("createImport").RequiresMember().WithMetadata(new RequestSizeLimitAttribute(options.MaxFileBytes + 1))
            .Accepts<Stream>("application/octet-stream").WithSummary("Takes a file in and says what it is; its type is found by its content.");
        imports.Get("", List).WithName("listImports").RequiresMember().WithSummary("Imports, newest first: one's own; administrators see all.");
        imports.Get("/{id:guid}", Read).WithName("getImport").RequiresMember().WithSummary("One import.");
        imports.Put("/{id:guid}/mapping", MapImport.Handle).WithName("mapImport").RequiresMember().WithSummary("Says which column is which field, and how to read and match.");
        imports.Post("/{id:guid}/check", RunImport.Check).WithName("checkImport").RequiresMember().WithSummary("The dry run: what would happen to each row. Many rows are checked in the background.");
        imports.Get("/{id:guid}/rows", ImportRowEndpoints.List).WithName("listImportRows").RequiresMember().WithSummary("Rows of the dry run, or of the report.");
        imports.Patch("/{id:guid}/rows/{n:int}", ImportRowEndpoints.Fix).WithName("fixImportRow").RequiresMember().WithSummary("Puts a row right, leaves it out, or says which record it is about.");
        imports.Post("/{id:guid}/errors/skip", ImportRowEndpoints.SkipErrors).WithName("skipImportErrors").RequiresMember().WithSummary("Leaves out every row that has an error.");
        imports.Post("/{id:guid}/apply", RunImport.Apply).WithName("applyImport").RequiresMember().WithSummary("Writes all rows, or none.");
        imports.Post("/{id:guid}/undo", RunImport.Undo).WithName("undoImport").RequiresMember().WithSummary("Takes the import back; records changed since stay.");
        imports.Delete("/{id:guid}", Remove).WithName("deleteImport").RequiresMember().WithSummary("Forgets an import that was not applied.");
        imports.Get("/{id:guid}/errors", ImportRowEndpoints.Errors).WithName("downloadImportErrors").RequiresMember().Produces<string>(contentType: "text/csv").WithSummary("The rows with errors as CSV: the file's own columns and what is wrong.");
    }

    private static async Task<Results<Ok<RecordPage<ImportRunRow>>, Refused>> List(
        HttpContext http, PlatformDb db, NounCatalog nouns, CancellationToken cancel, [FromQuery, MaxLength(200)] string? noun = null, [FromQuery, Range(1, 1_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50)
    {
        var user = http.CurrentUser();
        var writable = nouns.ReadableBy(user).Where(n => user.Can(n.Page, Level.Write) && (noun is null || n.Address == noun)).ToDictionary(n => n.Address, StringComparer.Ordinal);
        var addresses = writable.Keys.ToArray();
        var runs = db.Set<ImportRun>().AsNoTracking().Where(ImportRuns.Visible(user)).Where(r => addresses.Contains(r.Noun)).OrderByDescending(r => r.CreatedAt).ThenByDescending(r => r.Id);
        return TypedResults.Ok(await Paging.PageAsync(runs, page, limit, run => ImportRunRow.Of(run, writable[run.Noun]), cancel));
    }

    private static async Task<Results<Ok<ImportRunRow>, Refused>> Read(Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, CancellationToken cancel) =>
        await ImportRuns.FindAsync(http, db, nouns, id, cancel) is { } run ? TypedResults.Ok(ImportRunRow.Of(run, nouns.At(run.Noun))) : new Refused(Refusals.NotFound);

    private static async Task<Results<NoContent, Refused>> Remove(Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, ImportFiles files, CancellationToken cancel)
    {
        if (await ImportRuns.FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        if (ImportRuns.Closed(run) is { } closed)
        {
            return new Refused(closed);
        }

        var status = run.Status;
        if (await db.Set<ImportRun>().Where(r => r.Id == id && r.Status == status).ExecuteDeleteAsync(cancel) == 0)
        {
            return new Refused(ImportRuns.Busy);
        }

        await files.RemoveAsync(db, run.FileId, cancel);
        return TypedResults.NoContent();
    }
}
