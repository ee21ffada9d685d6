using System.Xml.Linq;
using Tessera.Timetabling.Model.Events;
using static Tessera.Timetabling.Formats.XmlInput;

namespace Tessera.Timetabling.Formats;

/// <summary>Solution groups of XHSTT.</summary>
public static class XhsttSolutions
{
    /// <summary>Reads the solutions of the given instances; those of other instances are passed over.</summary>
    /// <exception cref="InputException">Not readable, or a solution does not fit its instance; the message names line and column.</exception>
    public static IReadOnlyList<XhsttSolution> Read(Stream input, IReadOnlyList<EventProblem> problems)
    {
        var root = Load(input).Root!;
        if (root.Name.LocalName is not ("HighSchoolTimetableArchive" or "SolutionGroups")) throw Wrong(root, "not an XHSTT file: there are no <SolutionGroups>");
        var groups = root.Name.LocalName == "SolutionGroups" ? root : root.Element("SolutionGroups") ?? throw Wrong(root, "there are no <SolutionGroups>");
        return Of(problems, groups.Elements("SolutionGroup"));
    }

    /// <summary>An archive with one solution group, as the format's evaluators read it.</summary>
    public static string Write(string group, string remarks, IEnumerable<(EventProblem Problem, IReadOnlyList<Meet> Meets)> solutions)
    {
        var document = new XDocument(new XDeclaration("1.0", "UTF-8", null),
            new XElement("HighSchoolTimetableArchive",
                new XElement("SolutionGroups",
                    new XElement("SolutionGroup", new XAttribute("Id", group),
                        new XElement("MetaData", new XElement("Contributor", group), new XElement("Date"), new XElement("Description", remarks)),
                        solutions.Select(s => Solution(s.Problem, s.Meets))))));
        return document.Declaration + "\n" + document + "\n";
    }

    private static XElement Solution(EventProblem problem, IReadOnlyList<Meet> meets)
    {
        var score = EventScore.Measure(problem, meets);
        return new XElement("Solution", new XAttribute("Reference", problem.Id),
            new XElement("Events", meets.OrderBy(m => m.Event).ThenBy(m => (uint)m.Time).ThenBy(m => m.Duration).Select(m => Written(problem, m))),
            new XElement("Report", new XElement("InfeasibilityValue", score.Infeasibility), new XElement("ObjectiveValue", score.Objective)));
    }

    private static XElement Written(EventProblem problem, Meet meet)
    {
        var lesson = problem.Events[meet.Event];
        var assigned = Enumerable.Range(0, lesson.Slots.Count).Where(s => lesson.Slots[s].Preassigned < 0 && meet.Resources[s] >= 0).ToList();
        return new XElement("Event", new XAttribute("Reference", lesson.Id),
            new XElement("Duration", meet.Duration),
            meet.Time >= 0 ? new XElement("Time", new XAttribute("Reference", problem.Times[meet.Time])) : null,
            assigned.Count == 0 ? null : new XElement("Resources", assigned.Select(s =>
                new XElement("Resource", new XAttribute("Reference", problem.Resources[meet.Resources[s]].Id), new XElement("Role", lesson.Slots[s].Role)))));
    }

    internal static IReadOnlyList<XhsttSolution> Of(IReadOnlyList<EventProblem> problems, IEnumerable<XElement> groups)
    {
        var readers = problems.ToDictionary(p => p.Id, p => new SolutionReader(p), StringComparer.Ordinal);
        var solutions = new List<XhsttSolution>();
        foreach (var group in groups)
            foreach (var element in group.Elements("Solution"))
                if (readers.TryGetValue(XhsttReader.Reference(element), out var reader)) solutions.Add(reader.Read(XhsttReader.Id(group), element));
        return solutions;
    }

    private sealed class SolutionReader(EventProblem problem)
    {
        private readonly Dictionary<string, int> events = Positions(problem.Events.Select(e => e.Id));
        private readonly Dictionary<string, int> times = Positions(problem.Times);
        private readonly Dictionary<string, int> resources = Positions(problem.Resources.Select(r => r.Id));

        public XhsttSolution Read(string group, XElement solution)
        {
            var meets = new List<Meet>();
            foreach (var element in solution.Element("Events")?.Elements("Event") ?? []) meets.Add(ReadMeet(element));
            var hours = new int[problem.Events.Count];
            foreach (var meet in meets) hours[meet.Event] += meet.Duration;
            var faults = new List<string>();
            for (var e = 0; e < hours.Length; e++)
            {
                var lesson = problem.Events[e];
                if (hours[e] == 0) meets.Add(new Meet(e, lesson.Duration, lesson.Time, [.. lesson.Slots.Select(s => s.Preassigned)]));
                else if (hours[e] != lesson.Duration) faults.Add($"event {lesson.Id}: durations sum to {hours[e]}, not {lesson.Duration}");
            }
            return new XhsttSolution(group, problem, meets, faults);
        }

        private Meet ReadMeet(XElement element)
        {
            var position = Find(events, element, "event");
            var lesson = problem.Events[position];
            var duration = XhsttReader.Whole(element, "Duration", lesson.Duration);
            if (duration < 1 || duration > problem.Times.Count) throw Wrong(element.Element("Duration"), $"a duration of {duration} is not possible");
            var time = element.Element("Time") is { } own && own.Attribute("Reference") is not null ? Find(times, own, "time") : lesson.Time;
            int[] assigned = [.. lesson.Slots.Select(s => s.Preassigned)];
            foreach (var slot in element.Element("Resources")?.Elements("Resource") ?? [])
            {
                if (slot.Element("Role")?.Value.Trim() is not { } role) continue;
                var resource = slot.Attribute("Reference") is null ? -1 : Find(resources, slot, "resource");
                var known = false;
                for (var s = 0; s < assigned.Length; s++)
                {
                    if (lesson.Slots[s].Role != role) continue;
                    known = true;
                    if (lesson.Slots[s].Preassigned < 0) assigned[s] = resource;
                }
                if (!known) throw Wrong(slot, $"event '{lesson.Id}' has no role '{role}'");
            }
            return new Meet(position, duration, time, assigned);
        }

        private static int Find(Dictionary<string, int> positions, XElement element, string kind)
            => positions.TryGetValue(XhsttReader.Reference(element), out var position) ? position : throw Wrong(element, $"{kind} '{XhsttReader.Reference(element)}' is not defined");

        private static Dictionary<string, int> Positions(IEnumerable<string> ids) => ids.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i, StringComparer.Ordinal);
    }
}
