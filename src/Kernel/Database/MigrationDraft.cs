using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Database;

/// <summary>
/// Writes the first draft of a migration: the tables of declared records that the database does not have yet, with their
/// keys, composite references, row-level security and one index for each sort that is offered. A person reads it, adds what
/// only they know (checks, unique values, search indexes), and commits it.
/// </summary>
internal static class MigrationDraft
{
    private static readonly string[] Stamps = ["version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by"];

    /// <returns>SQL by schema; empty when every record has its table.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> WriteAsync(PlatformDb db, IEnumerable<IRecordSet> nouns, NpgsqlDataSource database, CancellationToken cancel)
    {
        var existing = new HashSet<string>(StringComparer.Ordinal);
        await using (var command = database.CreateCommand("select table_schema || '.' || table_name from information_schema.tables"))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                existing.Add(reader.GetString(0));
            }
        }

        var sorts = nouns.ToDictionary(n => n.EntityType, n => n.SortNames);
        return db.Model.GetEntityTypes()
            .Where(type => type.ClrType.IsSubclassOf(typeof(TenantRecord)) && !existing.Contains($"{type.GetSchema()}.{type.GetTableName()}"))
            .GroupBy(type => type.GetSchema()!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => string.Join('\n', g.Select(type => TableOf(type, sorts.GetValueOrDefault(type.ClrType, [])))), StringComparer.Ordinal);
    }

    private static string TableOf(IEntityType type, IReadOnlyCollection<string> sorts)
    {
        var (schema, table) = (type.GetSchema(), type.GetTableName());
        var columns = type.GetProperties().ToDictionary(p => p.GetColumnName(), StringComparer.Ordinal);
        var sql = new StringBuilder($"create table {schema}.{table} (\n");
        foreach (var name in columns.Keys.Except(Stamps, StringComparer.Ordinal).OrderBy(name => name switch { "tenant_id" => 0, "id" => 1, _ => 2 }))
        {
            sql.Append($"  {ColumnOf(table!, columns[name])},\n");
        }

        sql.Append("  ").AppendJoin(", ", Stamps.Select(name => ColumnOf(table!, columns[name]))).Append(",\n");
        sql.Append($"  constraint pk_{table} primary key (tenant_id, id)");
        foreach (var reference in type.GetForeignKeys())
        {
            var target = reference.PrincipalEntityType;
            sql.Append($",\n  constraint {reference.GetConstraintName()} foreign key ({Names(reference.Properties)}) references {target.GetSchema()}.{target.GetTableName()} ({Names(reference.PrincipalKey.Properties)})");
        }

        sql.Append("\n);\n");
        foreach (var index in type.GetIndexes())
        {
            sql.Append($"create {(index.IsUnique ? "unique " : "")}index {index.GetDatabaseName()} on {schema}.{table} ({Names(index.Properties)}){(index.GetFilter() is { } filter ? " where " + filter : "")};\n");
        }

        foreach (var column in sorts.Select(Words.Snake).Where(c => c != "created_at"))
        {
            sql.Append($"create index ix_{table}_{column} on {schema}.{table} (tenant_id, {column}{CollationOf(columns[column])}, id) where deleted_at is null;\n");
        }

        if (type.FindProperty(SearchText.Property) is { } text)
        {
            sql.Append($"create index ix_{table}_search on {schema}.{table} (tenant_id, id) include ({text.GetColumnName()}) where deleted_at is null;\n");
        }

        sql.Append($"create index ix_{table}_created_at on {schema}.{table} (tenant_id, created_at desc, id desc) where deleted_at is null;\n");
        sql.Append($"select kernel.protect('{schema}.{table}');\n");
        return sql.ToString();
    }

    private static string ColumnOf(string table, IProperty property)
    {
        var name = property.GetColumnName();
        if (property.GetComputedColumnSql() is { } made)
        {
            return $"{name} {property.GetColumnType()} collate \"C\" generated always as ({made}) stored";
        }

        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var check = type.IsEnum ? $" constraint ck_{table}_{name} check ({name} in ({string.Join(", ", Words.All(type).Select(w => $"'{w}'"))}))" : "";
        return $"{name} {property.GetColumnType().Replace("timestamp with time zone", "timestamptz", StringComparison.Ordinal)}{(property.IsNullable ? "" : " not null")}{check}";
    }

    private static string CollationOf(IProperty property) => property.ClrType == typeof(string) ? $" collate \"{Collations.Alphabetical}\"" : "";

    private static string Names(IEnumerable<IProperty> properties) => string.Join(", ", properties.Select(p => p.GetColumnName()));
}
