using System.Data.Common;
using Npgsql;

namespace Tessera.Kernel.Database;

/// <summary>Turns the configured login into one that row-level security holds for.</summary>
public static class RuntimeConnection
{
    /// <summary>Enough for what waits: live updates, jobs, exports that are being read slowly.</summary>
    private const int MostOnASmallMachine = 24;

    /// <summary>
    /// The connection string the product works with: prepared statements, no reset between uses (each command sets its
    /// tenant), as many connections as the machine can serve, a buffer that COPY fills in few steps, and the runtime role wherever the login is a member of it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The login could bypass row-level security and cannot become the runtime role.</exception>
    public static async Task<string> PrepareAsync(string connectionString, CancellationToken cancel = default)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ContainsKey("Max Auto Prepare") || settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 100;
            settings.AutoPrepareMinUsages = 2;
        }

        // Each time it is full both sides wake up: with the usual 8 kB sixteen thousand times for an import of a hundred thousand rows.
        if (settings.WriteBufferSize == new NpgsqlConnectionStringBuilder().WriteBufferSize)
        {
            settings.WriteBufferSize = 64 * 1024;
        }

        // More backends than the processors can serve at once get in each other's way: with a hundred of them a write costs PostgreSQL half as much again.
        if (!new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>().Any(NamesMaximumPoolSize))
        {
            settings.MaxPoolSize = Math.Clamp(8 * Environment.ProcessorCount, MostOnASmallMachine, settings.MaxPoolSize);
        }

        settings.NoResetOnClose = true;

        // Nobody opens ambient transactions; EF would look for one before each query.
        settings.Enlist = false;
        settings.ApplicationName ??= "Tessera";
        settings.IncludeErrorDetail = false;

        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            """
            select r.rolsuper or r.rolbypassrls,
                   exists(select from pg_roles t where t.rolname = $1 and pg_has_role(current_user, t.oid, 'member'))
            from pg_roles r where r.rolname = current_user
            """,
            connection)
        { Parameters = { new() { Value = Migrator.RuntimeRole } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var (canBypass, isMember) = (reader.GetBoolean(0), reader.GetBoolean(1));
        if (isMember)
        {
            settings.Options = $"{settings.Options} -c role={Migrator.RuntimeRole}".Trim();
        }
        else if (canBypass)
        {
            throw new InvalidOperationException($"The database login can bypass row-level security. Run './tessera migrate' with it, or use a login that is a member of {Migrator.RuntimeRole}.");
        }

        return settings.ConnectionString;
    }

    private static bool NamesMaximumPoolSize(string keyword) => keyword.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() is "MAXIMUMPOOLSIZE" or "MAXPOOLSIZE";
}
