using System.Diagnostics;
using Tessera.Timetabling.Formats;
using Tessera.Timetabling.Search;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Bench;

/// <summary>T14: how soon a search first says where it stands, and how soon it ends when it is cancelled, early on and later.</summary>
internal static class LiveBench
{
    private static readonly TimeSpan[] Moments = [TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1.5)];

    public static void Run(IReadOnlyList<FileInfo> files)
    {
        Console.WriteLine($"\n{"instance",-26} {"first event s",14} {"cancel s, early",16} {"late",8}");
        var (slowestEvent, slowestCancel) = (0.0, 0.0);
        foreach (var file in files)
        {
            var measured = Moments.Select(m => Measure(Prepare(file), m)).ToList();
            var (first, early, late) = (measured.Max(m => m.First), measured[0].Cancel, measured[1].Cancel);
            (slowestEvent, slowestCancel) = (Math.Max(slowestEvent, first), Math.Max(slowestCancel, Math.Max(early, late)));
            Console.WriteLine($"{file.Name.Split('.')[0],-26} {first,14:F3} {early,16:F3} {late,8:F3}");
        }
        Console.WriteLine($"T14 first event after {slowestEvent:F2} s at most, cancelled within {slowestCancel:F2} s");
    }

    private static Action<SolveOptions, CancellationToken> Prepare(FileInfo file)
    {
        using var stream = file.OpenRead();
        if (file.Name.Contains(".ctt", StringComparison.Ordinal))
        {
            using var reader = new StreamReader(stream);
            var courses = CourseFormat.Read(reader.ReadToEnd());
            return (options, cancel) => CourseSolver.Solve(courses, options, cancel);
        }
        if (file.Name.Contains(".xml", StringComparison.Ordinal))
        {
            var events = XhsttReader.Read(stream).Problems[0];
            return (options, cancel) => EventSolver.Solve(events, options, cancel);
        }
        var school = FetReader.Read(stream).School;
        return (options, cancel) => TimetableSolver.Solve(school, options, cancel);
    }

    private static (double First, double Cancel) Measure(Action<SolveOptions, CancellationToken> solve, TimeSpan cancelAfter)
    {
        using var cancel = new CancellationTokenSource();
        var (started, first, cancelled) = (Stopwatch.GetTimestamp(), double.NaN, 0L);
        using var timer = new Timer(_ =>
        {
            cancelled = Stopwatch.GetTimestamp();
            cancel.Cancel();
        }, null, cancelAfter, Timeout.InfiniteTimeSpan);
        solve(new SolveOptions
        {
            Budget = Budget.Time(TimeProvider.System, TimeSpan.FromSeconds(60)),
            Progress = _ => first = double.IsNaN(first) ? Stopwatch.GetElapsedTime(started).TotalSeconds : first,
        }, cancel.Token);
        // Solved to the end before anybody cancelled: nothing to measure.
        return (first, cancelled == 0 ? 0 : Stopwatch.GetElapsedTime(cancelled).TotalSeconds);
    }
}
