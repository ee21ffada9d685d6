using System.Xml.Linq;
using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Model.Events;
using static Tessera.Timetabling.Formats.XmlInput;

namespace Tessera.Timetabling.Formats;

public sealed partial class XhsttReader
{
    private EventConstraint? ReadConstraint(XElement element)
    {
        if (Body(element) is not { } constraint)
        {
            warnings.Add(new InputWarning(LineOf(element), $"constraint <{element.Name.LocalName}> is not understood and has no effect"));
            return null;
        }
        var weight = Whole(element, "Weight", null);
        if (weight is < 0 or > 1_000_000) throw Wrong(element.Element("Weight"), $"a weight of {weight} is not between 0 and 1000000");
        var required = element.Element("Required")?.Value.Trim();
        var function = element.Element("CostFunction")?.Value.Trim() ?? "Linear";
        return constraint with
        {
            Id = Id(element),
            Title = element.Element("Name")?.Value.Trim() ?? "",
            Required = required switch
            {
                "true" => true,
                "false" => false,
                _ => throw Wrong(element.Element("Required") ?? element, $"<Required> must be true or false, not '{required}'"),
            },
            Weight = weight,
            CostFunction = Enum.TryParse<CostFunction>(function, out var parsed) && Enum.IsDefined(parsed) ? parsed
                : throw Wrong(element.Element("CostFunction"), $"cost function '{function}' is not Linear, Quadratic or Step"),
        };
    }

    private EventConstraint? Body(XElement x)
    {
        var to = x.Element("AppliesTo") ?? throw Wrong(x, $"<{x.Name.LocalName}> lacks <AppliesTo>");
        switch (x.Name.LocalName)
        {
            case "AssignTimeConstraint":
                Known(x, to, "Events", "EventGroups");
                return new AssignTime(EventsOf(to));
            case "AssignResourceConstraint":
                Known(x, to, "Events", "EventGroups", "Role");
                return new AssignResource(EventsOf(to), Role(x));
            case "SplitEventsConstraint":
                Known(x, to, "Events", "EventGroups", "MinimumDuration", "MaximumDuration", "MinimumAmount", "MaximumAmount");
                return new SplitEvents(EventsOf(to), Whole(x, "MinimumDuration", null), Whole(x, "MaximumDuration", null), Whole(x, "MinimumAmount", null), Whole(x, "MaximumAmount", null));
            case "DistributeSplitEventsConstraint":
                Known(x, to, "Events", "EventGroups", "Duration", "Minimum", "Maximum");
                return new DistributeSplitEvents(EventsOf(to), Whole(x, "Duration", null), Whole(x, "Minimum", null), Whole(x, "Maximum", null));
            case "PreferResourcesConstraint":
                Known(x, to, "Events", "EventGroups", "Role", "Resources", "ResourceGroups");
                return new PreferResources(EventsOf(to), Role(x), ResourcesOf(x).ToHashSet());
            case "PreferTimesConstraint":
                Known(x, to, "Events", "EventGroups", "Times", "TimeGroups", "Duration");
                return new PreferTimes(EventsOf(to), TimesOf(x), Whole(x, "Duration", 0));
            case "AvoidSplitAssignmentsConstraint":
                Known(x, to, "EventGroups", "Role");
                return new AvoidSplitAssignments(GroupsOf(to), Role(x));
            case "SpreadEventsConstraint":
                Known(x, to, "EventGroups", "TimeGroups");
                return new SpreadEvents(GroupsOf(to), [.. References(x, "TimeGroups", "TimeGroup")
                    .Select(g => new SpreadEvents.Share(timeGroups.Members(g), Whole(g, "Minimum", null), Whole(g, "Maximum", null)))]);
            case "LinkEventsConstraint":
                Known(x, to, "EventGroups");
                return new LinkEvents(GroupsOf(to));
            case "OrderEventsConstraint":
                Known(x, to, "EventPairs");
                return new OrderEvents([.. References(to, "EventPairs", "EventPair").Select(ReadPair)]);
            case "AvoidClashesConstraint":
                Known(x, to, "Resources", "ResourceGroups");
                return new AvoidClashes(ResourcesOf(to));
            case "AvoidUnavailableTimesConstraint":
                Known(x, to, "Resources", "ResourceGroups", "Times", "TimeGroups");
                return new AvoidUnavailableTimes(ResourcesOf(to), TimesOf(x));
            case "LimitIdleTimesConstraint":
                Known(x, to, "Resources", "ResourceGroups", "TimeGroups", "Minimum", "Maximum");
                return new LimitIdleTimes(ResourcesOf(to), TimeGroupsOf(x), Whole(x, "Minimum", null), Whole(x, "Maximum", null));
            case "ClusterBusyTimesConstraint":
                Known(x, to, "Resources", "ResourceGroups", "TimeGroups", "Minimum", "Maximum");
                return new ClusterBusyTimes(ResourcesOf(to), TimeGroupsOf(x), Whole(x, "Minimum", null), Whole(x, "Maximum", null));
            case "LimitBusyTimesConstraint":
                Known(x, to, "Resources", "ResourceGroups", "TimeGroups", "Minimum", "Maximum");
                return new LimitBusyTimes(ResourcesOf(to), TimeGroupsOf(x), Whole(x, "Minimum", null), Whole(x, "Maximum", null));
            case "LimitWorkloadConstraint":
                Known(x, to, "Resources", "ResourceGroups", "Minimum", "Maximum");
                return new LimitWorkload(ResourcesOf(to), Whole(x, "Minimum", null), Whole(x, "Maximum", null));
            default:
                return null;
        }
    }

    private void Known(XElement element, XElement to, params ReadOnlySpan<string> own)
    {
        Understood(element, ["Name", "Required", "Weight", "CostFunction", "AppliesTo", .. own]);
        Understood(to, own);
    }

    private OrderEvents.Pair ReadPair(XElement element)
    {
        Understood(element, "FirstEvent", "SecondEvent", "MinSeparation", "MaxSeparation");
        var first = element.Element("FirstEvent") ?? throw Wrong(element, "<EventPair> lacks <FirstEvent>");
        var second = element.Element("SecondEvent") ?? throw Wrong(element, "<EventPair> lacks <SecondEvent>");
        return new OrderEvents.Pair(events.Find(first), events.Find(second), Whole(element, "MinSeparation", 0), Whole(element, "MaxSeparation", times.Count));
    }

    private static string Role(XElement element) => element.Element("Role")?.Value.Trim() is { Length: > 0 } role ? role : throw Wrong(element, $"<{element.Name.LocalName}> lacks <Role>");

    private int[] EventsOf(XElement to) =>
        [.. References(to, "Events", "Event").Select(events.Find).Concat(References(to, "EventGroups", "EventGroup").SelectMany(eventGroups.Members)).Distinct()];

    private int[] ResourcesOf(XElement element) =>
        [.. References(element, "Resources", "Resource").Select(resources.Find).Concat(References(element, "ResourceGroups", "ResourceGroup").SelectMany(resourceGroups.Members)).Distinct()];

    private HashSet<int> TimesOf(XElement element) =>
        [.. References(element, "Times", "Time").Select(times.Find), .. References(element, "TimeGroups", "TimeGroup").SelectMany(timeGroups.Members)];

    private Group[] GroupsOf(XElement to) => [.. References(to, "EventGroups", "EventGroup").Select(g => eventGroups.ToGroup(g))];

    private Group[] TimeGroupsOf(XElement element) => [.. References(element, "TimeGroups", "TimeGroup").Select(g => timeGroups.ToGroup(g, sorted: true))];
}
