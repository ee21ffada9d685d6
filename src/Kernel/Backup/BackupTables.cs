using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Backup;

/// <summary>A table of tenants, as backups see it.</summary>
internal sealed class BackupTable
{
    private readonly IEntityType _type;

    public BackupTable(IEntityType type, string? noun)
    {
        _type = type;
        Noun = noun;
        Name = $"{type.GetSchema()}.{type.GetTableName()}";
        Columns = [.. type.GetProperties().Where(p => p.GetComputedColumnSql() is null).Select(p => p.GetColumnName()).Where(c => c != "tenant_id").Order(StringComparer.Ordinal)];
    }

    /// <summary><c>recruiting.candidate</c></summary>
    public string Name { get; }

    /// <summary>Address of the noun kept in it: <c>recruiting/candidates</c>; null where it is none.</summary>
    public string? Noun { get; }

    public Type ClrType => _type.ClrType;

    public IEntityType EntityType => _type;

    /// <summary>The record's word in the change feed.</summary>
    public string Target => ChangeRecorder.TargetOf(ClrType);

    /// <summary>All but the tenant's.</summary>
    public IReadOnlyList<string> Columns { get; }

    public bool IsRecord => ClrType.IsSubclassOf(typeof(TenantRecord));

    /// <summary>A restore compares and changes its rows one by one.</summary>
    public bool IsRestored => IsRecord && !ClrType.IsDefined(typeof(NotRestoredAttribute));

    /// <summary>References to other tables of the tenant: column here, and the table it names.</summary>
    public IEnumerable<(string Column, IEntityType Target, bool IsRequired, string Field)> References =>
        _type.GetForeignKeys().Where(f => f.PrincipalEntityType.ClrType.IsSubclassOf(typeof(TenantRecord)) && f.Properties.Count == 2)
            .Select(f => f.Properties.Single(p => p.Name != nameof(TenantRecord.TenantId)))
            .Zip(_type.GetForeignKeys().Where(f => f.PrincipalEntityType.ClrType.IsSubclassOf(typeof(TenantRecord)) && f.Properties.Count == 2))
            .Select(pair => (pair.First.GetColumnName(), pair.Second.PrincipalEntityType, !pair.First.IsNullable, Words.Camel(pair.First.Name)));

    /// <summary>SQL of what a column that an older backup does not know gets: what a new record would have. Null where nothing can be said for a column that must not be empty.</summary>
    public string? DefaultOf(string column)
    {
        var property = _type.GetProperties().First(p => p.GetColumnName() == column);
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return InitialOf(property) is { } initial ? property.GetRelationalTypeMapping().GenerateSqlLiteral(initial)
            : property.GetDefaultValueSql() is { } sql ? sql
            : property.IsNullable ? "null"
            : type == typeof(string) ? (property.GetColumnType() == "jsonb" ? "'{}'::jsonb" : "''")
            : type == typeof(bool) ? "false"
            : type.IsEnum ? $"'{Words.All(type)[0]}'"
            : type == typeof(DateTimeOffset) ? "now()"
            : type == typeof(DateOnly) ? "current_date"
            : type.IsPrimitive || type == typeof(decimal) ? "0"
            : property.GetColumnType().EndsWith("[]", StringComparison.Ordinal) ? "'{}'"
            : null;
    }

    /// <summary>What the record's class begins the property with; null where it leaves it to the type.</summary>
    private object? InitialOf(IProperty property)
    {
        if (property.PropertyInfo is not { } info || ClrType.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is not { } constructor)
        {
            return null;
        }

        var initial = info.GetValue(constructor.Invoke(null));
        return initial is null || (info.PropertyType.IsValueType && initial.Equals(Activator.CreateInstance(info.PropertyType))) ? null : initial;
    }
}

/// <summary>The tables of tenants, computed over the model: what is not said to be left out is in every backup. Parents come before their children.</summary>
internal sealed class BackupTables
{
    public BackupTables(PlatformDb db, IEnumerable<IRecordSet> nouns)
    {
        var platform = db.GetPlatformOptions();
        var addresses = nouns.ToDictionary(n => n.EntityType, n => AddressOf(platform, n));
        All =
        [
            .. ParentsFirst(db.Model.GetEntityTypes().Where(IsTenants).Where(t => !t.ClrType.IsDefined(typeof(NotInBackupAttribute))))
                .Select(type => new BackupTable(type, addresses.GetValueOrDefault(type.ClrType))),
        ];
    }

    public IReadOnlyList<BackupTable> All { get; }

    public BackupTable? Find(string name) => All.FirstOrDefault(t => t.Name == name);

    public BackupTable? OfNoun(string noun) => All.FirstOrDefault(t => t.Noun == noun);

    public BackupTable? Of(IEntityType type) => All.FirstOrDefault(t => t.EntityType == type);

    private static string AddressOf(PlatformOptions platform, IRecordSet noun)
    {
        var schema = platform.Modules.First(m => m.Assembly == noun.EntityType.Assembly).Schema;
        return schema == KernelModule.Schema ? noun.Noun : $"{schema}/{noun.Noun}";
    }

    private static bool IsTenants(IEntityType type) => type.GetDeclaredQueryFilters().Any(f => f.Key == QueryFilters.Tenant);

    private static List<IEntityType> ParentsFirst(IEnumerable<IEntityType> types)
    {
        var (left, ordered) = (types.OrderBy(t => t.GetSchema(), StringComparer.Ordinal).ThenBy(t => t.GetTableName(), StringComparer.Ordinal).ToList(), new List<IEntityType>());
        while (left.Count > 0)
        {
            // Of tables that refer to each other in a circle the first by name is taken.
            var next = left.Find(t => t.GetForeignKeys().All(f => f.PrincipalEntityType == t || !left.Contains(f.PrincipalEntityType))) ?? left[0];
            left.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }
}
