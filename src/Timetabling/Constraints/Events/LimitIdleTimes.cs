using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Constraints.Events;

/// <summary>A resource is idle at so many times of the time groups together: free between two busy times of one group. Unit: an idle time too few or too many.</summary>
public sealed record LimitIdleTimes(IReadOnlyList<int> Resources, IReadOnlyList<Group> TimeGroups, int Minimum, int Maximum) : EventConstraint
{
    public override string Describe() => $"{Resources.Count} resources have {Range(Minimum, Maximum)} idle times";

    internal override IEnumerable<(string Subject, int Deviation)> Measure(EventView view)
        => Resources.Select(r => (view.Problem.Resources[r].Id, Outside(TimeGroups.Sum(g => Idle(view, r, g.Members)), Minimum, Maximum)));

    private static int Idle(EventView view, int resource, IReadOnlyList<int> times)
    {
        var busy = Enumerable.Range(0, times.Count).Where(i => view.IsBusy(resource, times[i])).ToList();
        return busy.Count == 0 ? 0 : busy[^1] - busy[0] + 1 - busy.Count;
    }

    internal override void Compile(EventModelBuilder model)
    {
        foreach (var resource in Resources) model.AddResourceMonitor(this, resource, MonitorKind.Idle, [.. TimeGroups.Select(g => g.Members)], Minimum, Maximum);
    }
}
