using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Records;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Backup;

/// <summary>What goes by itself, and what never does.</summary>
public sealed class RetentionTests(Api api) : IClassFixture<Api>
{
    private const string Whole = "";

    [Fact]
    public async Task Files_go_after_thirty_days_but_never_the_newest_good_one_nor_a_pinned_one()
    {
        var tenant = await api.FoundAsync();
        var pinned = await MakeAsync(tenant);
        await api.SqlAsync("update kernel.backup set pinned = true where id = $1", pinned.Id);
        var old = await MakeAsync(tenant);
        tenant.Clock.Advance(TimeSpan.FromDays(1));
        var newest = await MakeAsync(tenant);
        var failed = await MakeAsync(tenant);
        await api.SqlAsync("update kernel.backup set status = 'failed', finished_at = finished_at + interval '1 hour' where id = $1", failed.Id);
        var partial = await MakeAsync(tenant, "recruiting/candidates");

        tenant.Clock.Advance(TimeSpan.FromDays(28.9));
        await TidyAsync(tenant);
        Assert.Equal(["succeeded", "succeeded", "succeeded", "succeeded"], await StatusesAsync(pinned, old, newest, partial));
        tenant.Clock.Advance(TimeSpan.FromDays(300));
        await TidyAsync(tenant);
        Assert.Equal(["succeeded", "expired", "succeeded", "failed", "expired"], await StatusesAsync(pinned, old, newest, failed, partial));
        Assert.Equal([true, false, true], new[] { pinned, old, newest }.Select(b => File.Exists(api.FileOf(tenant.Id, b.Sha256!))));

        var next = await MakeAsync(tenant);
        await TidyAsync(tenant);
        Assert.Equal(["succeeded", "expired", "succeeded"], await StatusesAsync(pinned, newest, next));
        Assert.Equal(3L, await api.SqlAsync("select count(*) from kernel.backup_log where tenant_id = $1 and event = 'retention_purged'", tenant.Id));
    }

    [Fact]
    public async Task A_shorter_time_to_keep_counts_for_what_is_there_already()
    {
        var tenant = await api.FoundAsync();
        var (first, second) = (await MakeAsync(tenant), await MakeAsync(tenant));
        (await tenant.Admin.Put("backup/settings", new { enabled = true, time = "02:00", retentionDays = 7 })).Must(200);

        tenant.Clock.Advance(TimeSpan.FromDays(7.1));
        await TidyAsync(tenant);

        Assert.Equal(["expired", "succeeded"], await StatusesAsync(first, second));
    }

    [Fact]
    public async Task What_a_dead_writer_left_is_swept_away_and_what_is_being_written_is_not()
    {
        var tenant = await api.FoundAsync();
        var store = api.Services.GetRequiredService<FileStore>();
        var backup = await MakeAsync(tenant);
        await using var draft = store.Create(tenant.Id);
        await draft.WriteAsync("half a backup"u8.ToArray());
        await using var scratch = store.CreateScratch(tenant.Id);
        var left = Path.Combine(store.DraftsOf(tenant.Id), "left.partial");
        await File.WriteAllTextAsync(left, "half a backup");

        await TidyAsync(tenant);

        Assert.False(File.Exists(left));
        Assert.Equal(2, Directory.GetFiles(store.DraftsOf(tenant.Id)).Length);
        Assert.True(File.Exists(api.FileOf(tenant.Id, backup.Sha256!)));
        await scratch.DisposeAsync();
        await draft.DisposeAsync();
        Assert.Empty(Directory.GetFiles(store.DraftsOf(tenant.Id)));
    }

    private async Task<BackupRun> MakeAsync(TestTenant tenant, string noun = Whole)
    {
        var maker = api.Services.GetRequiredService<BackupMaker>();
        await using var db = api.Open(TenantScope.System(tenant.Id));
        var backup = maker.Add(db, BackupKind.Manual, [], noun == Whole ? null : [noun]);
        await db.SaveChangesAsync();
        await using var turn = await BackupLock.TakeAsync(api.Services.GetRequiredService<NpgsqlDataSource>(), tenant.Id, CancellationToken.None);
        return await maker.WriteAsync(db, backup.Id, (_, _, _) => { }, null, CancellationToken.None);
    }

    private Task TidyAsync(TestTenant tenant) => api.Services.GetRequiredService<Housekeeping>().RunAsync(tenant.Id, CancellationToken.None);

    private async Task<IReadOnlyList<string>> StatusesAsync(params BackupRun[] backups)
    {
        await using var db = api.Open(TenantScope.System(backups[0].TenantId));
        var statuses = await db.Set<BackupRun>().AsNoTracking().ToDictionaryAsync(b => b.Id, b => b.Status);
        return [.. backups.Select(b => Words.Of(statuses[b.Id]))];
    }
}
