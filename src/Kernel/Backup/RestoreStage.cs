using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary>
/// The rows of an archive in temporary tables beside the tenant's own, within one transaction: everything that a restore has to know is
/// then a question to the database. The tables go with the transaction.
/// </summary>
internal sealed class RestoreStage
{
    private readonly PlatformDb _db;

    private RestoreStage(PlatformDb db, IReadOnlyList<BackupTable> tables) => (_db, Tables) = (db, tables);

    /// <summary>Staged, parents first.</summary>
    public IReadOnlyList<BackupTable> Tables { get; }

    /// <summary>Records among them.</summary>
    public IEnumerable<BackupTable> Records => Tables.Where(t => t.IsRestored);

    public static string NameOf(BackupTable table) => "pg_temp.\"staged_" + table.Name.Replace('.', '_') + "\"";

    /// <summary>Loads the archive's tables that can be restored, or only some of them.</summary>
    /// <param name="db">In a transaction.</param>
    /// <param name="archive">Where from.</param>
    /// <param name="tables">Of this build.</param>
    /// <param name="only">Which are wanted; null: all.</param>
    /// <param name="report">Told of each table.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<(RestoreStage? Stage, Refusal? Refusal)> LoadAsync(
        PlatformDb db, BackupArchive archive, BackupTables tables, Func<BackupTable, bool>? only, Action<string, long, long> report, CancellationToken cancel)
    {
        var wanted = archive.Manifest.Tables.Select(entry => (Entry: entry, Table: tables.Find(entry.Table)))
            .Where(t => t.Table is not null && (t.Table.IsRestored || IsDerived(t.Table)) && (only is null || only(t.Table))).ToList();
        var stage = new RestoreStage(db, [.. wanted.Select(w => w.Table!).OrderBy(t => tables.All.ToList().IndexOf(t))]);
        await TenantInterceptor.SetTenantAsync(db, cancel);
        await stage.ExecuteAsync("create temporary table restore_line (line jsonb) on commit drop", cancel);
        foreach (var (entry, table) in wanted)
        {
            report(table!.Noun ?? table.Name, wanted.FindIndex(w => w.Entry == entry), wanted.Count);
            if (await stage.LoadAsync(archive, entry, table, cancel) is { } refusal)
            {
                return (null, refusal);
            }
        }

        return (stage, null);
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancel, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static bool IsDerived(BackupTable table) => table.ClrType == typeof(BookedPeriod) || table.ClrType == typeof(StoredFile);

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)_db.Database.GetDbConnection(), (NpgsqlTransaction)_db.Database.CurrentTransaction!.GetDbTransaction()) { CommandTimeout = 600 };
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private async Task<Refusal?> LoadAsync(BackupArchive archive, BackupTableEntry entry, BackupTable table, CancellationToken cancel)
    {
        await using var content = await archive.OpenAsync(entry, cancel);
        if (content is null)
        {
            return BackupRefusals.Damaged(entry.Entry, "is missing.");
        }

        await ExecuteAsync("truncate restore_line", cancel);
        var rows = 0L;
        await using (var copy = await ((NpgsqlConnection)_db.Database.GetDbConnection()).BeginBinaryImportAsync("copy restore_line (line) from stdin (format binary)", cancel))
        {
            using var lines = new StreamReader(content);
            while (await lines.ReadLineAsync(cancel) is { Length: > 0 } line)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(line, NpgsqlDbType.Jsonb, cancel);
                rows++;
            }

            await copy.CompleteAsync(cancel);
        }

        if (rows != entry.Rows)
        {
            return BackupRefusals.Damaged(entry.Entry, $"has {rows} rows instead of {entry.Rows}.");
        }

        var (name, columns) = (NameOf(table), table.Columns);
        var later = columns.Except(entry.Columns, StringComparer.Ordinal).ToDictionary(c => c, table.DefaultOf, StringComparer.Ordinal);
        if (later.FirstOrDefault(c => c.Value is null).Key is { } unknown)
        {
            return BackupRefusals.OlderSchema($"{table.Name}.{unknown}");
        }

        await ExecuteAsync($"create temporary table {name["pg_temp.".Length..]} (like {table.Name}) on commit drop", cancel);
        await ExecuteAsync(
            $"insert into {name} (tenant_id, {string.Join(", ", columns.Select(c => $"\"{c}\""))}) select $1, {string.Join(", ", columns.Select(c => later.GetValueOrDefault(c) ?? $"r.\"{c}\""))} from restore_line l, jsonb_populate_record(null::{table.Name}, l.line) r",
            cancel,
            _db.TenantId);
        if (columns.Contains("id"))
        {
            await ExecuteAsync($"alter table {name} add primary key (tenant_id, id)", cancel);
            if (later.Count > 0)
            {
                // A backup can say nothing about what came after it: records that are here keep it.
                await ExecuteAsync($"update {name} s set {string.Join(", ", later.Keys.Select(c => $"\"{c}\" = t.\"{c}\""))} from {table.Name} t where t.tenant_id = $1 and t.id = s.id", cancel, _db.TenantId);
            }
        }

        await ExecuteAsync($"analyze {name}", cancel);
        return null;
    }
}
