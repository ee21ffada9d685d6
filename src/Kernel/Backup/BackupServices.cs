using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Files;

namespace Tessera.Kernel.Backup;

internal static class BackupServices
{
    public static void AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<BackupWriter>();
        services.AddSingleton<BackupCopies>();
        services.AddSingleton<BackupMaker>();
        services.AddSingleton<BackupRetention>();
        services.AddSingleton<RestoreSettings>();
        services.AddSingleton<Restorer>();
        services.AddSingleton<BackupSchedule>();
        services.AddSingleton<DownloadRule, BackupDownloads>();
    }
}
