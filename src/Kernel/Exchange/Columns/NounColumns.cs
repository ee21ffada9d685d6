using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Exchange;

/// <summary>Computes a noun's columns from its declaration: id, what the input stores, then what can only be read.</summary>
internal static class NounColumns
{
    /// <summary>A text that may be longer than this is one of several lines.</summary>
    private const int LongestLine = 1_000;

    private static readonly string[] Bookkeeping = [nameof(TenantRecord.Id), nameof(TenantRecord.Version), nameof(TenantRecord.DeletedAt)];

    public static IReadOnlyList<NounColumn> Of(IEntityType entity, Type input, LambdaExpression row, Func<Type, string?> addressOf)
    {
        var columns = new List<NounColumn>
        {
            new(new ExchangeColumn("id", ColumnType.Id, Required: false, ReadOnly: false), typeof(Guid), false, entity.ClrType.GetProperty(nameof(TenantRecord.Id)), null, null),
        };
        columns.AddRange(input.GetProperties().Select(property => Importable(entity, property, addressOf)).OfType<NounColumn>());
        var known = columns.Select(c => c.Field).ToHashSet(StringComparer.Ordinal);
        var shown = row.ReturnType.GetProperties().Where(p => !Bookkeeping.Contains(p.Name) && !known.Contains(Words.Camel(p.Name)));
        columns.AddRange(shown.Select(property => ReadOnly(entity, property, columns, addressOf)).OfType<NounColumn>());
        return columns;
    }

    /// <summary>How the row makes a member, over the row's own parameter; null when it has none of that name.</summary>
    public static Expression? Member(LambdaExpression row, string name) => row.Body switch
    {
        NewExpression created => Argument(created, name),
        MemberInitExpression filled => filled.Bindings.OfType<MemberAssignment>().FirstOrDefault(b => b.Member.Name == name)?.Expression ?? Argument(filled.NewExpression, name),
        _ => null,
    };

    private static Expression? Argument(NewExpression created, string name)
    {
        var parameters = created.Constructor?.GetParameters() ?? [];
        var index = Array.FindIndex(parameters, p => string.Equals(p.Name, name, StringComparison.Ordinal));
        return index < 0 ? null : created.Arguments[index];
    }

    private static NounColumn? Importable(IEntityType entity, PropertyInfo property, Func<Type, string?> addressOf)
    {
        // An input that is not stored under its name (a password) is nobody's column; one the record has as well (a time with a default) is.
        var stored = entity.ClrType.GetProperty(property.Name);
        if (stored is null || entity.FindProperty(property.Name) is not { } mapped || stored.IsDefined(typeof(SecretAttribute)))
        {
            return null;
        }

        var (shown, type, target) = Describe(property, mapped, addressOf);
        return new NounColumn(
            shown with { Required = property.IsDefined(typeof(RequiredAttribute)), MaxLength = property.GetCustomAttribute<MaxLengthAttribute>()?.Length }, type, CanBeNull(property), stored, property, target);
    }

    private static NounColumn? ReadOnly(IEntityType entity, PropertyInfo property, List<NounColumn> columns, Func<Type, string?> addressOf)
    {
        var stored = entity.ClrType.GetProperty(property.Name);
        if (stored is not null && entity.FindProperty(property.Name) is { } mapped)
        {
            if (stored.IsDefined(typeof(SecretAttribute)))
            {
                return null;
            }

            var (shown, type, target) = Describe(stored, mapped, addressOf);
            return new NounColumn(shown with { ReadOnly = true }, type, true, stored, null, target);
        }

        // The name beside a reference's id, for those who read the file.
        var isNameOfReference = property.PropertyType == typeof(string) && property.Name.EndsWith("Name", StringComparison.Ordinal)
            && columns.Any(c => c.Type == ColumnType.Reference && c.Field == Words.Camel(property.Name[..^4]) + "Id");
        return isNameOfReference ? new NounColumn(new ExchangeColumn(Words.Camel(property.Name), ColumnType.Text, false, ReadOnly: true), typeof(string), true, null, null, null) : null;
    }

    private static (ExchangeColumn Shown, Type Type, Type? Target) Describe(PropertyInfo property, IProperty mapped, Func<Type, string?> addressOf)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var target = mapped.GetContainingForeignKeys().Select(k => k.PrincipalEntityType.ClrType).FirstOrDefault(t => addressOf(t) is not null);
        var kind = target is not null ? ColumnType.Reference : KindOf(type, property);
        var choices = type.IsEnum ? Words.All(type) : null;
        return (new ExchangeColumn(Words.Camel(property.Name), kind, false, false, Choices: choices, References: target is null ? null : addressOf(target)), type, target);
    }

    private static ColumnType KindOf(Type type, PropertyInfo property) =>
        type == typeof(string) ? property.GetCustomAttribute<MaxLengthAttribute>() is { Length: <= LongestLine } ? ColumnType.Text : ColumnType.LongText
        : type.IsEnum ? ColumnType.Choice
        : type == typeof(Guid) ? ColumnType.Id
        : type == typeof(bool) ? ColumnType.Boolean
        : type == typeof(int) || type == typeof(long) || type == typeof(short) ? ColumnType.Integer
        : type == typeof(decimal) || type == typeof(double) || type == typeof(float) ? ColumnType.Number
        : type == typeof(DateOnly) ? ColumnType.Date
        : type == typeof(DateTimeOffset) ? ColumnType.Instant
        : CellText.EntryTypeOf(type) is { } entry && CellText.IsPlain(entry) ? ColumnType.Words
        : ColumnType.LongText;

    private static bool CanBeNull(PropertyInfo property) =>
        property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : new NullabilityInfoContext().Create(property).WriteState != NullabilityState.NotNull;
}
