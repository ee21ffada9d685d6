using Npgsql;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Host;

/// <summary>Holds the host's work up at one place in the middle, so that a test can end the host there. Disposing opens it.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private const long Key = 4711;

    private readonly NpgsqlConnection _holder;

    private readonly string _database;

    private readonly int _holderId;

    private Gate(string database, NpgsqlConnection holder) => (_database, _holder, _holderId) = (database, holder, holder.ProcessID);

    /// <summary>Whoever reads the table waits.</summary>
    /// <param name="database">Connection string of a superuser.</param>
    /// <param name="table">With its schema.</param>
    public static Task<Gate> BeforeReadingAsync(string database, string table) => CloseAsync(database, $"lock table {table} in access exclusive mode");

    /// <summary>Whoever has written a line with this action into the change feed waits, its transaction open.</summary>
    public static async Task<Gate> AfterChangeAsync(string database, string action)
    {
        await SqlAsync(
            database,
            $"""
             create or replace function public.gate() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock({Key}); return null; end $$;
             drop trigger if exists gate on kernel.change;
             create trigger gate after insert on kernel.change for each row when (new.action = '{action}') execute function public.gate();
             """);
        return await CloseAsync(database, $"select pg_advisory_xact_lock({Key})");
    }

    /// <summary>Waits until somebody stands before it.</summary>
    public async Task ReachedAsync() =>
        await Waiting.UntilAsync(() => SqlAsync(_database, "select count(*) from pg_stat_activity where $1 = any (pg_blocking_pids(pid))", _holderId), waiting => waiting is > 0L);

    public async ValueTask DisposeAsync()
    {
        await _holder.DisposeAsync();

        // Who still waited for a host that is gone goes as well, without having committed anything.
        await Waiting.UntilAsync(() => SqlAsync(_database, "select count(*) from pg_stat_activity where datname = current_database() and pid = $1", _holderId), left => left is 0L);
        await SqlAsync(_database, "drop trigger if exists gate on kernel.change");
    }

    private static async Task<Gate> CloseAsync(string database, string statement)
    {
        var holder = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await holder.OpenAsync();
        await using var command = new NpgsqlCommand("begin; " + statement, holder);
        await command.ExecuteNonQueryAsync();
        return new Gate(database, holder);
    }

    private static Task<object?> SqlAsync(string database, string sql, params object[] parameters) => TestPostgres.ScalarAsync(database, sql, parameters);
}
