using System.Diagnostics;

namespace Tessera.Timetabling.Bench;

/// <summary>One run of a program, alone and at low priority, with its CPU seconds.</summary>
internal sealed record Run(int ExitCode, double Cpu, double Wall)
{
    public static Run Of(string program, IReadOnlyList<string> arguments, double killAfter)
    {
        // The shell counts the CPU seconds of its child, which .NET cannot once the child is gone.
        var info = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-c", "TIMEFORMAT='cpu %U %S'; time nice -n 15 timeout -s KILL \"$@\"", "bash", $"{killAfter:F0}", program }.Concat(arguments))
            info.ArgumentList.Add(argument);
        info.Environment["QT_QPA_PLATFORM"] = "offscreen";
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        output.GetAwaiter().GetResult();
        var words = errors.GetAwaiter().GetResult().Split('\n').Last(l => l.StartsWith("cpu ", StringComparison.Ordinal)).Split(' ');
        return new Run(process.ExitCode, double.Parse(words[1]) + double.Parse(words[2]), Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Our command line: the one TESSERA_SOLVER names (compiled ahead of time), or the one built with the bench.</summary>
    public static Run Ours(IReadOnlyList<string> arguments, double killAfter)
        => Of("dotnet", [Environment.GetEnvironmentVariable("TESSERA_SOLVER") ?? Path.Combine(AppContext.BaseDirectory, "Tessera.Timetabling.Cli.dll"), .. arguments], killAfter);
}
