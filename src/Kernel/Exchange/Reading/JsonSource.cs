using System.Buffers;
using System.Text.Json;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>JSON: an array of objects, or an object whose arrays are told apart by name, like the files exported here. Read object by object.</summary>
internal sealed class JsonSource : RowSource
{
    private const int Depth = 32;

    private readonly TextFile _text;
    private readonly ReadingChoice _choice;
    private string? _array;
    private Dictionary<string, int> _index = [];

    public JsonSource(TextFile text, ReadingChoice choice, ExchangeOptions limits) : base(limits) => (_text, _choice) = (text, choice);

    public override ExchangeFormat Format => ExchangeFormat.Json;

    protected override IReadOnlyList<string> FindHeaders()
    {
        var arrays = new List<string>();
        foreach (var (array, _) in Objects(null))
        {
            if (arrays.Count == 0 || arrays[^1] != array)
            {
                arrays.Add(array);
            }
        }

        _array = arrays.Contains(_choice.Sheet ?? "\0") ? _choice.Sheet
            : arrays.FirstOrDefault(a => a == _choice.Noun.Address) ?? arrays.FirstOrDefault(a => a == _choice.Noun.Noun || a.EndsWith("/" + _choice.Noun.Noun, StringComparison.Ordinal))
            ?? (arrays.Count == 1 ? arrays[0] : arrays.Count == 0 ? null : throw new UnreadableFileException(
                new Refusal(422, "noun_not_in_file", $"The file has no {_choice.Noun.Noun}; it has {string.Join(", ", arrays)}.").With("found", arrays)));
        Detection = new ImportDetection(_text.EncodingName, null, _array?.Length > 0 ? _array : null, [.. arrays.Where(a => a.Length > 0)], 1);
        var headers = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, row) in Objects(_array))
        {
            foreach (var property in row.EnumerateObject())
            {
                if (known.Add(property.Name))
                {
                    headers.Add(property.Name);
                    if (headers.Count > Limits.MaxColumns)
                    {
                        return headers;
                    }
                }
            }
        }

        _index = headers.Select((name, i) => (name, i)).ToDictionary(h => h.name, h => h.i, StringComparer.Ordinal);
        return headers;
    }

    protected override IEnumerable<SourceRow> ReadRows()
    {
        var n = 0;
        foreach (var (_, row) in Objects(_array))
        {
            n++;
            var cells = new string?[_index.Count];
            foreach (var property in row.EnumerateObject())
            {
                ref var cell = ref cells[_index[property.Name]];
                cell = cell is null ? Text(property.Value) : throw new UnreadableFileException("duplicate_headers", $"Record {n} names '{property.Name}' twice.");
            }

            yield return new SourceRow(n, cells);
        }
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Null or JsonValueKind.Undefined => null,
                JsonValueKind.String => value.GetString() is { Length: > 0 } text ? TextRules.Cleaned(text) : null,
                JsonValueKind.Array when value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) => CellText.Of(value.EnumerateArray().Select(e => e.GetString()!).ToList()),
                _ => value.GetRawText(),
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: the cell says so when it is checked.
            return TextRules.Unreadable.ToString();
        }
    }

    /// <summary>The objects of one array, or of all; each with its array's name, which is empty for the file's own.</summary>
    private IEnumerable<(string Array, JsonElement Row)> Objects(string? wanted)
    {
        using var stream = _text.OpenUtf8();
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            var (state, start, end, isFinal) = (new JsonReaderState(new JsonReaderOptions { MaxDepth = Depth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }), 0, 0, false);
            var scope = new Place();
            while (true)
            {
                var outcome = Step(buffer, ref state, ref start, end, isFinal, scope, out var found);
                if (found is not null)
                {
                    using (found)
                    {
                        if (wanted is null || wanted == scope.Array)
                        {
                            yield return (scope.Array, found.RootElement);
                        }
                    }
                }
                else if (outcome == Outcome.End)
                {
                    yield break;
                }
                else
                {
                    // More is needed: move what is left to the front, and grow when that fills the buffer.
                    buffer.AsSpan(start, end - start).CopyTo(buffer);
                    (start, end) = (0, end - start);
                    if (end == buffer.Length)
                    {
                        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                        buffer.AsSpan(0, end).CopyTo(larger);
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = larger;
                    }

                    var read = stream.Read(buffer, end, buffer.Length - end);
                    isFinal = read == 0;
                    end += read;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Outcome Step(byte[] buffer, ref JsonReaderState state, ref int start, int end, bool isFinal, Place scope, out JsonDocument? found)
    {
        found = null;
        var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isFinal, state);
        try
        {
            while (true)
            {
                var before = (reader.BytesConsumed, reader.CurrentState);
                if (!reader.Read())
                {
                    (state, start) = (reader.CurrentState, start + (int)reader.BytesConsumed);
                    return isFinal ? Outcome.End : Outcome.More;
                }

                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject when scope.IsInArray:
                        if (!JsonDocument.TryParseValue(ref reader, out found))
                        {
                            (state, start) = (before.CurrentState, start + (int)before.BytesConsumed);
                            return Outcome.More;
                        }

                        (state, start) = (reader.CurrentState, start + (int)reader.BytesConsumed);
                        return Outcome.Row;
                    case JsonTokenType.PropertyName:
                        scope.Name = reader.GetString()!;
                        break;
                    case JsonTokenType.StartArray when scope.IsInArray:
                        throw new UnreadableFileException("not_objects", "The file's array holds arrays, where objects are expected.");
                    case JsonTokenType.StartArray:
                        (scope.IsInArray, scope.Array) = (true, reader.CurrentDepth == 0 ? "" : scope.Name);
                        break;
                    case JsonTokenType.EndArray:
                        scope.IsInArray = false;
                        break;
                    default:
                        if (scope.IsInArray)
                        {
                            throw new UnreadableFileException("not_objects", $"The array '{scope.Array}' holds single values, where objects are expected.");
                        }

                        break;
                }
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            var line = (malformed as JsonException)?.LineNumber;
            throw new UnreadableFileException("invalid_json", $"The file is not JSON as it should be{(line is null ? "" : $", at line {line + 1}")}, or it is nested more than {Depth} deep.");
        }
    }

    private enum Outcome
    {
        Row,
        More,
        End,
    }

    private sealed class Place
    {
        public bool IsInArray { get; set; }

        public string Array { get; set; } = "";

        public string Name { get; set; } = "";
    }
}
