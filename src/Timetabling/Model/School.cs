using Tessera.Timetabling.Constraints;

namespace Tessera.Timetabling.Model;

/// <summary>Everything a timetable is made from: the week, the people, the rooms, the lessons and the rules.</summary>
public sealed class School(TimeGrid grid)
{
    private readonly List<Teacher> teachers = [];
    private readonly List<StudentSet> studentSets = [];
    private readonly List<Room> rooms = [];
    private readonly List<Activity> activities = [];
    private readonly List<Rule> rules = [];
    private readonly Dictionary<int, Activity> activityById = [];

    public TimeGrid Grid { get; } = grid;
    public IReadOnlyList<Teacher> Teachers => teachers;
    public IReadOnlyList<StudentSet> StudentSets => studentSets;
    public IReadOnlyList<Room> Rooms => rooms;
    public IReadOnlyList<Activity> Activities => activities;
    public IReadOnlyList<Rule> Rules => rules;

    public Teacher AddTeacher(string name)
    {
        var teacher = new Teacher(teachers.Count, name);
        teachers.Add(teacher);
        return teacher;
    }

    /// <param name="name">Name of the year, group or subgroup.</param>
    /// <param name="size">Number of students.</param>
    /// <param name="partOf">The set it subdivides, if any.</param>
    public StudentSet AddStudents(string name, int size = 0, StudentSet? partOf = null)
    {
        var set = new StudentSet(studentSets.Count, name, size);
        studentSets.Add(set);
        partOf?.Divide(set);
        return set;
    }

    public Room AddRoom(string name, int capacity = int.MaxValue, string building = "")
    {
        var room = new Room(rooms.Count, name, capacity, building);
        rooms.Add(room);
        return room;
    }

    /// <summary>Adds a room that is made of one real room out of each set, all distinct.</summary>
    public Room AddVirtualRoom(string name, int capacity, IReadOnlyList<IReadOnlyList<Room>> realRoomSets)
    {
        var room = AddRoom(name, capacity);
        room.RealRoomSets = realRoomSets;
        return room;
    }

    /// <exception cref="ArgumentException">The duration does not fit into a day, or the id is taken.</exception>
    public Activity AddActivity(IReadOnlyList<Teacher> by, IReadOnlyList<StudentSet> to, string subject, int duration = 1, int? id = null,
        IReadOnlyList<string>? tags = null, int course = 0, int component = 1, int? headcount = null)
    {
        var number = id ?? activities.Count + 1;
        if (duration < 1 || duration > Grid.HoursPerDay)
            throw new ArgumentException($"Lesson {number} lasts {duration} hours, but a day has {Grid.HoursPerDay}.", nameof(duration));
        var activity = new Activity(activities.Count, number, [.. by.Distinct()], [.. to.Distinct()], subject, duration)
        {
            Tags = tags ?? [],
            Course = course,
            Component = component,
            Headcount = headcount ?? to.Sum(s => s.Size),
        };
        if (!activityById.TryAdd(number, activity)) throw new ArgumentException($"Two lessons have the number {number}.", nameof(id));
        activities.Add(activity);
        return activity;
    }

    public void Add(Rule rule) => rules.Add(rule);

    public void Remove(Rule rule) => rules.Remove(rule);

    /// <summary>The lesson with this number, or null.</summary>
    public Activity? FindActivity(int id) => activityById.GetValueOrDefault(id);

    /// <summary>The same school with another list of rules; people, rooms and lessons are shared.</summary>
    public School WithRules(IEnumerable<Rule> replacement)
    {
        var copy = new School(Grid);
        copy.teachers.AddRange(teachers);
        copy.studentSets.AddRange(studentSets);
        copy.rooms.AddRange(rooms);
        copy.activities.AddRange(activities);
        foreach (var (id, activity) in activityById) copy.activityById[id] = activity;
        copy.rules.AddRange(replacement);
        return copy;
    }
}
