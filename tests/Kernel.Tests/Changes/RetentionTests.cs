using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Changes;

public sealed class RetentionTests(Api api) : IClassFixture<Api>
{
    private static readonly DateTimeOffset Today = new(2026, 6, 10, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Old_days_go_to_the_archive_whole_and_the_chain_holds_on()
    {
        api.Clock.Set(Today.AddDays(-420));
        var tenant = await api.FoundAsync();
        await GoToAsync(tenant, Today.AddDays(-410));
        await tenant.Admin.AddCandidateAsync("Tove Holm");
        await GoToAsync(tenant, Today.AddDays(-390));
        await tenant.Admin.AddCandidateAsync("Uwe Kern");
        await GoToAsync(tenant, Today);
        var old = await CountAsync(tenant.Id, Today.AddDays(-400));
        await Chain.SealAsync(api, tenant.Id);

        await RunAsync(tenant.Id);

        Assert.Equal("Uwe Kern", Assert.Single((await tenant.Admin.Get("audit?action=create_candidate")).Must(200).Items).GetProperty("label").GetString());
        var archived = Read(tenant.Id);
        Assert.Equal(["2025-04-16", "2025-04-26"], archived.Keys.Select(file => file[..10]).Order());
        Assert.Equal(old, archived.Values.Sum(day => day.Count));
        Assert.Contains(archived.Values.SelectMany(day => day), row => row.GetProperty("label").GetString() == "Tove Holm");
        var reported = Assert.Single((await tenant.Admin.Get("audit?action=archive_audit")).Must(200).Items);
        Assert.Contains(reported.GetProperty("changes").EnumerateArray(), c => c.GetProperty("field").GetString() == "rows" && c.GetProperty("after").GetInt64() == old);
        await Chain.SealAsync(api, tenant.Id);
        var report = await Chain.VerifyAsync(api, tenant.Id);
        Assert.True(report.Intact, report.BrokenAt?.ToString());
        Assert.True(report.Sealed > 0);
    }

    [Fact]
    public async Task It_runs_once_a_day_and_again_after_midnight_there()
    {
        // At 11:00 UTC it is 23:45 on the Chatham Islands.
        api.Clock.Set(Today.AddDays(-400));
        var tenant = await api.FoundAsync(timeZone: "Pacific/Chatham");
        await Chain.SealAsync(api, tenant.Id);
        api.Clock.Set(Today);

        await RunAsync(tenant.Id);
        await RunAsync(tenant.Id);
        Assert.True(await CountAsync(tenant.Id, Today.AddDays(-399)) > 0);

        api.Clock.Advance(TimeSpan.FromMinutes(16));
        await RunAsync(tenant.Id);
        await RunAsync(tenant.Id);
        Assert.Equal(0, await CountAsync(tenant.Id, Today.AddDays(-399)));
        Assert.Equal(1L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and action = 'archive_audit'", tenant.Id));
    }

    [Fact]
    public async Task A_false_anchor_is_found()
    {
        api.Clock.Set(Today.AddDays(-420));
        var tenant = await api.FoundAsync();
        await Chain.SealAsync(api, tenant.Id);
        api.Clock.Set(Today);
        await RunAsync(tenant.Id);
        Assert.True((await Chain.VerifyAsync(api, tenant.Id)).Intact);

        await api.SqlAsync("update kernel.change_seal set hash = sha256('x') where tenant_id = $1 and archived_at is not null", tenant.Id);

        Assert.Equal("seal_changed", (await Chain.VerifyAsync(api, tenant.Id)).BrokenAt?.Problem);
    }

    [Fact]
    public async Task Nobody_is_in_the_way_of_two_nodes_that_archive_at_once()
    {
        api.Clock.Set(Today.AddDays(-420));
        var tenant = await api.FoundAsync();
        await Chain.SealAsync(api, tenant.Id);
        api.Clock.Set(Today);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RunAsync(tenant.Id)));

        Assert.Equal(1L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and action = 'archive_audit'", tenant.Id));
    }

    [Fact]
    public async Task The_products_role_cannot_purge_what_is_young()
    {
        api.Clock.Set(TimeProvider.System.GetUtcNow());
        var tenant = await api.FoundAsync();
        await Chain.SealAsync(api, tenant.Id);
        var runtime = await RuntimeConnection.PrepareAsync(api.OwnerConnectionString);
        await using var database = NpgsqlDataSource.Create(runtime);
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"select set_config('app.tenant_id', '{tenant.Id}', false); select kernel.purge_changes((select max(number) from kernel.change_seal), now())", connection);

        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }

    /// <summary>The host's own sealer may be at work in this tenant at the same moment; the task then comes again, and so does this.</summary>
    private async Task RunAsync(Guid tenantId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await api.Services.GetRequiredService<ChangeRetention>().RunAsync(tenantId, limit.Token))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private async Task<long> CountAsync(Guid tenantId, DateTimeOffset before) =>
        (long)(await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and at < $2", tenantId, before))!;

    private async Task GoToAsync(TestTenant tenant, DateTimeOffset time)
    {
        // One seal never spans the leap: archiving takes whole seals.
        await Chain.SealAsync(api, tenant.Id);
        api.Clock.Set(time);
        (await tenant.Admin.SignInAsync(tenant.Admin.Email, Api.Password, tenant.Slug)).Must(200);
    }

    private Dictionary<string, List<JsonElement>> Read(Guid tenantId) =>
        Directory.GetFiles(api.Services.GetRequiredService<ChangeArchive>().FolderOf(tenantId), "*.jsonl.gz").ToDictionary(
            file => Path.GetFileName(file),
            file =>
            {
                using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
                return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
            });
}
