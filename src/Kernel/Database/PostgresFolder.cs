using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Tessera.Kernel.Database;

/// <summary>What the private PostgreSQL keeps: <c>cluster</c> (its own data folder), <c>password</c>, <c>port</c>, and two lock files.</summary>
internal static class PostgresFolder
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes the cluster beside its place and moves it there when complete, so that an interrupted start leaves none half made.</summary>
    [UnsupportedOSPlatform("windows")]
    public static async Task CreateClusterAsync(
        string cluster, string password, ServerAccount account, EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancel)
    {
        logger.LogInformation("Creating the database in {Cluster}", cluster);
        var draft = cluster + ".new";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        Directory.CreateDirectory(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        account.Own(draft);
        await account.EnsureReachesAsync(options.BinariesDirectory, draft, logger, cancel);
        var passwordFile = cluster + ".password";
        try
        {
            await WritePrivateAsync(passwordFile, password, cancel);
            account.Own(passwordFile);
            List<string> arguments =
            [
                "-D", draft, "--username", EmbeddedPostgres.Superuser, "--pwfile", passwordFile, "--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", OperatingSystem.IsMacOS() ? "--locale=en_US.UTF-8" : "--locale=C.UTF-8",
            ];
            if (options.Settings.TryGetValue("fsync", out var fsync) && fsync == "off")
            {
                arguments.Add("--no-sync");
            }

            var (status, output) = await Programs.RunAsync(account.Command(EmbeddedPostgresBinaries.Initdb(options.BinariesDirectory), arguments), cancel);
            if (status != 0)
            {
                throw new EmbeddedPostgresException($"initdb failed in {cluster} with status {status}:\n{output.Trim()}");
            }
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Directory.Move(draft, cluster);
    }

    /// <summary>Of the PostgreSQL that made the cluster, for example 18.</summary>
    public static int MajorVersionOf(string cluster) =>
        int.TryParse(File.ReadAllText(Path.Combine(cluster, "PG_VERSION")), NumberStyles.None | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>The superuser's password, made at the first call.</summary>
    [UnsupportedOSPlatform("windows")]
    public static async Task<string> PasswordAsync(string folder, CancellationToken cancel)
    {
        var file = Path.Combine(folder, "password");
        if (!File.Exists(file))
        {
            var draft = file + ".new";
            await WritePrivateAsync(draft, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), cancel);
            File.Move(draft, file);
        }

        return (await File.ReadAllTextAsync(file, cancel)).Trim();
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task WritePrivateAsync(string file, string text, CancellationToken cancel)
    {
        File.Delete(file);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync(text.AsMemory(), cancel);
    }

    /// <summary>The wanted port, else the last one while it is free, else a free one, which is kept for the next start.</summary>
    public static async Task<int> PortAsync(string folder, int? wanted, CancellationToken cancel)
    {
        if (wanted is { } named)
        {
            return named;
        }

        var file = Path.Combine(folder, "port");
        if (File.Exists(file) && int.TryParse(await File.ReadAllTextAsync(file, cancel), CultureInfo.InvariantCulture, out var last) && Free(last) is not null)
        {
            return last;
        }

        var port = Free(0)!.Value;
        await File.WriteAllTextAsync(file, port.ToString(CultureInfo.InvariantCulture), cancel);
        return port;
    }

    /// <summary>The port, or any for 0, when nobody listens there; else null.</summary>
    private static int? Free(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Waits for the file's lock, which the system releases when its holder dies: two hosts never start in one folder at once.</summary>
    public static async Task<FileStream> LockAsync(string folder, CancellationToken cancel)
    {
        var file = Path.Combine(folder, "start.lock");
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file))
            {
                await Task.Delay(LockPoll, cancel);
            }
        }
    }
}
