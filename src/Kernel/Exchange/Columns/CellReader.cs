using System.Globalization;
using System.Text.Json;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>What the caller decided about a file's spelling of values.</summary>
/// <param name="DateOrder">Order of day, month and year where numbers alone do not tell; null: undecided.</param>
/// <param name="Decimal">The decimal sign.</param>
/// <param name="Zone">Where an instant without an offset happened.</param>
internal sealed record CellRules(DateOrder? DateOrder, char Decimal, TimeZoneInfo Zone);

/// <summary>Why a cell is no value of its column.</summary>
internal sealed record CellFault(string Code, string Message, IReadOnlyList<Suggestion>? Suggestions = null);

/// <summary>Reads a column's value from a cell. References are resolved elsewhere: here they are text.</summary>
internal static class CellReader
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    private static readonly string[] Yes = ["true", "yes", "y", "1", "x", "ja", "wahr", "oui", "vrai", "sí", "si"];

    private static readonly string[] No = ["false", "no", "n", "0", "nein", "falsch", "non", "faux"];

    /// <returns>The value, or what is wrong with the text.</returns>
    public static (object? Value, CellFault? Fault) Read(string cell, NounColumn column, CellRules rules)
    {
        if (column.EntryType is not null && column.Type == ColumnType.Words)
        {
            var list = new List<object>();
            foreach (var entry in CellText.Split(column.EntryType == typeof(string) ? cell : WithoutBrackets(cell)))
            {
                var (value, fault) = ReadOne(entry, column.EntryType, rules);
                if (fault is not null)
                {
                    return (null, fault);
                }

                list.Add(value!);
            }

            return (column.ListOf(list), null);
        }

        return column.ValueType == typeof(string) ? (CellText.Unescape(cell), null) : ReadOne(cell.Trim(), column.ValueType, rules);
    }

    /// <summary>Numbers and the like are also written as JSON writes them: <c>[15, 60]</c>.</summary>
    private static string WithoutBrackets(string cell) => cell.Trim() is ['[', .. var entries, ']'] ? entries : cell;

    private static (object? Value, CellFault? Fault) ReadOne(string text, Type type, CellRules rules)
    {
        if (type == typeof(string))
        {
            return (text, null);
        }

        if (type.IsEnum)
        {
            return Choice(text, type);
        }

        if (type == typeof(DateOnly))
        {
            return CellDates.Date(text, rules.DateOrder);
        }

        if (type == typeof(DateTimeOffset))
        {
            return CellDates.Instant(text, rules);
        }

        if (type == typeof(bool))
        {
            var word = text.ToLowerInvariant();
            return Yes.Contains(word) ? (true, null) : No.Contains(word) ? (false, null) : (null, new CellFault("invalid_boolean", $"'{text}' is neither yes nor no."));
        }

        if (type == typeof(Guid))
        {
            return Guid.TryParse(text, out var id) ? (id, null) : (null, new CellFault("invalid_id", $"'{text}' is not an id."));
        }

        if (type == typeof(int) || type == typeof(long) || type == typeof(short))
        {
            return Whole(text, type, rules);
        }

        return type == typeof(decimal) || type == typeof(double) || type == typeof(float) ? Number(text, type, rules) : Json(text, type);
    }

    private static (object? Value, CellFault? Fault) Choice(string text, Type type)
    {
        var words = Words.All(type);
        var word = string.Join('_', text.ToLowerInvariant().Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries));
        var index = Enumerable.Range(0, words.Count).FirstOrDefault(i => words[i] == word || words[i].Replace("_", "", StringComparison.Ordinal) == word, -1);
        if (index >= 0)
        {
            return (Enum.GetValues(type).GetValue(index), null);
        }

        var nearest = words.OrderByDescending(w => Trigrams.Similarity(w, word)).Take(12).Select(w => new Suggestion(w, w)).ToList();
        return (null, new CellFault("invalid_choice", $"'{text}' is not one of {string.Join(", ", words)}.", nearest));
    }

    private static (object? Value, CellFault? Fault) Whole(string text, Type type, CellRules rules)
    {
        var (number, fault) = Number(text, typeof(decimal), rules);
        if (fault is not null)
        {
            return (null, fault with { Code = "invalid_integer", Message = $"'{text}' is not a whole number." });
        }

        var value = (decimal)number!;
        var (least, most) = type == typeof(int) ? (int.MinValue, int.MaxValue) : type == typeof(short) ? (short.MinValue, short.MaxValue) : (long.MinValue, long.MaxValue);
        return value != decimal.Truncate(value) || value < least || value > most
            ? (null, new CellFault("invalid_integer", $"'{text}' is not a whole number that can be kept."))
            : (Convert.ChangeType(value, type, Plain), null);
    }

    /// <summary>Digits, one decimal sign, and the other sign, spaces or apostrophes between groups of three.</summary>
    private static (object? Value, CellFault? Fault) Number(string text, Type type, CellRules rules)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var fault = new CellFault("invalid_number", $"'{text}' is not a number with '{rules.Decimal}' as its decimal sign.");
        var group = rules.Decimal == '.' ? ',' : '.';
        var digits = text.Replace("\u00a0", "", StringComparison.Ordinal).Replace("\u202f", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
        var whole = digits.Split(rules.Decimal)[0].TrimStart('-', '+').Split(group);
        if (digits.Count(c => c == rules.Decimal) > 1 || digits[(digits.IndexOf(rules.Decimal) is var at && at < 0 ? digits.Length : at)..].Contains(group)
            || (whole.Length > 1 && (whole[0].Length is 0 or > 3 || whole.Skip(1).Any(part => part.Length != 3))))
        {
            return (null, fault);
        }

        digits = digits.Replace(group.ToString(), "", StringComparison.Ordinal).Replace(rules.Decimal, '.');
        if (type == typeof(decimal))
        {
            return decimal.TryParse(digits, Style, Plain, out var number) ? (number, null) : (null, fault);
        }

        return double.TryParse(digits, Style, Plain, out var real) && double.IsFinite(real) ? (Convert.ChangeType(real, type, Plain), null) : (null, fault);
    }

    private static (object? Value, CellFault? Fault) Json(string text, Type type)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type, PlatformJson.Options) is { } value ? (value, null) : (null, new CellFault("invalid_value", "Not a valid value."));
        }
        catch (JsonException)
        {
            return (null, new CellFault("invalid_value", "Not a valid value: this column is written as JSON."));
        }
    }
}
