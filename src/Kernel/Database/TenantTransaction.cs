using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Tessera.Kernel.Database;

/// <summary>
/// Plain SQL in one tenant, for what EF has no words for: the tenant is set for this transaction alone, so nothing stays behind
/// on the pooled connection. Disposing without <see cref="CommitAsync"/> takes everything back.
/// </summary>
internal sealed class TenantTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private TenantTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    /// <param name="database">Where to.</param>
    /// <param name="tenantId">Whose rows are seen.</param>
    /// <param name="isolation">Repeatable read shows one moment to all statements.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<TenantTransaction> BeginAsync(
        NpgsqlDataSource database, Guid tenantId, IsolationLevel isolation, CancellationToken cancel)
    {
        var connection = await database.OpenConnectionAsync(cancel);
        try
        {
            var begun = new TenantTransaction(connection, await connection.BeginTransactionAsync(isolation, cancel));
            await begun.ExecuteAsync("select set_config('app.tenant_id', $1, true)", cancel, tenantId.ToString());
            return begun;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A command of this transaction; parameters are <c>$1</c>, <c>$2</c> and so on; an unsigned 64-bit number is a transaction's.</summary>
    public NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, _connection, _transaction);
        foreach (var value in parameters)
        {
            command.Parameters.Add(value is ulong xid
                ? new NpgsqlParameter<ulong>("", NpgsqlDbType.Xid8) { TypedValue = xid }
                : new NpgsqlParameter { Value = value });
        }

        return command;
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancel, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancel, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync(cancel))!;
    }

    public Task CommitAsync(CancellationToken cancel) => _transaction.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
