using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Tessera.Kernel.Records;

/// <summary>One filterable column: its name in the query, and how a word from the query becomes a condition.</summary>
internal abstract class RecordFilter<TEntity>(string name)
{
    public static readonly IReadOnlyList<string> Operators = ["ne", "gt", "gte", "lt", "lte", "in", "contains", "starts", "null"];

    public string Name { get; } = name;

    /// <summary>The value's type, without nullability: what OpenAPI shows.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Operators this column understands beside equality.</summary>
    public abstract IReadOnlyList<string> Allowed { get; }

    /// <returns>The condition, or a message why the text is no value of this column.</returns>
    public abstract (Expression<Func<TEntity, bool>>? Condition, string? Error) Parse(string? op, string text);
}

internal sealed class RecordFilter<TEntity, TValue>(string name, Expression<Func<TEntity, TValue>> column) : RecordFilter<TEntity>(name)
{
    private static readonly Type Underlying = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);

    private static readonly bool IsText = Underlying == typeof(string);

    private static readonly bool IsList = typeof(TValue) == typeof(List<string>);

    private static readonly bool IsOrdered =
        Underlying == typeof(int) || Underlying == typeof(decimal) || Underlying == typeof(DateTimeOffset) || Underlying == typeof(DateOnly);

    public override Type ValueType => IsList ? typeof(string) : Underlying;

    public override IReadOnlyList<string> Allowed =>
        IsList ? ["in"] : IsText ? ["ne", "in", "contains", "starts", "null"] : IsOrdered ? ["ne", "gt", "gte", "lt", "lte", "in", "null"] : ["ne", "in", "null"];

    public override (Expression<Func<TEntity, bool>>? Condition, string? Error) Parse(string? op, string text)
    {
        if (op is not null && !Allowed.Contains(op))
        {
            return (null, $"'{Name}' does not know '.{op}'; it knows {string.Join(", ", Allowed.Select(o => "." + o))}.");
        }

        switch (op)
        {
            case "null":
                return text is "true" or "false" ? (IsNull(text == "true"), null) : (null, "Say true or false.");
            case "contains" or "starts":
                return (Lambda(SearchText.Matches(column.Body, ValueBox.Of(op == "contains" ? SearchText.PatternOf(text) : SearchText.BeginningOf(text)))), null);
        }

        var values = (op is null or "in" or "ne" ? text.Split(',') : [text]).Select(ParseValue).ToArray();
        if (values.FirstOrDefault(v => v.Error is not null).Error is { } error)
        {
            return (null, error);
        }

        if (IsList)
        {
            var holdsOne = values.Select(v => (Expression)Expression.Call(column.Body, nameof(List<>.Contains), null, ValueBox.Of((string)v.Value!)));
            return (Lambda(holdsOne.Aggregate(Expression.OrElse)), null);
        }

        return op switch
        {
            null or "in" when values.Length > 1 => (Any(values.Select(v => v.Value)), null),
            null or "in" => (Compare(ExpressionType.Equal, values[0].Value), null),
            "ne" => (Lambda(Expression.Not(Any(values.Select(v => v.Value)).Body)), null),
            "gt" => (Compare(ExpressionType.GreaterThan, values[0].Value), null),
            "gte" => (Compare(ExpressionType.GreaterThanOrEqual, values[0].Value), null),
            "lt" => (Compare(ExpressionType.LessThan, values[0].Value), null),
            _ => (Compare(ExpressionType.LessThanOrEqual, values[0].Value), null),
        };
    }

    private static (object? Value, string? Error) ParseValue(string text)
    {
        var (value, expected) = ValueParser.Parse(IsList ? typeof(string) : Underlying, text);
        return value is null ? (null, $"'{text}' is not {expected}.") : (value, null);
    }

    private Expression<Func<TEntity, bool>> Any(IEnumerable<object?> values)
    {
        var list = values.Select(v => (TValue)v!).ToList();
        var contains = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(TValue)], ValueBox.Of<IEnumerable<TValue>>(list), column.Body);
        return Lambda(contains);
    }

    private Expression<Func<TEntity, bool>> Compare(ExpressionType comparison, object? value) =>
        Lambda(Expression.MakeBinary(comparison, column.Body, ValueBox.Of((TValue)value!)));

    private Expression<Func<TEntity, bool>> IsNull(bool wanted)
    {
        var canBeNull = !typeof(TValue).IsValueType || Nullable.GetUnderlyingType(typeof(TValue)) is not null;
        Expression isNull = canBeNull ? Expression.Equal(column.Body, Expression.Constant(null, typeof(TValue))) : Expression.Constant(false);
        return Lambda(wanted ? isNull : Expression.Not(isNull));
    }

    private Expression<Func<TEntity, bool>> Lambda(Expression body) => Expression.Lambda<Func<TEntity, bool>>(body, column.Parameters);
}

/// <summary>A value as a field of a constant object, which is how EF Core recognises a parameter.</summary>
internal static class ValueBox
{
    public static MemberExpression Of<T>(T value) => Expression.Field(Expression.Constant(new Box<T>(value)), nameof(Box<>.Value));

    private sealed class Box<T>(T value)
    {
        public readonly T Value = value;
    }
}

/// <summary>Patterns for LIKE and ILIKE.</summary>
public static class LikePattern
{
    /// <summary>Pass it beside an escaped pattern: without it the provider asks PostgreSQL to escape nothing.</summary>
    public const string EscapeSign = "\\";

    /// <summary>The text with LIKE's own signs taken literally.</summary>
    public static string Escape(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}

/// <summary>Reads a value of a column's type from text, in the spelling JSON uses.</summary>
internal static class ValueParser
{
    /// <returns>The value, or null and what was expected.</returns>
    public static (object? Value, string Expected) Parse(Type type, string text)
    {
        text = text.Trim();
        if (type == typeof(string))
        {
            return (text, "text");
        }

        if (type == typeof(Guid))
        {
            return (Guid.TryParse(text, out var id) ? id : null, "an id");
        }

        if (type == typeof(bool))
        {
            return (text switch { "true" => true, "false" => false, _ => null }, "true or false");
        }

        if (type == typeof(int))
        {
            return (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null, "a whole number");
        }

        if (type == typeof(decimal))
        {
            return (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null, "a number");
        }

        if (type == typeof(DateOnly))
        {
            return (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null, "a date like 2026-11-20");
        }

        if (type == typeof(DateTimeOffset))
        {
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            return (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var instant) && text.Length >= 10 ? instant : null, "an instant like 2026-11-20T14:30:00Z");
        }

        if (type.IsEnum)
        {
            var index = Words.All(type).ToList().IndexOf(text);
            return (index < 0 ? null : Enum.GetValues(type).GetValue(index), "one of " + string.Join(", ", Words.All(type)));
        }

        throw new NotSupportedException($"A filter cannot have the type {type.Name}.");
    }
}
