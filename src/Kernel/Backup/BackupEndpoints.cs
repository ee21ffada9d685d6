using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Files;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary>A backup, as its centre shows it.</summary>
/// <param name="Nouns">Only these; null: everything.</param>
/// <param name="Size">In bytes; null until it is whole.</param>
/// <param name="RowCounts">Rows by noun or table.</param>
/// <param name="SchemaVersion">Last migration of each module.</param>
/// <param name="ExpiresAt">When its file may go; the newest good one and pinned ones stay.</param>
/// <param name="Attempt">Which try of its night a nightly one is, from 1.</param>
public sealed record BackupRow(
    Guid Id, BackupKind Kind, BackupStatus Status, IReadOnlyList<ExchangeFormat> Formats, IReadOnlyList<string>? Nouns, long? Size, string? Sha256, IReadOnlyDictionary<string, long> RowCounts, int FileCount,
    string? SchemaVersion, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Error, DateTimeOffset? ExpiresAt, bool Pinned, ActorRef RequestedBy, Guid? JobId, int Attempt)
{
    internal static BackupRow Of(BackupRun b) => new(
        b.Id, b.Kind, b.Status, [.. b.Formats.Select(Words.Parse<ExchangeFormat>)], b.Nouns, b.Size, b.Sha256, JsonSerializer.Deserialize<Dictionary<string, long>>(b.RowCounts, PlatformJson.Options)!, b.FileCount,
        b.SchemaVersion, b.CreatedAt, b.StartedAt, b.FinishedAt, b.Error, b.ExpiresAt, b.Pinned, new ActorRef(b.RequestedById, b.RequestedByName), b.JobId, b.Attempt);
}

/// <summary>One point of the size's course.</summary>
public sealed record BackupSize(DateTimeOffset At, long Size);

/// <summary>How the tenant's backups stand.</summary>
/// <param name="NextRunAt">When the next nightly backup is due; null when there is none.</param>
/// <param name="NextTryAt">When the last nightly backup, which failed, is tried again; null when there is nothing to try again.</param>
/// <param name="ScheduledAt">Wall time, <c>02:00</c>, in <paramref name="TimeZone"/>.</param>
/// <param name="TotalSize">Bytes all good backups take.</param>
public sealed record BackupOverview(
    DateTimeOffset? NextRunAt, DateTimeOffset? NextTryAt, string TimeZone, string ScheduledAt, bool Enabled, int RetentionDays, JobRow? Running, BackupRow? Last, BackupRow? LastGood, long TotalSize, IReadOnlyList<BackupSize> Trend);

public sealed record BackupRequest
{
    /// <summary>Readable copies of each noun to put in beside the lossless rows.</summary>
    [MaxLength(4)]
    public IReadOnlyList<ExchangeFormat> Formats { get; init; } = [];

    /// <summary>Only these nouns, for example <c>recruiting/candidates</c>; absent: everything.</summary>
    [MaxLength(200)]
    public IReadOnlyList<string>? Nouns { get; init; }
}

public sealed record PinRequest
{
    [Required]
    public bool? Pinned { get; init; }
}

/// <summary>One line of the backup log.</summary>
public sealed record BackupLogRow(Guid Id, DateTimeOffset At, BackupEvent Event, Guid? BackupId, ActorRef Actor, JsonElement? Detail);

/// <summary><c>/backup</c>: the backup centre.</summary>
internal static class BackupEndpoints
{
    private const int TrendLength = 60;

    public static void Map(RouteGroupBuilder api)
    {
        var backup = api.MapGroup("/backup").WithTags("backup");
        backup.Get("", Overview).WithName("getBackupOverview").Requires(KernelPages.Backup, Level.Read).WithSummary("Next run, last results and the course of the size.");
        backup.Post("", Create).WithName("createBackup").Requires(KernelPages.Backup, Level.Write).WithSummary("Has a backup made now.");
        backup.Get("/history", History).WithName("listBackups").Requires(KernelPages.Backup, Level.Read).WithSummary("Backups, newest first; those whose file is gone too.");
        backup.Get("/log", Log).WithName("listBackupLog").Requires(KernelPages.Backup, Level.Read).WithSummary("Every operation on backups, newest first.");
        backup.Get("/{id:guid}", Read).WithName("getBackup").Requires(KernelPages.Backup, Level.Read).WithSummary("One backup.");
        backup.Delete("/{id:guid}", Delete).WithName("deleteBackup").Requires(KernelPages.Backup, Level.Write).WithSummary("Removes a backup's file; its line in the history stays.");
        backup.Post("/{id:guid}/link", Link).WithName("linkBackup").Requires(KernelPages.Backup, Level.Write).WithSummary("A link for one download.");
        backup.Post("/{id:guid}/verify", Verify).WithName("verifyBackup").Requires(KernelPages.Backup, Level.Write).WithSummary("Reads a backup to its end and compares it with its manifest.");
        backup.Put("/{id:guid}/pin", Pin).WithName("pinBackup").Requires(KernelPages.Backup, Level.Write).WithSummary("Keeps a backup beyond its time, or no longer.");
    }

    private static async Task<Ok<BackupOverview>> Overview(PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        var plan = await BackupPlan.OfAsync(db, cancel);
        var tenant = await db.Set<Tenant>().Where(t => t.Id == db.TenantId).Select(t => new { t.TimeZone, t.Status }).FirstAsync(cancel);
        var newest = await db.Set<BackupRun>().AsNoTracking().OrderByDescending(b => b.CreatedAt).ThenByDescending(b => b.Id).Take(TrendLength).ToListAsync(cancel);
        var good = await db.Set<BackupRun>().AsNoTracking().Where(b => b.Status == BackupStatus.Succeeded).OrderByDescending(b => b.FinishedAt).FirstOrDefaultAsync(cancel);
        var total = await db.Set<BackupRun>().Where(b => b.Status == BackupStatus.Succeeded).SumAsync(b => b.Size ?? 0, cancel);
        var running = await db.Set<Job>().AsNoTracking().Where(j => (j.Kind == "backup" || j.Kind == "restore") && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running))
            .OrderBy(j => j.CreatedAt).FirstOrDefaultAsync(cancel);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZone);
        var now = clock.GetUtcNow();
        var isOn = plan.Enabled && tenant.Status == TenantStatus.Active;
        var tried = isOn ? await BackupRetries.LastTryAsync(db, LocalTime.LastDay(now, plan.At, zone), cancel) : null;
        return TypedResults.Ok(new BackupOverview(
            isOn ? LocalTime.Next(now, plan.At, zone) : null,
            tried is null ? null : BackupRetries.NextTryOf(tried),
            tenant.TimeZone,
            plan.At.ToString("HH:mm"),
            plan.Enabled,
            plan.RetentionDays,
            running is null ? null : JobRow.Of(running),
            newest.Count == 0 ? null : BackupRow.Of(newest[0]),
            good is null ? null : BackupRow.Of(good),
            total,
            [.. newest.Where(b => b.Size is not null && b.FinishedAt is not null).Select(b => new BackupSize(b.FinishedAt!.Value, b.Size!.Value)).Reverse()]));
    }

    private static async Task<Results<Accepted<BackupRow>, Refused>> Create(
        BackupRequest request, PlatformDb db, BackupMaker maker, JobQueue queue, CancellationToken cancel)
    {
        var tables = maker.TablesOf(db);
        if (request.Nouns is { Count: 0 } || request.Nouns?.FirstOrDefault(n => tables.OfNoun(n) is null) is not null)
        {
            return new Refused(Refusals.Invalid("nouns", "Name nouns that are here, for example recruiting/candidates, or none for everything."));
        }

        var backup = maker.Add(db, BackupKind.Manual, request.Formats, request.Nouns);
        var job = await queue.EnqueueAsync<BackupJob>(db, "Backup", new BackupJob.Arguments(backup.Id), cancel, job => backup.JobId = job.Id);
        return TypedResults.Accepted($"/api/v1/backup/{backup.Id}", BackupRow.Of(backup) with { JobId = job.Id });
    }

    private static async Task<Results<Ok<RecordPage<BackupRow>>, Refused>> History(
        PlatformDb db, CancellationToken cancel, [FromQuery] string? kind = null, [FromQuery] string? status = null, [FromQuery, Range(1, 1_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50)
    {
        IQueryable<BackupRun> backups = db.Set<BackupRun>().AsNoTracking();
        if (kind is not null)
        {
            if (!Words.TryParse<BackupKind>(kind, out var wanted))
            {
                return new Refused(Refusals.Invalid("kind", $"One of: {string.Join(", ", Words.All(typeof(BackupKind)))}."));
            }

            backups = backups.Where(b => b.Kind == wanted);
        }

        if (status is not null)
        {
            if (!Words.TryParse<BackupStatus>(status, out var wanted))
            {
                return new Refused(Refusals.Invalid("status", $"One of: {string.Join(", ", Words.All(typeof(BackupStatus)))}."));
            }

            backups = backups.Where(b => b.Status == wanted);
        }

        return TypedResults.Ok(await Paging.PageAsync(backups.OrderByDescending(b => b.CreatedAt).ThenByDescending(b => b.Id), page, limit, BackupRow.Of, cancel));
    }

    private static async Task<Ok<RecordPage<BackupLogRow>>> Log(PlatformDb db, CancellationToken cancel, [FromQuery, Range(1, 1_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50) =>
        TypedResults.Ok(await Paging.PageAsync(
            db.Set<BackupLogEntry>().AsNoTracking().OrderByDescending(e => e.At).ThenByDescending(e => e.Id),
            page,
            limit,
            e => new BackupLogRow(e.Id, e.At, e.Event, e.BackupId, new ActorRef(e.ActorId, e.ActorName), e.Detail is null ? null : JsonSerializer.Deserialize<JsonElement>(e.Detail)),
            cancel));

    private static async Task<Results<Ok<BackupRow>, Refused>> Read(Guid id, PlatformDb db, CancellationToken cancel) =>
        await db.Set<BackupRun>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == id, cancel) is { } backup ? TypedResults.Ok(BackupRow.Of(backup)) : new Refused(Refusals.NotFound);

    private static async Task<Results<NoContent, Refused>> Delete(Guid id, PlatformDb db, BackupRetention retention, CancellationToken cancel)
    {
        if (await db.Set<BackupRun>().FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } backup)
        {
            return new Refused(Refusals.NotFound);
        }

        var refusal = backup switch
        {
            { Pinned: true } => BackupRefusals.Pinned,
            { Status: BackupStatus.Queued or BackupStatus.Running } => BackupRefusals.Running,
            { Status: BackupStatus.Failed or BackupStatus.Expired } => BackupRefusals.NotGood,
            _ when await BackupRetention.IsNewestGoodAsync(db, backup, cancel) => BackupRefusals.LastGood,
            _ => null,
        };
        if (refusal is not null)
        {
            return new Refused(refusal);
        }

        await retention.PurgeAsync(db, backup, BackupEvent.Deleted, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<DownloadTicket>, Refused>> Link(Guid id, HttpContext http, PlatformDb db, FileDownloads downloads, CancellationToken cancel)
    {
        if (await db.Set<BackupRun>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } backup)
        {
            return new Refused(Refusals.NotFound);
        }

        return backup is { Status: BackupStatus.Succeeded, FileId: { } file } && await downloads.LinkAsync(http, db, file, cancel) is { } ticket
            ? TypedResults.Ok(ticket)
            : new Refused(BackupRefusals.NotGood);
    }

    private static async Task<Results<Ok<BackupReport>, Refused>> Verify(Guid id, PlatformDb db, FileStore store, Secrets secrets, CancellationToken cancel)
    {
        if (await db.Set<BackupRun>().AsNoTracking().FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } backup)
        {
            return new Refused(Refusals.NotFound);
        }

        if (backup is not { Status: BackupStatus.Succeeded, Sha256: { } sha256 })
        {
            return new Refused(BackupRefusals.NotGood);
        }

        var report = await VerifyAsync(db, store, secrets, sha256, cancel);
        db.LogBackup(BackupEvent.Verified, backup.Id, new { report.Intact, report.Problems });
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(report);
    }

    private static async Task<BackupReport> VerifyAsync(PlatformDb db, FileStore store, Secrets secrets, string sha256, CancellationToken cancel)
    {
        if (!store.Has(db.TenantId, sha256))
        {
            return new BackupReport(false, 0, 0, ["The file is missing."]);
        }

        var (archive, refusal) = BackupArchive.Open(store.Open(db.TenantId, sha256), secrets);
        if (archive is null)
        {
            return new BackupReport(false, 0, 0, [refusal!.Detail]);
        }

        using (archive)
        {
            return await archive.VerifyAsync(cancel);
        }
    }

    private static async Task<Results<Ok<BackupRow>, Refused>> Pin(Guid id, PinRequest request, PlatformDb db, CancellationToken cancel)
    {
        if (await db.Set<BackupRun>().FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } backup)
        {
            return new Refused(Refusals.NotFound);
        }

        if (backup.Status != BackupStatus.Succeeded)
        {
            return new Refused(BackupRefusals.NotGood);
        }

        if (backup.Pinned != request.Pinned)
        {
            backup.Pinned = request.Pinned!.Value;
            db.LogBackup(backup.Pinned ? BackupEvent.Pinned : BackupEvent.Unpinned, backup.Id);
            await db.SaveChangesAsync(cancel);
        }

        return TypedResults.Ok(BackupRow.Of(backup));
    }
}
