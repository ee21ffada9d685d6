using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tessera.Kernel.Records;

/// <summary>What text may not contain, wherever it comes from: PostgreSQL keeps no NUL, and half a surrogate pair is no character.</summary>
internal static class TextRules
{
    public static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !IsPair(text, ref i)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Stands where a character could not be read.</summary>
    public const char Unreadable = '\uFFFD';

    /// <summary>The text with <see cref="Unreadable"/> in the place of what no text may have.</summary>
    public static string Cleaned(string text)
    {
        if (IsClean(text))
        {
            return text;
        }

        var clean = text.ToCharArray();
        for (var i = 0; i < clean.Length; i++)
        {
            var at = i;
            if (clean[i] == '\0' || (char.IsSurrogate(clean[i]) && !IsPair(text, ref i)))
            {
                (clean[at], i) = (Unreadable, at);
            }
        }

        return new string(clean);
    }

    private static bool IsPair(string text, ref int i) =>
        char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i]);
}

/// <summary>Refuses unclean text with the field's path, before anything is done with it.</summary>
internal sealed class CleanTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("Expected text.");
        }

        try
        {
            var text = reader.GetString();
            return text is null || TextRules.IsClean(text) ? text : throw new JsonException("Contains a character that no text may have.");
        }
        catch (InvalidOperationException halfPair)
        {
            throw new JsonException("Contains a character that no text may have.", halfPair);
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>The same for an object of any fields, which is otherwise not looked at before somebody reads from it.</summary>
internal sealed class CleanObjectConverter : JsonConverter<JsonObject>
{
    public override JsonObject? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Expected an object.");
        }

        try
        {
            var read = JsonNode.Parse(ref reader, new JsonNodeOptions { PropertyNameCaseInsensitive = options.PropertyNameCaseInsensitive })!.AsObject();
            Check(read);
            return read;
        }
        catch (Exception unclean) when (unclean is InvalidOperationException or ArgumentException)
        {
            throw new JsonException("Contains a character that no text may have, or a name twice.", unclean);
        }
    }

    public override void Write(Utf8JsonWriter writer, JsonObject value, JsonSerializerOptions options) => value.WriteTo(writer, options);

    private static void Check(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    CheckText(name);
                    Check(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Check(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                CheckText(value.GetValue<string>());
                break;
        }
    }

    private static void CheckText(string text)
    {
        if (!TextRules.IsClean(text))
        {
            throw new JsonException("Contains a character that no text may have.");
        }
    }
}
