using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Files;

/// <summary>A download that may be begun once.</summary>
/// <param name="Url">A path on this host, for a plain download by the browser; without a session it works until it was used or has expired.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of the content, to compare after the download.</param>
public sealed record DownloadTicket(string Url, DateTimeOffset ExpiresAt, string FileName, long Size, string Sha256);

/// <summary>Who may have files of one purpose. Asked when the link is made, and again when it is used.</summary>
public abstract class DownloadRule
{
    public abstract FilePurpose Purpose { get; }

    public abstract Task<bool> AllowsAsync(PlatformDb db, CurrentUser user, StoredFile file, CancellationToken cancel);

    /// <summary>Keeps a trace of the download: a change in the feed, and what the purpose keeps besides. Saved by the caller.</summary>
    public virtual Task DownloadedAsync(PlatformDb db, CurrentUser user, StoredFile file, CancellationToken cancel)
    {
        db.Note(new Change { Action = "download_file", Target = "file", EntityId = file.Id, Label = file.Name });
        return Task.CompletedTask;
    }
}

/// <summary>Links to files: made for one person, good for one download, checked at both ends.</summary>
public sealed class FileDownloads(IEnumerable<DownloadRule> rules, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    /// <summary>A link for the caller; null when they may not have the file, or its content is gone.</summary>
    public async Task<DownloadTicket?> LinkAsync(HttpContext http, PlatformDb db, Guid fileId, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var file = await db.Set<StoredFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == fileId, cancel);
        if (file is null || user.SeenBy is not null || !await AllowsAsync(db, user, file, cancel))
        {
            return null;
        }

        var token = TenantToken.New(db.TenantId);
        var expiresAt = (clock.GetUtcNow() + Life).ToMicroseconds();
        db.Add(new DownloadLink { TenantId = db.TenantId, TokenHash = Secrets.HashOf(token), FileId = file.Id, UserId = user.UserId, ExpiresAt = expiresAt });
        await db.SaveChangesAsync(cancel);
        return new DownloadTicket($"/api/v1/files/{token}", expiresAt, file.Name, file.Size, file.Sha256);
    }

    internal async Task<bool> AllowsAsync(PlatformDb db, CurrentUser user, StoredFile file, CancellationToken cancel) =>
        rules.FirstOrDefault(r => r.Purpose == file.Purpose) is { } rule && await rule.AllowsAsync(db, user, file, cancel);

    internal Task DownloadedAsync(PlatformDb db, CurrentUser user, StoredFile file, CancellationToken cancel) =>
        rules.First(r => r.Purpose == file.Purpose).DownloadedAsync(db, user, file, cancel);
}

/// <summary><c>GET /files/{token}</c>: the download itself.</summary>
internal static class DownloadFile
{
    public static void Map(RouteGroupBuilder api) => api.Get("/files/{token}", Handle).WithName("downloadFile").WithTags("files")
        .OpenToEverybody("The link itself is the permission; it works once.").Produces<byte[]>(contentType: ContentTypes.Unknown).WithSummary("Downloads a file by its link.");

    private static async Task<Results<FileStreamHttpResult, Refused>> Handle(
        string token, HttpContext http, PlatformDb db, FileDownloads downloads, FileStore store, Principals principals, TimeProvider clock, CancellationToken cancel)
    {
        if (TenantToken.TenantOf(token) is not { } tenantId)
        {
            return new Refused(Refusals.NotFound);
        }

        db.Enter(TenantScope.System(tenantId, "Download"));
        var (hash, now) = (Secrets.HashOf(token), clock.GetUtcNow().ToMicroseconds());
        var link = await db.Set<DownloadLink>().AsNoTracking().FirstOrDefaultAsync(l => l.TokenHash == hash && l.ExpiresAt > now && l.UsedAt == null, cancel);
        var file = link is null ? null : await db.Set<StoredFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == link.FileId, cancel);
        var user = link is null ? null : await principals.LoadMemberAsync(tenantId, link.UserId, cancel);
        if (file is null || user is null || !store.Has(tenantId, file.Sha256))
        {
            return new Refused(Refusals.NotFound);
        }

        // The rule sees what the person sees.
        db.EnterKeeping(db.Scope with { OwnRowsOf = user.OwnRowsOf });
        if (!await downloads.AllowsAsync(db, user, file, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        // Two clicks at one moment: the second finds it used.
        if (await db.Set<DownloadLink>().Where(l => l.TokenHash == hash && l.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancel) == 0)
        {
            return new Refused(Refusals.NotFound);
        }

        db.Enter(user.Scope(Refused.TraceIdOf(http), guarded: false));
        await downloads.DownloadedAsync(db, user, file, cancel);
        await db.SaveChangesAsync(cancel);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(store.Open(tenantId, file.Sha256), file.ContentType, file.Name);
    }
}

internal static class FileServices
{
    public static void AddFiles(this IServiceCollection services)
    {
        services.AddSingleton<FileStore>();
        services.AddScoped<FileDownloads>();
        services.AddScoped<DownloadRule, Collaboration.AttachmentDownloads>();
    }
}
