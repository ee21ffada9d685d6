using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Files;

/// <summary>
/// Contents of files, in the data folder: <c>files/&lt;tenant&gt;/ab/abcd…</c>, named by their SHA-256, written once and never changed.
/// Which files there are, the database knows; a content no row names is removed.
/// </summary>
public sealed class FileStore(PlatformStart start, TimeProvider clock)
{
    private const string Partial = ".partial";

    private readonly string _root = Path.Combine(start.DataDirectory, "files");

    /// <summary>Begins a content; complete it, then save the row of <see cref="Keep"/>.</summary>
    public ContentStream Create(Guid tenantId)
    {
        var folder = DraftsOf(tenantId);
        Directory.CreateDirectory(folder);
        return new ContentStream(Path.Combine(folder, Guid.CreateVersion7().ToString("N") + Partial), sha256 => PathOf(tenantId, sha256));
    }

    /// <summary>Streams an upload to its place; save the row of <see cref="Keep"/> afterwards.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="body">The content.</param>
    /// <param name="name">Helps to tell its type.</param>
    /// <param name="limit">Most bytes it may have; more are refused (413) and leave nothing.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async Task<(FileContent? Content, Refusal? Refusal)> ReceiveAsync(Guid tenantId, Stream body, string name, long limit, CancellationToken cancel)
    {
        await using var draft = Create(tenantId);
        var buffer = new byte[81_920];
        int read;
        while ((read = await body.ReadAsync(buffer, cancel)) > 0)
        {
            if (draft.Length + read > limit)
            {
                return (null, new Refusal(413, "too_large", $"A file has at most {limit / (1024 * 1024)} MB.").With("maxBytes", limit));
            }

            await draft.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        return (await draft.CompleteAsync(name, cancel), null);
    }

    /// <summary>A file of a moment, to be read again by who wrote it; closing it removes it.</summary>
    public FileStream CreateScratch(Guid tenantId)
    {
        var folder = DraftsOf(tenantId);
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, Guid.CreateVersion7().ToString("N") + Partial), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
    }

    /// <summary>Adds the row of a completed content to the context; it counts with the next save.</summary>
    /// <param name="db">In the tenant of the content.</param>
    /// <param name="content">What was completed.</param>
    /// <param name="purpose">What it is kept for.</param>
    /// <param name="name">Name for the person who downloads it; characters no file name may have become hyphens.</param>
    /// <param name="expiresAt">When it is removed by itself.</param>
    public StoredFile Keep(PlatformDb db, FileContent content, FilePurpose purpose, string name, DateTimeOffset? expiresAt = null)
    {
        var file = new StoredFile
        {
            TenantId = db.TenantId,
            Purpose = purpose,
            Name = CleanName(name),
            ContentType = content.ContentType,
            Size = content.Size,
            Sha256 = content.Sha256,
            CreatedAt = clock.GetUtcNow().ToMicroseconds(),
            CreatedBy = db.Scope.ActorId,
            ExpiresAt = expiresAt,
        };
        db.Add(file);
        return file;
    }

    /// <summary>Reads a content from its beginning.</summary>
    /// <exception cref="FileNotFoundException">The data folder does not have it.</exception>
    public FileStream Open(Guid tenantId, string sha256) =>
        new(PathOf(tenantId, sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public bool Has(Guid tenantId, string sha256) => File.Exists(PathOf(tenantId, sha256));

    /// <summary>Removes a file's row at once, and its content unless another file has the same.</summary>
    public async Task RemoveAsync(PlatformDb db, StoredFile file, CancellationToken cancel)
    {
        await db.Set<StoredFile>().Where(f => f.Id == file.Id).ExecuteDeleteAsync(cancel);
        if (!await db.Set<StoredFile>().AnyAsync(f => f.Sha256 == file.Sha256, cancel))
        {
            File.Delete(PathOf(db.TenantId, file.Sha256));
        }
    }

    /// <summary>Removes the files whose time is over, and the drafts whose writers are gone.</summary>
    public async Task SweepAsync(PlatformDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await db.Set<DownloadLink>().Where(l => l.ExpiresAt < now).ExecuteDeleteAsync(cancel);
        foreach (var file in await db.Set<StoredFile>().AsNoTracking().Where(f => f.ExpiresAt < now).ToListAsync(cancel))
        {
            await RemoveAsync(db, file, cancel);
        }

        SweepDrafts(db.TenantId);
    }

    /// <summary>Where a tenant's contents lie while they are written.</summary>
    internal string DraftsOf(Guid tenantId) => Path.Combine(_root, tenantId.ToString(), "drafts");

    internal string PathOf(Guid tenantId, string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("A content is named by 64 hexadecimal digits.", nameof(sha256));
        }

        return Path.Combine(_root, tenantId.ToString(), sha256[..2], sha256);
    }

    private void SweepDrafts(Guid tenantId)
    {
        var folder = new DirectoryInfo(DraftsOf(tenantId));
        foreach (var draft in folder.Exists ? folder.GetFiles("*" + Partial) : [])
        {
            try
            {
                // Its writer holds it open, here or at another node: then it cannot be opened alone.
                using (new FileStream(draft.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                }

                draft.Delete();
            }
            catch (IOException)
            {
                // Being written.
            }
        }
    }

    private static string CleanName(string name)
    {
        var clean = string.Concat(name.Select(c => char.IsControl(c) || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '-' : c)).Trim(' ', '.');
        return clean.Length is > 0 and <= 200 ? clean : clean.Length == 0 ? "file" : clean[^200..];
    }
}
