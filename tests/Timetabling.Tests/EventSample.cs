using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search.Events;

namespace Tessera.Timetabling.Tests;

/// <summary>Two days of four times; Maths (4 hours of Ada with Red), Art (2 hours of Bob with Red) and Chess (2 hours of Ada), each with a room to choose.</summary>
internal static class EventSample
{
    public const int Maths = 0, Art = 1, Chess = 2;
    public const int Ada = 0, Bob = 1, Red = 2, Lab = 3, Hall = 4;
    public static readonly Group Monday = new("Mo", [0, 1, 2, 3]);
    public static readonly Group Tuesday = new("Tu", [4, 5, 6, 7]);
    public static readonly Group All = new("All", [Maths, Art, Chess]);

    public static EventProblem Problem(params EventConstraint[] constraints) => new("Sample", "Sample", ["Mo1", "Mo2", "Mo3", "Mo4", "Tu1", "Tu2", "Tu3", "Tu4"], [Monday, Tuesday],
        [new("Ada", "Teacher"), new("Bob", "Teacher"), new("Red", "Class"), new("Lab", "Room"), new("Hall", "Room")],
        [Lesson("Maths", 4, Ada, Red), Lesson("Art", 2, Bob, Red), Lesson("Chess", 2, Ada)], [All], constraints);

    private static Event Lesson(string name, int duration, params int[] people)
        => new(name, duration, -1, [.. people.Select(p => new Slot(p == Red ? "Class" : "Teacher", p == Red ? "Class" : "Teacher", p, duration)), new Slot("Room", "Room", -1, duration)]);

    public static Meet At(int lesson, int duration, int time, int room = -1) => new(lesson, duration, time, lesson switch
    {
        Maths => [Ada, Red, room],
        Art => [Bob, Red, room],
        _ => [Ada, room],
    });

    /// <summary>How far the meets deviate at all points of application together; the search must count the same cost.</summary>
    public static int Deviation(EventConstraint constraint, params Meet[] meets)
    {
        var problem = Problem(constraint);
        var score = EventScore.Measure(problem, meets);
        var state = new EventState(EventModelBuilder.Build(problem));
        var copy = new EventState.Copy(state);
        Array.Clear(copy.Durations);
        foreach (var meet in meets)
        {
            var m = Enumerable.Range(state.FirstMeet(meet.Event), state.EndMeet(meet.Event) - state.FirstMeet(meet.Event)).First(i => copy.Durations[i] == 0);
            (copy.Durations[m], copy.Times[m]) = (meet.Duration, meet.Time);
            // Every meet of the sample has one slot to choose, so its position is the meet's own.
            copy.Resources[m] = meet.Resources[^1];
        }
        state.Load(copy);
        Assert.Equal((score.Infeasibility, score.Objective), (state.Hard, state.Soft));
        return score.Deviations.Sum(d => d.Amount);
    }
}
