using System.Data;
using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Files;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Backup;

/// <summary>
/// Readable copies of a tenant's nouns in an archive, as exports write them: for people and other programs, who need no Tessera to look into
/// a backup. A restore goes by the lossless rows alone.
/// </summary>
internal sealed class BackupCopies(TenantDbFactory databases, NounCatalog nouns, FileStore store, ILogger<BackupCopies> logger)
{
    /// <summary>A workbook is compressed already.</summary>
    private static CompressionLevel LevelOf(ExchangeFormat format) => format == ExchangeFormat.Xlsx ? CompressionLevel.NoCompression : CompressionLevel.Optimal;

    /// <summary>Writes <c>readable/recruiting-candidates.csv</c> and so on: each noun that has rows or belongs to one of the tenant's modules, in each form.</summary>
    /// <param name="snapshot">PostgreSQL's name of the moment that all rows of the archive are of.</param>
    /// <param name="zip">The archive; nothing else is being written into it.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="createdAt">When the backup was made.</param>
    /// <param name="rows">Rows in the archive by noun, those in the trash too.</param>
    /// <param name="formats">At least one.</param>
    /// <param name="report">Told of each file: its name, and how many are done.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<(IReadOnlyList<BackupExportEntry> Exports, IReadOnlyList<BackupFallback> Fallbacks)> WriteAsync(
        string snapshot, ZipArchive zip, BackupTenant tenant, DateTimeOffset createdAt, IReadOnlyDictionary<string, long> rows, IReadOnlyList<ExchangeFormat> formats, Action<string> report, CancellationToken cancel)
    {
        await using var db = databases.Open(TenantScope.System(tenant.Id, "Backup"));
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await JoinAsync(transaction, snapshot, cancel);
        var head = new ExportHead(createdAt, tenant.Id, tenant.Slug, tenant.Name);
        var (exports, fallbacks) = (new List<BackupExportEntry>(), new List<BackupFallback>());
        foreach (var noun in rows.Keys.Select(nouns.At).Where(n => rows[n.Address] > 0 || n.Module == KernelModule.Schema || tenant.Modules.Contains(n.Module)))
        {
            foreach (var format in formats)
            {
                report(EntryOf(noun, format));
                try
                {
                    exports.Add(await WriteAsync(db, zip, head, noun, format, cancel));
                }
                catch (Exception failed) when (format == ExchangeFormat.Xlsx && failed is not (OperationCanceledException or NpgsqlException))
                {
                    logger.LogWarning(failed, "The workbook of {Noun} could not be written; its copy is CSV", noun.Address);
                    fallbacks.Add(new BackupFallback(noun.Address, Words.Of(format), failed is ExportTooLargeException ? failed.Message : "The workbook could not be written."));
                    if (!formats.Contains(ExchangeFormat.Csv))
                    {
                        exports.Add(await WriteAsync(db, zip, head, noun, ExchangeFormat.Csv, cancel));
                    }
                }
            }
        }

        return (exports, fallbacks);
    }

    private static string EntryOf(NounExchange noun, ExchangeFormat format) => $"readable/{noun.Address.Replace('/', '-')}.{Words.Of(format)}";

    /// <summary>Has the context see what the archive's other rows are read from; no statement may come before.</summary>
    private static async Task JoinAsync(IDbContextTransaction transaction, string snapshot, CancellationToken cancel)
    {
        var own = (NpgsqlTransaction)transaction.GetDbTransaction();
        await using var command = new NpgsqlCommand($"set transaction snapshot '{snapshot}'", own.Connection, own);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>By way of a file of its own: what was begun in the archive could not be taken out of it again.</summary>
    private async Task<BackupExportEntry> WriteAsync(PlatformDb db, ZipArchive zip, ExportHead head, NounExchange noun, ExchangeFormat format, CancellationToken cancel)
    {
        await using var scratch = store.CreateScratch(head.TenantId);
        long rows;
        await using (var writer = ExportWriter.Of(format, scratch, head, isOneNoun: true, byteOrderMark: true))
        {
            writer.Progress = _ =>
            {
                cancel.ThrowIfCancellationRequested();
                return Task.CompletedTask;
            };
            var (found, refusal) = noun.Export(db, ExportJob.Parameters(null), noun.Columns);
            await writer.BeginAsync(cancel);
            await writer.WriteAsync(noun.Name, noun.Columns, (found ?? throw new InvalidOperationException(refusal!.Detail)).ReadAsync(cancel), cancel);
            await writer.EndAsync(cancel);
            rows = writer.Rows;
        }

        scratch.Position = 0;
        var name = EntryOf(noun, format);
        await using var entry = await zip.CreateEntry(name, LevelOf(format)).OpenAsync(cancel);
        await using var hashed = new HashingStream(entry);
        await scratch.CopyToAsync(hashed, cancel);
        return new BackupExportEntry(noun.Address, Words.Of(format), name, rows, hashed.Sha256);
    }
}
