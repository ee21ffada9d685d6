using System.Xml.Linq;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Formats;

/// <summary>Writes a school back as it was read, with the timetable as locked starts and rooms, so that FET opens it.</summary>
public static class FetWriter
{
    public static string Write(FetFile file, Timetable timetable)
    {
        var document = new XDocument(file.Document);
        var time = List(document, "Time_Constraints_List");
        var space = List(document, "Space_Constraints_List");
        var placed = timetable.School.Activities.Where(timetable.IsPlaced).ToDictionary(a => a.Id);
        // A former lock of the same lesson would contradict the new one.
        foreach (var old in time.Elements("ConstraintActivityPreferredStartingTime").Concat(space.Elements("ConstraintActivityPreferredRoom"))
            .Where(e => (string?)e.Element("Permanently_Locked") == "false" && int.TryParse((string?)e.Element("Activity_Id"), out var id) && placed.ContainsKey(id)).ToList()) old.Remove();
        var grid = timetable.School.Grid;
        foreach (var activity in placed.Values)
        {
            var start = timetable.StartOf(activity);
            time.Add(new XElement("ConstraintActivityPreferredStartingTime",
                new XElement("Weight_Percentage", 100), new XElement("Activity_Id", activity.Id),
                new XElement("Preferred_Day", grid.Days[grid.DayOf(start)]), new XElement("Preferred_Hour", grid.Hours[grid.HourOf(start)]),
                new XElement("Permanently_Locked", "false"), new XElement("Active", "true"), new XElement("Comments")));
            if (timetable.RoomOf(activity) is not { } choice) continue;
            var room = new XElement("ConstraintActivityPreferredRoom",
                new XElement("Weight_Percentage", 100), new XElement("Activity_Id", activity.Id), new XElement("Room", choice.Room.Name));
            if (choice.Room.IsVirtual)
            {
                room.Add(new XElement("Number_of_Real_Rooms", choice.RealRooms.Count));
                room.Add(choice.RealRooms.Select(r => new XElement("Real_Room", r.Name)));
            }
            room.Add(new XElement("Permanently_Locked", "false"), new XElement("Active", "true"), new XElement("Comments"));
            space.Add(room);
        }
        return document.Declaration + "\n" + document + "\n";
    }

    private static XElement List(XDocument document, string name)
    {
        if (document.Root!.Element(name) is { } list) return list;
        list = new XElement(name);
        document.Root.Add(list);
        return list;
    }
}
