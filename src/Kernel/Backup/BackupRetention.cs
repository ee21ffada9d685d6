using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;

namespace Tessera.Kernel.Backup;

/// <summary>Lets go of files whose time is over. Pinned ones and the newest good one stay, whatever their age; every purge is logged.</summary>
internal sealed class BackupRetention(FileStore store, TimeProvider clock)
{
    /// <returns>How many files went.</returns>
    public async Task<int> RunAsync(PlatformDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var over = await db.Set<BackupRun>().Where(b => b.Status == BackupStatus.Succeeded && !b.Pinned && b.ExpiresAt <= now).OrderBy(b => b.FinishedAt).ToListAsync(cancel);
        var purged = 0;
        foreach (var backup in over)
        {
            if (!await IsNewestGoodAsync(db, backup, cancel))
            {
                await PurgeAsync(db, backup, BackupEvent.RetentionPurged, cancel);
                purged++;
            }
        }

        return purged;
    }

    /// <summary>A backup of some nouns only never counts as the newest good one: it is none of the tenant.</summary>
    public static async Task<bool> IsNewestGoodAsync(PlatformDb db, BackupRun backup, CancellationToken cancel) =>
        backup.Nouns is null && !await db.Set<BackupRun>().AnyAsync(b => b.Status == BackupStatus.Succeeded && b.Nouns == null && b.Id != backup.Id && b.FinishedAt >= backup.FinishedAt, cancel);

    /// <summary>The row says expired before the file goes: a host that dies in between leaves a file too many, never a backup without one.</summary>
    public async Task PurgeAsync(PlatformDb db, BackupRun backup, BackupEvent why, CancellationToken cancel)
    {
        var fileId = backup.FileId;
        backup.Status = BackupStatus.Expired;
        db.LogBackup(why, backup.Id, new { backup.Size, backup.Sha256 });
        await db.SaveChangesAsync(cancel);
        if (await db.Set<StoredFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == fileId, cancel) is { } file)
        {
            await store.RemoveAsync(db, file, cancel);
        }
    }
}
