using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>Lessons that follow each other directly on one day are in the same room. Unit: 1 per pair that is not.</summary>
public sealed record SameRoomIfConsecutive(IReadOnlyList<Activity> Activities) : Rule
{
    public override string Name => "ActivitiesSameRoomIfConsecutive";
    public override string Describe() => $"{List(Activities, 3)}: same room when one follows the other";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => Activities;

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        foreach (var first in Activities)
            foreach (var second in Activities)
                if (first != second && view.StartOf(first) >= 0 && view.StartOf(second) >= 0
                    && Consecutive.Follows(view.Index, first, view.StartOf(first), view.StartOf(second))
                    && view.Timetable.RoomOf(first) is { } one && view.Timetable.RoomOf(second) is { } two && !one.RealRooms.SequenceEqual(two.RealRooms))
                    Report(breaches, 1, $"{first} and {second}", first, second);
    }

    internal override void Compile(ProblemBuilder problem)
    {
        for (var i = 0; i < Activities.Count; i++)
        {
            for (var j = i + 1; j < Activities.Count; j++)
            {
                var (first, second) = (Activities[i], Activities[j]);
                problem.AddGroup(this, [first, second], units => new SameRoomMonitor(problem.Index, units, first, second));
            }
        }
    }
}
