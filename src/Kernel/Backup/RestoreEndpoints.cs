using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary><c>/backup/{id}/records</c> and <c>/backup/{id}/restore</c>: looking into a backup and bringing things back.</summary>
internal static class RestoreEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var backup = api.MapGroup("/backup/{id:guid}").WithTags("backup");
        backup.Get("/records", Records).WithName("listBackupRecords").Requires(KernelPages.Backup, Level.Read).WithMetadata(new DecidesAfresh()).WithSummary("Records of one noun in a backup, each against what is here now.");
        backup.Post("/restore/preview", Preview).WithName("previewRestore").Requires(KernelPages.Backup, Level.Write).WithSummary("What a restore would do; nothing is changed.");
        backup.Post("/restore", Restore).WithName("restoreBackup").Requires(KernelPages.Backup, Level.Write).WithSummary("Restores everything, one noun or some records, after a backup of what is there now.");
    }

    private static async Task<Results<Ok<RecordPage<BackupRecordRow>>, Refused>> Records(
        Guid id, PlatformDb db, Restorer restorer, FileStore store, Secrets secrets, CancellationToken cancel, [FromQuery, MaxLength(100)] string noun = "", [FromQuery, MaxLength(200)] string? search = null,
        [FromQuery, Range(1, 1_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50)
    {
        if (!TextRules.IsClean(noun + search) || noun.Length > 100 || search?.Length > 200)
        {
            return new Refused(Refusals.Invalid("search", "At most 200 characters, and none that no text may have."));
        }

        var (archive, refusal) = await OpenAsync(id, db, store, secrets, cancel);
        if (archive is null)
        {
            return new Refused(refusal!);
        }

        using (archive)
        {
            var (rows, why) = await restorer.RecordsAsync(db, archive, noun, Text.OrNull(search), Math.Clamp(page, 1, 1_000), Math.Clamp(limit, 1, 200), cancel);
            return rows is null ? new Refused(why!) : TypedResults.Ok(rows);
        }
    }

    private static async Task<Results<Ok<RestorePreview>, Refused>> Preview(Guid id, RestoreRequest request, PlatformDb db, Restorer restorer, FileStore store, Secrets secrets, CancellationToken cancel)
    {
        var (archive, refusal) = await OpenAsync(id, db, store, secrets, cancel);
        if (archive is null)
        {
            return new Refused(refusal!);
        }

        using (archive)
        {
            var (preview, why) = await restorer.PreviewAsync(db, archive, request, cancel);
            return preview is null ? new Refused(why!) : TypedResults.Ok(preview);
        }
    }

    private static async Task<Results<Accepted<JobRow>, Refused>> Restore(Guid id, RestoreRequest request, PlatformDb db, FileStore store, Secrets secrets, BackupMaker maker, JobQueue queue, CancellationToken cancel)
    {
        var (archive, refusal) = await OpenAsync(id, db, store, secrets, cancel);
        if (archive is null)
        {
            return new Refused(refusal!);
        }

        using (archive)
        {
            if (request is { Noun: null, RecordIds: not null })
            {
                return new Refused(Refusals.Invalid("noun", "Say of which noun these records are."));
            }

            if (request.Noun is { } noun && (maker.TablesOf(db).OfNoun(noun) is not { IsRestored: true } table || !archive.Holds(table)))
            {
                return new Refused(BackupRefusals.UnknownNoun(noun));
            }
        }

        var job = await queue.EnqueueAsync<RestoreJob>(db, "Restore", new RestoreJob.Arguments(id, request), cancel);
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", JobRow.Of(job));
    }

    private static async Task<(BackupArchive? Archive, Refusal? Refusal)> OpenAsync(Guid id, PlatformDb db, FileStore store, Secrets secrets, CancellationToken cancel)
    {
        if (await db.Set<BackupRun>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } backup)
        {
            return (null, Refusals.NotFound);
        }

        if (backup is not { Status: BackupStatus.Succeeded, Sha256: { } sha256 } || !store.Has(db.TenantId, sha256))
        {
            return (null, BackupRefusals.NotGood);
        }

        var (archive, refusal) = BackupArchive.Open(store.Open(db.TenantId, sha256), secrets);
        if (archive?.Fault(db.TenantId, db.GetPlatformOptions().Modules) is { } fault)
        {
            archive.Dispose();
            return (null, fault);
        }

        return (archive, refusal);
    }
}
