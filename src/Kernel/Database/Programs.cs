using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Tessera.Kernel.Database;

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
