using CsvHelper;

namespace Tessera.Kernel.Exchange;

/// <summary>CSV (RFC 4180), read forgivingly: only a quote that is never closed is an error, for what follows it cannot be told apart.</summary>
internal sealed class CsvSource : TableSource
{
    private const int LongestRecord = 8 * 1024 * 1024;

    private const string Delimiters = ",;\t|";

    private readonly TextFile _text;
    private readonly char _delimiter;

    public CsvSource(TextFile text, ReadingChoice choice, ExchangeOptions limits) : base(limits)
    {
        _text = text;
        _delimiter = choice.Delimiter?[0] ?? DelimiterOf(text.Beginning);
        Detection = new ImportDetection(text.EncodingName, _delimiter.ToString(), null, [], 1);
    }

    public override ExchangeFormat Format => ExchangeFormat.Csv;

    protected override IEnumerable<(int N, IReadOnlyList<string?> Cells)> Lines()
    {
        using var utf8 = _text.OpenUtf8();
        var options = CsvReaderOptions.Default with
        {
            Separator = _delimiter,
            HasHeader = false,
            SkipEmptyLines = false,
            MaxRecordSize = LongestRecord,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = record =>
            {
                if (record.Reason == CsvMalformedReason.UnterminatedQuote)
                {
                    throw new UnreadableFileException("unterminated_quote", $"Row {record.RecordNumber} opens a quote that is never closed.");
                }
            },
        };
        using var reader = CsvReader.Create(utf8, options);
        var n = 0;
        while (Next(reader))
        {
            n++;
            if (reader.FieldCount > Limits.MaxColumns * 4)
            {
                throw new UnreadableFileException("too_many_columns", $"Row {n} has {reader.FieldCount} columns; at most {Limits.MaxColumns} can be read.");
            }

            var cells = new string?[reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = CsvLine.Original(reader.GetString(i));
            }

            yield return (n, cells);
        }
    }

    private static bool Next(CsvReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException malformed)
        {
            throw new UnreadableFileException("unreadable_row", $"Row {malformed.RecordNumber} cannot be read: it is longer than any row, or its quotes do not match.");
        }
    }

    /// <summary>The sign that cuts the first lines into the most columns, as many in each.</summary>
    private static char DelimiterOf(string beginning)
    {
        var best = (Sign: ',', Score: 0.0);
        foreach (var sign in Delimiters)
        {
            var counts = Counts(beginning, sign);
            var usual = counts.Count == 0 ? 0 : counts.GroupBy(c => c).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First().Key;
            var score = usual * (double)counts.Count(c => c == usual) / Math.Max(1, counts.Count);
            best = score > best.Score ? (sign, score) : best;
        }

        return best.Sign;
    }

    /// <summary>How often the sign stands outside quotes in each of the first lines.</summary>
    private static List<int> Counts(string text, char sign)
    {
        var counts = new List<int>();
        var (count, quoted, filled) = (0, false, false);
        foreach (var c in text)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '\n' && !quoted)
            {
                if (filled)
                {
                    counts.Add(count);
                }

                (count, filled) = (0, false);
                if (counts.Count == 30)
                {
                    break;
                }
            }
            else if (!quoted)
            {
                count += c == sign ? 1 : 0;
                filled = filled || !char.IsWhiteSpace(c);
            }
        }

        if (filled && counts.Count == 0)
        {
            counts.Add(count);
        }

        return counts;
    }
}
