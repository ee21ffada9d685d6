using System.Globalization;
using System.Text.Json.Nodes;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Changes;

/// <summary>A change as people read it: field by field.</summary>
internal static class ChangeDiff
{
    /// <summary>Begins the names of what a change keeps for the platform and not for its readers.</summary>
    public const string Bookkeeping = "$";

    /// <summary>The change's public id. A text, because JavaScript's numbers end before a bigint does.</summary>
    public static string IdOf(Change change) => change.Seq.ToString(CultureInfo.InvariantCulture);

    public static IReadOnlyList<FieldChange> Of(Change change)
    {
        var before = Parse(change.Before);
        var after = Parse(change.After);
        var fields = before.Select(p => p.Key).Union(after.Select(p => p.Key), StringComparer.Ordinal)
            .Where(field => !field.StartsWith(Bookkeeping, StringComparison.Ordinal));
        return [.. fields.Select(field => new FieldChange(field, before[field]?.DeepClone(), after[field]?.DeepClone()))];
    }

    private static JsonObject Parse(string? json) => json is null ? [] : JsonNode.Parse(json)!.AsObject();
}
