using System.Diagnostics;

namespace Tessera.Timetabling.Bench;

/// <summary>One run of a program, alone on one core and at low priority, with its CPU seconds.</summary>
internal sealed record Run(int ExitCode, double Cpu, double Wall, string Output)
{
    public static Run Of(string program, IReadOnlyList<string> arguments, double killAfter)
    {
        var info = new ProcessStartInfo("nice") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-n", "15", program }.Concat(arguments)) info.ArgumentList.Add(argument);
        info.Environment["QT_QPA_PLATFORM"] = "offscreen";
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        // FET does not always keep its own limit.
        if (!process.WaitForExit(TimeSpan.FromSeconds(killAfter))) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        errors.GetAwaiter().GetResult();
        return new Run(process.ExitCode, process.TotalProcessorTime.TotalSeconds, Stopwatch.GetElapsedTime(started).TotalSeconds, output.GetAwaiter().GetResult());
    }

    /// <summary>Our command line.</summary>
    public static Run Ours(IReadOnlyList<string> arguments, double killAfter)
        => Of("dotnet", [Path.Combine(AppContext.BaseDirectory, "Tessera.Timetabling.Cli.dll"), .. arguments], killAfter);
}
