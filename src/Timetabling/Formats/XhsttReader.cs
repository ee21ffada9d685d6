using System.Globalization;
using System.Xml.Linq;
using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Model.Events;
using static Tessera.Timetabling.Formats.XmlInput;

namespace Tessera.Timetabling.Formats;

/// <summary>Reads XHSTT (the format of the third international timetabling competition), plain or gzipped: an archive, or an instance alone.</summary>
public sealed partial class XhsttReader
{
    /// <summary>More times or resources than any school has: such a file is an error.</summary>
    private const int MaxTimes = 2_000, MaxCells = 20_000_000;

    private readonly XElement root;
    private readonly List<InputWarning> warnings;
    private readonly Names times = new("time");
    private readonly Names timeGroups = new("time group");
    private readonly Names resourceTypes = new("resource type");
    private readonly Names resourceGroups = new("resource group");
    private readonly Names resources = new("resource");
    private readonly Names eventGroups = new("event group");
    private readonly Names events = new("event");
    private readonly List<Resource> resourceList = [];
    private readonly List<Event> eventList = [];

    private XhsttReader(XElement root, List<InputWarning> warnings) => (this.root, this.warnings) = (root, warnings);

    /// <exception cref="InputException">Not a readable XHSTT file; the message names line and column.</exception>
    public static XhsttArchive Read(Stream input)
    {
        var content = Load(input).Root!;
        var unknown = new List<InputWarning>();
        if (content.Name.LocalName == "Instance") return new XhsttArchive([new XhsttReader(content, unknown).Read()], unknown, []);
        if (content.Name.LocalName != "HighSchoolTimetableArchive") throw Wrong(content, "not an XHSTT file: the outermost element must be <HighSchoolTimetableArchive>");
        var instances = (content.Element("Instances")?.Elements("Instance") ?? []).ToList();
        if (instances.Count == 0) throw Wrong(content, "the archive holds no <Instance>");
        var problems = new List<EventProblem>();
        foreach (var instance in instances)
        {
            var problem = new XhsttReader(instance, unknown).Read();
            if (problems.Exists(p => p.Id == problem.Id)) throw Wrong(instance, $"instance '{problem.Id}' is defined twice");
            problems.Add(problem);
        }
        return new XhsttArchive(problems, unknown, [.. content.Element("SolutionGroups")?.Elements("SolutionGroup") ?? []]);
    }

    private EventProblem Read()
    {
        var id = Id(root);
        Understood(root, "MetaData", "Times", "Resources", "Events", "Constraints");
        ReadTimes(Section("Times"));
        ReadResources(Section("Resources"));
        ReadEvents(Section("Events"));
        if ((long)times.Count * resources.Count > MaxCells) throw Wrong(root, $"{times.Count} times and {resources.Count} resources are too many");
        var constraints = new List<EventConstraint>();
        foreach (var element in Section("Constraints").Elements())
            if (ReadConstraint(element) is { } constraint) constraints.Add(constraint);
        return new EventProblem(id, root.Element("MetaData")?.Element("Name")?.Value.Trim() ?? id, times.Ids, timeGroups.ToGroups(sorted: true), resourceList, eventList,
            eventGroups.ToGroups(sorted: false), constraints);
    }

    private XElement Section(string name) => root.Element(name) ?? throw Wrong(root, $"the instance lacks <{name}>");

    private void ReadTimes(XElement section)
    {
        foreach (var group in section.Element("TimeGroups")?.Elements() ?? []) timeGroups.Add(group);
        Understood(section, "TimeGroups", "Time");
        foreach (var element in section.Elements("Time"))
        {
            var time = times.Add(element);
            foreach (var group in References(element, "TimeGroups", "TimeGroup").Concat(element.Elements("Day")).Concat(element.Elements("Week"))) timeGroups.Join(group, time);
            Understood(element, "Name", "Day", "Week", "TimeGroups");
        }
        if (times.Count is 0 or > MaxTimes) throw Wrong(section, $"{times.Count} times are no timetable");
    }

    private void ReadResources(XElement section)
    {
        Understood(section, "ResourceTypes", "ResourceGroups", "Resource");
        foreach (var type in section.Element("ResourceTypes")?.Elements("ResourceType") ?? []) resourceTypes.Add(type);
        foreach (var group in section.Element("ResourceGroups")?.Elements("ResourceGroup") ?? []) resourceGroups.Add(group);
        foreach (var element in section.Elements("Resource"))
        {
            var resource = resources.Add(element);
            var type = element.Element("ResourceType") ?? throw Wrong(element, "<Resource> lacks <ResourceType>");
            resourceTypes.Find(type);
            resourceList.Add(new Resource(Id(element), Reference(type)));
            foreach (var group in References(element, "ResourceGroups", "ResourceGroup")) resourceGroups.Join(group, resource);
            Understood(element, "Name", "ResourceType", "ResourceGroups");
        }
    }

    private void ReadEvents(XElement section)
    {
        Understood(section, "EventGroups", "Event");
        foreach (var group in section.Element("EventGroups")?.Elements() ?? []) eventGroups.Add(group);
        foreach (var element in section.Elements("Event"))
        {
            var position = events.Add(element);
            var duration = Whole(element, "Duration", null);
            if (duration < 1 || duration > times.Count) throw Wrong(element.Element("Duration"), $"a duration of {duration} does not fit into {times.Count} times");
            var time = element.Element("Time") is { } preassigned ? times.Find(preassigned) : -1;
            if (time + duration > times.Count) throw Wrong(element.Element("Time"), $"{duration} times from '{times.Ids[time]}' on run past the last time");
            var workload = element.Element("Workload") is { } own ? Workload(own) : duration;
            var slots = new List<Slot>();
            foreach (var slot in References(element, "Resources", "Resource")) slots.Add(ReadSlot(slot, workload));
            foreach (var group in References(element, "ResourceGroups", "ResourceGroup"))
                slots.AddRange(resourceGroups.Members(group).Select(r => new Slot("", resourceList[r].Type, r, workload)));
            eventList.Add(new Event(Id(element), duration, time, slots));
            foreach (var group in References(element, "EventGroups", "EventGroup").Concat(element.Elements("Course"))) eventGroups.Join(group, position);
            Understood(element, "Name", "Color", "Duration", "Workload", "Course", "Time", "Resources", "ResourceGroups", "EventGroups");
        }
        if (eventList.Count == 0) throw Wrong(section, "there are no events");
    }

    private Slot ReadSlot(XElement element, double workload)
    {
        Understood(element, "Role", "ResourceType", "Workload");
        var role = element.Element("Role")?.Value.Trim() ?? "";
        var load = element.Element("Workload") is { } own ? Workload(own) : workload;
        if (element.Attribute("Reference") is not null)
        {
            var resource = resources.Find(element);
            return new Slot(role, resourceList[resource].Type, resource, load);
        }
        if (role.Length == 0) throw Wrong(element, "<Resource> has neither a reference nor a <Role>");
        var type = element.Element("ResourceType") ?? throw Wrong(element, "<Resource> without a reference lacks <ResourceType>");
        resourceTypes.Find(type);
        return new Slot(role, Reference(type), -1, load);
    }

    /// <summary>Warns of children whose names are not among the given ones.</summary>
    private void Understood(XElement element, params ReadOnlySpan<string> known)
    {
        foreach (var child in element.Elements())
            if (!known.Contains(child.Name.LocalName)) warnings.Add(new InputWarning(LineOf(child), $"element <{child.Name.LocalName}> in <{element.Name.LocalName}> is not understood and has no effect"));
    }

    internal static string Id(XElement element) => element.Attribute("Id")?.Value is { Length: > 0 } id ? id : throw Wrong(element, $"<{element.Name.LocalName}> lacks its Id");

    internal static string Reference(XElement element)
        => element.Attribute("Reference")?.Value is { Length: > 0 } id ? id : throw Wrong(element, $"<{element.Name.LocalName}> lacks its Reference");

    private static IEnumerable<XElement> References(XElement element, string list, string item) => element.Element(list)?.Elements(item) ?? [];

    private static double Workload(XElement element)
        => double.TryParse(element.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var load) && load is >= 0 and < 1e6
            ? load : throw Wrong(element, $"'{element.Value}' is not a workload");

    /// <summary>A whole number; when the element is missing the given one, or an error.</summary>
    internal static int Whole(XElement parent, string name, int? otherwise)
    {
        if (parent.Element(name) is not { } element) return otherwise ?? throw Wrong(parent, $"<{parent.Name.LocalName}> lacks <{name}>");
        return double.TryParse(element.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e9 && Math.Floor(number) == number
            ? (int)number : throw Wrong(element, $"'{element.Value}' is not a whole number");
    }

    /// <summary>Identifiers of one kind, and which items belong to those that are groups.</summary>
    private sealed class Names(string kind)
    {
        private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
        private readonly List<string> ids = [];
        private readonly List<List<int>> members = [];

        public List<string> Ids => ids;
        public int Count => ids.Count;

        public int Add(XElement element)
        {
            var id = Id(element);
            if (!positions.TryAdd(id, ids.Count)) throw Wrong(element, $"{kind} '{id}' is defined twice");
            ids.Add(id);
            members.Add([]);
            return ids.Count - 1;
        }

        public int Find(XElement element)
            => positions.TryGetValue(Reference(element), out var position) ? position : throw Wrong(element, $"{kind} '{Reference(element)}' is not defined");

        public void Join(XElement group, int item)
        {
            var list = members[Find(group)];
            if (!list.Contains(item)) list.Add(item);
        }

        public List<int> Members(XElement group) => members[Find(group)];

        public Group ToGroup(XElement group, bool sorted = false) => new(Reference(group), sorted ? [.. Members(group).Order()] : Members(group));

        public IReadOnlyList<Group> ToGroups(bool sorted) => [.. ids.Select((id, i) => new Group(id, sorted ? [.. members[i].Order()] : members[i]))];
    }
}
