using Tessera.Testing;

namespace Tessera.Kernel.Tests.Exchange;

/// <summary>Files of several chunks: one is written while the next is made ready.</summary>
public sealed class ManyRowsTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    [Fact]
    public async Task A_value_that_was_taken_after_the_check_stops_all_rows_and_is_named()
    {
        var tenant = await api.FoundAsync();
        var run = await tenant.Admin.CheckedAsync(Candidates, People(6_000));
        await tenant.Admin.AddCandidateAsync("Quicker", "person3210@chunks.test");

        var job = await tenant.Admin.ApplyAsync(run);

        Assert.Equal(("failed", "import_has_errors"), (job["status"].GetString(), job["error"].GetProperty("code").GetString()));
        var bad = Assert.Single(await tenant.Admin.RowsAsync(run, "&action=error"));
        Assert.Equal((3_211, "changed_meanwhile"), (bad.Key, Assert.Single(bad.Value.ErrorCodes())));
        Assert.Equal(1L, await api.SqlAsync("select count(*) from recruiting.candidate where tenant_id = $1", tenant.Id));
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and reason like 'Import of%'", tenant.Id));
        Assert.Equal("create 5999, error 1", (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200).Counts());
    }

    [Fact]
    public async Task Changes_of_several_chunks_are_written_with_their_history_and_taken_back()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.ApplyAsync(await tenant.Admin.CheckedAsync(Candidates, People(4_500)));
        var mixed = People(5_000).Replace("Person", "Member", StringComparison.Ordinal);
        var run = await tenant.Admin.CheckedAsync(Candidates, mixed, new { mode = "upsert" });
        Assert.Equal("create 500, update 4500", run.Counts());

        Assert.Equal("succeeded", (await tenant.Admin.ApplyAsync(run))["status"].GetString());

        Assert.Equal(4_500L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and action = 'update_candidate'", tenant.Id));
        Assert.Equal(5_000L, await api.SqlAsync("select count(*) from recruiting.candidate where tenant_id = $1 and full_name like 'Member %'", tenant.Id));
        Assert.Equal(5_000, (await tenant.Admin.UndoAsync(run))["result"].GetProperty("reversed").GetInt32());
        Assert.Equal(4_500L, await api.SqlAsync("select count(*) from recruiting.candidate where tenant_id = $1 and full_name like 'Person %' and deleted_at is null", tenant.Id));
    }

    [Fact]
    public async Task Imported_records_are_found_by_any_part_of_their_texts()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.ApplyAsync(await tenant.Admin.CheckedAsync(Candidates, People(3_000)));

        Assert.Equal(1, (await tenant.Admin.Get($"{Candidates}?search=person2987")).Must(200)["total"].GetInt32());
    }

    private static string People(int count) => "name,email\n" + string.Join('\n', Enumerable.Range(1, count).Select(i => $"Person {i},person{i}@chunks.test"));
}
