using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Host;

/// <summary>The host is killed in the middle of its work and started again: nothing is lost, nothing is half done, and nothing half done calls itself good.</summary>
public sealed class KilledHostTests(HostProcess host) : IClassFixture<HostProcess>
{
    private const string Candidates = "recruiting/candidates";

    [Fact]
    public async Task Killed_during_an_import_it_has_written_nothing_and_then_everything_once()
    {
        var (tenant, _, admin) = await host.FoundAsync();
        var run = await admin.CheckedAsync(Candidates, People(1_200));
        Guid job;
        await using (var gate = await Gate.AfterChangeAsync(host.OwnerConnectionString, "create_candidate"))
        {
            job = (await admin.Post($"exchange/imports/{run.Id}/apply")).Must(202).Id;
            await gate.ReachedAsync();
            host.Kill();
        }

        Assert.Equal(0L, await CountAsync("recruiting.candidate", tenant));
        Assert.Equal("running", await host.SqlAsync("select status from kernel.job where id = $1", job));
        await host.StartAsync();

        var done = await admin.JobAsync(job);
        Assert.True(done["status"].GetString() == "succeeded", done.Text);
        Assert.Equal(1_200L, await CountAsync("recruiting.candidate", tenant));
        Assert.Equal(1_200L, await CountAsync("kernel.change", tenant, "action = 'create_candidate'"));
        Assert.Equal(1L, await CountAsync("kernel.backup", tenant, "kind = 'pre_import' and status = 'succeeded'"));
        Assert.Equal("completed", (await admin.Get($"exchange/imports/{run.Id}")).Must(200)["status"].GetString());
    }

    [Fact]
    public async Task Killed_during_an_export_it_leaves_no_file_and_then_one()
    {
        var (tenant, _, admin) = await host.FoundAsync();
        await admin.AddCandidateAsync();
        Guid job;
        await using (var gate = await Gate.BeforeReadingAsync(host.OwnerConnectionString, "recruiting.call"))
        {
            job = (await admin.Post("exchange/exports", new { format = "json" })).Must(202).Id;
            await gate.ReachedAsync();
            host.Kill();
        }

        Assert.Equal(0L, await CountAsync("kernel.stored_file", tenant));
        Assert.Single(Directory.GetFiles(DraftsOf(tenant)));
        await host.StartAsync();

        var done = await admin.JobAsync(job);
        Assert.True(done["status"].GetString() == "succeeded", done.Text);
        Assert.Equal(1L, await CountAsync("kernel.stored_file", tenant));
        var file = JsonSerializer.Deserialize<JsonElement>(await admin.DownloadAsync($"exchange/exports/{job}/link"));
        Assert.Equal(1, file.GetProperty("counts").GetProperty(Candidates).GetInt32());
        await NoDraftsAsync(tenant);
    }

    [Fact]
    public async Task Killed_during_a_backup_it_leaves_none_that_calls_itself_good_and_then_a_whole_one()
    {
        var (tenant, _, admin) = await host.FoundAsync();
        await admin.AddCandidateAsync("Kept Person");
        Answer backup;
        await using (var gate = await Gate.BeforeReadingAsync(host.OwnerConnectionString, "recruiting.call"))
        {
            backup = (await admin.Post("backup", new { formats = new[] { "csv" } })).Must(202);
            await gate.ReachedAsync();
            host.Kill();
        }

        Assert.Equal(1L, await CountAsync("kernel.backup", tenant, "status = 'running' and file_id is null and sha256 is null"));
        Assert.Equal(0L, await CountAsync("kernel.stored_file", tenant));
        Assert.Single(Directory.GetFiles(DraftsOf(tenant)));
        await host.StartAsync();

        Assert.Equal("succeeded", (await admin.JobAsync(backup["jobId"].GetGuid()))["status"].GetString());
        Assert.True((await admin.Post($"backup/{backup.Id}/verify")).Must(200)["intact"].GetBoolean());
        Assert.Equal(1L, await CountAsync("kernel.stored_file", tenant));
        await NoDraftsAsync(tenant);
    }

    [Fact]
    public async Task Killed_during_a_restore_it_has_restored_nothing_and_then_everything_and_what_was_there_before_is_safe()
    {
        var (tenant, _, admin) = await host.FoundAsync();
        var people = new List<Answer>();
        for (var i = 0; i < 3; i++)
        {
            people.Add(await admin.AddCandidateAsync($"Person {i}"));
        }

        var backup = (await admin.Post("backup", new { })).Must(202);
        Assert.Equal("succeeded", (await admin.JobAsync(backup["jobId"].GetGuid()))["status"].GetString());
        foreach (var person in people)
        {
            (await admin.Patch($"{Candidates}/{person.Id}", new { fullName = "Changed Since" }, 1)).Must(200);
        }

        Guid job;
        await using (var gate = await Gate.AfterChangeAsync(host.OwnerConnectionString, "restore_candidate"))
        {
            job = (await admin.Post($"backup/{backup.Id}/restore", new { mode = "replace" })).Must(202).Id;
            await gate.ReachedAsync();
            host.Kill();
        }

        Assert.Equal(3L, await CountAsync("recruiting.candidate", tenant, "full_name = 'Changed Since'"));
        var before = (Guid)(await host.SqlAsync("select id from kernel.backup where tenant_id = $1 and kind = 'pre_restore' and status = 'succeeded'", tenant))!;
        await host.StartAsync();

        var done = await admin.JobAsync(job);
        Assert.True(done["status"].GetString() == "succeeded", done.Text);
        Assert.Equal(3L, await CountAsync("recruiting.candidate", tenant, "full_name like 'Person %'"));
        Assert.Equal(3L, await CountAsync("kernel.change", tenant, "action = 'restore_candidate'"));
        Assert.Equal(1L, await CountAsync("kernel.backup", tenant, "kind = 'pre_restore'"));
        Assert.Equal(before, done["result"].GetProperty("preRestoreBackupId").GetGuid());
        Assert.True((await admin.Post($"backup/{before}/verify")).Must(200)["intact"].GetBoolean());

        // And back again: what was there before the restore is in its backup.
        var back = (await admin.Post($"backup/{before}/restore", new { mode = "replace" })).Must(202);
        Assert.Equal("succeeded", (await admin.JobAsync(back.Id))["status"].GetString());
        Assert.Equal(3L, await CountAsync("recruiting.candidate", tenant, "full_name = 'Changed Since'"));
    }

    [Fact]
    public async Task Told_to_stop_it_leaves_in_order_and_the_next_one_goes_on()
    {
        var (tenant, _, admin) = await host.FoundAsync();
        Answer backup;
        await using (var gate = await Gate.BeforeReadingAsync(host.OwnerConnectionString, "recruiting.call"))
        {
            backup = (await admin.Post("backup", new { })).Must(202);
            await gate.ReachedAsync();

            Assert.Equal(0, await host.StopAsync());
            Assert.Equal("queued", await host.SqlAsync("select status from kernel.job where id = $1", backup["jobId"].GetGuid()));
            await NoDraftsAsync(tenant);
        }

        await host.StartAsync();
        Assert.Equal("succeeded", (await admin.JobAsync(backup["jobId"].GetGuid()))["status"].GetString());
    }

    private static string People(int count) => "name,email\n" + string.Concat(Enumerable.Range(1, count).Select(i => $"Person {i},person{i}@many.test\n"));

    private async Task<long> CountAsync(string table, Guid tenant, string condition = "true") =>
        (long)(await host.SqlAsync($"select count(*) from {table} where tenant_id = $1 and {condition}", tenant))!;

    private string DraftsOf(Guid tenant) => Path.Combine(host.DataFolder, "files", tenant.ToString(), "drafts");

    private async Task NoDraftsAsync(Guid tenant) => await Waiting.UntilAsync(() => Task.FromResult(Directory.GetFiles(DraftsOf(tenant)).Length), drafts => drafts == 0);
}
