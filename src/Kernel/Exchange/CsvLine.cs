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
            Append(line, Neutral(cell ?? ""), ',');
            line.Append(',');
        }

        line.Length--;
        return line.Append("\r\n").ToString();
    }

    /// <summary>
    /// A cell that would begin a formula gets an apostrophe in front. One that begins so behind apostrophes of its own gets one
    /// more, so that taking one off again gives back every text unchanged.
    /// </summary>
    internal static string Neutral(string cell) => BeginsFormula(cell) ? "'" + cell : cell;

    /// <summary>The text a neutralised cell stands for.</summary>
    internal static string Original(string cell) => cell.Length > 1 && cell[0] == '\'' && BeginsFormula(cell) ? cell[1..] : cell;

    /// <summary>One cell as it is, in quotes where it needs them.</summary>
    internal static void Append(StringBuilder line, string cell, char delimiter)
    {
        if (cell.Contains(delimiter) || cell.AsSpan().ContainsAny("\"\r\n"))
        {
            line.Append('"').Append(cell.Replace("\"", "\"\"")).Append('"');
        }
        else
        {
            line.Append(cell);
        }
    }

    private static bool BeginsFormula(string cell)
    {
        var text = cell.AsSpan().TrimStart('\'');
        return text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n';
    }
}
