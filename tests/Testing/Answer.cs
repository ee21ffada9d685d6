using System.Net.Http.Headers;
using System.Text.Json;

namespace Tessera.Testing;

/// <summary>What the API answered, read to its end.</summary>
public sealed record Answer(int Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    /// <summary>The body as JSON; of kind <see cref="JsonValueKind.Undefined"/> when it is none.</summary>
    public JsonElement Json { get; } = Read(Text, ContentHeaders);

    /// <summary>The refusal's stable code; null unless it is a problem.</summary>
    public string? Code => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public Guid Id => Json.GetProperty("id").GetGuid();

    public int Version => Json.GetProperty("version").GetInt32();

    /// <summary>A property of the JSON object.</summary>
    public JsonElement this[string property] => Json.GetProperty(property);

    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("items").EnumerateArray()];

    public string? ETag => Headers.ETag?.ToString();

    /// <summary>The fields a validation answer complains about.</summary>
    public IReadOnlyList<string> Faults => Json.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateObject().Select(e => e.Name)] : [];

    /// <summary>Insists on a status; the failure shows what was answered instead.</summary>
    public Answer Must(int status)
    {
        Assert.True(Status == status, $"Expected {status}, was {Status}: {Text}");
        return this;
    }

    /// <summary>Insists on a refusal by status and code.</summary>
    public Answer Must(int status, string code)
    {
        Assert.True(Status == status && Code == code, $"Expected {status} {code}, was {Status}: {Text}");
        return this;
    }

    private static JsonElement Read(string text, HttpContentHeaders headers)
    {
        if (text.Length == 0 || headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true)
        {
            return default;
        }

        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
