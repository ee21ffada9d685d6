using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Database;

/// <summary>Migrations: in order, once, and never edited afterwards.</summary>
public sealed class MigratorTests : IAsyncLifetime
{
    private static readonly ModuleTables KernelTables = new(KernelModule.Schema, typeof(KernelModule).Assembly);

    private string _database = "";

    private static Migrator Migrator => new([KernelTables], NullLogger.Instance);

    public async Task InitializeAsync() => _database = await (await TestPostgres.GetAsync()).CreateEmptyAsync();

    public async Task DisposeAsync() => await (await TestPostgres.GetAsync()).DropAsync(_database);

    [Fact]
    public async Task An_empty_database_gets_every_file_in_order_and_a_second_run_none()
    {
        var applied = await Migrator.MigrateAsync(_database);

        Assert.Equal(Kernel.Database.Migrator.FilesOf(KernelTables.Assembly).Select(f => "kernel/" + f.File), applied);
        Assert.Equal(applied.Order(StringComparer.Ordinal), applied);
        Assert.Empty(await Migrator.MigrateAsync(_database));
    }

    [Fact]
    public async Task A_file_that_was_edited_after_it_was_applied_is_refused()
    {
        await Migrator.MigrateAsync(_database);
        await ExecuteAsync("update kernel.migration set checksum = 'another' where file = '0001_kernel.sql'");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Migrator.MigrateAsync(_database));

        Assert.Contains("0001_kernel.sql was edited", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_build_is_refused()
    {
        await Migrator.MigrateAsync(_database);
        await ExecuteAsync("insert into kernel.migration (module, file, checksum) values ('kernel', '9999_future.sql', '')");

        Assert.Contains("9999_future.sql", (await Assert.ThrowsAsync<InvalidOperationException>(() => Migrator.MigrateAsync(_database))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_that_start_at_once_apply_each_file_once()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrator.MigrateAsync(_database)));

        Assert.Single(runs, applied => applied.Count > 0);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
