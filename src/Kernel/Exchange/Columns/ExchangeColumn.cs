using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Tessera.Kernel.Exchange;

/// <summary>What a column holds, and so how its values look in a file.</summary>
public enum ColumnType
{
    /// <summary>A record's own id, or another's that is no declared reference.</summary>
    Id,

    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    LongText,

    Integer,

    Number,

    Boolean,

    /// <summary>A civil date, <c>2026-11-20</c>.</summary>
    Date,

    /// <summary>A moment, <c>2026-11-20T14:30:00Z</c>; without an offset it is read as the workspace's local time.</summary>
    Instant,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>Several values, separated by semicolons.</summary>
    Words,

    /// <summary>Another record: by id, by its natural key or by its exact name.</summary>
    Reference,
}

/// <summary>A column of a noun in files.</summary>
/// <param name="Field">The field's name as in the API.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Required">A new record needs it.</param>
/// <param name="ReadOnly">Exported; an import recognises and ignores it.</param>
/// <param name="MaxLength">Most characters, or most entries of several values.</param>
/// <param name="Choices">The words of a choice.</param>
/// <param name="References">Address of the noun it points to.</param>
public sealed record ExchangeColumn(
    string Field,
    ColumnType Type,
    bool Required,
    bool ReadOnly,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? MaxLength = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Choices = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? References = null);

/// <summary>A column with the members of the declaration behind it.</summary>
/// <param name="Shown">What callers learn.</param>
/// <param name="ValueType">The value's type without nullability.</param>
/// <param name="CanBeCleared">Null is a value of it.</param>
/// <param name="Stored">The entity's property; null for what the row takes from elsewhere.</param>
/// <param name="Input">The input's property; null for a read-only column.</param>
/// <param name="Target">Entity type of the noun a reference points to.</param>
internal sealed record NounColumn(ExchangeColumn Shown, Type ValueType, bool CanBeCleared, PropertyInfo? Stored, PropertyInfo? Input, Type? Target)
{
    public string Field => Shown.Field;

    public ColumnType Type => Shown.Type;

    /// <summary>The type of the entries of a list or array; null for a single value.</summary>
    public Type? EntryType { get; } = CellText.EntryTypeOf(ValueType);

    /// <summary>The column's list or array of these entries.</summary>
    public object ListOf(IReadOnlyCollection<object> entries)
    {
        if (ValueType.IsArray)
        {
            var array = Array.CreateInstance(EntryType!, entries.Count);
            ((ICollection)entries.ToArray()).CopyTo(array, 0);
            return array;
        }

        var list = (IList)Activator.CreateInstance(ValueType)!;
        foreach (var entry in entries)
        {
            list.Add(entry);
        }

        return list;
    }
}
