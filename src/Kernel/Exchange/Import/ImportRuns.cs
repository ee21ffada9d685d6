using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>Finding a run for the person who asks, and what cannot be done with it as it is.</summary>
internal static class ImportRuns
{
    public static readonly Refusal Busy = new(409, "import_running", "This import is at work: wait for its job.");

    public static readonly Refusal Done = new(409, "import_done", "This import has been applied already.");

    public static readonly Refusal NotMapped = new(409, "not_mapped", "Say first which column is which field.");

    public static readonly Refusal NotChecked = new(409, "not_checked", "Check the rows first.");

    public static readonly Refusal HasErrors = new(409, "import_has_errors", "Some rows have errors: put them right or leave them out.");

    public static readonly Refusal NotApplied = new(409, "not_applied", "Only an import that was applied can be undone, and once.");

    public static Expression<Func<ImportRun, bool>> Visible(CurrentUser user) => user.IsAdmin ? run => true : run => run.ActorId == user.UserId;

    /// <summary>The run, as it is once its job has ended, however that was.</summary>
    public static async Task<ImportRun?> FindAsync(HttpContext http, PlatformDb db, NounCatalog nouns, Guid id, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var run = await db.Set<ImportRun>().Where(Visible(user)).FirstOrDefaultAsync(r => r.Id == id, cancel);
        if (run is null || nouns.Find(run.Noun, user, Level.Write) is null)
        {
            return null;
        }

        if (run.Status == ImportStatus.Running && await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Id == run.JobId, cancel) is { IsFinished: true } job)
        {
            // A job that came to its end has taken its run along, perhaps just now; one that did not leaves its run where it was.
            var before = job.Kind == JobKinds.NameOf(typeof(CheckImportJob)) ? ImportStatus.Mapped : job.Kind == JobKinds.NameOf(typeof(ImportJob)) ? ImportStatus.Validated : ImportStatus.Completed;
            await db.Set<ImportRun>().Where(r => r.Id == id && r.Status == ImportStatus.Running && r.JobId == job.Id).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.Status, before).SetProperty(r => r.ErrorCode, job.ErrorCode).SetProperty(r => r.ErrorDetail, job.ErrorDetail), cancel);
            await db.Entry(run).ReloadAsync(cancel);
        }

        return run;
    }

    /// <summary>Why a run cannot be changed any more, or not now.</summary>
    public static Refusal? Closed(ImportRun run) => run.Status switch
    {
        ImportStatus.Running => Busy,
        ImportStatus.Completed or ImportStatus.Undone => Done,
        _ => null,
    };
}
