using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Constraints;

/// <summary>What the rules need to know about the school besides the timetable: who attends what, and which hours are open.</summary>
internal sealed class SchoolIndex
{
    private readonly Dictionary<StudentSet, PersonIndex> leafOf = [];

    public SchoolIndex(School school)
    {
        School = school;
        var grid = school.Grid;
        Breaks = new ulong[grid.DayCount];
        Teachers = [.. school.Teachers.Select(t => new PersonIndex(t.Name, grid.DayCount))];
        foreach (var leaf in school.StudentSets.Where(s => s.IsLeaf))
        {
            var person = new PersonIndex(leaf.Name, grid.DayCount);
            leafOf[leaf] = person;
            Leaves.Add(person);
        }
        LeavesOf = [.. school.Activities.Select(a => a.Students.SelectMany(s => s.Leaves()).Distinct().OrderBy(l => l.Index).Select(l => leafOf[l]).ToArray())];
        foreach (var activity in school.Activities)
        {
            foreach (var teacher in activity.Teachers) Teachers[teacher.Index].Lessons.Add(activity);
            foreach (var leaf in LeavesOf[activity.Index]) leaf.Lessons.Add(activity);
        }
        HasRoomPreference = new bool[school.Activities.Count];
        foreach (var rule in school.Rules)
        {
            switch (rule)
            {
                case BreakTimes breaks:
                    foreach (var slot in breaks.Slots) Breaks[grid.DayOf(slot)] |= 1UL << grid.HourOf(slot);
                    break;
                case NotAvailable off:
                    foreach (var person in off.Who.Members(this))
                        foreach (var slot in off.Slots) person.Unavailable[grid.DayOf(slot)] |= 1UL << grid.HourOf(slot);
                    break;
                case PreferredRooms preferred:
                    foreach (var activity in preferred.Activities) HasRoomPreference[activity.Index] = true;
                    break;
            }
        }
        RoomUnavailable = new ulong[school.Rooms.Count][];
        for (var r = 0; r < RoomUnavailable.Length; r++) RoomUnavailable[r] = new ulong[grid.DayCount];
        foreach (var rule in school.Rules.OfType<RoomNotAvailable>())
            foreach (var slot in rule.Slots) RoomUnavailable[rule.Room.Index][grid.DayOf(slot)] |= 1UL << grid.HourOf(slot);
    }

    public School School { get; }
    public TimeGrid Grid => School.Grid;
    /// <summary>Break hours of each day as a mask.</summary>
    public ulong[] Breaks { get; }
    public PersonIndex[] Teachers { get; }
    public List<PersonIndex> Leaves { get; } = [];
    /// <summary>Leaf classes attending each lesson, by lesson index.</summary>
    public PersonIndex[][] LeavesOf { get; }
    /// <summary>Lessons that name their rooms; home rooms do not apply to them.</summary>
    public bool[] HasRoomPreference { get; }
    /// <summary>Closed hours of each room and day as a mask.</summary>
    public ulong[][] RoomUnavailable { get; }

    public PersonIndex Leaf(StudentSet leaf) => leafOf[leaf];

    /// <summary>The first hour of the day at or after <paramref name="hour"/> that is no break.</summary>
    public int AfterBreak(int day, int hour)
    {
        while (hour < Grid.HoursPerDay && (Breaks[day] >> hour & 1) != 0) hour++;
        return hour;
    }

    /// <summary>Every person a lesson occupies: its teachers, then its leaf classes.</summary>
    public IEnumerable<PersonIndex> PeopleOf(Activity activity)
        => activity.Teachers.Select(t => Teachers[t.Index]).Concat(LeavesOf[activity.Index]);
}

/// <summary>A teacher or a leaf class: the lessons attended and the hours not available.</summary>
internal sealed class PersonIndex(string name, int days)
{
    public string Name { get; } = name;
    public List<Activity> Lessons { get; } = [];
    /// <summary>Hours not available, by day.</summary>
    public ulong[] Unavailable { get; } = new ulong[days];
}
