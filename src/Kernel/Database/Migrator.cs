using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tessera.Kernel.Jobs;

namespace Tessera.Kernel.Database;

/// <summary>
/// Brings a database to the modules' newest schema: SQL files <c>Migrations/0001_name.sql</c> of each assembly, in order,
/// under an advisory lock, each once, with a checksum that proves an applied file was not edited afterwards.
/// </summary>
public sealed class Migrator(IReadOnlyList<ModuleTables> modules, ILogger logger)
{
    /// <summary>Role the product works as: it owns nothing and cannot bypass row-level security.</summary>
    public const string RuntimeRole = "tessera_runtime";

    /// <summary>Tables whose rows the product can add and read but neither change nor remove.</summary>
    private static readonly string[] AppendOnly = ["kernel.change", "kernel.change_seal"];

    private const long LockKey = 0x7465_7373_6572_61;

    /// <param name="ownerConnectionString">A login that may create schemas and tables; a superuser or the database's owner.</param>
    /// <param name="cancel">Stops between files; a file is applied whole or not at all.</param>
    /// <returns>Names of the files applied now.</returns>
    /// <exception cref="InvalidOperationException">An applied file was edited or is missing.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(string ownerConnectionString, CancellationToken cancel = default)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancel);
        await CreateRuntimeRoleAsync(connection, cancel);
        await ExecuteAsync(connection, "create schema if not exists kernel", cancel);
        await ExecuteAsync(
            connection,
            """
            create table if not exists kernel.migration (
              module text not null, file text not null, checksum text not null, applied_at timestamptz not null default now(),
              constraint pk_migration primary key (module, file))
            """,
            cancel);

        var applied = new List<string>();
        foreach (var module in modules)
        {
            applied.AddRange(await ApplyAsync(connection, module, cancel));
        }

        if (applied.Count > 0)
        {
            await GrantAsync(connection, cancel);
            await MarkLeakproofAsync(connection, cancel);
        }

        return applied;
    }

    /// <summary>The migration files of an assembly in the order of application: file name and SQL text.</summary>
    public static IReadOnlyList<(string File, string Sql)> FilesOf(Assembly assembly) =>
        [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name["Migrations/".Length..], Read(assembly, name)))];

    private async Task<List<string>> ApplyAsync(NpgsqlConnection connection, ModuleTables module, CancellationToken cancel)
    {
        var known = await AppliedAsync(connection, module, cancel);
        var files = FilesOf(module.Assembly);
        if (known.Keys.Except(files.Select(f => f.File), StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            throw new InvalidOperationException($"The database has had {module.Schema}/{missing}, which this build does not know: it was migrated by a newer build.");
        }

        var applied = new List<string>();
        foreach (var (file, sql) in files)
        {
            var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n"))));
            if (known.TryGetValue(file, out var before))
            {
                if (before != checksum)
                {
                    throw new InvalidOperationException($"{module.Schema}/{file} was edited after it had been applied. Add a new file instead.");
                }

                continue;
            }

            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await ExecuteAsync(connection, $"create schema if not exists {module.Schema}", cancel);
            await ExecuteAsync(connection, sql, cancel);
            await using var insert = new NpgsqlCommand("insert into kernel.migration (module, file, checksum) values ($1, $2, $3)", connection, transaction)
            {
                Parameters = { new() { Value = module.Schema }, new() { Value = file }, new() { Value = checksum } },
            };
            await insert.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
            logger.LogInformation("Applied migration {Module}/{File}", module.Schema, file);
            applied.Add($"{module.Schema}/{file}");
        }

        return applied;
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, ModuleTables module, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select file, checksum from kernel.migration where module = $1", connection)
        {
            Parameters = { new() { Value = module.Schema } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
        {
            known.Add(reader.GetString(0), reader.GetString(1));
        }

        return known;
    }

    private async Task CreateRuntimeRoleAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            // Roles belong to the whole cluster, so two databases may create it at the same moment: the lock is this database's only.
            await ExecuteAsync(
                connection,
                $"""
                 do $$ begin
                   if not exists (select from pg_roles where rolname = '{RuntimeRole}') then
                     create role {RuntimeRole} nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole;
                   end if;
                   if not pg_has_role(current_user, '{RuntimeRole}', 'member') then
                     execute format('grant {RuntimeRole} to %I', current_user);
                   end if;
                 exception when duplicate_object or unique_violation then null;
                 end $$
                 """,
                cancel);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            logger.LogInformation("This login may not create the role {Role}; row-level security is forced on its own tables instead.", RuntimeRole);
        }
    }

    private async Task GrantAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var schemas = string.Join(", ", modules.Select(m => m.Schema).Prepend("kernel").Append(JobScheduler.Schema).Distinct(StringComparer.Ordinal));
        await ExecuteAsync(
            connection,
            $"""
             do $$ begin
               if exists (select from pg_roles where rolname = '{RuntimeRole}') then
                 grant usage on schema {schemas} to {RuntimeRole};
                 grant select, insert, update, delete on all tables in schema {schemas} to {RuntimeRole};
                 grant usage on all sequences in schema {schemas} to {RuntimeRole};
                 grant execute on all functions in schema {schemas} to {RuntimeRole};
                 revoke update, delete, truncate on {string.Join(", ", AppendOnly)} from {RuntimeRole};
                 revoke all on kernel.migration from {RuntimeRole};
                 grant select on kernel.migration to {RuntimeRole};
               end if;
             end $$
             """,
            cancel);
    }

    /// <summary>
    /// Under row-level security PostgreSQL uses indexes and its statistics only for operators marked LEAKPROOF. Likeness and the overlap of
    /// ranges are not, though they put no row's value into an error; a superuser may mark them. Elsewhere a search is planned without
    /// knowing how much it will find, and bookings are looked for among all of the tenant's.
    /// </summary>
    private async Task MarkLeakproofAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            foreach (var function in (string[])["pg_catalog.textlike(text,text)", "pg_catalog.range_overlaps(anyrange,anyrange)"])
            {
                await ExecuteAsync(
                    connection,
                    $"do $$ begin if not (select proleakproof from pg_proc where oid = '{function}'::regprocedure) then alter function {function} leakproof; end if; end $$",
                    cancel);
            }
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or "XX000")
        {
            logger.LogInformation("Searches are planned without statistics under row-level security: marking operators leakproof needs a superuser.");
        }
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
