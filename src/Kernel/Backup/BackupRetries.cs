using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Backup;

/// <summary>A nightly backup that failed is tried again, a few times and ever later; then the next night has its turn.</summary>
internal static class BackupRetries
{
    /// <summary>Pauses behind the first failed try, the second and so on.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(60)];

    /// <summary>When the night of this try goes on; null when it went well, is still going on, or is over.</summary>
    public static DateTimeOffset? NextTryOf(BackupRun tried) =>
        tried is { Kind: BackupKind.Scheduled, Status: BackupStatus.Failed, FinishedAt: { } failedAt } && tried.Attempt <= Pauses.Length
            // Whoever cancelled it did not mean to have it back in a quarter of an hour.
            && tried.Error != BackupRefusals.Interrupted.Code
            ? failedAt + Pauses[tried.Attempt - 1]
            : null;

    /// <summary>The newest try of the newest night from <paramref name="day"/> on.</summary>
    public static Task<BackupRun?> LastTryAsync(PlatformDb db, DateOnly day, CancellationToken cancel) =>
        db.Set<BackupRun>().AsNoTracking().Where(b => b.LocalDate >= day).OrderByDescending(b => b.LocalDate).ThenByDescending(b => b.Attempt).FirstOrDefaultAsync(cancel);
}
