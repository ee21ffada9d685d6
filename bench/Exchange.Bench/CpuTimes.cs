using System.Globalization;

namespace Tessera.Exchange.Bench;

/// <summary>Seconds of processor time the host and PostgreSQL have used, its ended backends included: what wall time says on a machine that others use too.</summary>
internal sealed record CpuTimes(double Host, double Postgres)
{
    private const double TicksPerSecond = 100;

    /// <param name="folder">Where the private PostgreSQL keeps its cluster.</param>
    public static CpuTimes Now(string folder)
    {
        var pidFile = Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).First();
        var postmaster = File.ReadLines(pidFile).First().Trim();
        var ticks = Ticks(postmaster, withEnded: true);
        foreach (var process in Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path)!).Where(name => char.IsAsciiDigit(name[0])))
        {
            ticks += StatOf(process) is { } stat && stat[1] == postmaster ? Ticks(process, withEnded: false) : 0;
        }

        return new CpuTimes(Round(Environment.CpuUsage.TotalTime.TotalSeconds), Round(ticks / TicksPerSecond));
    }

    public static CpuTimes operator -(CpuTimes end, CpuTimes begin) => new(Round(end.Host - begin.Host), Round(end.Postgres - begin.Postgres));

    /// <summary>As a line of the results has it.</summary>
    public object Shown => new { host = Host, postgres = Postgres };

    private static double Round(double seconds) => Math.Round(seconds, 2);

    private static long Ticks(string process, bool withEnded) =>
        StatOf(process) is not { } stat ? 0 : stat[11..(withEnded ? 15 : 13)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));

    /// <summary>The fields of <c>/proc/…/stat</c> from the state on; null when the process has ended.</summary>
    private static string[]? StatOf(string process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
