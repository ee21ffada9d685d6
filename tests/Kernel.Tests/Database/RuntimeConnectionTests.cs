using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Database;

/// <summary>What the product's connections say to any PostgreSQL.</summary>
public sealed class RuntimeConnectionTests : IAsyncLifetime
{
    private const string WorkMemory = "select current_setting('work_mem')";

    private string _database = "";

    public async Task InitializeAsync() => _database = await (await TestPostgres.GetAsync()).CreateAsync();

    public async Task DisposeAsync() => await (await TestPostgres.GetAsync()).DropAsync(_database);

    [Theory]
    [InlineData("", 64 * 1024)]
    [InlineData(";Write Buffer Size=16384", 16 * 1024)]
    public async Task A_buffer_is_large_enough_for_COPY_unless_the_operator_says_otherwise(string said, int expected) =>
        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(await RuntimeConnection.PrepareAsync(_database + said)).WriteBufferSize);

    [Fact]
    public async Task What_the_operator_sets_for_them_is_kept_beside_the_role()
    {
        var connection = await RuntimeConnection.PrepareAsync(_database + ";Options=-c work_mem=5MB");

        Assert.Equal("5MB", await TestPostgres.ScalarAsync(connection, WorkMemory));
        Assert.Equal(Migrator.RuntimeRole, await TestPostgres.ScalarAsync(connection, "select current_user::text"));
    }
}
