using Tessera.Timetabling.Model.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>A timetable of events prepared for measuring: who is busy when, and which meets an event has.</summary>
internal sealed class EventView
{
    private readonly List<Meet>[] meetsOf;
    private readonly int[] cover;
    private readonly double[] load;

    public EventView(EventProblem problem, IReadOnlyList<Meet> meets)
    {
        Problem = problem;
        meetsOf = [.. problem.Events.Select(_ => new List<Meet>())];
        cover = new int[problem.Resources.Count * problem.Times.Count];
        load = new double[problem.Resources.Count];
        foreach (var meet in meets)
        {
            meetsOf[meet.Event].Add(meet);
            var lesson = problem.Events[meet.Event];
            for (var s = 0; s < lesson.Slots.Count; s++)
            {
                var resource = meet.Resources[s];
                if (resource < 0) continue;
                load[resource] += lesson.Slots[s].Workload * meet.Duration / lesson.Duration;
                if (meet.Time < 0) continue;
                for (var t = meet.Time; t < Math.Min(problem.Times.Count, meet.Time + meet.Duration); t++) cover[resource * problem.Times.Count + t]++;
            }
        }
    }

    public EventProblem Problem { get; }

    public IReadOnlyList<Meet> MeetsOf(int lesson) => meetsOf[lesson];

    /// <summary>Meets the resource attends at the time.</summary>
    public int Cover(int resource, int time) => cover[resource * Problem.Times.Count + time];

    public bool IsBusy(int resource, int time) => Cover(resource, time) > 0;

    public double Load(int resource) => load[resource];

    /// <summary>The resource in the role: -1 when none is assigned yet, null when the event has no such role.</summary>
    public int? InRole(Meet meet, string role) => Problem.Events[meet.Event].SlotOf(role) is >= 0 and var slot ? meet.Resources[slot] : null;

    /// <summary>Times at which the event runs.</summary>
    public HashSet<int> RunningTimes(int lesson)
        => [.. meetsOf[lesson].Where(m => m.Time >= 0).SelectMany(m => Enumerable.Range(m.Time, Math.Min(m.Duration, Problem.Times.Count - m.Time)))];
}
