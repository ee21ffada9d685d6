using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Model.Events;

namespace Tessera.Timetabling.Search.Events;

/// <summary>Proofs, without search, that the required constraints of an XHSTT instance exclude each other.</summary>
public sealed class EventCertificates
{
    private readonly EventProblem problem;
    private readonly List<string> proofs = [];
    /// <summary>[event][time]: may some meet of the event run then?</summary>
    private readonly bool[][] mayRun;

    private EventCertificates(EventProblem problem)
    {
        this.problem = problem;
        var closed = problem.Resources.Select(_ => new HashSet<int>()).ToArray();
        foreach (var rule in Required<AvoidUnavailableTimes>())
            foreach (var r in rule.Resources) closed[r].UnionWith(rule.Times);
        var preferred = Required<PreferTimes>().SelectMany(c => c.Events.Select(e => (e, c))).ToLookup(x => x.e, x => x.c);
        var splits = Required<SplitEvents>().SelectMany(c => c.Events.Select(e => (e, c))).ToLookup(x => x.e, x => x.c);
        mayRun = [.. problem.Events.Select((lesson, e) => Reach(lesson, [.. preferred[e]], [.. splits[e]], closed))];
        for (var e = 0; e < problem.Events.Count; e++)
            foreach (var split in splits[e])
                if (split.MinimumAmount * split.MinimumDuration > problem.Events[e].Duration || (long)split.MaximumAmount * split.MaximumDuration < problem.Events[e].Duration)
                    proofs.Add($"event {problem.Events[e].Id} of {problem.Events[e].Duration} hours cannot be split into {split.MinimumAmount} to {split.MaximumAmount} meets of {split.MinimumDuration} to {split.MaximumDuration} hours");
    }

    /// <summary>Each proof in plain words; none when nothing was found.</summary>
    public static IReadOnlyList<string> Find(EventProblem problem)
    {
        var certificates = new EventCertificates(problem);
        certificates.Resources();
        return certificates.proofs;
    }

    private IEnumerable<T> Required<T>() where T : EventConstraint => problem.Constraints.OfType<T>().Where(c => c is { Required: true, Weight: > 0 });

    private bool[] Reach(Event lesson, PreferTimes[] preferred, SplitEvents[] splits, HashSet<int>[] closed)
    {
        var reach = new bool[problem.Times.Count];
        for (var d = 1; d <= lesson.Duration; d++)
        {
            if (lesson.Time >= 0 ? d < lesson.Duration : splits.Any(s => d < s.MinimumDuration || d > s.MaximumDuration)) continue;
            for (var t = 0; t + d <= problem.Times.Count; t++)
            {
                if (lesson.Time >= 0 && t != lesson.Time || preferred.Any(p => (p.Duration == 0 || p.Duration == d) && !p.Times.Contains(t))) continue;
                if (lesson.Slots.Any(s => s.Preassigned >= 0 && Enumerable.Range(t, d).Any(closed[s.Preassigned].Contains))) continue;
                Array.Fill(reach, true, t, d);
            }
        }
        return reach;
    }

    /// <summary>A resource that may not clash needs a time of its own for every hour of its events.</summary>
    private void Resources()
    {
        var assigned = Required<AssignTime>().SelectMany(c => c.Events).ToHashSet();
        foreach (var e in assigned.Order().Where(e => !mayRun[e].Contains(true))) proofs.Add($"event {problem.Events[e].Id} has no time that its required times and its resources allow");
        var exclusive = Required<AvoidClashes>().SelectMany(c => c.Resources).ToHashSet();
        for (var r = 0; r < problem.Resources.Count; r++)
        {
            if (!exclusive.Contains(r)) continue;
            int[] hours = [.. assigned.Order().Where(e => mayRun[e].Contains(true)).SelectMany(e => Enumerable.Repeat(e, problem.Events[e].Slots.Count(s => s.Preassigned == r) * problem.Events[e].Duration))];
            var capacity = new int[problem.Times.Count];
            Array.Fill(capacity, 1);
            if (Matching.FindDeficit(hours.Length, problem.Times.Count, (h, t) => mayRun[hours[h]][t], capacity) is not { } stuck) continue;
            int[] involved = [.. stuck.Select(h => hours[h]).Distinct().Order()];
            var reach = Enumerable.Range(0, problem.Times.Count).Count(t => involved.Any(e => mayRun[e][t]));
            proofs.Add($"{problem.Resources[r].Id}: {stuck.Count} hours of {string.Join(", ", involved.Take(6).Select(e => problem.Events[e].Id))}{(involved.Length > 6 ? " …" : "")} have only {reach} times");
        }
    }
}
