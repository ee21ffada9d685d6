using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Database;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Files;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary>What an operator does from the terminal, without a person of the tenant: the same steps, logged under the operator's name.</summary>
public static class BackupOperations
{
    private const string Operator = "Operator";

    /// <param name="services">Of the host.</param>
    /// <param name="slug">The tenant's short name.</param>
    /// <param name="formats">Of readable copies; none: no copies.</param>
    /// <param name="cancel">Ends the work; there is no backup then.</param>
    /// <returns>Null when there is no such tenant.</returns>
    public static async Task<(string Path, string Sha256, long Size)?> BackUpAsync(IServiceProvider services, string slug, IReadOnlyList<ExchangeFormat> formats, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        if (await EnterAsync(scope.ServiceProvider, slug, cancel) is not { } db)
        {
            return null;
        }

        var backup = await scope.ServiceProvider.GetRequiredService<BackupMaker>().MakeAsync(db, BackupKind.Manual, formats, cancel);
        return (services.GetRequiredService<FileStore>().PathOf(db.TenantId, backup.Sha256!), backup.Sha256!, backup.Size!.Value);
    }

    /// <summary>Reads an archive to its end.</summary>
    public static async Task<BackupReport> VerifyAsync(IServiceProvider services, string file, CancellationToken cancel)
    {
        var (archive, refusal) = BackupArchive.Open(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read), services.GetRequiredService<Secrets>());
        if (archive is null)
        {
            return new BackupReport(false, 0, 0, [refusal!.Detail]);
        }

        using (archive)
        {
            return await archive.VerifyAsync(cancel);
        }
    }

    /// <summary>Says what a restore would do, and does it unless it is only asked.</summary>
    /// <returns>The sentence for the terminal, and whether all went well.</returns>
    public static async Task<(string Text, bool Succeeded)> RestoreAsync(IServiceProvider services, string slug, string file, string? noun, bool dryRun, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        if (await EnterAsync(scope.ServiceProvider, slug, cancel) is not { } db)
        {
            return ($"There is no workspace '{slug}'.", false);
        }

        var (archive, refusal) = BackupArchive.Open(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read), services.GetRequiredService<Secrets>());
        using (archive)
        {
            if ((refusal ?? archive!.Fault(db.TenantId, db.GetPlatformOptions().Modules)) is { } fault)
            {
                return (Sentence(fault), false);
            }

            var request = new RestoreRequest { Noun = noun, Mode = RestoreMode.Merge };
            if (dryRun)
            {
                var (preview, why) = await services.GetRequiredService<Restorer>().PreviewAsync(db, archive!, request, cancel);
                return preview is null
                    ? (Sentence(why!), false)
                    : ($"{preview.Added} would be added, {preview.Changed} changed, {preview.Unchanged} stay as they are. {preview.Dangling.Count} references lead nowhere, {preview.Conflicts.Count} conflicts.", true);
            }

            var job = ActivatorUtilities.CreateInstance<RestoreJob>(scope.ServiceProvider);
            var outcome = await job.RestoreAsync(archive!, archive!.Manifest.BackupId, request, (_, _, _) => { }, null, null, cancel);
            return outcome.Refusal is { } refused ? (Sentence(refused), false) : ($"Restored: {((RestoreJob.Result)outcome.Result!).Added} added, {((RestoreJob.Result)outcome.Result).Changed} changed.", true);
        }
    }

    /// <summary>At the terminal there are no fields to look at.</summary>
    private static string Sentence(Refusal refusal) => refusal.Errors is { Count: > 0 } errors ? string.Join(" ", errors.Values.SelectMany(e => e)) : refusal.Detail;

    private static async Task<PlatformDb?> EnterAsync(IServiceProvider services, string slug, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlatformDb>().Enter(TenantScope.System(Guid.AllBitsSet));
        var tenantId = await db.Set<Tenant>().Where(t => t.Slug == slug).Select(t => (Guid?)t.Id).FirstOrDefaultAsync(cancel);
        return tenantId is { } id ? db.Enter(TenantScope.System(id, Operator)) : null;
    }
}
