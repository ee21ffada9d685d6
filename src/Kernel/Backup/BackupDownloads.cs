using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;

namespace Tessera.Kernel.Backup;

/// <summary>Backups are for those who have the page, and every download is logged.</summary>
internal sealed class BackupDownloads : DownloadRule
{
    public override FilePurpose Purpose => FilePurpose.Backup;

    public override Task<bool> AllowsAsync(PlatformDb db, CurrentUser user, StoredFile file, CancellationToken cancel) =>
        user.Can(KernelPages.Backup, Level.Write) ? db.Set<BackupRun>().AnyAsync(b => b.FileId == file.Id && b.Status == BackupStatus.Succeeded, cancel) : Task.FromResult(false);

    public override async Task DownloadedAsync(PlatformDb db, CurrentUser user, StoredFile file, CancellationToken cancel)
    {
        var backup = await db.Set<BackupRun>().AsNoTracking().FirstAsync(b => b.FileId == file.Id, cancel);
        db.LogBackup(BackupEvent.Downloaded, backup.Id, new { file.Name, file.Sha256 });
    }
}
