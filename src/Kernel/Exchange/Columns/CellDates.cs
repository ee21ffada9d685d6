using System.Globalization;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>Which of a date's numbers is which.</summary>
public enum DateOrder
{
    /// <summary>Year, month, day.</summary>
    Ymd,

    /// <summary>Day, month, year.</summary>
    Dmy,

    /// <summary>Month, day, year.</summary>
    Mdy,
}

/// <summary>Dates and instants in cells. What two readers could read differently is asked for, never guessed.</summary>
internal static class CellDates
{
    /// <summary>Spreadsheets count days from here (their 1900 system); below the first that is taken for one, a number looks like a year.</summary>
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    private const int FirstSerial = 10_000;

    private const int LastSerial = 2_958_465;

    private static readonly CultureInfo[] MonthNames = [CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("de"), CultureInfo.GetCultureInfo("fr"), CultureInfo.GetCultureInfo("es"), CultureInfo.GetCultureInfo("it")];

    private static readonly string[] WithMonthName = ["d MMM yyyy", "d MMMM yyyy", "d. MMM yyyy", "d. MMMM yyyy", "MMM d yyyy", "MMMM d yyyy", "MMM d, yyyy", "MMMM d, yyyy", "d-MMM-yyyy", "d-MMMM-yyyy"];

    private static readonly string[] Times = ["H:mm", "HH:mm", "H:mm:ss", "HH:mm:ss", "HH:mm:ss.FFFFFFF", "h:mm tt", "h:mm:ss tt", "hh:mm tt"];

    /// <summary>Whether the text is a date that is another one when read in another order.</summary>
    public static bool IsAmbiguous(string text) =>
        Numbers(DatePart(text)) is [var a, var b, { Digits: 4 } c] && a.Value is >= 1 and <= 12 && b.Value is >= 1 and <= 12 && a.Value != b.Value && c.Separator != '.';

    public static (object? Value, CellFault? Fault) Date(string text, DateOrder? order)
    {
        text = text.Trim();
        if (Serial(text) is { } serial)
        {
            return (serial, null);
        }

        var (date, fault) = DateOf(DatePart(text), order, text);
        var time = text[DatePart(text).Length..].Trim(' ', 'T', 'Z');
        return date is null ? (null, fault)
            : time.Length == 0 || (TimeOnly.TryParseExact(time, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock) && clock == TimeOnly.MinValue) ? (date, null)
            : (null, new CellFault("invalid_date", $"'{text}' has a time of day; this column holds dates."));
    }

    public static (object? Value, CellFault? Fault) Instant(string text, CellRules rules)
    {
        text = text.Trim();
        if (text.Length >= 16 && text[4] == '-' && HasOffset(text))
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? (instant.ToUniversalTime().ToMicroseconds(), null)
                : (null, new CellFault("invalid_instant", $"'{text}' is not a moment like 2026-11-20T14:30:00Z."));
        }

        var (date, fault) = Serial(text) is { } serial ? (serial, null) : DateOf(DatePart(text), rules.DateOrder, text);
        if (date is null)
        {
            return (null, fault);
        }

        var time = text[Math.Min(text.Length, DatePart(text).Length)..].Trim(' ', 'T', ',');
        var clock = TimeOnly.MinValue;
        if (time.Length > 0 && !TimeOnly.TryParseExact(time, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out clock))
        {
            return (null, new CellFault("invalid_instant", $"'{text}' is not a moment like 2026-11-20 14:30."));
        }

        var local = date.Value.ToDateTime(clock);
        return rules.Zone.IsInvalidTime(local)
            ? (null, new CellFault("invalid_instant", $"'{text}' never was in {rules.Zone.Id}: the clocks went forward over it."))
            : rules.Zone.IsAmbiguousTime(local)
                ? (null, new CellFault("ambiguous_instant", $"'{text}' was twice in {rules.Zone.Id}: add the offset, as in 2026-10-25T02:30:00+02:00."))
                : (new DateTimeOffset(local, rules.Zone.GetUtcOffset(local)).ToUniversalTime(), null);
    }

    private static bool HasOffset(string text) => text.EndsWith('Z') || (text.LastIndexOfAny(['+', '-']) is var sign && sign > 10 && text.Length - sign is 3 or 5 or 6);

    /// <summary>A bare number is the day a spreadsheet counts.</summary>
    private static DateOnly? Serial(string text) =>
        int.TryParse(text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= FirstSerial and <= LastSerial
            ? DayZero.AddDays(day)
            : null;

    private static (DateOnly? Date, CellFault? Fault) DateOf(string part, DateOrder? order, string text)
    {
        if (DateOnly.TryParseExact(part, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
        {
            return (iso, null);
        }

        foreach (var names in MonthNames)
        {
            if (DateOnly.TryParseExact(part, WithMonthName, names, DateTimeStyles.AllowWhiteSpaces, out var named))
            {
                return (named, null);
            }
        }

        var fault = new CellFault("invalid_date", $"'{text}' is not a date like 2026-11-20.");
        switch (Numbers(part))
        {
            case [{ Digits: 4 } year, var month, var day]:
                return Make(year.Value, month.Value, day.Value, fault);
            case [var first, var second, { Digits: 4 } year]:
                if (IsAmbiguous(part) && order is null or DateOrder.Ymd)
                {
                    return (null, new CellFault("ambiguous_date", $"'{text}' can be read as two dates: say whether the day or the month comes first."));
                }

                // Dots are day first wherever they are used; else the number beyond twelve is the day, whatever was chosen.
                var dayFirst = year.Separator == '.' || first.Value > 12 || (second.Value <= 12 && order == DateOrder.Dmy);
                return dayFirst ? Make(year.Value, second.Value, first.Value, fault) : Make(year.Value, first.Value, second.Value, fault);
            case [_, _, { Digits: 2 }]:
                return (null, new CellFault("invalid_date", $"'{text}' has no century: write the year with four digits."));
            default:
                return (null, fault);
        }
    }

    private static (DateOnly? Date, CellFault? Fault) Make(int year, int month, int day, CellFault fault) =>
        month is >= 1 and <= 12 && year is >= 1 and <= 9999 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? (new DateOnly(year, month, day), null) : (null, fault);

    /// <summary>The text up to the time of day.</summary>
    private static string DatePart(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var end = colon < 0 ? text.Length : text.LastIndexOfAny([' ', 'T', ','], colon);
        return end < 0 ? text : text[..end].TrimEnd(',');
    }

    private static List<(int Value, int Digits, char Separator)> Numbers(string text)
    {
        var numbers = new List<(int, int, char)>();
        var start = 0;
        var before = ' ';
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            if (i == start || i - start > 4 || (i < text.Length && text[i] is not ('/' or '-' or '.')))
            {
                return [];
            }

            numbers.Add((int.Parse(text.AsSpan(start, i - start), CultureInfo.InvariantCulture), i - start, before));
            before = i < text.Length ? text[i] : ' ';
            start = i + 1;
        }

        return numbers;
    }
}
