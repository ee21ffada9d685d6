using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>The long steps of an import, here and now when it is small, or in the background: check, apply, undo.</summary>
internal static class RunImport
{
    public static async Task<Results<Ok<ImportRunRow>, Accepted<ImportRunRow>, Refused>> Check(
        Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, JobQueue queue, IOptions<ExchangeOptions> options, CancellationToken cancel)
    {
        if (await ImportRuns.FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        if ((ImportRuns.Closed(run) ?? (run.Mapping is null ? ImportRuns.NotMapped : null)) is { } refusal)
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

    public static async Task<Results<Ok<JobRow>, Accepted<JobRow>, Refused>> Apply(
        Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, JobQueue queue, IOptions<ExchangeOptions> options, CancellationToken cancel)
    {
        if (await ImportRuns.FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        var counts = ImportFiles.Read<ImportCounts>(run.Counts);
        if ((ImportRuns.Closed(run) ?? (run.Status != ImportStatus.Validated ? ImportRuns.NotChecked : counts.Error > 0 ? ImportRuns.HasErrors.With("errors", counts.Error) : null)) is { } refusal)
        {
            return new Refused(refusal);
        }

        return await RunAsync<ImportJob>(db, queue, run, $"Import of {run.FileName}", counts.Create + counts.Update <= options.Value.InlineRows, cancel);
    }

    public static async Task<Results<Ok<JobRow>, Accepted<JobRow>, Refused>> Undo(
        Guid id, HttpContext http, PlatformDb db, NounCatalog nouns, JobQueue queue, IOptions<ExchangeOptions> options, CancellationToken cancel)
    {
        if (await ImportRuns.FindAsync(http, db, nouns, id, cancel) is not { } run)
        {
            return new Refused(Refusals.NotFound);
        }

        if (run.Status != ImportStatus.Completed)
        {
            return new Refused(run.Status == ImportStatus.Running ? ImportRuns.Busy : ImportRuns.NotApplied);
        }

        var counts = ImportFiles.Read<ImportCounts>(run.Counts);
        return await RunAsync<UndoImportJob>(db, queue, run, $"Undo of {run.FileName}", counts.Create + counts.Update <= options.Value.InlineRows, cancel);
    }

    /// <summary>Puts the run to work, here and now or in the background. Two who press the button at once start one.</summary>
    private static async Task<Refusal?> StartAsync<TStep>(PlatformDb db, JobQueue queue, ImportRun run, string title, bool isSmall, CancellationToken cancel)
        where TStep : ImportStep
    {
        var order = new ImportOrder(run.Id, run.Noun);
        var status = run.Status;
        if (await db.Set<ImportRun>().Where(r => r.Id == run.Id && r.Status == status && r.JobId == run.JobId).ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, ImportStatus.Running), cancel) == 0)
        {
            return ImportRuns.Busy;
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
        return now.Status == ImportStatus.Running ? TypedResults.Accepted((string?)null, ImportRunRow.Of(now, noun))
            : now.ErrorCode is { } code ? new Refused(new Refusal(422, code, now.ErrorDetail ?? ""))
            : TypedResults.Ok(ImportRunRow.Of(now, noun));
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
