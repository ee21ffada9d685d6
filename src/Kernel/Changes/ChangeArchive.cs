using System.IO.Compression;
using System.Text.Json;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Changes;

/// <summary>
/// Changes that left the database: one gzip file of JSON lines for each tenant and day, named by the day and the first link of
/// the run that wrote it, so that a run which is repeated replaces its files instead of adding to them.
/// </summary>
internal sealed class ChangeArchive(PlatformStart start)
{
    private readonly string _folder = Path.Combine(start.DataDirectory, "audit", "archive");

    public string FolderOf(Guid tenantId) => Path.Combine(_folder, tenantId.ToString());

    /// <param name="tenantId">Whose.</param>
    /// <param name="firstSeal">Number of the first link the run archives.</param>
    /// <param name="changes">Ordered by time.</param>
    /// <param name="zone">In which days begin.</param>
    /// <param name="cancel">Ends the work; nothing counts until the database has let go of the changes.</param>
    /// <returns>How many changes each day's file holds.</returns>
    public async Task<IReadOnlyList<(DateOnly Day, int Count)>> WriteAsync(
        Guid tenantId, long firstSeal, IAsyncEnumerable<Change> changes, TimeZoneInfo zone, CancellationToken cancel)
    {
        Directory.CreateDirectory(FolderOf(tenantId));
        var written = new List<(DateOnly Day, int Count)>();
        DayFile? file = null;
        try
        {
            await foreach (var change in changes.WithCancellation(cancel))
            {
                var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(change.At, zone).Date);
                if (file?.Day != day)
                {
                    await FinishAsync(file, written, cancel);
                    file = new DayFile(Path.Combine(FolderOf(tenantId), $"{day:yyyy-MM-dd}-{firstSeal}.jsonl.gz"), day);
                }

                await file.AddAsync(change, cancel);
            }

            await FinishAsync(file, written, cancel);
            file = null;
            return written;
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static async Task FinishAsync(DayFile? file, List<(DateOnly Day, int Count)> written, CancellationToken cancel)
    {
        if (file is not null)
        {
            await file.FinishAsync(cancel);
            written.Add((file.Day, file.Count));
        }
    }

    private sealed class DayFile : IDisposable
    {
        private static readonly byte[] NewLine = "\n"u8.ToArray();

        private readonly string _path;
        private readonly FileStream _stream;
        private readonly GZipStream _zip;

        public DayFile(string path, DateOnly day)
        {
            _path = path;
            Day = day;
            _stream = new FileStream(path + ".new", FileMode.Create, FileAccess.Write);
            _zip = new GZipStream(_stream, CompressionLevel.Optimal, leaveOpen: true);
        }

        public DateOnly Day { get; }

        public int Count { get; private set; }

        public async Task AddAsync(Change change, CancellationToken cancel)
        {
            await JsonSerializer.SerializeAsync(_zip, Line(change), PlatformJson.Options, cancel);
            await _zip.WriteAsync(NewLine, cancel);
            Count++;
        }

        public async Task FinishAsync(CancellationToken cancel)
        {
            await _zip.DisposeAsync();
            await _stream.FlushAsync(cancel);
            _stream.Flush(flushToDisk: true);
            await _stream.DisposeAsync();
            File.Move(_path + ".new", _path, overwrite: true);
        }

        /// <summary>Of an unfinished file nothing stays.</summary>
        public void Dispose()
        {
            _zip.Dispose();
            _stream.Dispose();
            File.Delete(_path + ".new");
        }

        private static object Line(Change change) => new
        {
            Xid = change.Xid.ToString(),
            Id = ChangeDiff.IdOf(change),
            change.At,
            change.ActorId,
            change.ActorName,
            change.Action,
            change.Target,
            change.EntityId,
            change.EntityVersion,
            change.Label,
            change.TargetUserId,
            Before = Parse(change.Before),
            After = Parse(change.After),
            change.Reason,
            change.TraceId,
            OriginalDigest = change.OriginalDigest is null ? null : Convert.ToHexStringLower(change.OriginalDigest),
        };

        private static JsonElement? Parse(string? json)
        {
            if (json is null)
            {
                return null;
            }

            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
    }
}
