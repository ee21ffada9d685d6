using System.Diagnostics;

namespace Tessera.Timetabling.Bench;

/// <summary>How steady the machine is: the spread of a fixed piece of work, in CPU and in wall time.</summary>
internal static class Noise
{
    public static void Print()
    {
        var (cpu, wall) = (new List<double>(), new List<double>());
        for (var i = 0; i < 7; i++)
        {
            var (before, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            var x = 1UL;
            for (var k = 0; k < 150_000_000; k++) x = x * 6364136223846793005UL + 1442695040888963407UL;
            GC.KeepAlive(x);
            cpu.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
            wall.Add(Stopwatch.GetElapsedTime(clock).TotalSeconds);
        }
        Console.WriteLine($"machine noise: the same work took {cpu.Min():F2} to {cpu.Max():F2} CPU s, {wall.Min():F2} to {wall.Max():F2} wall s ({Environment.ProcessorCount} cores)");
    }
}
