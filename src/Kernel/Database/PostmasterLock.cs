using System.Globalization;

namespace Tessera.Kernel.Database;

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
