using Microsoft.Extensions.DependencyInjection;
using Tessera.Host.Commands;
using Tessera.Kernel.Changes;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Changes;

public sealed class ChainTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task An_untouched_trail_is_intact_and_covers_every_change()
    {
        var tenant = await SealedAsync();

        var report = await Chain.VerifyAsync(api, tenant.Id);

        Assert.True(report.Intact);
        Assert.Equal(await CountAsync(tenant), report.Sealed);
        Assert.Equal(report.Checked, report.Sealed);
        Assert.Equal(0, report.Pending);
        Assert.True(report.Head!.KeptOutside);
        Assert.True((await tenant.Admin.Get("audit/verify")).Must(200)["intact"].GetBoolean());
    }

    [Fact]
    public async Task The_list_shows_what_is_sealed()
    {
        var tenant = await SealedAsync();

        Assert.All((await tenant.Admin.Get("audit?target=candidate")).Must(200).Items, row => Assert.True(row.GetProperty("sealed").GetBoolean()));
    }

    [Fact]
    public async Task Sealing_happens_by_itself_soon_after_a_change()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync();

        for (var wait = 0; ; wait++)
        {
            var report = await Chain.VerifyAsync(api, tenant.Id);
            if (report is { Sealed: > 0, Pending: 0 })
            {
                Assert.True(report.Intact);
                return;
            }

            Assert.True(wait < 300, "Nothing was sealed.");
            await Task.Delay(100);
        }
    }

    [Theory]
    [InlineData("update kernel.change set actor_name = 'Nobody' where tenant_id = $1 and action = 'create_candidate'", "rows_changed")]
    [InlineData("update kernel.change set after = jsonb_set(after, '{fullName}', '\"Other\"') where tenant_id = $1 and action = 'create_candidate'", "rows_changed")]
    [InlineData("update kernel.change set at = at - interval '1 microsecond' where tenant_id = $1 and action = 'create_candidate'", "rows_changed")]
    [InlineData("delete from kernel.change where tenant_id = $1 and action = 'create_candidate'", "rows_removed")]
    [InlineData("insert into kernel.change (tenant_id, xid, at, actor_name, action, target) select $1, min(xid), now(), 'x', 'x', 'x' from kernel.change where tenant_id = $1", "rows_added")]
    [InlineData("update kernel.change_seal set hash = sha256('x') where tenant_id = $1 and number = 1", "rows_changed")]
    [InlineData("update kernel.change_seal set previous_hash = sha256('x') where tenant_id = $1 and number = 1", "seal_changed")]
    [InlineData("update kernel.change set original_digest = kernel.change_digest(change), after = null where tenant_id = $1 and action = 'create_candidate'", "erasure_unproven")]
    public async Task Tampering_is_found(string sql, string problem)
    {
        var tenant = await SealedAsync();

        await api.SqlAsync(sql, tenant.Id);

        var report = await Chain.VerifyAsync(api, tenant.Id);
        Assert.False(report.Intact);
        Assert.Equal(problem, report.BrokenAt!.Problem);
        var told = (await tenant.Admin.Get("audit/verify")).Must(200);
        Assert.False(told["intact"].GetBoolean());
        Assert.Equal(problem, told["brokenAt"].GetProperty("problem").GetString());
    }

    [Fact]
    public async Task A_removed_end_is_found_although_what_is_left_is_whole()
    {
        var tenant = await SealedAsync();
        await tenant.Admin.AddCandidateAsync();
        await Chain.SealAsync(api, tenant.Id);

        await api.SqlAsync(
            """
            with last as (delete from kernel.change_seal where tenant_id = $1 and number = (select max(number) from kernel.change_seal where tenant_id = $1))
            delete from kernel.change where tenant_id = $1 and (xid, seq) > (select last_xid, last_seq from kernel.change_seal where tenant_id = $1 order by number desc offset 1 limit 1)
            """,
            tenant.Id);

        Assert.Equal("tail_removed", (await Chain.VerifyAsync(api, tenant.Id)).BrokenAt?.Problem);
    }

    [Fact]
    public async Task A_link_taken_out_of_the_middle_is_found()
    {
        var tenant = await SealedAsync();
        for (var i = 0; i < 2; i++)
        {
            await tenant.Admin.AddCandidateAsync();
            await Chain.SealAsync(api, tenant.Id);
        }

        await api.SqlAsync("delete from kernel.change_seal where tenant_id = $1 and number = 2", tenant.Id);

        Assert.Equal("seal_missing", (await Chain.VerifyAsync(api, tenant.Id)).BrokenAt?.Problem);
    }

    [Fact]
    public async Task The_products_role_cannot_touch_the_links()
    {
        var tenant = await SealedAsync();
        var runtime = await Kernel.Database.RuntimeConnection.PrepareAsync(api.OwnerConnectionString);
        await using var database = Npgsql.NpgsqlDataSource.Create(runtime);
        foreach (var sql in (string[])["update kernel.change_seal set hash = ''", "delete from kernel.change_seal", "truncate kernel.change_seal"])
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var command = new Npgsql.NpgsqlCommand($"select set_config('app.tenant_id', '{tenant.Id}', false); {sql}", connection);
            Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
        }
    }

    [Fact]
    public async Task Two_nodes_that_seal_at_once_make_one_chain()
    {
        var tenant = await api.FoundAsync();
        for (var i = 0; i < 3; i++)
        {
            await tenant.Admin.AddCandidateAsync();
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Chain.SealAsync(api, tenant.Id)));

        var report = await Chain.VerifyAsync(api, tenant.Id);
        Assert.True(report.Intact);
        Assert.Equal(await CountAsync(tenant), report.Sealed);
    }

    [Fact]
    public async Task A_change_of_a_transaction_that_commits_late_is_sealed_in_its_place()
    {
        var tenant = await SealedAsync();
        await using var late = new Npgsql.NpgsqlConnection(new Npgsql.NpgsqlConnectionStringBuilder(api.OwnerConnectionString) { Pooling = false }.ConnectionString);
        await late.OpenAsync();
        await using var transaction = await late.BeginTransactionAsync();
        await using (var insert = new Npgsql.NpgsqlCommand("insert into kernel.change (tenant_id, at, actor_name, action, target) values ($1, now(), 'Late', 'late', 'late')", late, transaction))
        {
            insert.Parameters.Add(new() { Value = tenant.Id });
            await insert.ExecuteNonQueryAsync();
        }

        await tenant.Admin.AddCandidateAsync();
        Assert.False(await api.Services.GetRequiredService<ChangeSealer>().SealAsync(tenant.Id, CancellationToken.None));
        await transaction.CommitAsync();
        await Chain.SealAsync(api, tenant.Id);

        var report = await Chain.VerifyAsync(api, tenant.Id);
        Assert.True(report.Intact);
        Assert.Equal(await CountAsync(tenant), report.Sealed);
    }

    private async Task<TestTenant> SealedAsync()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync();
        await tenant.Admin.AddCandidateAsync();
        await Chain.SealAsync(api, tenant.Id);
        return tenant;
    }

    private async Task<long> CountAsync(TestTenant tenant) => (long)(await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1", tenant.Id))!;
}

public sealed class VerifyAuditTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_command_names_the_workspace_whose_trail_does_not_hold()
    {
        var (good, bad) = (await api.FoundAsync(), await api.FoundAsync());
        await Chain.SealAsync(api, good.Id);
        await Chain.SealAsync(api, bad.Id);
        Assert.Equal(0, await VerifyAudit.RunAsync(api.Services, TextWriter.Null, CancellationToken.None));

        await api.SqlAsync("update kernel.change set actor_name = 'Nobody' where tenant_id = $1", bad.Id);

        using var output = new StringWriter();
        Assert.Equal(1, await VerifyAudit.RunAsync(api.Services, output, CancellationToken.None));
        Assert.Contains($"{good.Id}  intact", output.ToString());
        Assert.Contains($"{bad.Id}  BROKEN", output.ToString());
    }
}
