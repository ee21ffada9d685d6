using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>
/// SQL, of which one sentence is understood: <c>INSERT INTO table (columns) VALUES (plain values), …;</c> between an optional BEGIN
/// and COMMIT. The file is read, never run; anything else in it refuses the whole file.
/// </summary>
internal sealed class SqlSource : RowSource
{
    private static readonly string[] Beginnings = ["insert", "begin", "start", "commit", "set", "create", "drop", "alter", "delete", "update", "truncate", "select", "use", "lock", "pragma", "with", "grant", "copy"];

    private readonly TextFile _text;
    private readonly ReadingChoice _choice;
    private string? _table;
    private Dictionary<string, int> _index = [];

    public SqlSource(TextFile text, ReadingChoice choice, ExchangeOptions limits) : base(limits) => (_text, _choice) = (text, choice);

    public override ExchangeFormat Format => ExchangeFormat.Sql;

    /// <summary>Whether a text begins like SQL, behind its comments.</summary>
    public static bool Recognises(string beginning)
    {
        try
        {
            var tokens = new SqlTokens(new StringReader(beginning));
            var (first, second) = (tokens.Next(), tokens.Next());
            return first.Kind == SqlTokenKind.Word && Beginnings.Contains(first.Value.ToLowerInvariant()) && (second.Kind == SqlTokenKind.Word || second.IsSign(';'));
        }
        catch (UnreadableFileException)
        {
            return false;
        }
    }

    protected override IReadOnlyList<string> FindHeaders()
    {
        var columns = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (table, names, _) in Inserts())
        {
            var known = columns.TryGetValue(table, out var list) ? list : columns[table] = [];
            known.AddRange(names.Except(known, StringComparer.Ordinal));
        }

        var wanted = new[] { _choice.Noun.Noun, _choice.Noun.Target, _choice.Noun.Address.Replace('/', '_') };
        _table = columns.Keys.FirstOrDefault(t => t == _choice.Sheet) ?? columns.Keys.FirstOrDefault(t => wanted.Contains(t, StringComparer.OrdinalIgnoreCase))
            ?? (columns.Count == 1 ? columns.Keys.First() : columns.Count == 0 ? null : throw new UnreadableFileException(
                new Refusal(422, "noun_not_in_file", $"The file has no {_choice.Noun.Noun}; it has {string.Join(", ", columns.Keys)}.").With("found", columns.Keys.ToList())));
        Detection = new ImportDetection(_text.EncodingName, null, _table, [.. columns.Keys], 1);
        IReadOnlyList<string> headers = _table is null ? [] : columns[_table];
        _index = headers.Select((name, i) => (name, i)).ToDictionary(h => h.name, h => h.i, StringComparer.Ordinal);
        return headers;
    }

    protected override IEnumerable<SourceRow> ReadRows()
    {
        var n = 0;
        foreach (var (table, names, values) in Inserts())
        {
            if (table != _table)
            {
                continue;
            }

            var cells = new string?[_index.Count];
            for (var i = 0; i < values.Count; i++)
            {
                cells[_index[names[i]]] = values[i];
            }

            yield return new SourceRow(++n, cells);
        }
    }

    private IEnumerable<(string Table, IReadOnlyList<string> Columns, IReadOnlyList<string?> Values)> Inserts()
    {
        using var reader = _text.OpenReader();
        var tokens = new SqlTokens(reader);
        for (var token = tokens.Next(); token.Kind != SqlTokenKind.End; token = tokens.Next())
        {
            if (token.IsSign(';'))
            {
                continue;
            }

            if (token.Is("begin") || token.Is("start") || token.Is("commit"))
            {
                EndTransactionWord(tokens, token);
                continue;
            }

            if (!token.Is("insert"))
            {
                throw SqlTokens.Refused(token.Line, token.Value);
            }

            Expect(tokens.Next(), "into");
            var (table, next) = Table(tokens);
            if (!next.IsSign('('))
            {
                throw new UnreadableFileException("sql_not_allowed", $"Line {next.Line}: name the columns behind the table.");
            }

            var columns = Columns(tokens);
            Expect(tokens.Next(), "values");
            do
            {
                var values = Values(tokens);
                yield return values.Count == columns.Count
                    ? (table, columns, values)
                    : throw new UnreadableFileException("sql_not_allowed", $"Line {token.Line}: {values.Count} values for {columns.Count} columns.");
                token = tokens.Next();
            }
            while (token.IsSign(','));
            if (!token.IsSign(';') && token.Kind != SqlTokenKind.End)
            {
                throw SqlTokens.Refused(token.Line, token.Value);
            }

            if (token.Kind == SqlTokenKind.End)
            {
                yield break;
            }
        }
    }

    private static void EndTransactionWord(SqlTokens tokens, SqlToken first)
    {
        var next = tokens.Next();
        if ((next.Is("transaction") || next.Is("work")) && (first.Is("begin") || first.Is("commit") || next.Is("transaction")))
        {
            next = tokens.Next();
        }
        else if (first.Is("start"))
        {
            throw SqlTokens.Refused(next.Line, next.Value);
        }

        if (!next.IsSign(';') && next.Kind != SqlTokenKind.End)
        {
            throw SqlTokens.Refused(next.Line, next.Value);
        }
    }

    /// <summary>The table's name without its schema, and the token behind it.</summary>
    private static (string Table, SqlToken Next) Table(SqlTokens tokens)
    {
        var name = Name(tokens.Next());
        var next = tokens.Next();
        while (next.IsSign('.'))
        {
            name = Name(tokens.Next());
            next = tokens.Next();
        }

        return (name, next);
    }

    private List<string> Columns(SqlTokens tokens)
    {
        var columns = new List<string>();
        while (true)
        {
            var token = tokens.Next();
            columns.Add(Name(token));
            if (columns.Count > Limits.MaxColumns)
            {
                throw new UnreadableFileException("too_many_columns", $"At most {Limits.MaxColumns} columns can be read.");
            }

            token = tokens.Next();
            if (token.IsSign(')'))
            {
                return columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() == columns.Count
                    ? columns : throw new UnreadableFileException("duplicate_headers", $"Line {token.Line}: a column is named twice.");
            }

            if (!token.IsSign(','))
            {
                throw SqlTokens.Refused(token.Line, token.Value);
            }
        }
    }

    private List<string?> Values(SqlTokens tokens)
    {
        var open = tokens.Next();
        if (!open.IsSign('('))
        {
            throw SqlTokens.Refused(open.Line, open.Value);
        }

        var values = new List<string?>();
        while (values.Count <= Limits.MaxColumns)
        {
            values.Add(Value(tokens, tokens.Next()));
            var token = tokens.Next();
            if (token.IsSign(')'))
            {
                return values;
            }

            if (!token.IsSign(','))
            {
                throw SqlTokens.Refused(token.Line, token.Value);
            }
        }

        return values;
    }

    private static string? Value(SqlTokens tokens, SqlToken token)
    {
        if (token.IsSign('-') || token.IsSign('+'))
        {
            var number = tokens.Next();
            return number.Kind == SqlTokenKind.Number ? (token.IsSign('-') ? "-" : "") + number.Value : throw SqlTokens.Refused(number.Line, number.Value);
        }

        if (token.Is("date") || token.Is("timestamp"))
        {
            var literal = tokens.Next();
            return literal.Kind == SqlTokenKind.Text ? literal.Value : throw SqlTokens.Refused(literal.Line, token.Value);
        }

        return token switch
        {
            { Kind: SqlTokenKind.Text or SqlTokenKind.Number } => token.Value.Length == 0 ? null : token.Value,
            _ when token.Is("null") => null,
            _ when token.Is("true") || token.Is("false") => token.Value.ToLowerInvariant(),
            _ => throw SqlTokens.Refused(token.Line, token.Value),
        };
    }

    private static string Name(SqlToken token) => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName ? token.Value.Trim() : throw SqlTokens.Refused(token.Line, token.Value);

    private static void Expect(SqlToken token, string word)
    {
        if (!token.Is(word))
        {
            throw SqlTokens.Refused(token.Line, token.Value);
        }
    }
}
