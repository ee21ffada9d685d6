using System.Collections.Concurrent;
using System.Text;

namespace Tessera.Kernel.Records;

/// <summary>One spelling for names everywhere: <c>InProgress</c> in C#, <c>in_progress</c> in SQL, JSON and URLs.</summary>
public static class Words
{
    private static readonly ConcurrentDictionary<string, string> SnakeNames = new(StringComparer.Ordinal);

    /// <summary><c>DurationMins</c> → <c>duration_mins</c>.</summary>
    public static string Snake(string name) => SnakeNames.GetOrAdd(name, static n => Split(n, '_'));

    /// <summary><c>DurationMins</c> → <c>durationMins</c>.</summary>
    public static string Camel(string name) => name.Length == 0 || char.IsLower(name[0]) ? name : char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The enum value's word.</summary>
    public static string Of<TEnum>(TEnum value) where TEnum : struct, Enum => Cache<TEnum>.ToWord[value];

    /// <summary>The enum value of a word.</summary>
    /// <exception cref="FormatException">No value has this word.</exception>
    public static TEnum Parse<TEnum>(string word) where TEnum : struct, Enum =>
        TryParse<TEnum>(word, out var value) ? value : throw new FormatException($"'{word}' is no {typeof(TEnum).Name}.");

    public static bool TryParse<TEnum>(string word, out TEnum value) where TEnum : struct, Enum =>
        Cache<TEnum>.FromWord.TryGetValue(word, out value);

    /// <summary>The enum values of comma-separated words, as queries name them; null when one of the words is not known.</summary>
    public static IReadOnlyList<TEnum>? ParseList<TEnum>(string? words) where TEnum : struct, Enum
    {
        var values = new List<TEnum>();
        foreach (var word in (words ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParse<TEnum>(word, out var value))
            {
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    /// <summary>All words of an enum, in declared order.</summary>
    public static IReadOnlyList<string> All(Type enumType) => [.. Enum.GetNames(enumType).Select(Snake)];

    private static string Split(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord && name[i - 1] != separator)
            {
                text.Append(separator);
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static class Cache<TEnum> where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> ToWord = Enum.GetValues<TEnum>().ToDictionary(v => v, v => Snake(v.ToString()));

        public static readonly Dictionary<string, TEnum> FromWord = ToWord.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
