using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Collaboration;

/// <summary>A comment that was meant for people outside too.</summary>
/// <param name="AuthorName">Null unless the link shows what says something about people.</param>
public sealed record SharedComment(
    Guid Id, string Body, string? AuthorName, IReadOnlyList<ChecklistItem> Checklist, IReadOnlyList<Attachment> Attachments, DateTimeOffset CreatedAt, DateTimeOffset? EditedAt);

/// <summary>A record as the holder of a link sees it.</summary>
/// <param name="Noun">Plural word in the address: <c>candidates</c>.</param>
/// <param name="Fields">The row; without what says something about people unless the link was made to show it.</param>
/// <param name="Comments">The newest of those marked as visible outside, newest first.</param>
public sealed record SharedRecord(
    string TenantName, string Noun, string SharedBy, bool IncludesPersonal, DateTimeOffset ExpiresAt, JsonObject Fields, IReadOnlyList<SharedComment> Comments);

/// <summary><c>GET /shared/{token}</c>: reading a record by its link. <c>GET /shared/{token}/files/{id}</c>: a file of a comment it shows.</summary>
internal static class OpenSharedRecord
{
    private const int MostComments = 200;

    /// <summary>A link that is read often leaves one trace an hour, not a write for every reading.</summary>
    private static readonly TimeSpan TraceInterval = TimeSpan.FromHours(1);

    public static void Map(RouteGroupBuilder api)
    {
        api.Get("/shared/{token}", Handle).WithName("openSharedRecord").WithTags("shares")
            .OpenToEverybody("The link itself is the permission.").WithSummary("Reads a record by its link.");
        api.Get("/shared/{token}/files/{id:guid}", Download).WithName("downloadSharedFile").WithTags("shares").Produces<byte[]>(contentType: ContentTypes.Unknown)
            .OpenToEverybody("The link itself is the permission.").WithSummary("Downloads a file of a comment that the link shows.");
    }

    private static async Task<Results<Ok<SharedRecord>, Refused>> Handle(
        string token, PlatformDb db, IEnumerable<IRecordSet> nouns, Principals principals, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().ToMicroseconds();
        if (await OpenAsync(token, db, nouns, principals, now, cancel) is not var (share, noun, row))
        {
            return new Refused(Refusals.NotFound);
        }

        var tenantName = await db.Set<Tenant>().Where(t => t.Id == db.TenantId).Select(t => t.Name).FirstAsync(cancel);
        var comments = await Visible(db, share).OrderByDescending(c => c.Id).Take(MostComments).AsNoTracking().ToListAsync(cancel);
        if (!(now - share.LastOpenedAt < TraceInterval))
        {
            await TraceAsync(db, share, now, cancel);
        }

        return TypedResults.Ok(new SharedRecord(
            tenantName, noun.Noun, share.SharedByName, share.IncludePersonal, share.ExpiresAt, Project(row, share.IncludePersonal ? null : noun.ImpersonalFields),
            [.. comments.Select(c => new SharedComment(c.Id, c.Body, share.IncludePersonal ? c.AuthorName : null, c.Checklist, c.Attachments, c.CreatedAt, c.EditedAt))]));
    }

    private static async Task<Results<FileStreamHttpResult, Refused>> Download(
        string token, Guid id, HttpContext http, PlatformDb db, IEnumerable<IRecordSet> nouns, Principals principals, FileStore store, TimeProvider clock, CancellationToken cancel)
    {
        if (await OpenAsync(token, db, nouns, principals, clock.GetUtcNow().ToMicroseconds(), cancel) is not var (share, _, _)
            || !(await Visible(db, share).AsNoTracking().ToListAsync(cancel)).Exists(c => c.Attachments.Any(a => a.Id == id))
            || await db.Set<StoredFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id && f.ExpiresAt == null, cancel) is not { } file
            || !store.Has(db.TenantId, file.Sha256))
        {
            return new Refused(Refusals.NotFound);
        }

        CommentFiles.NoteDownload(db, file);
        await db.SaveChangesAsync(cancel);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(store.Open(db.TenantId, file.Sha256), file.ContentType, file.Name);
    }

    private static IQueryable<Comment> Visible(PlatformDb db, RecordShare share) =>
        db.Set<Comment>().Where(c => c.RecordKind == share.RecordKind && c.RecordId == share.RecordId && c.ClientVisible);

    /// <summary>The share, its noun and the record's row as its maker sees it; null when any of them is no more. The context is in the share's tenant afterwards.</summary>
    private static async Task<(RecordShare Share, AttachableNoun Noun, object Row)?> OpenAsync(
        string token, PlatformDb db, IEnumerable<IRecordSet> nouns, Principals principals, DateTimeOffset now, CancellationToken cancel)
    {
        if (TenantToken.TenantOf(token) is not { } tenantId)
        {
            return null;
        }

        db.Enter(TenantScope.System(tenantId, "Shared link"));
        var hash = Secrets.HashOf(token);
        var share = await db.Set<RecordShare>().AsNoTracking().FirstOrDefaultAsync(s => s.TokenHash == hash && s.ExpiresAt > now, cancel);
        var noun = nouns.OfType<IAttachable>().Select(n => n.Attachable).FirstOrDefault(n => n.Kind == share?.RecordKind);
        if (share is null || noun is null)
        {
            return null;
        }

        // A link is as good as the person who made it: whoever leaves, or loses the page, takes their links along.
        var sharer = await principals.LoadMemberAsync(tenantId, share.SharedById, cancel);
        if (sharer?.Can(noun.Page, Level.Read) != true)
        {
            return null;
        }

        db.EnterKeeping(db.Scope with { OwnRowsOf = sharer.OwnRowsOf });
        return await noun.ReadAsync(db, share.RecordId) is { } row ? (share, noun, row) : null;
    }

    private static JsonObject Project(object row, IReadOnlySet<string>? only)
    {
        var fields = (JsonObject)JsonSerializer.SerializeToNode(row, row.GetType(), PlatformJson.Options)!;
        foreach (var name in fields.Select(f => f.Key).Where(name => only?.Contains(name) == false).ToArray())
        {
            fields.Remove(name);
        }

        return fields;
    }

    private static async Task TraceAsync(PlatformDb db, RecordShare share, DateTimeOffset now, CancellationToken cancel)
    {
        var traced = await db.Set<RecordShare>().Where(s => s.Id == share.Id && (s.LastOpenedAt == null || s.LastOpenedAt <= now - TraceInterval))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.LastOpenedAt, now), cancel);
        if (traced > 0)
        {
            db.Note(new Change { Action = "open_share", Target = share.RecordKind, EntityId = share.RecordId, Label = share.SharedByName });
            await db.SaveChangesAsync(cancel);
        }
    }
}
