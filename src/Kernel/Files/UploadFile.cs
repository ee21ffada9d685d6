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

namespace Tessera.Kernel.Files;

/// <summary>A file that waits to be attached to something.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="ContentType">By content, not by name.</param>
/// <param name="ExpiresAt">Removed then, unless something has taken it.</param>
public sealed record UploadedFile(Guid Id, string Name, long Size, string ContentType, DateTimeOffset ExpiresAt);

/// <summary><c>POST /files</c>: a file that a comment may take. <c>POST /files/{id}/link</c>: its download.</summary>
internal static class UploadFile
{
    public const long MostBytes = 25 * 1024 * 1024;

    /// <summary>Uploads of one person that may wait at a time.</summary>
    public const int MostWaiting = 50;

    private const int LongestName = 255;

    private static readonly TimeSpan Wait = TimeSpan.FromDays(1);

    private static readonly Refusal EmptyFile = new(400, "empty_file", "The file is empty.");

    private static readonly Refusal TooManyWaiting = new(409, "too_many_uploads", "Too many of your uploads wait to be used: send the comment they belong to first.");

    public static void Map(RouteGroupBuilder api)
    {
        var files = api.MapGroup("/files").WithTags("files");
        files.Post("", Handle).WithName("uploadFile").RequiresMember().WithMetadata(new RequestSizeLimitAttribute(MostBytes + 1))
            .Accepts<Stream>(ContentTypes.Unknown).WithSummary("Takes in a file to be attached; its type is found by its content.");
        files.Post("/{id:guid}/link", Link).WithName("linkFile").RequiresMember().WithSummary("A link to download a file of a record one may read.");
        ShowImage.Map(files);
    }

    private static async Task<Results<Created<UploadedFile>, Refused>> Handle(
        HttpContext http, PlatformDb db, FileStore store, TimeProvider clock, CancellationToken cancel, [FromQuery, Required, MaxLength(LongestName)] string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || !TextRules.IsClean(name))
        {
            return new Refused(Refusals.Invalid("name", $"Say what the file is called, in at most {LongestName} characters."));
        }

        var (userId, now) = (http.CurrentUser().UserId, clock.GetUtcNow().ToMicroseconds());
        if (await db.Set<StoredFile>().CountAsync(f => f.CreatedBy == userId && f.Purpose == FilePurpose.Attachment && f.RecordId == null && f.ExpiresAt > now, cancel) >= MostWaiting)
        {
            return new Refused(TooManyWaiting);
        }

        var (content, refusal) = await store.ReceiveAsync(db.TenantId, http.Request.Body, name, MostBytes, cancel);
        if (content is null || content.Size == 0)
        {
            return new Refused(refusal ?? EmptyFile);
        }

        var file = store.Keep(db, content, FilePurpose.Attachment, name, now + Wait);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"{http.Request.Path}/{file.Id}", new UploadedFile(file.Id, file.Name, file.Size, file.ContentType, now + Wait));
    }

    private static async Task<Results<Ok<DownloadTicket>, Refused>> Link(Guid id, HttpContext http, PlatformDb db, FileDownloads downloads, CancellationToken cancel) =>
        await downloads.LinkAsync(http, db, id, cancel) is { } ticket ? TypedResults.Ok(ticket) : new Refused(Refusals.NotFound);
}
