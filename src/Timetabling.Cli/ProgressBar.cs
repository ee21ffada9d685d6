using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Cli;

/// <summary>One live line on the terminal, at most four times a second; plain lines every ten seconds when output is redirected.</summary>
internal sealed class ProgressBar(TimeProvider clock)
{
    private readonly long started = clock.GetTimestamp();
    private TimeSpan shown = TimeSpan.MinValue, improved;
    private (int, int, double) last = (-1, 0, 0);

    public void Show(SolveProgress progress)
    {
        var elapsed = clock.GetElapsedTime(started);
        var now = (progress.Placed, progress.HardViolations, progress.SoftCost);
        if (now != last) (last, improved) = (now, elapsed);
        var pause = Console.IsErrorRedirected ? TimeSpan.FromSeconds(10) : TimeSpan.FromMilliseconds(250);
        if (shown >= TimeSpan.Zero && elapsed - shown < pause) return;
        shown = elapsed;
        var filled = (int)(progress.Spent * 20);
        var rate = progress.Iterations / Math.Max(0.001, elapsed.TotalSeconds) / 1e6;
        var line = $"[{new string('#', filled)}{new string('.', 20 - filled)}] {progress.Phase,-12} placed {progress.Placed}/{progress.Total}  hard {progress.HardViolations}  soft {progress.SoftCost:F2}  {rate:F2} M/s  {(elapsed - improved).TotalSeconds:F0} s since better";
        if (Console.IsErrorRedirected) Console.Error.WriteLine(line);
        else Console.Error.Write($"\r{line,-110}");
    }

    public static void Close()
    {
        if (!Console.IsErrorRedirected) Console.Error.WriteLine();
    }
}
