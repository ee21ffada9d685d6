using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tessera.Kernel.Database;

/// <summary>How to start the private PostgreSQL.</summary>
/// <param name="DataDirectory">Folder for everything it keeps: cluster, password, port. Made when missing.</param>
/// <param name="BinariesDirectory">Folder with <c>bin</c>, <c>lib</c>, <c>share</c>; see <see cref="EmbeddedPostgresBinaries.Find"/>.</param>
public sealed record EmbeddedPostgresOptions(string DataDirectory, string BinariesDirectory)
{
    /// <summary>TCP port on 127.0.0.1; null keeps the one of the last start, or takes a free one.</summary>
    public int? Port { get; init; }

    /// <summary>Server settings (<c>postgresql.conf</c> names) over the defaults, for example <c>fsync = off</c> for tests.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>The private PostgreSQL could not start; the message says why and what to do.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// A PostgreSQL of the host's own, in a folder, reachable on 127.0.0.1 by password. It ends with the host, however the host ends;
/// a host that finds a living server in its folder uses that one.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    internal const string Superuser = "postgres";
    private const string Database = "tessera";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Durable, and small while idle. Failed statements are the caller's to log: their text may hold personal data.
    private static readonly Dictionary<string, string> DefaultSettings = new(StringComparer.Ordinal)
    {
        ["max_connections"] = "120",
        ["shared_buffers"] = "96MB",
        ["jit"] = "off",
        ["random_page_cost"] = "1.1",
        ["log_min_messages"] = "log",
        ["log_min_error_statement"] = "panic",
        ["log_checkpoints"] = "off",
        ["log_line_prefix"] = "",
    };

    private readonly PostgresProcess _server;
    private readonly FileStream _use;
    private readonly string _useFile;
    private readonly Lazy<Task> _stop;

    private EmbeddedPostgres(PostgresProcess server, FileStream use, int port, string connectionString)
    {
        (_server, _use, _useFile, Port, ConnectionString) = (server, use, use.Name, port, connectionString);
        _stop = new Lazy<Task>(StopCoreAsync);
    }

    /// <summary>For the superuser, on database <c>tessera</c>.</summary>
    public string ConnectionString { get; }

    public int Port { get; }

    /// <summary>Completes when the server has ended, wanted or not. During shutdown that is normal: it may come before <see cref="StopAsync"/>.</summary>
    public Task Exited => _server.Exited;

    /// <summary>Starts the server in the folder, or adopts the one that lives there, and returns when it answers.</summary>
    /// <exception cref="EmbeddedPostgresException">It can't start; the message names the reason and the fix.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new EmbeddedPostgresException("The private PostgreSQL runs on Linux and macOS. Set ConnectionStrings__Tessera to a PostgreSQL ≥ 15.");
        }

        EmbeddedPostgresBinaries.Prepare(options.BinariesDirectory);
        try
        {
            var folder = NativeMethods.RealPath(Directory.CreateDirectory(options.DataDirectory).FullName);
            using var starting = await PostgresFolder.LockAsync(folder, cancel);
            return await StartInAsync(folder, options, logger, cancel);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new EmbeddedPostgresException(
                $"The database folder {options.DataDirectory} belongs to another user: {error.Message} Start as that user, or choose another folder by TESSERA_DATA_DIR.", error);
        }
    }

    /// <summary>
    /// Shuts the server down: in order, then, after ten seconds, at once. An adopted server that another host still uses is left alone.
    /// </summary>
    public Task StopAsync() => _stop.Value;

    public async ValueTask DisposeAsync() => await StopAsync();

    [UnsupportedOSPlatform("windows")]
    private static async Task<EmbeddedPostgres> StartInAsync(string folder, EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancel)
    {
        var cluster = Path.Combine(folder, "cluster");
        var account = await ServerAccount.ChooseAsync(cluster, cancel);
        var password = await PostgresFolder.PasswordAsync(folder, cancel);
        if (!Directory.Exists(cluster))
        {
            await PostgresFolder.CreateClusterAsync(cluster, password, account, options, logger, cancel);
        }
        else
        {
            await account.EnsureReachesAsync(options.BinariesDirectory, cluster, logger, cancel);
        }

        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(RetryPause, cancel))
        {
            var (server, port) = await FindOrStartAsync(folder, cluster, account, options, logger, cancel);
            var connection = new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = port,
                Username = Superuser,
                Password = password,
                Database = Database,
            };
            try
            {
                if (await IsReadyAsync(server, cluster, connection, logger, cancel))
                {
                    var use = new FileStream(Path.Combine(folder, "hosts.lock"), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
                    logger.LogInformation("PostgreSQL {How} on 127.0.0.1:{Port}, data in {Cluster}", server.IsChild ? "started" : "was running already", port, cluster);
                    return new EmbeddedPostgres(server, use, port, connection.ConnectionString);
                }
            }
            catch when (server.IsChild)
            {
                await server.StopAsync();
                throw;
            }

            if (server.IsChild && (!MayPass(server.Output, options) || clock.Elapsed > Patience))
            {
                throw new EmbeddedPostgresException($"PostgreSQL ended while starting in {cluster}:\n{server.Output}");
            }
        }
    }

    /// <summary>Whether a failed start has a cause that passes: the former server is still going, or another program took the port.</summary>
    private static bool MayPass(string output, EmbeddedPostgresOptions options) =>
        output.Contains("postmaster.pid", StringComparison.Ordinal)
        || output.Contains("pre-existing shared memory block", StringComparison.Ordinal)
        || (options.Port is null && output.Contains("could not bind", StringComparison.Ordinal));

    private static async Task<(PostgresProcess Server, int Port)> FindOrStartAsync(
        string folder, string cluster, ServerAccount account, EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancel)
    {
        if (PostmasterLock.Read(cluster) is { } found)
        {
            if (found.IsHeld())
            {
                return (PostgresProcess.Adopt(found.ProcessId), found.Port);
            }

            found.ClearWhenStale();
        }

        var port = await PostgresFolder.PortAsync(folder, options.Port, cancel);
        var settings = new Dictionary<string, string>(DefaultSettings, StringComparer.Ordinal);
        if (PostgresFolder.MajorVersionOf(cluster) >= 18)
        {
            // No processes of its own for reading ahead; before 18 there was no other way and no setting.
            settings["io_method"] = "sync";
        }

        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        // TCP only: a unix socket's path is limited to 107 bytes, which a data folder may exceed.
        settings["listen_addresses"] = "127.0.0.1";
        settings["unix_socket_directories"] = "";
        settings["port"] = port.ToString(CultureInfo.InvariantCulture);
        var arguments = settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" });
        var command = account.ServerCommand(EmbeddedPostgresBinaries.Server(options.BinariesDirectory), ["-D", cluster, .. arguments]);
        return (await PostgresProcess.StartAsync(command, logger), port);
    }

    /// <summary>
    /// Waits until this very server answers our password: another one may hold the port, or the folder. False when it ended instead.
    /// Recovery after a crash may take its time, so only a server that says it is ready and does not answer is given up.
    /// </summary>
    private static async Task<bool> IsReadyAsync(
        PostgresProcess server, string cluster, NpgsqlConnectionStringBuilder connection, ILogger logger, CancellationToken cancel)
    {
        var reported = Stopwatch.StartNew();
        var ready = new Stopwatch();
        while (!server.Exited.IsCompleted)
        {
            if (PostmasterLock.Read(cluster) is { IsReady: true } held && held.ProcessId == server.Id)
            {
                ready.Start();
                try
                {
                    await EnsureDatabaseAsync(connection, cancel);
                    return true;
                }
                catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidPassword)
                {
                    throw new EmbeddedPostgresException($"The file `password` beside {cluster} is not the password of this database. Put the right file back.", error);
                }
                catch (NpgsqlException error) when (ready.Elapsed > Patience && error.SqlState != PostgresErrorCodes.CannotConnectNow)
                {
                    throw new EmbeddedPostgresException($"PostgreSQL runs in {cluster} but does not answer on 127.0.0.1:{connection.Port}: {error.Message}", error);
                }
                catch (NpgsqlException)
                {
                    // Just shutting down, or busy: look again.
                }
            }
            else if (reported.Elapsed > Patience)
            {
                logger.LogInformation("PostgreSQL is still starting (recovering after a crash?)");
                reported.Restart();
            }

            await Task.WhenAny(server.Exited, Task.Delay(Poll, cancel));
            cancel.ThrowIfCancellationRequested();
        }

        return false;
    }

    private static async Task EnsureDatabaseAsync(NpgsqlConnectionStringBuilder target, CancellationToken cancel)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = Superuser, Pooling = false, Timeout = 5 };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var find = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = Database } } };
        if (await find.ExecuteScalarAsync(cancel) is null)
        {
            await using var create = new NpgsqlCommand($"create database {Database}", connection);
            await create.ExecuteNonQueryAsync(cancel);
        }
    }

    private async Task StopCoreAsync()
    {
        await _use.DisposeAsync();
        if (_server.IsChild || !UsedByAnother())
        {
            await _server.StopAsync();
        }
    }

    private bool UsedByAnother()
    {
        try
        {
            using var exclusive = new FileStream(_useFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
