using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Backup;

public sealed class RestoreSettingsTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_workspaces_own_name_zone_and_settings_come_back_with_the_whole_of_it()
    {
        var tenant = await api.FoundAsync("Name Then");
        await SaveAsync(tenant, "Name Then", "Europe/Zurich", 15);
        var backup = await tenant.Admin.BackUpAsync();
        await SaveAsync(tenant, "Name Now", "Asia/Tokyo", 30);
        var version = (await tenant.Admin.Get("settings")).Must(200).Version;

        var preview = (await tenant.Admin.Post($"backup/{backup.Id}/restore/preview", new { mode = "merge" })).Must(200);
        Assert.Equal(
            ["name: Name Now → Name Then", "timeZone: Asia/Tokyo → Europe/Zurich", "recruiting.interviewBufferMinutes: 30 → 15"],
            preview["settings"].EnumerateArray().Select(f => $"{f.GetProperty("field")}: {f.GetProperty("before")} → {f.GetProperty("after")}"));
        Assert.Equal("Name Now", (await tenant.Admin.Get("settings")).Must(200)["name"].GetString());
        await tenant.RestoreAsync(backup.Id, new { mode = "merge" });

        var settings = (await tenant.Admin.Get("settings")).Must(200);
        Assert.Equal(("Name Then", "Europe/Zurich", 15), (settings["name"].GetString(), settings["timeZone"].GetString(), settings["modules"].GetProperty("recruiting").GetProperty("interviewBufferMinutes").GetInt32()));
        Assert.Equal(version + 1, settings.Version);
        var change = (await tenant.Admin.Get("audit?action=settings_change")).Must(200).Items[0];
        Assert.StartsWith("Restored from the backup of", change.GetProperty("reason").GetString(), StringComparison.Ordinal);
        var restored = (await tenant.Admin.Get("backup/log")).Must(200).Items.First(line => line.GetProperty("event").GetString() == "restored");
        Assert.Equal("name, timeZone, recruiting.interviewBufferMinutes", restored.GetProperty("detail").GetProperty("settings").GetString());
        Assert.Equal(0, (await tenant.Admin.Post($"backup/{backup.Id}/restore/preview", new { mode = "merge" })).Must(200)["settings"].GetArrayLength());
    }

    [Fact]
    public async Task Settings_that_had_never_been_touched_go_back_to_what_they_are_at_first()
    {
        var tenant = await api.FoundAsync("Untouched");
        var backup = await tenant.Admin.BackUpAsync();
        await SaveAsync(tenant, "Untouched", "Europe/Zurich", 45);

        await tenant.RestoreAsync(backup.Id, new { mode = "replace" });

        Assert.Equal(0, (await tenant.Admin.Get("settings")).Must(200)["modules"].GetProperty("recruiting").GetProperty("interviewBufferMinutes").GetInt32());
    }

    [Fact]
    public async Task One_list_or_one_record_brings_no_settings_along_and_no_restore_switches_modules()
    {
        var tenant = await api.FoundAsync("Before");
        var candidate = await tenant.Admin.AddCandidateAsync();
        var backup = await tenant.Admin.BackUpAsync();
        await SaveAsync(tenant, "After", "Europe/Zurich", 10);
        (await tenant.Admin.Patch($"recruiting/candidates/{candidate.Id}", new { rating = 2 }, 1)).Must(200);
        await api.SqlAsync("update kernel.tenant set modules = '{recruiting,production}' where id = $1", tenant.Id);

        await tenant.RestoreAsync(backup.Id, new { noun = "recruiting/candidates", mode = "merge" });
        Assert.Equal("After", (await tenant.Admin.Get("settings")).Must(200)["name"].GetString());
        await tenant.RestoreAsync(backup.Id, new { mode = "replace" });

        Assert.Equal("Before", (await tenant.Admin.Get("settings")).Must(200)["name"].GetString());
        Assert.Equal("{recruiting,production}", await api.SqlAsync("select modules::text from kernel.tenant where id = $1", tenant.Id));
    }

    [Fact]
    public async Task What_modules_would_not_take_today_or_zones_nobody_knows_stay_as_they_are()
    {
        var tenant = await api.FoundAsync("Strange");
        await SaveAsync(tenant, "Strange", "Europe/Zurich", 15);
        var backup = await tenant.Admin.BackUpAsync();
        api.Remake(api.FileOf(tenant.Id, backup["sha256"].GetString()!), manifest =>
        {
            manifest["tenant"]!["timeZone"] = "Mars/Olympus_Mons";
            manifest["tenant"]!["settings"] = JsonSerializer.Serialize(new { recruiting = new { interviewBufferMinutes = 9_999, gone = true }, unknown = new { } });
        });
        await SaveAsync(tenant, "Strange", "Europe/Zurich", 20);

        await tenant.RestoreAsync(backup.Id, new { mode = "merge" });

        var settings = (await tenant.Admin.Get("settings")).Must(200);
        Assert.Equal(("Europe/Zurich", 20), (settings["timeZone"].GetString(), settings["modules"].GetProperty("recruiting").GetProperty("interviewBufferMinutes").GetInt32()));
    }

    private static async Task SaveAsync(TestTenant tenant, string name, string timeZone, int buffer) => (await tenant.Admin.Put(
        "settings", new { name, timeZone, modules = new { recruiting = new { interviewBufferMinutes = buffer } } }, (await tenant.Admin.Get("settings")).Must(200).Version)).Must(200);
}
