using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons stay where they were, so that few people must be told of a change. Unit: a person told per lesson that moves. Always soft.</summary>
/// <param name="Previous">Where they were.</param>
/// <param name="Importance">How many units a person told counts for: above 1 no gain on one or two other soft rules is worth a move.</param>
public sealed record KeepNear(Timetable Previous, int Importance = 1) : Rule
{
    public override string Name => "KeepNearTimetable";
    public override string Describe() => "Lessons stay where they were";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => index.School.Activities;

    private int Told(Activity activity) => Importance * Math.Max(1, activity.Teachers.Count + activity.Students.Count);

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var activity in view.Index.School.Activities)
        {
            var (now, then) = (view.StartOf(activity), Previous.StartOf(activity));
            if (now >= 0 && then >= 0) Report(breaches, now == then ? 0 : Told(activity), activity.ToString(), activity);
        }
    }

    internal override void Compile(ProblemBuilder problem)
    {
        foreach (var activity in problem.Index.School.Activities)
            if (Previous.StartOf(activity) is >= 0 and var then) problem.AddStartCost(this, activity, start => start == then ? 0 : Told(activity));
    }
}
