using System.Diagnostics;
using System.Runtime.InteropServices;
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
