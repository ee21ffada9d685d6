using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Testing;

namespace Tessera.Architecture.Tests;

/// <summary>The migrations build what the model says, and an index for each order in which a list can be asked for.</summary>
public sealed class SchemaTests(Api api) : IClassFixture<Api>
{
    /// <summary>One line for each fact: columns, keys, references and unique indexes of the given tables, without their names.</summary>
    private const string Facts =
        """
        select c.oid::regclass::text || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
          || case when a.attgenerated <> '' then ' generated ' || (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = a.attrelid and d.adnum = a.attnum) else '' end
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.oid = any(select t::regclass from unnest($1::text[]) t)
        union all
        select conrelid::regclass::text || ' ' || replace(pg_get_constraintdef(oid), ' ON DELETE RESTRICT', '') from pg_constraint
        where contype in ('p', 'f') and conrelid = any(select t::regclass from unnest($1::text[]) t)
        union all
        select i.indrelid::regclass::text || ' unique (' || (select string_agg(pg_get_indexdef(i.indexrelid, k, false), ', ' order by k) from generate_series(1, i.indnkeyatts) k) || ')' || coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), '')
        from pg_index i where i.indisunique and not i.indisprimary and i.indrelid = any(select t::regclass from unnest($1::text[]) t)
        """;

    /// <summary>What generated columns are made with.</summary>
    private const string ImmutableFunctions =
        "select string_agg(pg_get_functiondef(oid), ';' order by oid) || ';' from pg_proc where pronamespace = 'kernel'::regnamespace and provolatile = 'i' and prolang in (select oid from pg_language where lanname in ('sql', 'plpgsql'))";

    private const string SortIndexes =
        """
        select i.indrelid::regclass::text || '.' || replace(pg_get_indexdef(i.indexrelid, 2, false), '"', '')
               || coalesce(' ' || (select collname from pg_collation l where l.oid = i.indcollation[1] and l.collname <> 'default'), '')
        from pg_index i
        where i.indnkeyatts >= 3 and pg_get_indexdef(i.indexrelid, 1, false) = 'tenant_id' and pg_get_indexdef(i.indexrelid, 3, false) = 'id'
          and pg_get_expr(i.indpred, i.indrelid) = '(deleted_at IS NULL)'
        """;

    [Fact]
    public async Task The_migrated_schema_is_the_models()
    {
        var postgres = await TestPostgres.GetAsync();
        var scratch = await postgres.CreateEmptyAsync();
        try
        {
            await using var db = api.Open(TenantScope.System(Guid.AllBitsSet));
            await ExecuteAsync(scratch, "create schema kernel;" + (string)(await api.SqlAsync(ImmutableFunctions))! + db.Database.GenerateCreateScript());
            var tables = db.Model.GetEntityTypes().Where(type => type.GetTableName() is not null).Select(type => $"{type.GetSchema()}.{type.GetTableName()}").Distinct().ToArray();

            var model = await ReadAsync(scratch, Facts, tables);
            var migrated = await ReadAsync(api.OwnerConnectionString, Facts, tables);

            // RESTRICT and NO ACTION refuse alike; only a deferred constraint would tell them apart.
            var drift = model.Except(migrated).Select(fact => "only in the model: " + fact).Concat(migrated.Except(model).Select(fact => "only in the migrations: " + fact)).ToList();
            Assert.True(drift.Count == 0, string.Join('\n', drift));
            await ExecuteAsync(scratch, "alter table recruiting.candidate alter column position set not null, drop column notes");
            Assert.Equal(2, (await ReadAsync(api.OwnerConnectionString, Facts, tables)).Except(await ReadAsync(scratch, Facts, tables)).Count());
        }
        finally
        {
            await postgres.DropAsync(scratch);
        }
    }

    [Fact]
    public async Task Every_order_a_list_offers_has_its_index()
    {
        var nouns = api.Services.GetServices<IRecordSet>().ToList();
        Assert.NotEmpty(nouns);

        Assert.Empty(await WithoutIndexAsync(nouns.SelectMany(noun => noun.SortNames.Select(sort => (noun.EntityType, sort)))));
    }

    [Fact]
    public async Task An_order_without_an_index_is_found_out()
    {
        var candidates = api.Services.GetServices<IRecordSet>().First(noun => noun.Noun == "candidates").EntityType;

        Assert.Equal(["recruiting.candidate.resume_url und-x-icu"], await WithoutIndexAsync([(candidates, "resumeUrl"), (candidates, "fullName")]));
    }

    private async Task<IReadOnlyList<string>> WithoutIndexAsync(IEnumerable<(Type Entity, string Sort)> sorts)
    {
        await using var db = api.Open(TenantScope.System(Guid.AllBitsSet));
        var indexes = await ReadAsync(api.OwnerConnectionString, SortIndexes, []);
        return [.. sorts.Select(s => ColumnOf(db, s.Entity, s.Sort)).Where(column => !indexes.Contains(column))];
    }

    private static string ColumnOf(PlatformDb db, Type entity, string sort)
    {
        var type = db.Model.FindEntityType(entity)!;
        var property = type.GetProperties().First(p => Words.Camel(p.Name) == sort);
        return $"{type.GetSchema()}.{type.GetTableName()}.{property.GetColumnName()}{(property.ClrType == typeof(string) ? " " + Collations.Alphabetical : "")}";
    }

    private static async Task<HashSet<string>> ReadAsync(string connectionString, string sql, string[] tables)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        if (sql.Contains("$1", StringComparison.Ordinal))
        {
            command.Parameters.Add(new() { Value = tables });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var facts = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            facts.Add(reader.GetString(0));
        }

        return facts;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
