using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary>When a tenant is backed up by itself, and how long backups are kept.</summary>
/// <param name="Time">Wall time of the tenant's zone, <c>02:00</c>.</param>
/// <param name="Formats">Readable copies in nightly backups.</param>
public sealed record BackupSettings(bool Enabled, string Time, int RetentionDays, IReadOnlyList<ExchangeFormat> Formats);

public sealed record BackupSettingsInput
{
    [Required]
    public bool? Enabled { get; init; }

    [Required, RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$", ErrorMessage = "A time like 02:00.")]
    public string Time { get; init; } = "";

    [Required, Range(1, 3650)]
    public int? RetentionDays { get; init; }

    [MaxLength(4)]
    public IReadOnlyList<ExchangeFormat> Formats { get; init; } = [];
}

/// <summary><c>/backup/settings</c></summary>
internal static class BackupSettingsEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var settings = api.MapGroup("/backup/settings").WithTags("backup");
        settings.Get("", Read).WithName("getBackupSettings").Requires(KernelPages.Backup, Level.Read).WithSummary("When backups are made by themselves, and how long they are kept.");
        settings.Put("", Save).WithName("saveBackupSettings").Requires(KernelPages.Backup, Level.Write).WithSummary("Changes when backups are made by themselves, and how long they are kept.");
    }

    private static async Task<Ok<BackupSettings>> Read(PlatformDb db, CancellationToken cancel) => TypedResults.Ok(Of(await BackupPlan.OfAsync(db, cancel)));

    private static async Task<Results<Ok<BackupSettings>, Refused>> Save(BackupSettingsInput input, PlatformDb db, BackupSchedule schedule, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var plan = await db.Set<BackupPlan>().FirstOrDefaultAsync(cancel);
        if (plan is null)
        {
            plan = new BackupPlan { TenantId = db.TenantId };
            db.Add(plan);
        }

        var before = Of(plan);
        plan.Enabled = input.Enabled!.Value;
        plan.At = TimeOnly.ParseExact(input.Time, "HH:mm", CultureInfo.InvariantCulture);
        plan.RetentionDays = input.RetentionDays!.Value;
        plan.Formats = [.. input.Formats.Distinct().Select(Words.Of)];
        db.LogBackup(BackupEvent.SettingsChanged, null, new { Before = before, After = Of(plan) });
        foreach (var backup in await db.Set<BackupRun>().Where(b => b.Status == BackupStatus.Succeeded).ToListAsync(cancel))
        {
            backup.ExpiresAt = backup.FinishedAt!.Value.AddDays(plan.RetentionDays);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        schedule.Forget(db.TenantId);
        return TypedResults.Ok(Of(plan));
    }

    private static BackupSettings Of(BackupPlan plan) => new(plan.Enabled, plan.At.ToString("HH:mm"), plan.RetentionDays, [.. plan.Formats.Select(Words.Parse<ExchangeFormat>)]);
}
