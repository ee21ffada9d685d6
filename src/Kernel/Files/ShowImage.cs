using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Files;

/// <summary>
/// <c>GET /files/{id}/image</c>: an attached picture, to be drawn beside the words it came with. Looking at it is reading the record,
/// so unlike a download it leaves no trace in the record's history.
/// </summary>
internal static class ShowImage
{
    /// <summary>Larger pictures are downloaded by those who want them, not by everybody who reads.</summary>
    public const long MostBytes = 10 * 1024 * 1024;

    public static void Map(RouteGroupBuilder files) => files.Get("/{id:guid}/image", Handle).WithName("showImage").RequiresMember().Produces<byte[]>(contentType: ContentTypes.Unknown)
        .WithSummary("An attached picture of a record one may read, to be shown in place.");

    private static async Task<Results<FileStreamHttpResult, Refused>> Handle(Guid id, HttpContext http, PlatformDb db, FileDownloads downloads, FileStore store, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var file = await db.Set<StoredFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id && f.Purpose == FilePurpose.Attachment, cancel);
        if (file is not { Size: <= MostBytes } || !file.ContentType.StartsWith("image/", StringComparison.Ordinal)
            || user.SeenBy is not null || !await downloads.AllowsAsync(db, user, file, cancel) || !store.Has(db.TenantId, file.Sha256))
        {
            return new Refused(Refusals.NotFound);
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(store.Open(db.TenantId, file.Sha256), file.ContentType);
    }
}
