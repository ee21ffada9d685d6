using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Files;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Backup;

public sealed class BackupScheduleTests(Api api) : IClassFixture<Api>
{
    /// <summary>Within it every tenant has its own moment behind the full hour.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("Europe/Zurich", "2026-01-15", "2026-01-15T01:00:00Z")]
    [InlineData("Europe/Zurich", "2026-03-29", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Zurich", "2026-10-25", "2026-10-25T00:00:00Z")]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T07:00:00Z")]
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T07:00:00Z")]
    [InlineData("Pacific/Chatham", "2026-06-10", "2026-06-09T13:15:00Z")]
    [InlineData("Pacific/Pago_Pago", "2028-02-29", "2028-02-29T13:00:00Z")]
    public async Task Every_night_has_one_backup_at_two_by_the_tenants_clock_though_clocks_skip_or_repeat_the_hour(string zone, string day, string at)
    {
        var due = Instant(at);
        api.Clock.Set(due.AddHours(-14));
        var tenant = await api.FoundAsync(timeZone: zone);

        await RunAtAsync(due.AddSeconds(-5));
        Assert.Empty(await NightsAsync(tenant));
        await RunAtAsync(due + Spread);
        Assert.Equal([day], await NightsAsync(tenant));
        await RunAtAsync(due + Spread + TimeSpan.FromHours(1));
        await RunAtAsync(due.AddHours(20));
        Assert.Equal([day], await NightsAsync(tenant));
        await RunAtAsync(due.AddHours(25.5));
        Assert.Equal(2, (await NightsAsync(tenant)).Count);
    }

    [Fact]
    public async Task A_downtime_is_made_up_for_once_however_long_it_was_and_whoever_finds_it()
    {
        api.Clock.Set(Instant("2026-05-04T10:00:00Z"));
        var tenant = await api.FoundAsync();
        await RunAtAsync(Instant("2026-05-05T00:10:00Z"));

        api.Clock.Set(Instant("2026-05-09T15:00:00Z"));
        await api.RestartAsync();
        var nodes = Enumerable.Range(0, 3).Select(_ => ActivatorUtilities.CreateInstance<BackupSchedule>(api.Services)).ToList();
        await Task.WhenAll(nodes.Select(node => node.RunAsync(CancellationToken.None)));
        await Task.WhenAll(nodes.Select(node => node.RunAsync(CancellationToken.None)));

        Assert.Equal(["2026-05-05", "2026-05-09"], await NightsAsync(tenant));
        await RunAtAsync(Instant("2026-05-10T00:10:00Z"));
        Assert.Equal(["2026-05-05", "2026-05-09", "2026-05-10"], await NightsAsync(tenant));
    }

    [Fact]
    public async Task A_suspended_tenant_is_left_alone_and_made_up_for_when_it_is_back()
    {
        api.Clock.Set(Instant("2026-06-01T10:00:00Z"));
        var tenant = await api.FoundAsync();
        await api.SqlAsync("update kernel.tenant set status = 'suspended' where id = $1", tenant.Id);

        await RunAtAsync(Instant("2026-06-02T00:10:00Z"));
        await RunAtAsync(Instant("2026-06-03T00:10:00Z"));
        Assert.Empty(await NightsAsync(tenant));
        await api.SqlAsync("update kernel.tenant set status = 'active' where id = $1", tenant.Id);
        await RunAtAsync(Instant("2026-06-03T09:00:00Z"));

        Assert.Equal(["2026-06-03"], await NightsAsync(tenant));
    }

    [Fact]
    public async Task Administrators_choose_another_time_and_formats_or_no_nights_at_all()
    {
        api.Clock.Set(Instant("2026-07-01T10:00:00Z"));
        var (late, never) = (await api.FoundAsync(), await api.FoundAsync());
        (await late.Admin.Put("backup/settings", new { enabled = true, time = "04:30", retentionDays = 30, formats = new[] { "csv", "json" } })).Must(200);
        (await never.Admin.Put("backup/settings", new { enabled = false, time = "02:00", retentionDays = 30 })).Must(200);

        Assert.Equal(Instant("2026-07-02T02:30:00Z"), (await late.Admin.Get("backup")).Must(200)["nextRunAt"].GetDateTimeOffset());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await never.Admin.Get("backup")).Must(200)["nextRunAt"].ValueKind);
        await RunAtAsync(Instant("2026-07-02T02:29:55Z"));
        Assert.Empty(await NightsAsync(late));
        await RunAtAsync(Instant("2026-07-02T02:40:00Z"));

        Assert.Equal(["2026-07-02"], await NightsAsync(late));
        Assert.Equal("{csv,json}", await api.SqlAsync("select formats::text from kernel.backup where tenant_id = $1", late.Id));
        Assert.Empty(await NightsAsync(never));
        await Waiting.UntilAsync(() => api.SqlAsync("select status from kernel.backup where tenant_id = $1", late.Id), status => status is "succeeded");
    }

    [Fact]
    public async Task One_backup_of_a_tenant_is_written_at_a_time()
    {
        api.Clock.Set(Instant("2026-08-03T10:00:00Z"));
        var tenant = await api.FoundAsync();
        await using (await BackupLock.TakeAsync(api.Services.GetRequiredService<NpgsqlDataSource>(), tenant.Id, CancellationToken.None))
        {
            (await tenant.Admin.Post("backup", new { })).Must(202);
            (await tenant.Admin.Post("backup", new { })).Must(202);
            await Waiting.UntilAsync(() => CountAsync("select count(*) from kernel.job where tenant_id = $1 and status = 'running'", tenant), running => running == 2);

            Assert.Equal(2, await CountAsync("select count(*) from kernel.backup where tenant_id = $1 and status = 'queued'", tenant));
        }

        await Waiting.UntilAsync(() => CountAsync("select count(*) from kernel.backup where tenant_id = $1 and status = 'succeeded'", tenant), good => good == 2);
        Assert.Equal(0, await CountAsync(
            "select count(*) from kernel.backup a join kernel.backup b on b.tenant_id = a.tenant_id and b.id > a.id and b.started_at < a.finished_at and a.started_at < b.finished_at where a.tenant_id = $1", tenant));
    }

    [Fact]
    public async Task A_night_that_failed_is_tried_again_after_a_quarter_and_an_hour_and_then_the_next_night()
    {
        api.Clock.Set(Instant("2026-09-01T10:00:00Z"));
        var tenant = await api.FoundAsync();
        using var disk = new FullDisk(api.Services.GetRequiredService<FileStore>().DraftsOf(tenant.Id));

        var first = await FailedAtAsync(tenant, Instant("2026-09-02T00:10:00Z"), attempt: 1);
        await RunAtAsync(first.AddMinutes(14));
        Assert.Equal(1, await TriesAsync(tenant));
        await SignInAsync(tenant);
        var overview = (await tenant.Admin.Get("backup")).Must(200);
        Assert.Equal(("failed", 1, first.AddMinutes(15), Instant("2026-09-03T00:00:00Z")),
            (overview["last"].GetProperty("status").GetString(), overview["last"].GetProperty("attempt").GetInt32(), overview["nextTryAt"].GetDateTimeOffset(), overview["nextRunAt"].GetDateTimeOffset()));
        Assert.Equal(first.AddMinutes(15), (await tenant.Admin.Get("backup/log")).Items.First(l => l.GetProperty("event").GetString() == "failed").GetProperty("detail").GetProperty("nextTry").GetDateTimeOffset());

        var second = await FailedAtAsync(tenant, first.AddMinutes(15), attempt: 2);
        await RunAtAsync(second.AddMinutes(59));
        Assert.Equal(2, await TriesAsync(tenant));
        var third = await FailedAtAsync(tenant, second.AddMinutes(60), attempt: 3);
        await RunAtAsync(third.AddHours(10));
        await SignInAsync(tenant);
        Assert.Equal((3L, System.Text.Json.JsonValueKind.Null), (await TriesAsync(tenant), (await tenant.Admin.Get("backup")).Must(200)["nextTryAt"].ValueKind));

        disk.Dispose();
        await RunAtAsync(Instant("2026-09-03T00:10:00Z"));
        await Waiting.UntilAsync(() => CountAsync("select count(*) from kernel.backup where tenant_id = $1 and status = 'succeeded' and local_date = '2026-09-03' and attempt = 1", tenant), good => good == 1);
        Assert.Equal(["2026-09-02", "2026-09-02", "2026-09-02", "2026-09-03"], await NightsAsync(tenant));
    }

    [Fact]
    public async Task A_second_try_that_succeeds_ends_the_night_and_several_nodes_make_it_once()
    {
        api.Clock.Set(Instant("2026-10-01T10:00:00Z"));
        var tenant = await api.FoundAsync();
        using var disk = new FullDisk(api.Services.GetRequiredService<FileStore>().DraftsOf(tenant.Id));
        var failedAt = await FailedAtAsync(tenant, Instant("2026-10-02T00:10:00Z"), attempt: 1);
        disk.Dispose();

        api.Clock.Set(failedAt.AddMinutes(15));
        var nodes = Enumerable.Range(0, 3).Select(_ => ActivatorUtilities.CreateInstance<BackupSchedule>(api.Services)).ToList();
        await Task.WhenAll(nodes.Select(node => node.RunAsync(CancellationToken.None)));
        await Waiting.UntilAsync(() => CountAsync("select count(*) from kernel.backup where tenant_id = $1 and status = 'succeeded'", tenant), good => good == 1);
        await RunAtAsync(failedAt.AddHours(12));

        Assert.Equal(2, await TriesAsync(tenant));
        await SignInAsync(tenant);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await tenant.Admin.Get("backup")).Must(200)["nextTryAt"].ValueKind);
    }

    [Fact]
    public async Task A_nightly_backup_that_somebody_cancelled_is_not_tried_again()
    {
        api.Clock.Set(Instant("2026-11-03T10:00:00Z"));
        var tenant = await api.FoundAsync();
        await using (await BackupLock.TakeAsync(api.Services.GetRequiredService<NpgsqlDataSource>(), tenant.Id, CancellationToken.None))
        {
            await RunAtAsync(Instant("2026-11-04T01:10:00Z"));
            await Waiting.UntilAsync(() => CountAsync("select count(*) from kernel.job where tenant_id = $1 and status = 'running'", tenant), running => running == 1);
            await SignInAsync(tenant);
            (await tenant.Admin.Post($"jobs/{await api.SqlAsync("select id from kernel.job where tenant_id = $1 and kind = 'backup'", tenant.Id)}/cancel")).Must(200);
            await Waiting.UntilAsync(() => CountAsync("select count(*) from kernel.backup where tenant_id = $1 and status = 'failed' and error = 'interrupted'", tenant), failed => failed == 1);
        }

        await RunAtAsync(Instant("2026-11-04T05:00:00Z"));

        Assert.Equal(1, await TriesAsync(tenant));
    }

    private async Task<DateTimeOffset> FailedAtAsync(TestTenant tenant, DateTimeOffset at, int attempt)
    {
        await RunAtAsync(at);
        await Waiting.UntilAsync(() => api.SqlAsync($"select status from kernel.backup where tenant_id = $1 and attempt = {attempt}", tenant.Id), status => status is "failed");
        return new DateTimeOffset((DateTime)(await api.SqlAsync($"select finished_at from kernel.backup where tenant_id = $1 and attempt = {attempt}", tenant.Id))!, TimeSpan.Zero);
    }

    /// <summary>A session does not outlive the nights that pass here.</summary>
    private static async Task SignInAsync(TestTenant tenant) => (await tenant.Admin.SignInAsync(tenant.Admin.Email, Api.Password)).Must(200);

    private Task<long> TriesAsync(TestTenant tenant) => CountAsync("select count(*) from kernel.backup where tenant_id = $1 and kind = 'scheduled'", tenant);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private async Task RunAtAsync(DateTimeOffset now)
    {
        api.Clock.Set(now);
        await api.Services.GetRequiredService<BackupSchedule>().RunAsync(CancellationToken.None);
    }

    private async Task<IReadOnlyList<string>> NightsAsync(TestTenant tenant) =>
        [.. ((string)(await api.SqlAsync("select coalesce(string_agg(local_date::text, ' ' order by local_date), '') from kernel.backup where tenant_id = $1 and kind = 'scheduled'", tenant.Id))!).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private async Task<long> CountAsync(string sql, TestTenant tenant) => (long)(await api.SqlAsync(sql, tenant.Id))!;

    /// <summary>As long as it lasts, nothing can be written where drafts are.</summary>
    private sealed class FullDisk : IDisposable
    {
        private readonly string _folder;

        public FullDisk(string folder)
        {
            _folder = folder;
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            File.WriteAllText(folder, "full");
        }

        public void Dispose()
        {
            if (File.Exists(_folder))
            {
                File.Delete(_folder);
            }
        }
    }
}
