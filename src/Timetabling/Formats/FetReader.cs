using System.Globalization;
using System.Xml.Linq;
using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;
using static Tessera.Timetabling.Formats.XmlInput;

namespace Tessera.Timetabling.Formats;

/// <summary>Reads a school from the XML of the program FET (.fet, formats 5.41 to 6.x, mode Official), plain or gzipped.</summary>
public sealed partial class FetReader
{
    private readonly XDocument document;
    private readonly XElement root;
    private readonly List<InputWarning> warnings = [];
    private readonly Dictionary<string, int> days = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> hours = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Teacher> teachers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StudentSet> students = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Room> rooms = new(StringComparer.Ordinal);
    private readonly HashSet<int> inactive = [];
    private School school = null!;

    private FetReader(XDocument document)
    {
        this.document = document;
        root = document.Root!;
    }

    /// <exception cref="InputException">Not a readable .fet file; the message names line and column.</exception>
    public static FetFile Read(Stream input)
    {
        var content = XmlInput.Load(input);
        if (content.Root?.Name.LocalName is not ("fet" or "FET")) throw Wrong(content.Root, "not a .fet file: the outermost element must be <fet>");
        return new FetReader(content).Read();
    }

    private FetFile Read()
    {
        var mode = Text(root, "Mode");
        if (mode is not ("" or "Official")) throw Wrong(root.Element("Mode"), $"mode '{mode}' is not supported, only 'Official'");
        ReadGrid();
        foreach (var name in Names("Teachers_List", "Teacher")) teachers.TryAdd(name, school.AddTeacher(name));
        ReadStudents();
        ReadRooms();
        ReadActivities();
        foreach (var list in new[] { "Time_Constraints_List", "Space_Constraints_List" })
            foreach (var element in root.Element(list)?.Elements() ?? []) ReadConstraint(element);
        string[] known = ["Mode", "Institution_Name", "Comments", "Days_List", "Hours_List", "Subjects_List", "Activity_Tags_List", "Teachers_List",
            "Students_List", "Activities_List", "Buildings_List", "Rooms_List", "Time_Constraints_List", "Space_Constraints_List", "Timetable_Generation_Options_List",
            "Real_Days_List", "Real_Hours_List", "Number_of_Terms", "Number_of_Days_per_Term", "Terms"];
        foreach (var element in root.Elements().Where(e => !known.Contains(e.Name.LocalName, StringComparer.Ordinal)))
            Warn(element, $"element <{element.Name.LocalName}> is not understood and has no effect");
        return new FetFile(school, warnings, document);
    }

    private void ReadGrid()
    {
        var dayNames = Names("Days_List", "Day");
        var hourNames = Names("Hours_List", "Hour");
        try
        {
            school = new School(new TimeGrid(dayNames, hourNames));
        }
        catch (ArgumentException e)
        {
            throw Wrong(root.Element(dayNames.Count == 0 ? "Days_List" : "Hours_List") ?? root, e);
        }
        for (var i = 0; i < dayNames.Count; i++) days[dayNames[i]] = i;
        for (var i = 0; i < hourNames.Count; i++) hours[hourNames[i]] = i;
    }

    private void ReadStudents()
    {
        foreach (var year in root.Element("Students_List")?.Elements("Year") ?? [])
        {
            var yearSet = Set(year, null);
            foreach (var group in year.Elements("Group"))
            {
                var groupSet = Set(group, yearSet);
                foreach (var subgroup in group.Elements("Subgroup")) Set(subgroup, groupSet);
            }
        }

        StudentSet Set(XElement element, StudentSet? parent)
        {
            var name = Required(element, "Name");
            if (!students.TryGetValue(name, out var set)) students[name] = set = school.AddStudents(name, Number(element, 0, "Number_of_Students"));
            try
            {
                parent?.Divide(set);
            }
            catch (ArgumentException e)
            {
                throw Wrong(element, e);
            }
            return set;
        }
    }

    private void ReadRooms()
    {
        var elements = (root.Element("Rooms_List")?.Elements("Room") ?? []).ToList();
        foreach (var element in elements)
        {
            var name = Required(element, "Name");
            if (!rooms.TryAdd(name, school.AddRoom(name, Number(element, int.MaxValue, "Capacity"), Text(element, "Building"))))
                throw Wrong(element, $"room '{name}' is defined twice");
        }
        foreach (var element in elements.Where(e => Text(e, "Virtual") == "true"))
            rooms[Required(element, "Name")].RealRoomSets =
                [.. element.Elements("Set_of_Real_Rooms").Select(s => (IReadOnlyList<Room>)[.. s.Elements("Real_Room").Select(RoomNamed)])];
    }

    private void ReadActivities()
    {
        var components = new Dictionary<int, int>();
        foreach (var element in root.Element("Activities_List")?.Elements("Activity") ?? [])
        {
            var id = RequiredNumber(element, "Id");
            var course = Number(element, 0, "Activity_Group_Id");
            var component = components[course] = components.GetValueOrDefault(course) + 1;
            if (Text(element, "Active") == "false")
            {
                inactive.Add(id);
                continue;
            }
            var headcount = Number(element, -1, "Number_Of_Students", "Number_of_Students");
            try
            {
                school.AddActivity([.. element.Elements("Teacher").Select(TeacherNamed)], [.. element.Elements("Students").Select(StudentsNamed)],
                    Text(element, "Subject"), Number(element, 1, "Duration"), id, [.. element.Elements("Activity_Tag").Select(t => t.Value)],
                    course, course == 0 ? 1 : component, headcount >= 0 ? headcount : null);
            }
            catch (ArgumentException e)
            {
                throw Wrong(element, e);
            }
        }
    }

    private void ReadConstraint(XElement element)
    {
        if (Text(element, "Active") == "false") return;
        var name = element.Name.LocalName;
        if (!name.StartsWith("Constraint", StringComparison.Ordinal))
        {
            Warn(element, $"element <{name}> is not understood and has no effect");
            return;
        }
        name = name["Constraint".Length..];
        var weight = Weight(element);
        var before = warnings.Count;
        var rules = TimeRules(element, name) ?? SpaceRules(element, name);
        if (rules is null)
        {
            Warn(element, $"constraint {name} is not understood and has no effect");
            return;
        }
        foreach (var rule in rules) school.Add(rule is AdjacentIfSameDay ? rule : rule with { Weight = weight });
        if (warnings.Count > before + 50) throw Wrong(element, "too many errors");
    }

    private static double Weight(XElement element)
    {
        var text = Text(element, "Weight_Percentage", "Weight");
        if (text.Length == 0) return 100;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || weight is not (>= 0 and <= 100))
            throw Wrong(element, $"'{text}' is not a weight between 0 and 100");
        return weight;
    }

    private List<string> Names(string list, string item)
    {
        var element = root.Element(list);
        if (element is null) return [];
        var named = element.Elements(item).Select(e => Required(e, "Name")).ToList();
        return named.Count > 0 ? named : element.Elements("Name").Select(e => e.Value).ToList();
    }

    private void Warn(XElement element, string message) => warnings.Add(new InputWarning(XmlInput.LineOf(element), message));

    private static string Text(XElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (element.Element(name) is { } found) return found.Value;
        return "";
    }

    private static string Required(XElement element, params ReadOnlySpan<string> names)
    {
        var text = Text(element, names);
        return text.Length > 0 ? text : throw Wrong(element, $"<{element.Name.LocalName}> lacks <{names[0]}>");
    }

    private static int Number(XElement element, int otherwise, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Element(name) is not { } found || found.Value.Trim().Length == 0) continue;
            return int.TryParse(found.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                ? number : throw Wrong(found, $"'{found.Value}' is not a whole number");
        }
        return otherwise;
    }

    private static int RequiredNumber(XElement element, params ReadOnlySpan<string> names)
    {
        Required(element, names);
        return Number(element, 0, names);
    }

    private static T Lookup<T>(Dictionary<string, T> table, XElement element, string kind)
        => table.TryGetValue(element.Value, out var found) ? found : throw Wrong(element, $"{kind} '{element.Value}' is not defined");

    private Teacher TeacherNamed(XElement element) => Lookup(teachers, element, "teacher");
    private StudentSet StudentsNamed(XElement element) => Lookup(students, element, "student set");
    private Room RoomNamed(XElement element) => Lookup(rooms, element, "room");
    private int DayNamed(XElement element) => Lookup(days, element, "day");
    private int HourNamed(XElement element) => Lookup(hours, element, "hour");
}
