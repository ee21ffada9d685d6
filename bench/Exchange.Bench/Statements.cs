using Npgsql;

namespace Tessera.Exchange.Bench;

/// <summary>What PostgreSQL did in which statement, when <c>SETTINGS</c> load <c>pg_stat_statements</c>.</summary>
internal static class Statements
{
    public static async Task BeginAsync(string connection)
    {
        if (await IsLoadedAsync(connection))
        {
            await using var source = NpgsqlDataSource.Create(connection);
            await using var command = source.CreateCommand("create extension if not exists pg_stat_statements; select pg_stat_statements_reset()");
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The dearest statements, with their milliseconds, to the error stream.</summary>
    public static async Task TellAsync(string connection)
    {
        if (!await IsLoadedAsync(connection))
        {
            return;
        }

        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(
            "select round(total_exec_time), round(total_plan_time), calls, rows, wal_bytes / 1024 / 1024, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) from pg_stat_statements order by total_exec_time + total_plan_time desc limit 25");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            await Console.Error.WriteLineAsync($"{reader.GetDouble(0),7} ms {reader.GetDouble(1),5} planning {reader.GetInt64(2),6} calls {reader.GetInt64(3),8} rows {reader.GetDecimal(4),5:0} MB {reader.GetString(5)}");
        }
    }

    private static async Task<bool> IsLoadedAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("show shared_preload_libraries");
        return ((string)(await command.ExecuteScalarAsync())!).Contains("pg_stat_statements", StringComparison.Ordinal);
    }
}
