using System.Numerics;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>A timetable laid out for measuring: the busy hours of every person. Built from nothing each time.</summary>
internal sealed class TimetableView
{
    private readonly Dictionary<PersonIndex, PersonWeek> weeks = [];

    public TimetableView(SchoolIndex index, Timetable timetable)
    {
        Index = index;
        Timetable = timetable;
    }

    public SchoolIndex Index { get; }
    public Timetable Timetable { get; }
    public TimeGrid Grid => Index.Grid;

    public int StartOf(Activity activity) => Timetable.StartOf(activity);
    public int DayOf(Activity activity) => Grid.DayOf(Timetable.StartOf(activity));
    public int HourOf(Activity activity) => Grid.HourOf(Timetable.StartOf(activity));

    /// <summary>The week of a person, counting all lessons.</summary>
    public PersonWeek Week(PersonIndex person)
    {
        if (!weeks.TryGetValue(person, out var week)) weeks[person] = week = new PersonWeek(this, person, person.Lessons);
        return week;
    }

    /// <summary>The week of a person, counting only lessons with the tag.</summary>
    public PersonWeek Week(PersonIndex person, string tag) => new(this, person, person.Lessons.Where(l => l.Tags.Contains(tag, StringComparer.Ordinal)));

    /// <summary>Hours of the day a placed lesson covers, as a mask.</summary>
    public ulong Mask(Activity activity) => ((1UL << activity.Duration) - 1) << HourOf(activity);
}

/// <summary>The busy hours of one person.</summary>
internal sealed class PersonWeek
{
    private readonly TimetableView view;

    public PersonWeek(TimetableView view, PersonIndex person, IEnumerable<Activity> lessons)
    {
        this.view = view;
        Person = person;
        Busy = new ulong[view.Grid.DayCount];
        foreach (var lesson in lessons)
        {
            HasLessons = true;
            if (view.StartOf(lesson) < 0) UnplacedHours += lesson.Duration;
            else Busy[view.DayOf(lesson)] |= view.Mask(lesson);
        }
    }

    public PersonIndex Person { get; }
    /// <summary>Busy hours by day.</summary>
    public ulong[] Busy { get; }
    /// <summary>Hours still to place: they may yet fill holes, so a shortfall counts only beyond them.</summary>
    public int UnplacedHours { get; }
    public bool HasLessons { get; }
    public int Hours(int day) => BitOperations.PopCount(Busy[day]);
    public int First(int day) => BitOperations.TrailingZeroCount(Busy[day]);
    public int Last(int day) => 63 - BitOperations.LeadingZeroCount(Busy[day]);
    public int DaysUsed => Busy.Count(b => b != 0);

    /// <summary>Hours between the first and the last lesson of the day in which the person has nothing, though neither a break nor unavailable.</summary>
    public int Gaps(int day)
    {
        var gaps = 0;
        if (Busy[day] == 0) return 0;
        for (var hour = First(day); hour < Last(day); hour++)
            if ((Busy[day] >> hour & 1) == 0 && IsOpen(day, hour)) gaps++;
        return gaps;
    }

    /// <summary>Open hours before the first lesson of the day.</summary>
    public int OpenHoursBeforeFirst(int day) => Enumerable.Range(0, First(day)).Count(hour => IsOpen(day, hour));

    public bool IsOpen(int day, int hour) => ((view.Index.Breaks[day] | Person.Unavailable[day]) >> hour & 1) == 0;
}
