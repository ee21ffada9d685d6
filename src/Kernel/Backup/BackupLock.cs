using Npgsql;

namespace Tessera.Kernel.Backup;

/// <summary>One backup or restore of a tenant at a time, on all nodes. Held on a connection of its own: it ends with the host.</summary>
internal sealed class BackupLock : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(300);

    private readonly NpgsqlConnection _connection;
    private readonly string _name;

    private BackupLock(NpgsqlConnection connection, string name) => (_connection, _name) = (connection, name);

    /// <summary>Waits for its turn.</summary>
    public static async Task<BackupLock> TakeAsync(NpgsqlDataSource database, Guid tenantId, CancellationToken cancel)
    {
        var (connection, name) = (await database.OpenConnectionAsync(cancel), "backup:" + tenantId);
        try
        {
            while (!await AskAsync(connection, "select pg_try_advisory_lock(hashtextextended($1, 0))", name, cancel))
            {
                await Task.Delay(Retry, cancel);
            }

            return new BackupLock(connection, name);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await AskAsync(_connection, "select pg_advisory_unlock(hashtextextended($1, 0))", _name, CancellationToken.None);
        }
        catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it.
            NpgsqlConnection.ClearPool(_connection);
        }

        await _connection.DisposeAsync();
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, string name, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
