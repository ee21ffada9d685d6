using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Database;

/// <summary>Statements are prepared on their own; one that fails must not spoil its connection for whoever uses it next.</summary>
public sealed class PreparedStatementsTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_value_the_server_refuses_leaves_nothing_behind_on_its_connection()
    {
        await using var one = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(api.OwnerConnectionString) { MaxPoolSize = 1, MaxAutoPrepare = 10, AutoPrepareMinUsages = 1, NoResetOnClose = true }.ConnectionString);
        await using var db = new Plain(new DbContextOptionsBuilder().UseNpgsql(one).AddInterceptors(new PreparedStatements()).Options);

        await Assert.ThrowsAsync<PostgresException>(() => EchoAsync(db, "\0"));

        Assert.Equal("a", await EchoAsync(db, "a"));
        Assert.Equal("b", await EchoAsync(db, "b"));
    }

    private static async Task<string> EchoAsync(DbContext db, string text) => (await db.Database.SqlQuery<string>($"select {text}::text as \"Value\"").ToListAsync())[0];

    private sealed class Plain(DbContextOptions options) : DbContext(options);
}
