using System.Text.Json;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>One JSON object: what it is of, an array for each noun with records under stable ids, and at the end how many.</summary>
internal sealed class JsonExport(Stream output, ExportHead head) : ExportWriter
{
    private const int FlushAt = 64 * 1024;

    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { Indented = false, Encoder = PlatformJson.Options.Encoder });

    private readonly List<(string Noun, long Count)> _counts = [];

    public override Task BeginAsync(CancellationToken cancel)
    {
        _json.WriteStartObject();
        _json.WriteNumber("schemaVersion", ExportHead.SchemaVersion);
        _json.WriteString("exportedAt", head.ExportedAt.UtcDateTime);
        _json.WriteStartObject("tenant");
        _json.WriteString("id", head.TenantId);
        _json.WriteString("slug", head.TenantSlug);
        _json.WriteString("name", head.TenantName);
        _json.WriteEndObject();
        _json.WriteStartObject("nouns");
        return Task.CompletedTask;
    }

    public override async Task WriteAsync(NounName noun, IReadOnlyList<NounColumn> columns, IAsyncEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var before = Rows;
        var names = columns.Select(c => JsonEncodedText.Encode(c.Field)).ToArray();
        _json.WriteStartArray(noun.Address);
        await foreach (var row in rows.WithCancellation(cancel))
        {
            _json.WriteStartObject();
            for (var i = 0; i < names.Length; i++)
            {
                _json.WritePropertyName(names[i]);
                Write(row[i]);
            }

            _json.WriteEndObject();
            if (_json.BytesPending > FlushAt)
            {
                await _json.FlushAsync(cancel);
            }

            await CountAsync();
        }

        _json.WriteEndArray();
        _counts.Add((noun.Address, Rows - before));
    }

    public override async Task EndAsync(CancellationToken cancel)
    {
        _json.WriteEndObject();
        _json.WriteStartObject("counts");
        foreach (var (noun, count) in _counts)
        {
            _json.WriteNumber(noun, count);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
        await _json.FlushAsync(cancel);
    }

    public override ValueTask DisposeAsync() => _json.DisposeAsync();

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                _json.WriteNullValue();
                break;
            case string text:
                _json.WriteStringValue(CellText.Of(text));
                break;
            case int number:
                _json.WriteNumberValue(number);
                break;
            case bool flag:
                _json.WriteBooleanValue(flag);
                break;
            case decimal number:
                _json.WriteNumberValue(number);
                break;
            case Guid id:
                _json.WriteStringValue(id);
                break;
            case Enum or DateOnly or DateTimeOffset:
                _json.WriteStringValue(CellText.Of(value));
                break;
            default:
                JsonSerializer.Serialize(_json, value, value.GetType(), PlatformJson.Options);
                break;
        }
    }
}
