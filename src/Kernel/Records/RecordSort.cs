using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

/// <summary>One sortable column. Each needs an index <c>(tenant_id, column, id) where deleted_at is null</c>.</summary>
internal abstract class RecordSort<TEntity>(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether a cursor can continue behind a value of this column.</summary>
    public abstract bool HasCursor { get; }

    public abstract IOrderedQueryable<TEntity> Order(IQueryable<TEntity> query, bool first, bool descending);

    /// <summary>The column as an object, over the given row.</summary>
    public abstract Expression KeyOf(ParameterExpression row);

    /// <summary>Rows with the same value, and rows that come after it, in this direction. PostgreSQL puts nulls last ascending and first descending.</summary>
    /// <exception cref="FormatException">The cursor's value is not one of this column.</exception>
    public abstract (Expression Same, Expression After) Compare(ParameterExpression row, JsonElement value, bool descending);
}

internal sealed class RecordSort<TEntity, TKey> : RecordSort<TEntity>
{
    private readonly Expression<Func<TEntity, TKey>> _column;

    public RecordSort(string name, Expression<Func<TEntity, TKey>> column) : base(name) =>
        _column = typeof(TKey) == typeof(string) ? Alphabetically(column) : column;

    private static readonly Type Underlying = Nullable.GetUnderlyingType(typeof(TKey)) ?? typeof(TKey);

    public override bool HasCursor => !Underlying.IsEnum && Underlying != typeof(bool);

    public override IOrderedQueryable<TEntity> Order(IQueryable<TEntity> query, bool first, bool descending) => (first, descending) switch
    {
        (true, false) => query.OrderBy(_column),
        (true, true) => query.OrderByDescending(_column),
        (false, false) => ((IOrderedQueryable<TEntity>)query).ThenBy(_column),
        _ => ((IOrderedQueryable<TEntity>)query).ThenByDescending(_column),
    };

    public override Expression KeyOf(ParameterExpression row) => Expression.Convert(Over(row), typeof(object));

    public override (Expression Same, Expression After) Compare(ParameterExpression row, JsonElement value, bool descending)
    {
        var key = Over(row);
        var nullable = !typeof(TKey).IsValueType || Underlying != typeof(TKey);
        var isNull = nullable ? Expression.Equal(key, Expression.Constant(null, typeof(TKey))) : null;
        if (value.ValueKind == JsonValueKind.Null)
        {
            var same = isNull ?? throw new FormatException($"{Name} is never null.");
            return (same, descending ? Expression.Not(same) : Expression.Constant(false));
        }

        TKey typed;
        try
        {
            typed = value.Deserialize<TKey>(PlatformJson.Options)!;
        }
        catch (JsonException mismatch)
        {
            throw new FormatException(mismatch.Message, mismatch);
        }

        var box = ValueBox.Of(typed);
        var comparison = descending ? ExpressionType.LessThan : ExpressionType.GreaterThan;
        Expression after = typeof(TKey) == typeof(string)
            ? Expression.MakeBinary(comparison, Expression.Call(((Func<string?, string?, int>)string.Compare).Method, key, box), Expression.Constant(0))
            : Expression.MakeBinary(comparison, key, box);
        return (Expression.Equal(key, box), !descending && isNull is not null ? Expression.OrElse(after, isNull) : after);
    }

    /// <summary>As people expect it: capitals and accents do not send a name to the end. The index names the same collation.</summary>
    private static Expression<Func<TEntity, TKey>> Alphabetically(Expression<Func<TEntity, TKey>> column) => Expression.Lambda<Func<TEntity, TKey>>(
        Expression.Call(typeof(RelationalDbFunctionsExtensions), nameof(RelationalDbFunctionsExtensions.Collate), [typeof(TKey)], Expression.Constant(EF.Functions), column.Body, Expression.Constant(Collations.Alphabetical)),
        column.Parameters);

    private Expression Over(ParameterExpression row) => Replace.Parameter(_column, row);
}

/// <summary>Collations of PostgreSQL (ICU) that are on every supported server.</summary>
internal static class Collations
{
    /// <summary>The Unicode collation algorithm's root order.</summary>
    public const string Alphabetical = "und-x-icu";
}

/// <summary>Puts one expression in place of a lambda's parameter.</summary>
internal sealed class Replace(Expression from, Expression to) : ExpressionVisitor
{
    public static Expression Parameter(LambdaExpression lambda, Expression argument) => new Replace(lambda.Parameters[0], argument).Visit(lambda.Body)!;

    public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
}
