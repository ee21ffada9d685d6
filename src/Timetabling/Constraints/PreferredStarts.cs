using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons start in one of these slots. Unit: 1 per lesson that starts elsewhere.</summary>
/// <remarks><c>Kind</c>: How the lessons were chosen: "Activity", "Activities" or "Subactivities".</remarks>
public sealed record PreferredStarts(string Kind, IReadOnlyList<Activity> Activities, IReadOnlyList<int> Slots) : Rule
{
    public override string Name => Kind + "PreferredStartingTimes";
    public override string Describe() => $"{List(Activities, 3)} start in one of {Count(Slots.Count, "slot")}";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Activities;

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var activity in Activities)
            if (view.StartOf(activity) >= 0) Report(breaches, Slots.Contains(view.StartOf(activity)) ? 0 : 1, activity.ToString(), activity);
    }

    internal override void Compile(ProblemBuilder problem)
    {
        var allowed = Slots.ToHashSet();
        foreach (var activity in Activities) problem.AddStartCost(this, activity, start => allowed.Contains(start) ? 0 : 1);
    }
}
