using Tessera.Kernel.Records;

namespace Tessera.Kernel.Exchange;

/// <summary>One row of a file.</summary>
/// <param name="N">Its number as a spreadsheet counts: the header is one too.</param>
/// <param name="Cells">In the order of the headers, null where empty; one more says that the row is longer than the header.</param>
internal readonly record struct SourceRow(int N, string?[] Cells);

/// <summary>How to read a file; what is null is found out.</summary>
/// <param name="Noun">Chooses among several arrays, tables or sheets.</param>
internal sealed record ReadingChoice(NounName Noun, string? Encoding, string? Delimiter, string? Sheet);

/// <summary>A file as rows under headers, whatever its form. Read as often as wanted, always row by row.</summary>
internal abstract class RowSource(ExchangeOptions limits)
{
    private const int LongestHeader = 200;

    public abstract ExchangeFormat Format { get; }

    /// <summary>What the file was found to be; known once <see cref="Headers"/> are.</summary>
    public ImportDetection Detection { get; protected set; } = new(null, null, null, [], 1);

    public IReadOnlyList<string> Headers { get; private set; } = [];

    protected ExchangeOptions Limits { get; } = limits;

    /// <summary>Opens a file by what it contains; its name does not matter.</summary>
    /// <exception cref="UnreadableFileException">It is none that can be read.</exception>
    public static RowSource Open(string path, ReadingChoice choice, ExchangeOptions limits)
    {
        Span<byte> head = stackalloc byte[4];
        using (var file = File.OpenRead(path))
        {
            if (file.Length == 0)
            {
                throw new UnreadableFileException("empty_file", "The file is empty.");
            }

            head = head[..file.Read(head)];
        }

        RowSource source;
        if (head.StartsWith("PK"u8))
        {
            source = new XlsxSource(path, choice, limits);
        }
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw new UnreadableFileException("old_workbook", "This is a workbook of the old form (.xls) or one with a password: save it as .xlsx without one.");
        }
        else
        {
            var text = TextFile.Open(path, choice.Encoding);
            source = text.Beginning.TrimStart() is var beginning && beginning.StartsWith('{') || (beginning.StartsWith('[') && IsJsonArray(beginning)) ? new JsonSource(text, choice, limits)
                : SqlSource.Recognises(beginning) ? new SqlSource(text, choice, limits)
                : new CsvSource(text, choice, limits);
        }

        source.Headers = source.Check(source.FindHeaders());
        return source;
    }

    /// <summary>The rows that have at least one value.</summary>
    /// <exception cref="UnreadableFileException">The file breaks off or is larger than allowed.</exception>
    public IEnumerable<SourceRow> Rows()
    {
        var count = 0;
        foreach (var row in ReadRows())
        {
            if (Array.TrueForAll(row.Cells, string.IsNullOrEmpty))
            {
                continue;
            }

            if (++count > Limits.MaxRows)
            {
                throw new UnreadableFileException("too_many_rows", $"One import takes {Limits.MaxRows} rows at most: split the file.");
            }

            yield return row;
        }
    }

    protected abstract IReadOnlyList<string> FindHeaders();

    protected abstract IEnumerable<SourceRow> ReadRows();

    /// <summary>The cells of a row under the headers, and one more when there were others beyond.</summary>
    protected string?[] Fit(IReadOnlyList<string?> cells, int first = 0)
    {
        var fitted = new string?[Headers.Count];
        for (var i = 0; i < fitted.Length && first + i < cells.Count; i++)
        {
            fitted[i] = string.IsNullOrEmpty(cells[first + i]) ? null : cells[first + i];
        }

        return cells.Count > first + fitted.Length && cells.Skip(first + fitted.Length).Any(cell => !string.IsNullOrWhiteSpace(cell)) ? [.. fitted, "+"] : fitted;
    }

    private static bool IsJsonArray(string beginning) => beginning[1..].TrimStart() is ['{' or ']', ..] or "";

    private IReadOnlyList<string> Check(IReadOnlyList<string> headers)
    {
        if (headers.Count == 0)
        {
            throw new UnreadableFileException("no_rows", "There are no rows in this file.");
        }

        if (headers.Count > Limits.MaxColumns)
        {
            throw new UnreadableFileException("too_many_columns", $"The file has {headers.Count} columns; at most {Limits.MaxColumns} can be read.");
        }

        // A text that no database keeps, or that no person wrote as a name, is not one.
        if (headers.FirstOrDefault(h => h.Length > LongestHeader || !TextRules.IsClean(h)) is { } odd)
        {
            throw new UnreadableFileException("unreadable_header", $"A column name cannot be read: '{odd[..Math.Min(odd.Length, 40)].Replace('\0', ' ')}…'.");
        }

        var twins = headers.GroupBy(h => h, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        return twins.Count == 0 ? headers : throw new UnreadableFileException(
            new Web.Refusal(422, "duplicate_headers", $"Two columns have the same name: {string.Join(", ", twins)}. Rename one of them.").With("headers", twins));
    }
}
