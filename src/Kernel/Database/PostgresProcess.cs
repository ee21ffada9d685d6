using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Tessera.Kernel.Database;

/// <summary>A running PostgreSQL server: a child of this process, or one found alive in the data folder.</summary>
internal sealed class PostgresProcess
{
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int Kill = 9;
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    private readonly Queue<string> _output = new();

    private PostgresProcess(bool isChild) => IsChild = isChild;

    public int Id { get; private set; }

    /// <summary>Whether this process started it, and so takes it along when it ends.</summary>
    public bool IsChild { get; }

    public Task Exited { get; private set; } = Task.CompletedTask;

    /// <summary>The last lines the server wrote; empty when it is not our child.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts the server. It lives as long as this process at most, where the system can tell it (see <see cref="ServerAccount.ServerCommand"/>).</summary>
    public static async Task<PostgresProcess> StartAsync(ProcessStartInfo command, ILogger logger)
    {
        var server = new PostgresProcess(isChild: true);
        var started = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Exited = exited.Task;
        command.RedirectStandardError = true;

        // The parent-death signal belongs to the thread that forks: a pool thread that retires would shut the server down.
        new Thread(() =>
        {
            using var process = new Process { StartInfo = command };
            process.ErrorDataReceived += (_, line) => server.Remember(line.Data, logger);
            try
            {
                process.Start();
            }
            catch (Exception error)
            {
                started.SetException(error);
                return;
            }

            process.BeginErrorReadLine();
            started.SetResult(process.Id);
            process.WaitForExit();
            exited.SetResult();
        })
        { IsBackground = true, Name = "PostgreSQL" }.Start();

        server.Id = await started.Task;
        return server;
    }

    /// <summary>Watches a server that another process started.</summary>
    public static PostgresProcess Adopt(int id)
    {
        var server = new PostgresProcess(isChild: false) { Id = id };
        server.Exited = server.WatchAsync();
        return server;
    }

    /// <summary>Fast shutdown, which ends open sessions and writes a checkpoint; after ten seconds immediate shutdown, then the axe.</summary>
    public async Task StopAsync()
    {
        foreach (var signal in new[] { Interrupt, Quit, Kill })
        {
            if (Exited.IsCompleted || NativeMethods.Kill(Id, signal) != 0)
            {
                return;
            }

            await Task.WhenAny(Exited, Task.Delay(TimeSpan.FromSeconds(10)));
        }
    }

    /// <summary>Whether a process with this id runs; one that ended but was not yet reaped by its parent does not.</summary>
    public static bool Runs(int id)
    {
        // EPERM (1): it exists and belongs to someone else.
        if (NativeMethods.Kill(id, 0) != 0 && Marshal.GetLastPInvokeError() != 1)
        {
            return false;
        }

        return !OperatingSystem.IsLinux() || ReadProc(id, "stat") is not { } stat || stat[(stat.LastIndexOf(')') + 1)..].TrimStart() is not ['Z' or 'X', ..];
    }

    /// <summary>A text of Linux' process file system, null when it can't be read.</summary>
    public static string? ReadProc(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(WatchInterval);
        while (Runs(Id) && await timer.WaitForNextTickAsync())
        {
        }
    }

    private void Remember(string? line, ILogger logger)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_output)
        {
            _output.Enqueue(line);
            while (_output.Count > 20)
            {
                _output.Dequeue();
            }
        }

        logger.Log(line.StartsWith("PANIC", StringComparison.Ordinal) ? LogLevel.Error : LogLevel.Debug, "PostgreSQL: {Line}", line);
    }
}

/// <summary>The file <c>postmaster.pid</c> by which PostgreSQL locks its data folder (lines: process id, folder, start time, port, socket, address, shared memory, state).</summary>
internal sealed record PostmasterLock(string Cluster, int ProcessId, int Port, string State)
{
    // Larger than any process id, so surely nobody's.
    private const int Nobody = int.MaxValue;

    public bool IsReady => State == "ready";

    public static PostmasterLock? Read(string cluster)
    {
        try
        {
            var lines = File.ReadAllLines(FileOf(cluster));
            return lines.Length > 3 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id) && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
                ? new PostmasterLock(cluster, id, port, lines.Length > 7 ? lines[7].Trim() : "starting")
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether the server that wrote the file is alive: it runs, and, where that can be told, with this data folder.</summary>
    public bool IsHeld() => PostgresProcess.Runs(ProcessId)
        && (!OperatingSystem.IsLinux() || PostgresProcess.ReadProc(ProcessId, "cmdline")?.Split('\0').Contains(Cluster, StringComparer.Ordinal) == true);

    /// <summary>
    /// Takes the process id out of a file that a dead server left, when that id meanwhile belongs to something else (or to a process
    /// nobody reaped): PostgreSQL would wait for it forever. The rest stays, so that PostgreSQL still finds left-over backends by their shared memory.
    /// </summary>
    public void ClearWhenStale()
    {
        if (!OperatingSystem.IsLinux() || (PostgresProcess.Runs(ProcessId) && PostgresProcess.ReadProc(ProcessId, "comm")?.Trim() is "postgres" or null))
        {
            return;
        }

        var lines = File.ReadAllLines(FileOf(Cluster));
        lines[0] = Nobody.ToString(CultureInfo.InvariantCulture);
        File.WriteAllLines(FileOf(Cluster), lines);
    }

    private static string FileOf(string cluster) => Path.Combine(cluster, "postmaster.pid");
}

/// <summary>Other programs, run to their end.</summary>
internal static class Programs
{
    /// <summary>Whether the search path holds the program.</summary>
    public static bool Exist(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    /// <summary>A command with a neutral working folder and language, and without the settings a libpq user may have in the environment.</summary>
    public static ProcessStartInfo Command(string program, IEnumerable<string> arguments)
    {
        // The account that runs it may not enter the host's working folder.
        var command = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" };
        foreach (var name in command.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            command.Environment.Remove(name);
        }

        command.Environment["LC_ALL"] = "C";
        return command;
    }

    /// <summary>Runs to the end; gives the exit status and all output.</summary>
    public static async Task<(int Status, string Output)> RunAsync(ProcessStartInfo command, CancellationToken cancel)
    {
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        using var process = Process.Start(command)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

internal static class NativeMethods
{
    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int Kill(int process, int signal);

    internal static int ChangeOwner(string path, uint user, uint group) => ChangeOwner(Terminated(path), user, group);

    /// <summary>The path without symbolic links.</summary>
    internal static string RealPath(string path)
    {
        var buffer = new byte[4097];
        return RealPath(Terminated(path), buffer) == IntPtr.Zero ? path : Encoding.UTF8.GetString(buffer.AsSpan(0, Array.IndexOf(buffer, (byte)0)));
    }

    private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + '\0');

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner(byte[] path, uint user, uint group);

    [DllImport("libc", EntryPoint = "realpath", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr RealPath(byte[] path, [In, Out] byte[] buffer);
}
