using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tessera.Testing;

/// <summary>The host as a process of its own, and everything it said.</summary>
public sealed class HostProgram : IDisposable
{
    private readonly ConcurrentQueue<string> _output = new();

    private readonly Process _process;

    /// <summary>Starts it.</summary>
    /// <param name="assembly">Path of <c>Tessera.Host.dll</c>.</param>
    /// <param name="folder">Working directory.</param>
    /// <param name="environment">Settings over those of this process.</param>
    /// <param name="arguments">A command of the host's; none serves.</param>
    public HostProgram(string assembly, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    /// <summary>
    /// A port nobody listens on, below those the system lends to connections: there somebody else might be given it before the host comes to take it.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }

    /// <summary>Waits until the host says that it is well.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or took too long; the message has its output.</exception>
    public async Task HealthyAsync(HttpClient http, Uri health, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if ((await http.GetAsync(health)).StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            if (_process.HasExited)
            {
                await _process.WaitForExitAsync();
                throw new InvalidOperationException($"The host ended with code {_process.ExitCode} instead of starting.\n{Output}");
            }

            if (TimeProvider.System.GetElapsedTime(started) > patience)
            {
                throw new InvalidOperationException($"The host did not start in {patience}.\n{Output}");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(TimeSpan patience)
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        return await ExitedAsync(patience);
    }

    /// <returns>The exit code, once everything was said.</returns>
    public async Task<int> ExitedAsync(TimeSpan patience)
    {
        await _process.WaitForExitAsync().WaitAsync(patience);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL, if it still runs: nothing of the host runs any more, and nothing could be put in order.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose() => _process.Dispose();

    private void Hear(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
