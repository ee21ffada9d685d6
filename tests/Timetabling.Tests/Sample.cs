using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Tests;

/// <summary>A small school of two teachers and two classes, and short words to place its lessons.</summary>
internal sealed class Sample
{
    public Sample(int days = 5, int hours = 6)
    {
        School = new School(TimeGrid.Numbered(days, hours));
        (Ada, Bob) = (School.AddTeacher("Ada"), School.AddTeacher("Bob"));
        (Red, Blue) = (School.AddStudents("Red", 20), School.AddStudents("Blue", 30));
        (Lab, Hall) = (School.AddRoom("Lab", 25, "North"), School.AddRoom("Hall", 100, "South"));
    }

    public School School { get; }
    public Teacher Ada { get; }
    public Teacher Bob { get; }
    public StudentSet Red { get; }
    public StudentSet Blue { get; }
    public Room Lab { get; }
    public Room Hall { get; }

    /// <summary>So many lessons of Ada with class Red.</summary>
    public Activity[] Lessons(int count, int duration = 1, string subject = "Maths", params string[] tags)
        => [.. Enumerable.Range(0, count).Select(_ => School.AddActivity([Ada], [Red], subject, duration, tags: tags))];

    public Activity Lesson(Teacher teacher, StudentSet set, int duration = 1, params string[] tags) => School.AddActivity([teacher], [set], "Art", duration, tags: tags);

    public int Slot(int day, int hour) => School.Grid.Slot(day, hour);

    /// <summary>Units by which the placements break the rule.</summary>
    public int Amount(Rule rule, params (Activity Lesson, int Day, int Hour)[] places)
    {
        School.Add(rule);
        return Score(places).Breaches.Where(b => ReferenceEquals(b.Rule, rule)).Sum(b => b.Amount);
    }

    public Score Score(params (Activity Lesson, int Day, int Hour)[] places) => Scoring.Measure(Table(places));

    public Timetable Table(params (Activity Lesson, int Day, int Hour)[] places)
    {
        var table = new Timetable(School);
        foreach (var (lesson, day, hour) in places) table.Place(lesson, Slot(day, hour));
        return table;
    }

    public static SolveOptions Options(long iterations = 400_000, ulong seed = 1) => new() { Budget = Budget.Iterations(iterations), Seed = seed, Mode = SolveMode.First };
}
