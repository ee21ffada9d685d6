using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Files;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Backup;

/// <summary>Each test puts the host's clock on, so each has a host of its own.</summary>
public sealed class BackupScheduleTests : IAsyncLifetime
{
    private readonly Api api = new();

    public Task InitializeAsync() => api.InitializeAsync();

    public Task DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T00:59:00Z", "2026-03-29T01:10:00Z")]
    [InlineData("Europe/Berlin", "2026-10-24T23:59:00Z", "2026-10-25T00:10:00Z")]
    [InlineData("America/New_York", "2026-03-08T06:59:00Z", "2026-03-08T07:10:00Z")]
    [InlineData("Pacific/Chatham", "2026-04-14T13:14:00Z", "2026-04-14T13:25:00Z")]
    [InlineData("Pacific/Pago_Pago", "2026-04-14T12:59:00Z", "2026-04-14T13:10:00Z")]
    public async Task A_night_has_one_backup_by_the_tenants_own_clock(string zone, string before, string after)
    {
        var tenant = await api.FoundAsync(timeZone: zone);
        await RunAtAsync(At(before));
        var backups = await NightlyAsync(tenant);

        await RunAtAsync(At(after));
        await RunAtAsync(At(after).AddHours(1));
        await RunAtAsync(At(after).AddHours(20));

        Assert.Equal(backups + 1, await NightlyAsync(tenant));
    }

    [Fact]
    public async Task After_a_downtime_there_is_one_backup_and_not_one_for_each_night()
    {
        var tenant = await api.FoundAsync();

        tenant.Clock.Advance(TimeSpan.FromDays(9));
        await Task.WhenAll(RunAsync(), RunAsync());
        await RunAsync();

        Assert.Equal(1L, await NightlyAsync(tenant));
    }

    [Fact]
    public async Task A_new_tenant_waits_for_its_first_night_and_a_suspended_or_switched_off_one_for_none()
    {
        var (young, suspended, off) = (await api.FoundAsync(), await api.FoundAsync(), await api.FoundAsync());
        await SignInAgainAsync(off);
        (await off.Admin.Put("backup/settings", new { enabled = false, time = "02:00", retentionDays = 30, formats = Array.Empty<string>() })).Must(200);
        await api.SqlAsync("update kernel.tenant set status = 'suspended' where id = $1", suspended.Id);
        await RunAsync();
        Assert.Equal(0L, await NightlyAsync(young));

        young.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync();

        Assert.Equal((1L, 0L, 0L), (await NightlyAsync(young), await NightlyAsync(suspended), await NightlyAsync(off)));
    }

    [Fact]
    public async Task A_chosen_time_counts_from_the_next_round_on()
    {
        var tenant = await api.FoundAsync(timeZone: "UTC");
        (await tenant.Admin.Put("backup/settings", new { enabled = true, time = "23:30", retentionDays = 7, formats = Array.Empty<string>() })).Must(200);
        (await tenant.Admin.Put("backup/settings", new { enabled = true, time = "25:00", retentionDays = 0, formats = new[] { "docx" } })).Must(400, "validation_failed");

        var overview = (await tenant.Admin.Get("backup")).Must(200);
        await RunAtAsync(At("2026-03-02T23:41:00Z"));

        Assert.Equal(At("2026-03-02T23:30:00Z"), overview["nextRunAt"].GetDateTimeOffset());
        Assert.Equal(("23:30", 7), (overview["scheduledAt"].GetString(), overview["retentionDays"].GetInt32()));
        Assert.Equal(1L, await NightlyAsync(tenant));
    }

    [Fact]
    public async Task Files_go_after_their_time_but_never_the_newest_good_one_nor_a_pinned_one()
    {
        var tenant = await api.FoundAsync();
        var (old, pinned, good) = (await tenant.Admin.BackUpAsync(), await tenant.Admin.BackUpAsync(), await tenant.Admin.BackUpAsync());
        (await tenant.Admin.Put($"backup/{pinned.Id}/pin", new { pinned = true })).Must(200);
        await api.SqlAsync(
            "insert into kernel.backup (tenant_id, id, kind, status, formats, row_counts, file_count, pinned, requested_by_name, created_at, finished_at) values ($1, gen_random_uuid(), 'manual', 'failed', '{}', '{}', 0, false, 'Test', now() + interval '1 year', now() + interval '1 year')",
            tenant.Id);

        tenant.Clock.Advance(TimeSpan.FromDays(29));
        await ClearAsync(tenant);
        await SignInAgainAsync(tenant);
        Assert.Equal("succeeded", (await tenant.Admin.Get($"backup/{old.Id}"))["status"].GetString());
        tenant.Clock.Advance(TimeSpan.FromDays(2));
        await ClearAsync(tenant);
        await SignInAgainAsync(tenant);

        Assert.Equal(("expired", "succeeded", "succeeded"), (await StatusAsync(tenant, old), await StatusAsync(tenant, pinned), await StatusAsync(tenant, good)));
        Assert.False(File.Exists(api.FileOf(tenant.Id, old["sha256"].GetString()!)));
        Assert.True(File.Exists(api.FileOf(tenant.Id, good["sha256"].GetString()!)));
        Assert.Single((await tenant.Admin.Get("backup/log")).Items, line => line.GetProperty("event").GetString() == "retention_purged" && line.GetProperty("backupId").GetGuid() == old.Id);
    }

    [Fact]
    public async Task Drafts_nobody_writes_any_more_are_swept_away_and_the_others_stay()
    {
        var tenant = await api.FoundAsync();
        var store = api.Services.GetRequiredService<FileStore>();
        await using var writing = store.Create(tenant.Id);
        var left = Path.Combine(store.DraftsOf(tenant.Id), "left.partial");
        await File.WriteAllTextAsync(left, "half a backup");

        await ClearAsync(tenant);

        Assert.False(File.Exists(left));
        await writing.WriteAsync("whole"u8.ToArray());
        Assert.Equal(5, (await writing.CompleteAsync("whole.txt", CancellationToken.None)).Size);
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    private static async Task<string?> StatusAsync(TestTenant tenant, Answer backup) => (await tenant.Admin.Get($"backup/{backup.Id}")).Must(200)["status"].GetString();

    private static async Task SignInAgainAsync(TestTenant tenant) => (await tenant.Admin.SignInAsync(tenant.Admin.Email, Api.Password, tenant.Slug)).Must(200);

    private Task ClearAsync(TestTenant tenant) => api.Services.GetRequiredService<BackupHousekeeping>().RunAsync(tenant.Id, CancellationToken.None);

    private Task<int> RunAsync() => api.Services.GetRequiredService<BackupSchedule>().RunAsync(CancellationToken.None);

    private Task<int> RunAtAsync(DateTimeOffset now)
    {
        api.Clock.Set(now);
        return RunAsync();
    }

    private async Task<long> NightlyAsync(TestTenant tenant) => (long)(await api.SqlAsync("select count(*) from kernel.backup where tenant_id = $1 and kind = 'scheduled'", tenant.Id))!;
}
