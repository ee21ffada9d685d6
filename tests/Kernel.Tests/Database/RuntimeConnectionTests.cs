using Tessera.Kernel.Database;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Database;

/// <summary>What the product's connections say to any PostgreSQL.</summary>
public sealed class RuntimeConnectionTests : IAsyncLifetime
{
    private const string Limit = "select current_setting('gin_pending_list_limit')";

    private string _database = "";

    public async Task InitializeAsync() => _database = await (await TestPostgres.GetAsync()).CreateAsync();

    public async Task DisposeAsync() => await (await TestPostgres.GetAsync()).DropAsync(_database);

    [Fact]
    public async Task Lists_before_the_search_indexes_are_short_in_ordinary_work()
    {
        var connection = await RuntimeConnection.PrepareAsync(_database);

        Assert.Equal("256kB", await TestPostgres.ScalarAsync(connection, Limit));
        Assert.Equal(Migrator.RuntimeRole, await TestPostgres.ScalarAsync(connection, "select current_user::text"));
    }

    [Fact]
    public async Task What_the_operator_sets_for_them_wins()
    {
        var connection = await RuntimeConnection.PrepareAsync(_database + ";Options=-c gin_pending_list_limit=512");

        Assert.Equal("512kB", await TestPostgres.ScalarAsync(connection, Limit));
        Assert.Equal(Migrator.RuntimeRole, await TestPostgres.ScalarAsync(connection, "select current_user::text"));
    }

    [Fact]
    public async Task No_index_has_a_limit_of_its_own_that_would_win_over_an_imports() =>
        Assert.Equal(0L, await TestPostgres.ScalarAsync(_database, "select count(*) from pg_class where relkind = 'i' and array_to_string(reloptions, ',') like '%gin_pending_list_limit%'"));
}
