using System.Text;

namespace Tessera.Kernel.Web;

/// <summary>Writes a calendar for any program (RFC 5545).</summary>
public sealed class CalendarFile
{
    public const string ContentType = "text/calendar; charset=utf-8";

    /// <summary>Octets a line may have before it is folded.</summary>
    private const int LineLength = 75;

    private readonly StringBuilder _file = new();

    /// <param name="product">What wrote it, for example <c>Recruiting</c>.</param>
    /// <param name="method"><c>PUBLISH</c> or <c>CANCEL</c>.</param>
    /// <param name="name">What the calendar is called; none for a single event.</param>
    public CalendarFile(string product, string method = "PUBLISH", string? name = null)
    {
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", $"-//Tessera//{product}//EN");
        Line("METHOD", method);
        if (name is not null)
        {
            Line("X-WR-CALNAME", Escape(name));
        }
    }

    /// <summary>An event between two instants.</summary>
    public CalendarFile Event(CalendarEvent entry, DateTimeOffset start, DateTimeOffset end) => Write(entry, () =>
    {
        Line("DTSTART", Stamp(start));
        Line("DTEND", Stamp(end));
    });

    /// <summary>An event of whole days.</summary>
    /// <param name="entry">What it is.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day; the file says the day after it, because its ends are exclusive.</param>
    public CalendarFile Days(CalendarEvent entry, DateOnly first, DateOnly last) => Write(entry, () =>
    {
        Line("DTSTART;VALUE=DATE", first.ToString("yyyyMMdd"));
        Line("DTEND;VALUE=DATE", last.AddDays(1).ToString("yyyyMMdd"));
        Line("TRANSP", "TRANSPARENT");
    });

    /// <summary>The whole file in UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => $"{_file}END:VCALENDAR\r\n";

    private CalendarFile Write(CalendarEvent entry, Action time)
    {
        Line("BEGIN", "VEVENT");
        Line("UID", entry.Uid);
        Line("SEQUENCE", entry.Sequence.ToString());
        Line("DTSTAMP", Stamp(entry.ChangedAt));
        time();
        Line("SUMMARY", Escape(entry.Summary));
        if (entry.Description is not null)
        {
            Line("DESCRIPTION", Escape(entry.Description));
        }

        if (entry.Location is not null)
        {
            Line("LOCATION", Escape(entry.Location));
        }

        Line("STATUS", entry.IsCancelled ? "CANCELLED" : "CONFIRMED");
        Line("END", "VEVENT");
        return this;
    }

    private void Line(string name, string value) => _file.Append(Fold($"{name}:{value}")).Append("\r\n");

    private static string Stamp(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'");

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,").ReplaceLineEndings("\\n");

    /// <summary>Breaks a line before it exceeds the allowed octets, never inside a character.</summary>
    private static string Fold(string line)
    {
        var folded = new StringBuilder();
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineLength)
            {
                folded.Append("\r\n ");
                octets = 1;
            }

            folded.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        return folded.ToString();
    }
}

/// <summary>An entry of a calendar.</summary>
/// <param name="Uid">Stays the same for the same thing.</param>
/// <param name="Sequence">Grows when it moves.</param>
public sealed record CalendarEvent(string Uid, int Sequence, DateTimeOffset ChangedAt, string Summary, string? Description = null, string? Location = null, bool IsCancelled = false);
