using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Database;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Jobs;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Exchange;

/// <summary>A host where everything goes to the background.</summary>
public sealed class BackgroundApi : Api
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal) { ["Tessera:Exchange:InlineRows"] = "0" };
}

/// <summary>What is left when the host ends in the middle: the same work again, once.</summary>
public sealed class RecoveryTests(BackgroundApi api) : IClassFixture<BackgroundApi>
{
    private const string Candidates = "recruiting/candidates";

    [Fact]
    public async Task Many_rows_are_checked_applied_exported_and_undone_in_the_background()
    {
        var tenant = await api.FoundAsync();
        var run = (await tenant.Admin.UploadAsync(Candidates, People(1_500))).Must(201);
        await tenant.Admin.MapAsync(run);
        Assert.Equal("running", (await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Must(202)["status"].GetString());
        await Waiting.UntilAsync(async () => (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200), r => r["status"].GetString() == "validated");
        (await tenant.Admin.Post($"exchange/imports/{run.Id}/apply")).Must(202);
        var done = await Waiting.UntilAsync(async () => (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200), r => r["status"].GetString() == "completed");

        Assert.Equal("create 1500", done.Counts());
        Assert.Equal("unchanged 1500", (await tenant.Admin.CheckedAsync(Candidates, await tenant.Admin.ExportedAsync(Candidates, "json"))).Counts());
        Assert.Equal(1_500, (await tenant.Admin.UndoAsync(run))["result"].GetProperty("reversed").GetInt32());
    }

    [Fact]
    public async Task An_import_whose_host_died_while_writing_is_written_once()
    {
        var tenant = await api.FoundAsync();
        var run = await tenant.Admin.CheckedAsync(Candidates, People(300));

        // The first attempt got as far as its records and ended before its commit: nothing of it is there, and its job is begun again.
        await using (var db = api.Open(TenantScope.System(tenant.Id)))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await TenantInterceptor.SetTenantAsync(db, CancellationToken.None);
            await BulkSave.InsertAsync(db, db.Model.FindEntityType(typeof(RememberedMapping))!, [new RememberedMapping { TenantId = tenant.Id, Noun = "x", Signature = "x", Mapping = "{}", UpdatedAt = api.Clock.Now }], CancellationToken.None);
        }

        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.remembered_mapping where tenant_id = $1 and noun = 'x'", tenant.Id));
        var job = await tenant.Admin.ApplyAsync(run);
        Assert.Equal("succeeded", job["status"].GetString());

        // The second attempt of a job that had committed finds its end and leaves everything alone.
        await api.Services.GetRequiredService<JobRunner>().RunAsync(tenant.Id, job.Id, CancellationToken.None);
        Assert.Equal(300L, await api.SqlAsync("select count(*) from recruiting.candidate where tenant_id = $1", tenant.Id));
        Assert.Equal(300L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and action = 'create_candidate'", tenant.Id));
    }

    [Fact]
    public async Task A_check_that_was_broken_off_is_begun_again_and_says_the_same()
    {
        var tenant = await api.FoundAsync();
        var run = await tenant.Admin.CheckedAsync(Candidates, People(2_500));
        var rows = (await api.SqlAsync("select string_agg(n || action || coalesce(errors::text, ''), ',' order by n) from kernel.import_row where run_id = $1", run.Id))!;

        // As a killed host leaves it: some rows written, the job still running.
        await api.SqlAsync("delete from kernel.import_row where run_id = $1 and n > 2001", run.Id);
        await api.SqlAsync("update kernel.import_run set status = 'running' where id = $1", run.Id);
        await api.SqlAsync("update kernel.job set status = 'running', finished_at = null where id = $1", run["jobId"].GetGuid());
        await api.Services.GetRequiredService<JobRunner>().RunAsync(tenant.Id, run["jobId"].GetGuid(), CancellationToken.None);

        Assert.Equal(rows, await api.SqlAsync("select string_agg(n || action || coalesce(errors::text, ''), ',' order by n) from kernel.import_row where run_id = $1", run.Id));
        Assert.Equal("create 2500", (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200).Counts());
    }

    [Fact]
    public async Task An_export_that_was_broken_off_leaves_no_file_and_is_made_again()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync();
        var job = await tenant.Admin.ExportAsync(Candidates, "xlsx");
        await api.SqlAsync("update kernel.job set status = 'running', result = null, finished_at = null where id = $1", job.Id);
        await api.SqlAsync("delete from kernel.stored_file where tenant_id = $1", tenant.Id);

        await api.Services.GetRequiredService<JobRunner>().RunAsync(tenant.Id, job.Id, CancellationToken.None);

        Assert.Equal(1L, await api.SqlAsync("select count(*) from kernel.stored_file where tenant_id = $1", tenant.Id));
        Assert.NotEmpty(await tenant.Admin.DownloadAsync($"exchange/exports/{job.Id}/link"));
    }

    private static string People(int count) => "name,email\n" + string.Concat(Enumerable.Range(1, count).Select(i => $"Person {i},person{i}@many.test\n"));
}
