using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>A noun as the caller may exchange it.</summary>
/// <param name="Noun">Its address behind <c>/api/v1/</c>.</param>
/// <param name="Module">The module's key; <c>kernel</c> for people.</param>
/// <param name="Keys">Fields by which an import finds a record, each alone.</param>
public sealed record ExchangeNoun(string Noun, string Module, bool CanExport, bool CanImport, IReadOnlyList<string> Keys, IReadOnlyList<ExchangeColumn> Columns);

/// <summary>What to export.</summary>
public sealed record ExportRequest : IValidatableObject
{
    /// <summary>Address of a noun; absent: everything of the workspace, for administrators.</summary>
    [MaxLength(200)]
    public string? Noun { get; init; }

    [Required]
    public ExchangeFormat? Format { get; init; }

    /// <summary>The list's own parameters: <c>status=applied&amp;search=…&amp;sort=…&amp;trash=…</c>.</summary>
    [MaxLength(4_000)]
    public string? Query { get; init; }

    /// <summary>Fields to write, in this order; absent: all.</summary>
    [MaxLength(500)]
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Begins a CSV file with a byte order mark, which Excel needs to see that it is UTF-8.</summary>
    public bool Bom { get; init; }

    /// <summary>Between the cells of a CSV file: a comma, a semicolon or a tab.</summary>
    [AllowedValues(",", ";", "\t", null)]
    public string? Delimiter { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Noun is null && (Query is not null || Columns is not null))
        {
            yield return new ValidationResult("Name a noun to choose among its records or columns.", [nameof(Noun)]);
        }
    }
}

/// <summary><c>/exchange/nouns</c> and <c>/exchange/exports</c>.</summary>
internal static class ExportEndpoints
{
    private static readonly Refusal OnlyAdmins = new(403, "admin_required", "Only an administrator exports a whole workspace.");

    public static void Map(RouteGroupBuilder exchange)
    {
        exchange.Get("/nouns", Nouns).WithName("listExchangeNouns").RequiresMember().WithSummary("What the caller can export and import, and its columns.");
        exchange.Post("/exports", Create).WithName("createExport").RequiresMember().WithSummary("Writes a file: small ones at once, large ones in the background.");
        exchange.Post("/exports/{id:guid}/link", Link).WithName("linkExport").RequiresMember().WithSummary("A link to the file of a finished export.");
    }

    private static Ok<ItemList<ExchangeNoun>> Nouns(HttpContext http, NounCatalog nouns)
    {
        var user = http.CurrentUser();
        return TypedResults.Ok(new ItemList<ExchangeNoun>(
            [.. nouns.ReadableBy(user).Select(n => new ExchangeNoun(n.Address, n.Module, true, user.Can(n.Page, Level.Write), n.Keys, [.. n.Columns.Select(c => c.Shown)]))]));
    }

    private static async Task<Results<Accepted<JobRow>, Ok<JobRow>, Refused>> Create(
        ExportRequest request, HttpContext http, PlatformDb db, NounCatalog nouns, JobQueue queue, IOptions<ExchangeOptions> options, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        if (request.Noun is null && !user.IsAdmin)
        {
            return new Refused(OnlyAdmins);
        }

        IReadOnlyList<NounExchange> wanted = request.Noun is null ? nouns.ReadableBy(user) : nouns.Find(request.Noun, user, Level.Read) is { } noun ? [noun] : [];
        if (wanted.Count == 0)
        {
            return new Refused(nouns.Addresses.Contains(request.Noun!) ? new Refusal(403, "forbidden", "You may not read these records.") : Refusals.Invalid("noun", "There is no such noun."));
        }

        if (request.Columns?.FirstOrDefault(field => wanted[0].Column(field) is null) is { } unknown)
        {
            return new Refused(Refusals.Invalid("columns", $"There is no column '{unknown}'."));
        }

        var rows = 0;
        foreach (var one in wanted)
        {
            var (found, refusal) = one.Export(db, ExportJob.Parameters(request.Query), []);
            if (found is null)
            {
                // The fault lies in the query, which is one field here.
                return new Refused(refusal! with { Errors = refusal.Errors?.ToDictionary(e => $"query.{e.Key}", e => e.Value, StringComparer.Ordinal) });
            }

            rows += rows > options.Value.InlineRows ? 0 : await found.CountAsync(options.Value.InlineRows + 1, cancel);
        }

        var title = request.Noun is null ? "Export of the workspace" : $"Export of {wanted[0].Noun}";
        return rows > options.Value.InlineRows
            ? TypedResults.Accepted((string?)null, JobRow.Of(await queue.EnqueueAsync<ExportJob>(db, title, request, cancel)))
            : TypedResults.Ok(JobRow.Of(await queue.RunAsync<ExportJob>(db, title, request, cancel)));
    }

    private static async Task<Results<Ok<DownloadTicket>, Refused>> Link(Guid id, HttpContext http, PlatformDb db, FileDownloads downloads, CancellationToken cancel)
    {
        var kind = JobKinds.NameOf(typeof(ExportJob));
        var job = await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Id == id && j.Kind == kind && j.Status == JobStatus.Succeeded, cancel);
        var file = job?.Result is null ? null : JsonSerializer.Deserialize<ExportResult>(job.Result, PlatformJson.Options);
        return file is not null && await downloads.LinkAsync(http, db, file.FileId, cancel) is { } ticket ? TypedResults.Ok(ticket) : new Refused(Refusals.NotFound);
    }
}
