using System.Data;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>What came of an export.</summary>
/// <param name="Fallback">The form asked for could not be made, and this is CSV.</param>
/// <param name="FallbackReason">Why not.</param>
public sealed record ExportResult(Guid FileId, string FileName, long Rows, bool Fallback = false, string? FallbackReason = null);

/// <summary>Writes a noun, as the person's list shows it, or all nouns they may read into a file.</summary>
internal sealed class ExportJob(
    PlatformDb db, NounCatalog nouns, FileStore files, TimeProvider clock, IOptions<ExchangeOptions> options, ILogger<ExportJob> logger) : JobKind<ExportRequest>
{
    /// <summary>Parameters that cut a list into pages; a file has none.</summary>
    private static readonly string[] Paging = ["page", "limit", "cursor"];

    /// <summary>The list's parameters without its pages.</summary>
    public static QueryCollection Parameters(string? query) =>
        new(QueryHelpers.ParseQuery(query?.TrimStart('?') ?? "").Where(p => !Paging.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal));

    protected override bool Allows(CurrentUser user, ExportRequest arguments) =>
        arguments.Noun is null ? user.IsAdmin : nouns.Find(arguments.Noun, user, Level.Read) is not null;

    protected override async Task<JobOutcome> RunAsync(JobRun run, ExportRequest arguments, CancellationToken cancel)
    {
        var user = run.User ?? throw new InvalidOperationException("An export is asked for by a person.");
        var tenant = await db.Set<Tenant>().AsNoTracking().FirstAsync(t => t.Id == db.TenantId, cancel);
        var head = new ExportHead(clock.GetUtcNow().ToMicroseconds(), tenant.Id, tenant.Slug, tenant.Name);
        try
        {
            return await WriteAsync(run, arguments, user, head, null, cancel);
        }
        catch (Exception failed) when (arguments.Format == ExchangeFormat.Xlsx && failed is not OperationCanceledException)
        {
            logger.LogWarning(failed, "The workbook of job {Job} could not be written; it becomes CSV", run.Id);
            var reason = failed is ExportTooLargeException ? failed.Message : "The workbook could not be written.";
            return await WriteAsync(run, arguments with { Format = ExchangeFormat.Csv, Bom = true }, user, head, reason, cancel);
        }
    }

    private async Task<JobOutcome> WriteAsync(JobRun run, ExportRequest request, CurrentUser user, ExportHead head, string? fallbackReason, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        IReadOnlyList<NounExchange> wanted = request.Noun is null ? nouns.ReadableBy(user) : [nouns.Find(request.Noun, user, Level.Read)!];
        await using var draft = files.Create(db.TenantId);
        long rows;

        // One moment for all nouns: nobody's reference leads to a record that came later.
        await using (await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel))
        {
            var total = await TotalAsync(wanted, request, cancel);
            await using var writer = ExportWriter.Of(request.Format!.Value, draft, head, isOneNoun: request.Noun is not null, (request.Delimiter ?? ",")[0], request.Bom);
            writer.Progress = done =>
            {
                run.Report("Writing", done, total);
                cancel.ThrowIfCancellationRequested();
                return Task.CompletedTask;
            };
            await writer.BeginAsync(cancel);
            foreach (var noun in wanted)
            {
                var columns = ColumnsOf(noun, request);
                var (found, refusal) = noun.Export(db, Parameters(request.Noun is null ? null : request.Query), columns);
                if (found is null)
                {
                    return refusal!;
                }

                await writer.WriteAsync(noun.Name, columns, found.ReadAsync(cancel), cancel);
            }

            await writer.EndAsync(cancel);
            rows = writer.Rows;
        }

        var name = FileName(request, wanted, head, user);
        var content = await draft.CompleteAsync(name, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var file = files.Keep(db, content, FilePurpose.Export, name, clock.GetUtcNow().AddDays(options.Value.KeepDays));
        db.Note(new Change
        {
            Action = "export_data",
            Target = request.Noun is null ? "tenant" : wanted[0].Target,
            Label = name,
            After = JsonSerializer.Serialize(new { noun = request.Noun, format = request.Format, rows, filter = request.Query, columns = request.Columns }, PlatformJson.Options),
        });
        var result = new ExportResult(file.Id, name, rows, fallbackReason is not null, fallbackReason);
        await db.SaveChangesAsync(cancel);
        await run.SucceedAsync(db, result, cancel);
        await transaction.CommitAsync(cancel);
        return JobOutcome.Success(result);
    }

    private async Task<int> TotalAsync(IReadOnlyList<NounExchange> wanted, ExportRequest request, CancellationToken cancel)
    {
        var total = 0;
        foreach (var noun in wanted)
        {
            total += noun.Export(db, Parameters(request.Noun is null ? null : request.Query), []).Rows is { } rows ? await rows.CountAsync(int.MaxValue, cancel) : 0;
        }

        return total;
    }

    private static IReadOnlyList<NounColumn> ColumnsOf(NounExchange noun, ExportRequest request) =>
        request is { Noun: not null, Columns.Count: > 0 } ? [.. request.Columns.Select(noun.Column).OfType<NounColumn>()] : noun.Columns;

    private static string FileName(ExportRequest request, IReadOnlyList<NounExchange> wanted, ExportHead head, CurrentUser user)
    {
        var today = TimeZoneInfo.ConvertTime(head.ExportedAt, TimeZoneInfo.FindSystemTimeZoneById(user.TenantTimeZone));
        var ending = request is { Format: ExchangeFormat.Csv, Noun: null } ? "zip" : Words.Of(request.Format!.Value);
        return $"{(request.Noun is null ? head.TenantSlug : wanted[0].Noun)}-{today:yyyy-MM-dd}.{ending}";
    }
}

/// <summary>An export is the person's who asked for it, and an administrator's.</summary>
internal sealed class ExportDownloads(NounCatalog nouns) : DownloadRule
{
    public override FilePurpose Purpose => FilePurpose.Export;

    /// <summary>Rights are asked for again: who has lost the noun since has lost its files.</summary>
    public override async Task<bool> AllowsAsync(PlatformDb db, CurrentUser user, StoredFile file, CancellationToken cancel)
    {
        if (!user.IsAdmin && file.CreatedBy != user.UserId)
        {
            return false;
        }

        var kind = JobKinds.NameOf(typeof(ExportJob));
        var jobs = await db.Set<Job>().AsNoTracking().Where(j => j.Kind == kind && j.Status == JobStatus.Succeeded && j.RequestedById == file.CreatedBy).Select(j => new { j.Arguments, j.Result }).ToListAsync(cancel);
        var request = jobs.Where(j => j.Result?.Contains(file.Id.ToString(), StringComparison.Ordinal) == true).Select(j => JsonSerializer.Deserialize<ExportRequest>(j.Arguments, PlatformJson.Options)).FirstOrDefault();
        return request is not null && (request.Noun is null ? user.IsAdmin : nouns.Find(request.Noun, user, Level.Read) is not null);
    }
}
