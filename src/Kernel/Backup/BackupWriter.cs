using System.Data;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Files;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary>
/// Writes a tenant's archive: a zip with one file of JSON lines for each table, the tenant's files, and a manifest. All rows are of one
/// moment (one repeatable-read snapshot), those of the readable copies too; they flow through, so memory does not grow with the tenant.
/// </summary>
internal sealed class BackupWriter(NpgsqlDataSource database, BackupCopies copies, FileStore store, Secrets secrets, TimeProvider clock)
{
    private const string KeptFiles = "purpose = 'attachment' and expires_at is null";

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <param name="tenantId">Whose.</param>
    /// <param name="backupId">Written into the manifest.</param>
    /// <param name="tables">What goes in.</param>
    /// <param name="formats">Of the readable copies beside the rows; none: no copies.</param>
    /// <param name="target">Takes the archive; need not seek.</param>
    /// <param name="report">Told after each table: its name, how many are done, how many there are.</param>
    /// <param name="cancel">Breaks off; what was written is no archive then.</param>
    public async Task<BackupManifest> WriteAsync(
        Guid tenantId, Guid backupId, IReadOnlyList<BackupTable> tables, IReadOnlyList<ExchangeFormat> formats, Stream target, Action<string, long, long> report, CancellationToken cancel)
    {
        await using var snapshot = await TenantTransaction.BeginAsync(database, tenantId, IsolationLevel.RepeatableRead, cancel);
        await snapshot.ExecuteAsync("set local timezone = 'UTC'", cancel);
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        var written = new List<BackupTableEntry>();
        foreach (var table in tables)
        {
            report(table.Name, written.Count, tables.Count + 1);
            written.Add(await WriteTableAsync(snapshot, zip, tenantId, table, cancel));
        }

        report("files", tables.Count, tables.Count + 1);
        var files = await WriteFilesAsync(snapshot, zip, tenantId, cancel);
        var migrations = await MigrationsAsync(snapshot, cancel);
        var (createdAt, tenant) = (clock.GetUtcNow().ToMicroseconds(), await TenantAsync(snapshot, tenantId, cancel));
        var counts = written.Where(t => t.Noun is not null).ToDictionary(t => t.Noun!, t => t.Rows, StringComparer.Ordinal);
        var (exports, fallbacks) = formats.Count == 0 ? ([], []) : await copies.WriteAsync(
            await snapshot.ScalarAsync<string>("select pg_export_snapshot()", cancel), zip, tenant, createdAt, counts, formats, name => report(name, tables.Count, tables.Count + 1), cancel);
        var manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            CreatedAt = createdAt,
            BackupId = backupId,
            Tenant = tenant,
            SchemaVersion = string.Join(", ", migrations.GroupBy(m => m.Module, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Max(m => m.File)![..4]}")),
            Migrations = migrations,
            Chain = await ChainAsync(snapshot, tenantId, cancel),
            Tables = written,
            Files = files,
            Exports = exports,
            Fallbacks = fallbacks,
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, PlatformJson.Options);
        await WriteAsync(zip, BackupManifest.EntryName, json, cancel);
        await WriteAsync(zip, BackupManifest.SignatureName, Encoding.ASCII.GetBytes(SignatureOf(secrets, json)), cancel);
        return manifest;
    }

    public static string SignatureOf(Secrets secrets, ReadOnlySpan<byte> manifest) => Convert.ToHexStringLower(HMACSHA256.HashData(secrets.For("backup-manifest"), manifest));

    private static async Task WriteAsync(ZipArchive zip, string name, byte[] content, CancellationToken cancel)
    {
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Optimal).OpenAsync(cancel);
        await entry.WriteAsync(content, cancel);
    }

    private static async Task<BackupTableEntry> WriteTableAsync(TenantTransaction snapshot, ZipArchive zip, Guid tenantId, BackupTable table, CancellationToken cancel)
    {
        var columns = string.Join(", ", table.Columns.Select(c => $"\"{c}\""));

        // Files of other purposes are made from the data, or are backups themselves; those with an end belong to nothing yet, or any more.
        var only = table.ClrType == typeof(StoredFile) ? $" and {KeptFiles}" : "";
        await using var command = snapshot.Command($"select row_to_json(r)::text from (select {columns} from {table.Name} where tenant_id = $1{only} order by tenant_id, {OrderOf(table)}) r", tenantId);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
        var name = $"data/{table.Name}.jsonl";
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Optimal).OpenAsync(cancel);
        await using var hashed = new HashingStream(entry);
        await using var buffered = new BufferedStream(hashed, 128 * 1024);
        var rows = 0L;
        while (await reader.ReadAsync(cancel))
        {
            await using (var row = await reader.GetStreamAsync(0, cancel))
            {
                await row.CopyToAsync(buffered, cancel);
            }

            await buffered.WriteAsync(NewLine, cancel);
            rows++;
        }

        await buffered.FlushAsync(cancel);
        return new BackupTableEntry(table.Name, table.Noun, table.Columns, rows, name, hashed.Sha256);
    }

    private static string OrderOf(BackupTable table) =>
        string.Join(", ", table.EntityType.FindPrimaryKey()!.Properties.Select(p => Records.Words.Snake(p.Name)).Where(c => c != "tenant_id").DefaultIfEmpty("tenant_id"));

    private async Task<IReadOnlyList<BackupFileEntry>> WriteFilesAsync(TenantTransaction snapshot, ZipArchive zip, Guid tenantId, CancellationToken cancel)
    {
        var contents = new List<string>();
        await using (var command = snapshot.Command("select distinct sha256 from kernel.stored_file where tenant_id = $1 and " + KeptFiles + " order by 1", tenantId))
        {
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                contents.Add(reader.GetString(0));
            }
        }

        var files = new List<BackupFileEntry>();
        foreach (var sha256 in contents)
        {
            // Images, sounds and films are compressed already.
            await using var content = store.Open(tenantId, sha256);
            await using var entry = await zip.CreateEntry("files/" + sha256, CompressionLevel.Fastest).OpenAsync(cancel);
            await using var hashed = new HashingStream(entry);
            await content.CopyToAsync(hashed, cancel);
            if (hashed.Sha256 != sha256)
            {
                throw new InvalidDataException($"The file {sha256} of {tenantId} is not what it was.");
            }

            files.Add(new BackupFileEntry("files/" + sha256, hashed.Length, sha256));
        }

        return files;
    }

    private static async Task<IReadOnlyList<BackupMigration>> MigrationsAsync(TenantTransaction snapshot, CancellationToken cancel)
    {
        await using var command = snapshot.Command("select module, file, checksum from kernel.migration order by module, file");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var migrations = new List<BackupMigration>();
        while (await reader.ReadAsync(cancel))
        {
            migrations.Add(new BackupMigration(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return migrations;
    }

    private static async Task<BackupTenant> TenantAsync(TenantTransaction snapshot, Guid tenantId, CancellationToken cancel)
    {
        await using var command = snapshot.Command("select slug, name, time_zone, modules, settings::text from kernel.tenant where id = $1", tenantId);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new BackupTenant(tenantId, reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetString(4));
    }

    private static async Task<BackupChainHead?> ChainAsync(TenantTransaction snapshot, Guid tenantId, CancellationToken cancel)
    {
        await using var command = snapshot.Command("select number, hash from kernel.change_seal where tenant_id = $1 order by number desc limit 1", tenantId);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new BackupChainHead(reader.GetInt64(0), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(1))) : null;
    }
}
