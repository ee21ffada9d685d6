using System.Globalization;
using System.Text;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Formats;

/// <summary>The .ctt format of the second international timetabling competition, and its solution lines "course room day period".</summary>
public static class CourseFormat
{
    private const int MaxDays = 100, MaxPeriodsPerDay = 16;
    private static readonly string[] Sections = ["COURSES:", "ROOMS:", "CURRICULA:", "UNAVAILABILITY_CONSTRAINTS:"];

    /// <exception cref="InputException">Not a readable .ctt file; the message names the line.</exception>
    public static CourseProblem Read(string text)
    {
        var header = new Dictionary<string, (string Value, int Line)>(StringComparer.Ordinal);
        var courses = new List<Course>();
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        var rooms = new List<LectureRoom>();
        var roomNames = new HashSet<string>(StringComparer.Ordinal);
        var curricula = new List<Curriculum>();
        var closed = new List<(int Course, int Day, int Period, int Line)>();
        var section = "";
        var ended = false;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var words = raw.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            if (words[0] == "END.")
            {
                ended = true;
                break;
            }
            if (Sections.Contains(words[0], StringComparer.Ordinal)) section = words[0];
            else if (section.Length == 0) header[words[0].TrimEnd(':')] = (words.Length > 1 ? words[1] : "", number);
            else if (section == "COURSES:")
            {
                if (!positions.TryAdd(words[0], courses.Count)) throw new InputException($"course '{words[0]}' is defined twice", number);
                courses.Add(new Course(words[0], Word(words, 1, number), Whole(words, 2, number), Whole(words, 3, number), Whole(words, 4, number)));
                if (courses[^1].Lectures > MaxDays * MaxPeriodsPerDay) throw new InputException($"course '{words[0]}' has {courses[^1].Lectures} lectures, more than any week has periods", number);
            }
            else if (section == "ROOMS:")
            {
                if (!roomNames.Add(words[0])) throw new InputException($"room '{words[0]}' is defined twice", number);
                rooms.Add(new LectureRoom(words[0], Whole(words, 1, number)));
            }
            else if (section == "CURRICULA:")
            {
                var count = Whole(words, 1, number);
                if (words.Length - 2 < count) throw new InputException($"curriculum {words[0]} names {words.Length - 2} courses, not {count}", number);
                curricula.Add(new Curriculum(words[0], [.. words.Skip(2).Take(count).Select(w => Position(w, number)).Distinct()]));
            }
            else closed.Add((Position(Word(words, 0, number), number), Whole(words, 1, number), Whole(words, 2, number), number));
        }
        if (!ended) throw new InputException("the file ends before 'END.': it is cut off", number);
        var (days, perDay) = (Declared("Days"), Declared("Periods_per_day"));
        if (days is < 1 or > MaxDays || perDay is < 1 or > MaxPeriodsPerDay) throw new InputException($"{days} days of {perDay} periods are no week", header["Days"].Line);
        foreach (var (name, count) in new[] { ("Courses", courses.Count), ("Rooms", rooms.Count), ("Curricula", curricula.Count) })
            if (Declared(name) != count) throw new InputException($"the heading says {Declared(name)} {name}, the file has {count}", header[name].Line);
        if (courses.Count == 0 || rooms.Count == 0) throw new InputException("there are no courses or no rooms", 1);
        var unavailable = courses.Select(_ => new HashSet<int>()).ToList();
        foreach (var (course, day, period, line) in closed)
        {
            if (day < 0 || day >= days || period < 0 || period >= perDay) throw new InputException($"day {day}, period {period} is not in the week", line);
            unavailable[course].Add(day * perDay + period);
        }
        return new CourseProblem(header.GetValueOrDefault("Name").Value ?? "", days, perDay, courses, rooms, curricula, unavailable);

        int Declared(string name) => header.TryGetValue(name, out var entry)
            ? int.TryParse(entry.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : throw new InputException($"'{entry.Value}' is not a whole number", entry.Line)
            : throw new InputException($"the heading lacks '{name}:'", 1);
        int Position(string name, int line) => positions.TryGetValue(name, out var position) ? position : throw new InputException($"course '{name}' is not defined", line);
    }

    public static string Write(CourseProblem problem, IEnumerable<Lecture> lectures)
    {
        var text = new StringBuilder();
        foreach (var lecture in lectures.OrderBy(l => l.Course).ThenBy(l => l.Period))
            text.Append(problem.Courses[lecture.Course].Name).Append(' ').Append(problem.Rooms[lecture.Room].Name).Append(' ')
                .Append(lecture.Period / problem.PeriodsPerDay).Append(' ').Append(lecture.Period % problem.PeriodsPerDay).Append('\n');
        return text.ToString();
    }

    /// <exception cref="InputException">A line does not fit the problem.</exception>
    public static IReadOnlyList<Lecture> ReadSolution(CourseProblem problem, string text)
    {
        var courses = Positions(problem.Courses.Select(c => c.Name));
        var rooms = Positions(problem.Rooms.Select(r => r.Name));
        var lectures = new List<Lecture>();
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var words = raw.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#') || words[0].StartsWith("//", StringComparison.Ordinal)) continue;
            var course = Index(courses, Word(words, 0, number), "course", number);
            var room = Index(rooms, Word(words, 1, number), "room", number);
            var (day, period) = (Whole(words, 2, number), Whole(words, 3, number));
            if (day < 0 || day >= problem.Days || period < 0 || period >= problem.PeriodsPerDay) throw new InputException($"day {day}, period {period} is not in the week", number);
            lectures.Add(new Lecture(course, room, day * problem.PeriodsPerDay + period));
        }
        return lectures;
    }

    private static Dictionary<string, int> Positions(IEnumerable<string> names) => names.Select((name, i) => (name, i)).ToDictionary(x => x.name, x => x.i, StringComparer.Ordinal);

    private static int Index(Dictionary<string, int> positions, string name, string kind, int line)
        => positions.TryGetValue(name, out var position) ? position : throw new InputException($"{kind} '{name}' is not defined", line);

    private static string Word(string[] words, int position, int line)
        => position < words.Length ? words[position] : throw new InputException($"{position + 1} words expected, {words.Length} found", line);

    private static int Whole(string[] words, int position, int line)
        => int.TryParse(Word(words, position, line), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? value : throw new InputException($"'{Word(words, position, line)}' is not a whole number", line);
}
