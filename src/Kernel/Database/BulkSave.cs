using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using static Tessera.Kernel.Database.TableColumns;

namespace Tessera.Kernel.Database;

/// <summary>
/// Writes tracked entities of any kind by COPY, as the model describes their tables. PostgreSQL refuses COPY into a table with
/// row-level security, so the rows go into a temporary table first and from there in one statement, which the policies see.
/// </summary>
internal static class BulkSave
{
    private const string OriginalVersion = "original_version";

    /// <summary>Sends the rows into temporary tables and says what is left to do with them: nothing of the entities is needed any more.</summary>
    /// <param name="db">Where to, in a transaction.</param>
    /// <param name="entries">Tracked entities; those that were not changed are left alone.</param>
    /// <param name="untracked">New entities beside them.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<IReadOnlyList<Statement>> StageAsync(PlatformDb db, IReadOnlyCollection<EntityEntry> entries, IReadOnlyCollection<object> untracked, CancellationToken cancel)
    {
        var tracked = entries.Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToLookup(e => e.Metadata);
        var added = untracked.ToLookup(e => db.Model.FindEntityType(e.GetType())!);
        var types = tracked.Select(g => g.Key).Union(added.Select(g => g.Key)).OrderBy(type => Depth(type, [])).ToList();
        var statements = new List<Statement>();
        foreach (var type in types.Where(t => tracked[t].Any(e => e.State == EntityState.Deleted)).Reverse())
        {
            statements.Add(await DeleteAsync(db, type, [.. tracked[type].Where(e => e.State == EntityState.Deleted)], cancel));
        }

        foreach (var type in types)
        {
            List<object> fresh = [.. added[type], .. tracked[type].Where(e => e.State == EntityState.Added).Select(e => e.Entity)];
            if (fresh.Count > 0)
            {
                statements.Add(await InsertionAsync(db, type, fresh, cancel));
            }

            List<EntityEntry> changed = [.. tracked[type].Where(e => e.State == EntityState.Modified)];
            if (changed.Count > 0)
            {
                statements.Add(await UpdateAsync(db, type, changed, cancel));
            }
        }

        return statements;
    }

    /// <summary>Does what <see cref="StageAsync(PlatformDb, IReadOnlyCollection{EntityEntry}, IReadOnlyCollection{object}, CancellationToken)"/> left to do.</summary>
    /// <exception cref="DbUpdateConcurrencyException">A record was changed by somebody else in the meantime.</exception>
    /// <exception cref="PostgresException">A constraint refused one of the records.</exception>
    public static async Task WriteAsync(PlatformDb db, IReadOnlyList<Statement> statements, CancellationToken cancel)
    {
        foreach (var (sql, guarded) in statements)
        {
            var count = await ExecuteAsync(db, sql, cancel);
            if (guarded is { } expected && count != expected)
            {
                throw new DbUpdateConcurrencyException($"{expected - count} of {expected} records were changed by somebody else in the meantime.");
            }
        }
    }

    /// <summary>Inserts entities that need not be tracked, in their order. The tenant is set already.</summary>
    public static async Task InsertAsync(PlatformDb db, IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await WriteAsync(db, [await InsertionAsync(db, type, rows, cancel)], cancel);
    }

    private static async Task<Statement> InsertionAsync(PlatformDb db, IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        var columns = ColumnsOf(type).Where(c => !c.IsGenerated).ToList();
        var staged = await StageAsync(db, type, columns, "", rows, (row, column) => column.Value(row), cancel);
        var names = string.Join(", ", columns.Select(c => c.Name));
        return new Statement($"insert into {TableOf(type)} ({names}) select {names} from {staged}");
    }

    private static async Task<Statement> UpdateAsync(PlatformDb db, IEntityType type, List<EntityEntry> rows, CancellationToken cancel)
    {
        var all = ColumnsOf(type);
        var keys = all.Where(c => c.Property.IsPrimaryKey()).ToList();
        var changed = all.Where(c => !c.Property.IsPrimaryKey() && rows.Any(row => row.Property(c.Property).IsModified)).ToList();
        var token = all.FirstOrDefault(c => c.Property.IsConcurrencyToken);
        List<TableColumn> columns = [.. keys, .. changed, .. token is null ? Array.Empty<TableColumn>() : [token with { Name = OriginalVersion, Source = token.Name }]];
        var staged = await StageAsync(
            db, type, columns, "_change", rows, (row, column) => column.Source is null ? column.Of(row.Property(column.Property).CurrentValue) : column.Of(row.Property(column.Property).OriginalValue), cancel);
        var values = string.Join(", ", changed.Select(c => $"{c.Name} = s.{c.Name}"));
        var same = string.Join(" and ", keys.Select(c => $"t.{c.Name} = s.{c.Name}")) + (token is null ? "" : $" and t.{token.Name} = s.{OriginalVersion}");
        return new Statement($"update {TableOf(type)} t set {values} from {staged} s where {same}", rows.Count);
    }

    private static async Task<Statement> DeleteAsync(PlatformDb db, IEntityType type, List<EntityEntry> rows, CancellationToken cancel)
    {
        var keys = ColumnsOf(type).Where(c => c.Property.IsPrimaryKey()).ToList();
        var staged = await StageAsync(db, type, keys, "_gone", rows, (row, column) => column.Of(row.Property(column.Property).OriginalValue), cancel);
        return new Statement($"delete from {TableOf(type)} t using {staged} s where {string.Join(" and ", keys.Select(c => $"t.{c.Name} = s.{c.Name}"))}");
    }

    /// <summary>Puts the rows into an empty temporary table, which ends with the transaction.</summary>
    private static async Task<string> StageAsync<TSource>(
        PlatformDb db, IEntityType type, List<TableColumn> columns, string suffix, IEnumerable<TSource> rows, Func<TSource, TableColumn, object?> value, CancellationToken cancel)
    {
        var name = $"pg_temp.\"staged_{type.GetTableName()}{suffix}\"";
        await ExecuteAsync(db, $"drop table if exists {name}", cancel);
        await ExecuteAsync(
            db, $"create temporary table \"staged_{type.GetTableName()}{suffix}\" on commit drop as select {string.Join(", ", columns.Select(c => c.Source is null ? c.Name : $"{c.Source} as {c.Name}"))} from {TableOf(type)} with no data", cancel);
        var cells = columns.Select(column => Cell.Of(column.StoredType)).ToArray();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync($"copy {name} ({string.Join(", ", columns.Select(c => c.Name))}) from stdin (format binary)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            for (var i = 0; i < cells.Length; i++)
            {
                if (value(row, columns[i]) is { } some)
                {
                    await cells[i].WriteAsync(copy, some, columns[i].StoreType, cancel);
                }
                else
                {
                    await copy.WriteNullAsync(cancel);
                }
            }
        }

        await copy.CompleteAsync(cancel);
        return name;
    }

    private static async Task<int> ExecuteAsync(PlatformDb db, string sql, CancellationToken cancel)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction is { } current ? Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(current) : null;
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>How many references lie between the entity and one that refers to nothing: what is referred to is written first.</summary>
    private static int Depth(IEntityType type, HashSet<IEntityType> above) =>
        !above.Add(type) ? 0 : type.GetForeignKeys().Where(k => k.PrincipalEntityType != type).Select(k => 1 + Depth(k.PrincipalEntityType, [.. above])).DefaultIfEmpty(0).Max();

    /// <param name="Sql">What takes staged rows to their table.</param>
    /// <param name="Guarded">Rows it must reach; null when nobody can have been quicker.</param>
    public sealed record Statement(string Sql, int? Guarded = null);

    /// <summary>Writes values of one type. Npgsql looks for the way to write an <c>object</c> at each of them, and of a type once for a column.</summary>
    private abstract class Cell
    {
        private static readonly ConcurrentDictionary<Type, Cell> Known = new();

        public static Cell Of(Type type) => Known.GetOrAdd(Nullable.GetUnderlyingType(type) ?? type, static t => (Cell)Activator.CreateInstance(typeof(Cell<>).MakeGenericType(t))!);

        public abstract Task WriteAsync(NpgsqlBinaryImporter copy, object value, string storeType, CancellationToken cancel);
    }

    private sealed class Cell<T> : Cell
    {
        public override Task WriteAsync(NpgsqlBinaryImporter copy, object value, string storeType, CancellationToken cancel) => copy.WriteAsync((T)value, storeType, cancel);
    }
}
