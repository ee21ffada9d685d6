using System.Text;

namespace Tessera.Kernel.Exchange;

/// <summary>Writes CSV (RFC 4180) that a spreadsheet shows as text and never runs.</summary>
internal static class CsvLine
{
    /// <summary>Tells spreadsheets that the file is UTF-8.</summary>
    public const char ByteOrderMark = '\uFEFF';

    /// <summary>One line with its end. Null is an empty cell.</summary>
    public static string Of(params IEnumerable<string?> cells)
    {
        var line = new StringBuilder();
        foreach (var cell in cells)
        {
            Append(line, Neutral(cell ?? ""));
            line.Append(',');
        }

        line.Length--;
        return line.Append("\r\n").ToString();
    }

    /// <summary>
    /// A cell that would begin a formula gets an apostrophe in front. One that begins so behind apostrophes of its own gets one
    /// more, so that taking one off again gives back every text unchanged.
    /// </summary>
    internal static string Neutral(string cell)
    {
        var text = cell.AsSpan().TrimStart('\'');
        return text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + cell : cell;
    }

    private static void Append(StringBuilder line, string cell)
    {
        if (cell.AsSpan().ContainsAny(",\"\r\n"))
        {
            line.Append('"').Append(cell.Replace("\"", "\"\"")).Append('"');
        }
        else
        {
            line.Append(cell);
        }
    }
}
