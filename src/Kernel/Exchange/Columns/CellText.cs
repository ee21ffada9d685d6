using System.Globalization;
using System.Text;
using System.Text.Json;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>
/// A value as the text of a cell, so that reading gives back exactly what was written. Empty means "say nothing", <c>\N</c> means
/// "clear"; a text that reads <c>\N</c> itself gets one more backslash.
/// </summary>
internal static class CellText
{
    /// <summary>Clears a value on import.</summary>
    public const string Clear = "\\N";

    private const string Separators = ";,\n";

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>Types of single values that have a spelling of their own.</summary>
    public static bool IsPlain(Type type) =>
        type == typeof(string) || type.IsEnum || type == typeof(Guid) || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(short)
        || type == typeof(decimal) || type == typeof(double) || type == typeof(float) || type == typeof(DateOnly) || type == typeof(DateTimeOffset);

    /// <summary>The type of the entries of a list, or of an array of such values; null for any other type.</summary>
    public static Type? EntryTypeOf(Type type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GetGenericArguments()[0]
        : type.IsSZArray && IsPlain(type.GetElementType()!) ? type.GetElementType()
        : null;

    /// <summary>The cell of a value; null is an empty one.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => Escape(text),
        System.Collections.IEnumerable list when EntryTypeOf(value.GetType()) is { } entry && IsPlain(entry) => Join(list),
        _ => Spell(value),
    };

    /// <summary>The entries of a cell with several: between semicolons, commas or line ends, which a backslash makes part of an entry.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var entries = new List<string>();
        var entry = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && (Separators.Contains(text[i + 1]) || text[i + 1] == '\\'))
            {
                entry.Append(text[++i]);
            }
            else if (Separators.Contains(text[i]))
            {
                Finish();
            }
            else
            {
                entry.Append(text[i]);
            }
        }

        Finish();
        return entries;

        void Finish()
        {
            if (entry.ToString().Trim() is { Length: > 0 } found)
            {
                entries.Add(found);
            }

            entry.Clear();
        }
    }

    /// <summary>The text behind a cell's backslashes: the inverse of what is written.</summary>
    public static string Unescape(string cell) => cell.Length > 2 && IsClearBehindBackslashes(cell) ? cell[1..] : cell;

    private static string Escape(string text) => IsClearBehindBackslashes(text) ? "\\" + text : text;

    private static bool IsClearBehindBackslashes(string text) => text.Length >= 2 && text[^1] == 'N' && text.AsSpan(0, text.Length - 1).TrimStart('\\').Length == 0;

    private static string Join(System.Collections.IEnumerable list)
    {
        var text = new StringBuilder();
        foreach (var entry in list)
        {
            text.Append(text.Length == 0 ? "" : "; ");
            foreach (var sign in entry is string word ? word : Spell(entry))
            {
                text.Append(sign == '\\' || Separators.Contains(sign) ? "\\" : "").Append(sign);
            }
        }

        return text.ToString();
    }

    private static string Spell(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        Enum word => Words.Snake(word.ToString()),
        DateOnly date => date.ToString("yyyy-MM-dd", Plain),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", Plain),
        double or float => ((IFormattable)value).ToString("R", Plain),
        IFormattable number when IsPlain(value.GetType()) => number.ToString(null, Plain),
        _ => JsonSerializer.Serialize(value, PlatformJson.Options),
    };
}
