using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>Takes an upload in and finds out what it is.</summary>
internal sealed class ImportFiles(FileStore files, TimeProvider clock, IOptions<ExchangeOptions> options)
{
    private const int MostSamples = 5;

    private const int LongestSample = 100;

    private static readonly Refusal FileGone = new(410, "file_gone", "The upload has been removed: upload the file again.");

    /// <summary>Streams an upload to its place.</summary>
    public async Task<(StoredFile? File, Refusal? Refusal)> ReceiveAsync(PlatformDb db, Stream body, string name, CancellationToken cancel)
    {
        var (content, refusal) = await files.ReceiveAsync(db.TenantId, body, name, options.Value.MaxFileBytes, cancel);
        return content is null ? (null, refusal) : (files.Keep(db, content, FilePurpose.Import, name, clock.GetUtcNow().AddDays(options.Value.KeepDays)), null);
    }

    /// <summary>Opens an upload for reading its rows.</summary>
    public async Task<(RowSource? Source, Refusal? Refusal)> OpenAsync(PlatformDb db, Guid? fileId, ReadingChoice choice, CancellationToken cancel)
    {
        var file = await db.Set<StoredFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == fileId, cancel);
        return file is null || !files.Has(db.TenantId, file.Sha256) ? (null, FileGone) : Open(files.PathOf(db.TenantId, file.Sha256), choice);
    }

    public async Task RemoveAsync(PlatformDb db, Guid? fileId, CancellationToken cancel)
    {
        if (await db.Set<StoredFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == fileId, cancel) is { } file)
        {
            await files.RemoveAsync(db, file, cancel);
        }
    }

    /// <summary>Reads a file once, from its beginning to its end: its columns with samples, and how many rows there are.</summary>
    public static (IReadOnlyList<FileColumn>? Columns, int Rows, Refusal? Refusal) Survey(RowSource source)
    {
        var samples = source.Headers.Select(_ => new List<string>()).ToArray();
        var ambiguous = new string?[samples.Length];
        var rows = 0;
        try
        {
            foreach (var row in source.Rows())
            {
                rows++;
                for (var i = 0; i < samples.Length; i++)
                {
                    if (row.Cells[i] is not { } cell)
                    {
                        continue;
                    }

                    if (samples[i].Count < MostSamples && Records.TextRules.IsClean(cell))
                    {
                        var sample = cell.Length > LongestSample ? cell[..(char.IsHighSurrogate(cell[LongestSample - 1]) ? LongestSample - 1 : LongestSample)] : cell;
                        if (!samples[i].Contains(sample))
                        {
                            samples[i].Add(sample);
                        }
                    }

                    ambiguous[i] ??= cell.Length is >= 8 and <= 32 && char.IsAsciiDigit(cell.TrimStart()[0]) && CellDates.IsAmbiguous(cell.Trim()) ? cell.Trim() : null;
                }
            }
        }
        catch (UnreadableFileException unreadable)
        {
            return (null, rows, unreadable.Refusal);
        }

        return rows == 0
            ? (null, 0, new Refusal(422, "no_rows", "There are no rows below the column names."))
            : ([.. source.Headers.Select((header, i) => new FileColumn(header, samples[i], ambiguous[i]))], rows, null);
    }

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, PlatformJson.Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, PlatformJson.Options)!;

    private (RowSource? Source, Refusal? Refusal) Open(string path, ReadingChoice choice)
    {
        try
        {
            return (RowSource.Open(path, choice, options.Value), null);
        }
        catch (UnreadableFileException unreadable)
        {
            return (null, unreadable.Refusal);
        }
    }
}
