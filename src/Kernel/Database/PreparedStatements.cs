using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Tessera.Kernel.Database;

/// <summary>
/// Forgets a connection's prepared statements when a command on it has failed. Npgsql counts a statement that failed while it was
/// first used prepared as known, without knowing its columns, and stumbles over its rows the next time (npgsql/npgsql#6391).
/// A value the server refuses does that, and so does a search that is cancelled.
/// </summary>
internal sealed class PreparedStatements : DbCommandInterceptor, IDbConnectionInterceptor
{
    private static readonly ConditionalWeakTable<DbConnection, object> Doubtful = [];

    /// <summary>The command failed on its connection.</summary>
    public static void Doubt(DbCommand command)
    {
        if (command.Connection is { } connection)
        {
            Doubtful.AddOrUpdate(connection, connection);
        }
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Doubt(command);
        return Task.CompletedTask;
    }

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Doubt(command);
        return Task.CompletedTask;
    }

    /// <summary>At the end of its use, when no failed transaction is open any more.</summary>
    public ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        ForgetDoubtful(connection);
        return ValueTask.FromResult(result);
    }

    public InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        ForgetDoubtful(connection);
        return result;
    }

    private static void ForgetDoubtful(DbConnection connection)
    {
        if (Doubtful.Remove(connection) && connection is NpgsqlConnection known)
        {
            Forget(known);
        }
    }

    /// <summary>After something on the connection failed, with no transaction open on it.</summary>
    public static void Forget(NpgsqlConnection connection)
    {
        if (connection.FullState != ConnectionState.Open)
        {
            return;
        }

        try
        {
            connection.UnprepareAll();
        }
        catch (NpgsqlException)
        {
            // It broke meanwhile, and goes with all it knew.
        }
    }
}
