using System.Linq.Expressions;
using System.Reflection;

namespace Tessera.Kernel.Records;

/// <summary>The input property is not stored under its name; the noun's rule takes care of it (a password, a reason).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotStoredAttribute : Attribute;

/// <summary>
/// Copies between an input and its entity by equal property names, compiled once. Text is trimmed, and empty text becomes
/// null where the entity allows it, so that "unknown" has one spelling.
/// </summary>
internal static class FieldMap<TEntity, TInput>
    where TInput : class
{
    /// <summary>Names the input and the entity share.</summary>
    public static readonly IReadOnlyList<PropertyInfo> Stored =
        [.. typeof(TInput).GetProperties().Where(p => p.CanRead && p.GetIndexParameters().Length == 0 && !p.IsDefined(typeof(NotStoredAttribute)))];

    public static readonly Action<TInput, TEntity> ToEntity = CompileToEntity();

    public static readonly Func<TEntity, TInput> ToInput = CompileToInput();

    /// <summary>An entity that has not been given any values, whatever its class calls required.</summary>
    public static readonly Func<TEntity> Create = Expression.Lambda<Func<TEntity>>(Expression.New(typeof(TEntity))).Compile();

    private static Action<TInput, TEntity> CompileToEntity()
    {
        var input = Expression.Parameter(typeof(TInput), "input");
        var entity = Expression.Parameter(typeof(TEntity), "entity");
        var assignments = Stored.Select(source =>
        {
            var target = Target(source);
            return (Expression)Expression.Assign(Expression.Property(entity, target), Converted(Expression.Property(input, source), target));
        });
        return Expression.Lambda<Action<TInput, TEntity>>(Expression.Block(assignments), input, entity).Compile();
    }

    private static Func<TEntity, TInput> CompileToInput()
    {
        var entity = Expression.Parameter(typeof(TEntity), "entity");
        var bindings = Stored.Select(property =>
            (MemberBinding)Expression.Bind(property, Convert(Expression.Property(entity, Target(property)), property.PropertyType)));
        return Expression.Lambda<Func<TEntity, TInput>>(Expression.MemberInit(Expression.New(typeof(TInput)), bindings), entity).Compile();
    }

    private static PropertyInfo Target(PropertyInfo source) =>
        typeof(TEntity).GetProperty(source.Name) is { CanWrite: true } target
            ? target
            : throw new InvalidOperationException($"{typeof(TInput).Name}.{source.Name} has no writable counterpart in {typeof(TEntity).Name}; mark it [NotStored] if that is meant.");

    private static Expression Converted(Expression value, PropertyInfo target)
    {
        if (target.PropertyType != typeof(string))
        {
            return Convert(value, target.PropertyType);
        }

        var nullable = new NullabilityInfoContext().Create(target).WriteState != NullabilityState.NotNull;
        return Expression.Call(nullable ? ((Func<string?, string?>)Text.OrNull).Method : ((Func<string?, string>)Text.Trimmed).Method, value);
    }

    // What was left out where the entity must have a value is its default: the noun's rule fills it in, or [Required] refused it before.
    private static Expression Convert(Expression value, Type type) =>
        value.Type == type ? value
        : Nullable.GetUnderlyingType(value.Type) == type ? Expression.Call(value, nameof(Nullable<>.GetValueOrDefault), Type.EmptyTypes)
        : Expression.Convert(value, type);
}

/// <summary>How typed text is tidied before it is kept.</summary>
public static class Text
{
    public static string Trimmed(string? text) => text?.Trim() ?? "";

    /// <summary>Trimmed, or null when nothing is left.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
