using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tessera.Host;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Testing;

/// <summary>
/// The PostgreSQL of this test process: the server that the environment variable <see cref="Variable"/> names (a superuser's connection
/// string), else one of its own in a temporary folder, which ends with the process. Databases are copies of a migrated template.
/// </summary>
public sealed class TestPostgres
{
    public const string Variable = "TESSERA_TEST_POSTGRES";

    private const string FolderPrefix = "tessera-tests-";

    private static readonly Lazy<Task<TestPostgres>> Shared = new(StartAsync);

    private readonly string _template;

    private TestPostgres(string superuserConnectionString, string template) => (SuperuserConnectionString, _template) = (superuserConnectionString, template);

    /// <summary>For the maintenance database.</summary>
    public string SuperuserConnectionString { get; }

    public static Task<TestPostgres> GetAsync() => Shared.Value;

    /// <summary>A new migrated database. Give it back with <see cref="DropAsync"/>.</summary>
    /// <returns>A superuser's connection string; the product turns it into its runtime role's.</returns>
    public async Task<string> CreateAsync()
    {
        var name = "test_" + Guid.CreateVersion7().ToString("N");
        await ExecuteAsync($"create database {name} template {_template} strategy wal_log");
        return For(name);
    }

    /// <summary>A new database without any table.</summary>
    public async Task<string> CreateEmptyAsync()
    {
        var name = "test_" + Guid.CreateVersion7().ToString("N");
        await ExecuteAsync($"create database {name} template template0");
        return For(name);
    }

    public Task DropAsync(string connectionString) =>
        ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    /// <summary>Runs SQL on a connection of its own; returns the first column of the first row.</summary>
    public static async Task<object?> ScalarAsync(string connectionString, string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return await command.ExecuteScalarAsync();
    }

    private string For(string database) => new NpgsqlConnectionStringBuilder(SuperuserConnectionString) { Database = database, MaxPoolSize = 40 }.ConnectionString;

    private static async Task<TestPostgres> StartAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : await StartOwnAsync();
        var postgres = new TestPostgres(server, TemplateName());
        await postgres.PrepareTemplateAsync();
        return postgres;
    }

    private static async Task<string> StartOwnAsync()
    {
        RemoveLeftovers();
        var folder = Directory.CreateTempSubdirectory($"{FolderPrefix}{Environment.ProcessId}-").FullName;
        var options = new EmbeddedPostgresOptions(folder, EmbeddedPostgresBinaries.Find(AppContext.BaseDirectory))
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["fsync"] = "off",
                ["synchronous_commit"] = "off",
                ["full_page_writes"] = "off",
                ["max_connections"] = "200",
                ["max_wal_size"] = "4GB",
                ["autovacuum_naptime"] = "10min",
            },
        };
        var server = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, CancellationToken.None);
        return server.ConnectionString;
    }

    /// <summary>The server ends with its process, which leaves no time to clear up: the next run does that.</summary>
    private static void RemoveLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            var process = Path.GetFileName(folder)[FolderPrefix.Length..].Split('-')[0];
            if (!Directory.Exists("/proc/" + process) && Directory.GetLastWriteTimeUtc(folder).AddMinutes(1) < TimeProvider.System.GetUtcNow().UtcDateTime)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>The template's name tells its schema, so that processes of different builds can share a server.</summary>
    private static string TemplateName()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var module in Platform.TablesOf(Modules.All))
        {
            foreach (var (file, sql) in Migrator.FilesOf(module.Assembly))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{module.Schema}/{file}\n{sql}\n"));
            }
        }

        return "template_" + Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private async Task PrepareTemplateAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(SuperuserConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        // The name stays free until the template is whole: another process then finds all of it or nothing.
        await ExecuteAsync(connection, "select pg_advisory_lock(hashtext('tessera test template'))");
        await using (var known = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = _template } } })
        {
            if (await known.ExecuteScalarAsync() is not null)
            {
                return;
            }
        }

        var draft = _template + "_draft";
        await ExecuteAsync(connection, $"drop database if exists {draft} with (force)");
        await ExecuteAsync(connection, $"create database {draft}");
        await new Migrator(Platform.TablesOf(Modules.All), NullLogger.Instance).MigrateAsync(For(draft));
        await ExecuteAsync(connection, $"alter database {draft} rename to {_template}");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(SuperuserConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
