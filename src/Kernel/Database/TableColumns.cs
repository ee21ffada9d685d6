using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Tessera.Kernel.Database;

/// <summary>An entity's table as the model describes it, for statements that EF has no words for.</summary>
internal static class TableColumns
{
    /// <summary>Quoted schema and table.</summary>
    public static string TableOf(IEntityType type) => $"\"{type.GetSchema()}\".\"{type.GetTableName()}\"";

    /// <exception cref="NotSupportedException">The entity keeps a part of itself in another form than columns.</exception>
    public static List<TableColumn> ColumnsOf(IEntityType type)
    {
        if (type.GetComplexProperties().Any() || type.GetNavigations().Any(n => n.TargetEntityType.IsOwned()))
        {
            throw new NotSupportedException($"{type.DisplayName()} is not made of columns only.");
        }

        return
        [
            .. type.GetProperties().Select(property =>
            {
                var mapping = property.GetRelationalTypeMapping();
                var facets = mapping.StoreType.IndexOf('(', StringComparison.Ordinal);
                var storeType = facets < 0 ? mapping.StoreType : mapping.StoreType[..facets] + mapping.StoreType[(mapping.StoreType.IndexOf(')', StringComparison.Ordinal) + 1)..];
                var isGenerated = property.GetDefaultValueSql() is not null || property.GetComputedColumnSql() is not null || (property.ValueGenerated & ValueGenerated.OnAdd) != 0;
                return new TableColumn(property, $"\"{property.GetColumnName()}\"", storeType, isGenerated);
            }),
        ];
    }
}

/// <param name="Property">The entity's property.</param>
/// <param name="Name">Quoted.</param>
/// <param name="StoreType">PostgreSQL's type without facets.</param>
/// <param name="IsGenerated">The database gives the value.</param>
/// <param name="Source">The table's column this one takes its type from, where the name differs.</param>
internal sealed record TableColumn(IProperty Property, string Name, string StoreType, bool IsGenerated, string? Source = null)
{
    private readonly Func<object?, object?>? _convert = Property.GetRelationalTypeMapping().Converter?.ConvertToProvider;

    /// <summary>Of the values the column holds.</summary>
    public Type StoredType { get; } = Property.GetRelationalTypeMapping().Converter?.ProviderClrType ?? Property.ClrType;

    /// <summary>What the column holds for an entity.</summary>
    public object? Value(object entity) => Of(Property.GetGetter().GetClrValue(entity));

    /// <summary>What the column holds for a property's value.</summary>
    public object? Of(object? value) => value is null || _convert is null ? value : _convert(value);
}
