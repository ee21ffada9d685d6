using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>A lesson is the last of the day for all its classes. Unit: 1 per lesson that is followed by another.</summary>
/// <remarks><c>Kind</c>: "ActivityEndsStudentsDay" or "ActivitiesEndStudentsDay".</remarks>
public sealed record EndsStudentsDay(string Kind, IReadOnlyList<Activity> Activities) : Rule
{
    public override string Name => Kind;
    public override string Describe() => $"{List(Activities, 3)} end the day of their classes";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Activities;

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var activity in Activities)
        {
            if (view.StartOf(activity) < 0) continue;
            var (day, end) = (view.DayOf(activity), view.HourOf(activity) + activity.Duration);
            var followed = view.Index.LeavesOf[activity.Index].Any(leaf => view.Week(leaf).Busy[day] >> end != 0);
            Report(breaches, followed ? 1 : 0, activity.ToString(), activity);
        }
    }

    internal override void Compile(ProblemBuilder problem)
    {
        foreach (var activity in Activities)
        {
            var companions = problem.Index.LeavesOf[activity.Index].SelectMany(l => l.Lessons).Append(activity).Distinct();
            problem.AddGroup(this, [activity, .. companions.Where(c => c != activity)],
                units => new EndOfDayMonitor(units, activity.Duration, problem.ResourcesOf(problem.Index.LeavesOf[activity.Index])));
        }
    }
}
