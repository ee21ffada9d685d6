using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Tests.Database;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private const string ChildFolder = "TESSERA_TEST_EMBEDDED_POSTGRES_CHILD";

    private static readonly Dictionary<string, string> Fast = new(StringComparer.Ordinal)
    {
        ["fsync"] = "off",
        ["shared_buffers"] = "8MB",
        ["max_connections"] = "20",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("tessera-embedded-").FullName;

    [Fact]
    public async Task A_first_start_makes_a_utf8_database_that_answers_by_password_only()
    {
        await using var server = await StartAsync();

        Assert.Equal("C.UTF-8", await ScalarAsync(server, "select datlocale from pg_database where datname = current_database()"));
        Assert.Equal("tessera", await ScalarAsync(server, "select current_database()::text"));
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guessed", Pooling = false }.ConnectionString;
        await using var intruder = new NpgsqlConnection(wrong);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => intruder.OpenAsync());
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    [SuppressMessage("Interoperability", "CA1416", Justification = "The private PostgreSQL does not run on Windows.")]
    public async Task The_password_is_readable_by_its_owner_alone_and_no_copy_is_left()
    {
        await using var server = await StartAsync();

        var password = Path.Combine(_folder, "password");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(password));
        Assert.True((await File.ReadAllTextAsync(password)).Length >= 32);
        Assert.Equal(["hosts.lock", "password", "port", "start.lock"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Settings_reach_the_server()
    {
        await using var server = await StartAsync();

        Assert.Equal("off", await ScalarAsync(server, "show fsync"));
        Assert.Equal("20", await ScalarAsync(server, "show max_connections"));
    }

    [Fact]
    public async Task A_stopped_server_is_gone_and_starts_again_on_its_port_with_its_rows()
    {
        int port;
        await using (var first = await StartAsync())
        {
            port = first.Port;
            await ExecuteAsync(first, "create table kept (id int); insert into kept values (7)");
            var id = ServerId();
            await first.StopAsync();
            Assert.True(first.Exited.IsCompleted);
            Assert.False(PostgresProcess.Runs(id));
        }

        await using var second = await StartAsync();
        Assert.Equal(port, second.Port);
        Assert.Equal(7, await ScalarAsync(second, "select id from kept"));
    }

    [Fact]
    public async Task A_start_after_the_server_was_killed_recovers_what_was_committed()
    {
        await using (var first = await StartAsync())
        {
            await ExecuteAsync(first, "create table kept (id int); insert into kept values (7)");
            using var server = Process.GetProcessById(ServerId());
            server.Kill();
            await first.Exited.WaitAsync(TimeSpan.FromSeconds(10));
        }

        await using var second = await StartAsync();
        Assert.Equal(7, await ScalarAsync(second, "select id from kept"));
    }

    [Fact]
    public async Task A_lock_file_left_by_a_dead_server_does_not_hinder_when_its_process_id_lives_on_as_something_else()
    {
        await using (await StartAsync())
        {
        }

        await File.WriteAllTextAsync(
            Path.Combine(_folder, "cluster", "postmaster.pid"), $"{Environment.ProcessId}\n{_folder}/cluster\n1700000000\n5432\n\n127.0.0.1\n        1         1\nready   \n");

        await using var second = await StartAsync();
        Assert.Equal("tessera", await ScalarAsync(second, "select current_database()::text"));
    }

    [Fact]
    public async Task A_host_killed_outright_leaves_no_server_behind_and_its_folder_starts_again_at_once()
    {
        using var child = StartChild();
        Assert.Equal("ready", await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
        var orphan = ServerId();
        Assert.True(PostgresProcess.Runs(orphan));

        child.Kill();

        await using var next = await StartAsync();
        Assert.NotEqual(orphan, ServerId());
        Assert.False(PostgresProcess.Runs(orphan));
        Assert.Equal("tessera", await ScalarAsync(next, "select current_database()::text"));
    }

    [Fact]
    public async Task A_host_killed_outright_takes_its_server_along_even_when_nobody_starts_again()
    {
        using var child = StartChild();
        Assert.Equal("ready", await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
        var orphan = ServerId();

        child.Kill();

        for (var clock = Stopwatch.StartNew(); PostgresProcess.Runs(orphan) && clock.Elapsed < TimeSpan.FromSeconds(10);)
        {
            await Task.Delay(20);
        }

        Assert.False(PostgresProcess.Runs(orphan));
    }

    [Fact]
    public async Task A_second_host_on_the_folder_adopts_the_living_server_and_leaves_it_running()
    {
        await using var first = await StartAsync();
        var id = ServerId();

        await using (var second = await StartAsync())
        {
            Assert.Equal(first.ConnectionString, second.ConnectionString);
            Assert.Equal(id, ServerId());
        }

        Assert.True(PostgresProcess.Runs(id));
        Assert.Equal("tessera", await ScalarAsync(first, "select current_database()::text"));
    }

    [Fact]
    public async Task An_orphan_found_in_the_folder_is_used_and_ended_with_the_host()
    {
        int port;
        await using (var first = await StartAsync())
        {
            port = first.Port;
        }

        var cluster = Path.Combine(_folder, "cluster");
        var programs = EmbeddedPostgresBinaries.Find(AppContext.BaseDirectory);
        var account = await ServerAccount.ChooseAsync(cluster, CancellationToken.None);
        await account.EnsureReachesAsync(programs, cluster, NullLogger.Instance, CancellationToken.None);
        using var orphan = Process.Start(account.Command(
            EmbeddedPostgresBinaries.Server(programs), ["-D", cluster, "-p", $"{port}", "-k", "", "-c", "log_min_messages=fatal"]))!;
        while (PostmasterLock.Read(cluster) is not { IsReady: true })
        {
            await Task.Delay(20);
        }

        await using (var next = await StartAsync())
        {
            Assert.Equal(orphan.Id, ServerId());
            Assert.Equal("tessera", await ScalarAsync(next, "select current_database()::text"));
        }

        Assert.True(orphan.WaitForExit(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Two_hosts_starting_at_once_in_an_empty_folder_share_one_server()
    {
        var both = await Task.WhenAll(StartAsync(), StartAsync());

        Assert.Equal(both[0].ConnectionString, both[1].ConnectionString);
        await Task.WhenAll(both.Select(server => server.StopAsync()));
        Assert.All(both, server => Assert.True(server.Exited.Wait(TimeSpan.FromSeconds(10))));
    }

    [Fact]
    public async Task A_taken_port_is_refused_when_it_was_asked_for()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync(port));

        Assert.Contains("could not bind", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_of_programs_is_refused_with_the_way_to_get_them()
    {
        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(
            () => EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions(_folder, Path.Combine(_folder, "nowhere")), NullLogger.Instance, CancellationToken.None));

        Assert.Contains(Path.Combine(_folder, "nowhere"), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("npm ci --prefix web", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_password_file_is_refused_by_name()
    {
        await using (await StartAsync())
        {
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), "another");

        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync());
        Assert.Contains("password", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// This assembly, run as a program with the variable set, is a host that starts the server and then waits to be killed.
    /// Only code of the kernel may run meanwhile: other threads can't enter this assembly before its initialiser returns.
    /// </summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The generated entry point of a test project can't be extended otherwise.")]
    internal static void RunAsChild()
    {
        if (Environment.GetEnvironmentVariable(ChildFolder) is { Length: > 0 } folder)
        {
            var options = new EmbeddedPostgresOptions(folder, EmbeddedPostgresBinaries.Find(AppContext.BaseDirectory))
            {
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["fsync"] = "off", ["shared_buffers"] = "8MB" },
            };
            EmbeddedPostgres.StartAsync(options, NullLogger.Instance, CancellationToken.None).GetAwaiter().GetResult();
            Console.WriteLine("ready");
            new ManualResetEventSlim().Wait();
        }
    }

    private static async Task<object?> ScalarAsync(EmbeddedPostgres server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task ExecuteAsync(EmbeddedPostgres server, string sql) => await ScalarAsync(server, sql);

    private Task<EmbeddedPostgres> StartAsync(int? port = null) => EmbeddedPostgres.StartAsync(
        new EmbeddedPostgresOptions(_folder, EmbeddedPostgresBinaries.Find(AppContext.BaseDirectory)) { Port = port, Settings = Fast },
        NullLogger.Instance, CancellationToken.None);

    private Process StartChild()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(EmbeddedPostgresTests).Assembly.Location]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[ChildFolder] = _folder;
        return Process.Start(start)!;
    }

    private int ServerId() => int.Parse(File.ReadLines(Path.Combine(_folder, "cluster", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
}
