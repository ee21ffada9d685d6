using System.Text;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Formats;

/// <summary>A timetable as comma-separated values: "Activity Id","Day","Hour","Room"; unplaced lessons have no day and hour.</summary>
public static class TimetableCsv
{
    public static string Write(Timetable timetable)
    {
        var text = new StringBuilder("\"Activity Id\",\"Day\",\"Hour\",\"Room\"\n");
        var grid = timetable.School.Grid;
        foreach (var activity in timetable.School.Activities)
        {
            var start = timetable.StartOf(activity);
            text.Append(activity.Id).Append(',');
            if (start >= 0) text.Append(Quoted(grid.Days[grid.DayOf(start)])).Append(',').Append(Quoted(grid.Hours[grid.HourOf(start)]));
            else text.Append("\"\",\"\"");
            text.Append(',').Append(Quoted(timetable.RoomOf(activity)?.ToString() ?? "")).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Reads a timetable back. Day and hour are names, or numbers from 0 when no such name exists; a lesson may have one row per hour.</summary>
    /// <exception cref="InputException">A row does not fit the school; the message names the line.</exception>
    public static Timetable Read(School school, string text)
    {
        var timetable = new Timetable(school);
        var columns = (Id: 0, Day: 1, Hour: 2, Room: 3);
        foreach (var (line, cells) in Rows(text))
        {
            if (!int.TryParse(cells[0], out _) && timetable.PlacedCount == 0 && cells.Any(c => c.Contains("activity", StringComparison.OrdinalIgnoreCase)))
            {
                var names = cells.Select(c => c.Trim().ToUpperInvariant().Replace('_', ' ')).ToList();
                columns = (names.FindIndex(n => n is "ACTIVITY ID" or "ID"), names.IndexOf("DAY"), names.IndexOf("HOUR"), names.IndexOf("ROOM"));
                if (columns.Id < 0 || columns.Day < 0 || columns.Hour < 0) throw new InputException("the heading names no activity id, day and hour", line);
                continue;
            }
            if (cells.Count <= Math.Max(columns.Id, Math.Max(columns.Day, columns.Hour)))
                throw new InputException("a row needs at least an activity id, a day and an hour", line);
            if (!int.TryParse(cells[columns.Id], out var id)) throw new InputException($"'{cells[columns.Id]}' is not an activity id", line);
            var activity = school.FindActivity(id) ?? throw new InputException($"lesson {id} is not in the school, or not active", line);
            if (cells[columns.Day].Trim().Length == 0) continue;
            var slot = school.Grid.Slot(Position(school.Grid.Days, cells[columns.Day], "day", line), Position(school.Grid.Hours, cells[columns.Hour], "hour", line));
            var known = timetable.StartOf(activity);
            var room = columns.Room >= 0 && columns.Room < cells.Count ? ParseRoom(school, cells[columns.Room].TrimEnd('\r', '\n'), line) : null;
            if (known < 0) timetable.Place(activity, slot, room);
            else if (slot < known) timetable.Place(activity, slot, timetable.RoomOf(activity));
        }
        return timetable;
    }

    private static RoomChoice? ParseRoom(School school, string name, int line)
    {
        if (name.Length == 0) return null;
        Room Named(string n) => school.Rooms.FirstOrDefault(r => r.Name == n) ?? throw new InputException($"room '{n}' is not in the school", line);
        if (school.Rooms.Any(r => r.Name == name && !r.IsVirtual)) return new RoomChoice(Named(name));
        List<Room> real = [.. name.Split('+').Select(Named)];
        var whole = school.Rooms.FirstOrDefault(v => v.IsVirtual && v.RealRoomSets.Count == real.Count
            && v.RealRoomSets.Zip(real).All(x => x.First.Contains(x.Second))) ?? real[0];
        return new RoomChoice(whole, real);
    }

    private static int Position(IReadOnlyList<string> names, string text, string kind, int line)
    {
        for (var pass = 0; pass < 2; pass++)
            for (var i = 0; i < names.Count; i++)
                if (names[i] == (pass == 0 ? text : text.Trim())) return i;
        return int.TryParse(text, out var number) && number >= 0 && number < names.Count ? number : throw new InputException($"{kind} '{text}' is not in the school", line);
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"";

    private static IEnumerable<(int Line, List<string> Cells)> Rows(string text)
    {
        var (line, first, cells, cell, quoted) = (1, 1, new List<string>(), new StringBuilder(), false);
        for (var i = text.StartsWith('\uFEFF') ? 1 : 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (c == '\n') line++;
            if (quoted && i == text.Length) throw new InputException("a quotation is not closed", first);
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (c == '"') quoted = !quoted;
            else if (quoted || c is not (',' or '\n' or '\r')) cell.Append(c);
            else if (c != '\r')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c == ',') continue;
                if (cells.Count > 1 || cells[0].Trim().Length > 0) yield return (first, cells);
                (cells, first) = ([], line);
            }
        }
    }
}
