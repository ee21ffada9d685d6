using System.Xml.Linq;
using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;
using static Tessera.Timetabling.Formats.XmlInput;

namespace Tessera.Timetabling.Formats;

public sealed partial class FetReader
{
    /// <summary>The rules a time constraint stands for, or null when it is no time constraint that is understood.</summary>
    private IEnumerable<Rule>? TimeRules(XElement e, string name)
    {
        switch (name)
        {
            case "BasicCompulsoryTime" or "BasicCompulsorySpace": return [];
            case "BreakTimes": return [new BreakTimes(Slots(e, "Break_Time", "Day", "Hour"))];
            case "MinDaysBetweenActivities":
                var course = Ids(e);
                Rule apart = new MinDaysBetween(course, RequiredNumber(e, "MinDays"));
                return Text(e, "Consecutive_If_Same_Day") == "false" ? [apart] : [apart, new AdjacentIfSameDay(course)];
            case "MaxDaysBetweenActivities": return [new MaxDaysBetween(Ids(e), RequiredNumber(e, "MaxDays"))];
            case "MinGapsBetweenActivities": return [new MinGapsBetween(Ids(e), RequiredNumber(e, "MinGaps"))];
            case "ActivityPreferredStartingTime":
                var day = Element(e, "Preferred_Day", "Day");
                var hour = Element(e, "Preferred_Hour", "Hour");
                return Ids(e).Select(a => new PreferredStart(a, day is null ? null : DayNamed(day), hour is null ? null : HourNamed(hour)));
            case "ActivityPreferredStartingTimes" or "ActivitiesPreferredStartingTimes" or "SubactivitiesPreferredStartingTimes":
                var starts = Slots(e, "Preferred_Starting_Time", "Preferred_Starting_Day", "Preferred_Starting_Hour");
                return [new PreferredStarts(name[..name.IndexOf("Preferred", StringComparison.Ordinal)], name[0] == 'A' && name[8] == 'P' ? Ids(e) : Matching(e), starts)];
            case "ActivityPreferredTimeSlots" or "ActivitiesPreferredTimeSlots" or "SubactivitiesPreferredTimeSlots":
                var slots = Slots(e, "Preferred_Time_Slot", "Preferred_Day", "Preferred_Hour");
                return [new PreferredSlots(name[..name.IndexOf("Preferred", StringComparison.Ordinal)], name[0] == 'A' && name[8] == 'P' ? Ids(e) : Matching(e), slots)];
            case "ActivitiesSameStartingTime": return [new SameStart(Ids(e))];
            case "ActivitiesSameStartingDay": return [new SameStartDay(Ids(e))];
            case "ActivitiesSameStartingHour": return [new SameStartHour(Ids(e))];
            case "ActivitiesNotOverlapping": return [new NotOverlapping(Ids(e))];
            case "ActivityTagsNotOverlapping":
                var tags = e.Elements("Activity_Tag").Select(t => t.Value).ToList();
                return [new TagsNotOverlapping(tags, [.. school.Activities.Where(a => a.Tags.Any(t => tags.Contains(t, StringComparer.Ordinal)))])];
            case "TwoActivitiesConsecutive": return Two(e, (a, b) => new Consecutive(a, b));
            case "TwoActivitiesOrdered": return Two(e, (a, b) => new Ordered(a, b));
            case "TwoActivitiesOrderedIfSameDay": return Two(e, (a, b) => new OrderedIfSameDay(a, b));
            case "TwoActivitiesGrouped" or "ThreeActivitiesGrouped":
                var block = e.Elements().Where(x => x.Name.LocalName.EndsWith("Activity_Id", StringComparison.Ordinal)).Select(ActivityNamed).ToList();
                return block.Contains(null) ? [] : [new Grouped([.. block.OfType<Activity>()])];
            case "ActivityEndsStudentsDay": return [new EndsStudentsDay(name, Ids(e))];
            case "ActivitiesEndStudentsDay": return [new EndsStudentsDay(name, Matching(e))];
            case "ActivitiesOccupyMaxTimeSlotsFromSelection":
                return [new OccupySlots(Ids(e), Selected(e), RequiredNumber(e, "Max_Number_of_Occupied_Time_Slots"), true)];
            case "ActivitiesOccupyMinTimeSlotsFromSelection":
                return [new OccupySlots(Ids(e), Selected(e), RequiredNumber(e, "Min_Number_of_Occupied_Time_Slots"), false)];
            case "ActivitiesMaxSimultaneousInSelectedTimeSlots":
                return [new Simultaneous(Ids(e), Selected(e), RequiredNumber(e, "Max_Number_of_Simultaneous_Activities"), true, false)];
            case "ActivitiesMinSimultaneousInSelectedTimeSlots":
                return [new Simultaneous(Ids(e), Selected(e), RequiredNumber(e, "Min_Number_of_Simultaneous_Activities"), false, Flag(e, "Allow_Empty_Slots", false))];
        }
        return Whose(e, name) is var (who, kind) ? PersonRules(e, who, kind) : null;
    }

    private IEnumerable<Rule>? PersonRules(XElement e, Who who, string kind) => kind switch
    {
        "NotAvailableTimes" => [new NotAvailable(who, Slots(e, "Not_Available_Time", "Day", "Hour"))],
        "MaxDaysPerWeek" => [new MaxDaysPerWeek(who, RequiredNumber(e, "Max_Days_Per_Week"))],
        "MinDaysPerWeek" => [new MinDaysPerWeek(who, RequiredNumber(e, "Minimum_Days_Per_Week"))],
        "MaxGapsPerWeek" => [new MaxGapsPerWeek(who, RequiredNumber(e, "Max_Gaps"))],
        "MaxGapsPerDay" => [new MaxGapsPerDay(who, RequiredNumber(e, "Max_Gaps"))],
        "MaxHoursDaily" => [new MaxHoursDaily(who, RequiredNumber(e, "Maximum_Hours_Daily"))],
        "MinHoursDaily" => [new MinHoursDaily(who, RequiredNumber(e, "Minimum_Hours_Daily"), Flag(e, "Allow_Empty_Days", who.IsTeachers))],
        "MaxHoursContinuously" => [new MaxHoursContinuously(who, RequiredNumber(e, "Maximum_Hours_Continuously"))],
        "MaxSpanPerDay" => [new MaxSpanPerDay(who, RequiredNumber(e, "Max_Span"))],
        "EarlyMaxBeginningsAtSecondHour" => [new MaxLateBeginnings(who, RequiredNumber(e, "Max_Beginnings_At_Second_Hour"))],
        "MinRestingHours" => [new MinRestingHours(who, RequiredNumber(e, "Minimum_Resting_Hours"))],
        "IntervalMaxDaysPerWeek" => [new IntervalMaxDaysPerWeek(who, HourNamed(RequiredElement(e, "Interval_Start_Hour")),
            Element(e, "Interval_End_Hour") is { } end && hours.TryGetValue(end.Value, out var last) ? last : school.Grid.HoursPerDay, RequiredNumber(e, "Max_Days_Per_Week"))],
        "ActivityTagMaxHoursDaily" => [new TagMaxHoursDaily(who, TagOf(e), RequiredNumber(e, "Maximum_Hours_Daily"))],
        "ActivityTagMinHoursDaily" => [new TagMinHoursDaily(who, TagOf(e), RequiredNumber(e, "Minimum_Hours_Daily"), Flag(e, "Allow_Empty_Days", true))],
        "ActivityTagMaxHoursContinuously" => [new TagMaxHoursContinuously(who, TagOf(e), RequiredNumber(e, "Maximum_Hours_Continuously"))],
        "MaxBuildingChangesPerDay" => [new PlaceChanges(who, PlaceChangeLimit.MaxPerDay, RequiredNumber(e, "Max_Building_Changes_Per_Day"), false)],
        "MaxBuildingChangesPerWeek" => [new PlaceChanges(who, PlaceChangeLimit.MaxPerWeek, RequiredNumber(e, "Max_Building_Changes_Per_Week"), false)],
        "MinGapsBetweenBuildingChanges" => [new PlaceChanges(who, PlaceChangeLimit.MinGapsBetween, RequiredNumber(e, "Min_Gaps_Between_Building_Changes"), false)],
        "MaxRoomChangesPerDay" => [new PlaceChanges(who, PlaceChangeLimit.MaxPerDay, RequiredNumber(e, "Max_Room_Changes_Per_Day"), true)],
        "MaxRoomChangesPerWeek" => [new PlaceChanges(who, PlaceChangeLimit.MaxPerWeek, RequiredNumber(e, "Max_Room_Changes_Per_Week"), true)],
        "MinGapsBetweenRoomChanges" => [new PlaceChanges(who, PlaceChangeLimit.MinGapsBetween, RequiredNumber(e, "Min_Gaps_Between_Room_Changes"), true)],
        _ => null,
    };

    private IEnumerable<Rule>? SpaceRules(XElement e, string name)
    {
        switch (name)
        {
            case "RoomNotAvailableTimes": return [new RoomNotAvailable(RoomNamed(RequiredElement(e, "Room")), Slots(e, "Not_Available_Time", "Day", "Hour"))];
            case "ActivityPreferredRoom":
                List<Room> real = [.. e.Elements("Real_Room").Select(RoomNamed)];
                return [new PreferredRooms(name, Ids(e), RoomsOf(e)) { RealRooms = real.Count > 0 ? real : null }];
            case "ActivityPreferredRooms": return [new PreferredRooms(name, Ids(e), RoomsOf(e))];
            case "SubjectPreferredRoom" or "SubjectPreferredRooms" or "ActivityTagPreferredRoom" or "ActivityTagPreferredRooms"
                or "SubjectActivityTagPreferredRoom" or "SubjectActivityTagPreferredRooms":
                var (subject, tag) = (Text(e, "Subject", "Subject_Name"), TagOf(e));
                return [new PreferredRooms(name, [.. school.Activities.Where(a => (subject.Length == 0 || a.Subject == subject)
                    && (tag.Length == 0 || a.Tags.Contains(tag, StringComparer.Ordinal)))], RoomsOf(e))];
            case "StudentsSetHomeRoom" or "StudentsSetHomeRooms":
                return [new HomeRoom(name, Who.Students(StudentsNamed(RequiredElement(e, "Students", "Students_Name"))), RoomsOf(e))];
            case "TeacherHomeRoom" or "TeacherHomeRooms":
                return [new HomeRoom(name, Who.Teacher(TeacherNamed(RequiredElement(e, "Teacher", "Teacher_Name"))), RoomsOf(e))];
            case "ActivitiesOccupyMaxDifferentRooms": return [new MaxDifferentRooms(Ids(e), RequiredNumber(e, "Max_Number_of_Different_Rooms"))];
            case "ActivitiesSameRoomIfConsecutive": return [new SameRoomIfConsecutive(Ids(e))];
            default: return null;
        }
    }

    private (Who Who, string Kind)? Whose(XElement e, string name)
    {
        if (name.StartsWith("Teachers", StringComparison.Ordinal)) return (Who.EveryTeacher, name["Teachers".Length..]);
        if (name.StartsWith("TeacherHomeRoom", StringComparison.Ordinal) || name.StartsWith("StudentsSetHomeRoom", StringComparison.Ordinal)) return null;
        if (name.StartsWith("Teacher", StringComparison.Ordinal))
            return Element(e, "Teacher", "Teacher_Name") is { } teacher ? (Who.Teacher(TeacherNamed(teacher)), name["Teacher".Length..]) : null;
        if (name.StartsWith("StudentsSet", StringComparison.Ordinal))
            return Element(e, "Students", "Students_Name") is { } set ? (Who.Students(StudentsNamed(set)), name["StudentsSet".Length..]) : null;
        return name.StartsWith("Students", StringComparison.Ordinal) ? (Who.EveryStudent, name["Students".Length..]) : null;
    }

    private IEnumerable<Rule> Two(XElement e, Func<Activity, Activity, Rule> create)
    {
        var first = ActivityNamed(RequiredElement(e, "First_Activity_Id"));
        var second = ActivityNamed(RequiredElement(e, "Second_Activity_Id"));
        return first is null || second is null ? [] : [create(first, second)];
    }

    private List<Activity> Ids(XElement e) => [.. e.Elements("Activity_Id").Select(ActivityNamed).OfType<Activity>().Distinct()];

    /// <summary>The lesson, or null when it is switched off and its constraints with it.</summary>
    private Activity? ActivityNamed(XElement element)
    {
        if (!int.TryParse(element.Value, out var id)) throw Wrong(element, $"'{element.Value}' is not a whole number");
        return inactive.Contains(id) ? null : school.FindActivity(id) ?? throw Wrong(element, $"lesson {id} is not defined");
    }

    private List<Activity> Matching(XElement e)
    {
        var (teacher, subject, tag) = (Text(e, "Teacher_Name", "Teacher"), Text(e, "Subject_Name", "Subject"), TagOf(e));
        var set = Element(e, "Students_Name", "Students") is { } named ? StudentsNamed(named).Leaves() : null;
        var (duration, component) = (Number(e, 0, "Duration"), Number(e, 0, "Component_Number"));
        return [.. school.Activities.Where(a => (teacher.Length == 0 || a.Teachers.Any(t => t.Name == teacher))
            && (subject.Length == 0 || a.Subject == subject) && (tag.Length == 0 || a.Tags.Contains(tag, StringComparer.Ordinal))
            && (set is null || a.Students.Any(s => s.Leaves().Overlaps(set))) && (duration == 0 || a.Duration == duration) && (component == 0 || a.Component == component))];
    }

    private List<int> Slots(XElement e, string item, string day, string hour)
        => [.. e.Elements(item).Select(x => school.Grid.Slot(DayNamed(RequiredElement(x, day)), HourNamed(RequiredElement(x, hour)))).Distinct()];

    private List<int> Selected(XElement e) => Slots(e, "Selected_Time_Slot", "Selected_Day", "Selected_Hour");

    private List<Room> RoomsOf(XElement e) => [.. (e.Element("Room") is { } room ? [room] : e.Elements("Preferred_Room")).Select(RoomNamed)];

    private static string TagOf(XElement e) => Text(e, "Activity_Tag", "Activity_Tag_Name");

    private static bool Flag(XElement e, string name, bool otherwise) => Text(e, name) switch { "true" => true, "false" => false, _ => otherwise };

    /// <summary>The first of the named elements that is not empty.</summary>
    private static XElement? Element(XElement e, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (e.Element(name) is { Value.Length: > 0 } found) return found;
        return null;
    }

    private static XElement RequiredElement(XElement e, params ReadOnlySpan<string> names)
        => Element(e, names) ?? throw Wrong(e, $"<{e.Name.LocalName}> lacks <{names[0]}>");
}
