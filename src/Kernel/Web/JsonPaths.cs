using Tessera.Kernel.Records;

namespace Tessera.Kernel.Web;

/// <summary>Turns a JSON path as the serializer says it into the field path problems use.</summary>
internal static class JsonPaths
{
    /// <summary><c>$.address.zip</c> → <c>address.zip</c>; the root → an empty path.</summary>
    public static string ToField(string? path) =>
        path is null or "$" ? "" : string.Join('.', path.TrimStart('$').TrimStart('.').Split('.').Select(Words.Camel));
}
