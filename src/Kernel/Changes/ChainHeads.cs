using System.Text.Json;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Changes;

/// <summary>The newest link of a chain, and the oldest that is left, as they are known outside the database.</summary>
internal sealed record ChainHead(long Number, string Hash, DateTimeOffset SealedAt, long AnchorNumber = 0, string? AnchorHash = null);

/// <summary>
/// Keeps each tenant's head in a file of the data folder: a chain that lost its end is whole in itself, and only somebody who
/// remembers the end can tell. Each node keeps what it sealed; a head that lags behind is as good, one ahead of the database tells.
/// </summary>
internal sealed class ChainHeads(PlatformStart start)
{
    private readonly string _folder = Path.Combine(start.DataDirectory, "audit", "heads");

    public async Task<ChainHead?> ReadAsync(Guid tenantId, CancellationToken cancel)
    {
        var file = FileOf(tenantId);
        return File.Exists(file) ? JsonSerializer.Deserialize<ChainHead>(await File.ReadAllTextAsync(file, cancel), PlatformJson.Options) : null;
    }

    /// <summary>Replaces the file whole or not at all. Call it under the tenant's sealing lock, after the commit.</summary>
    public async Task WriteAsync(Guid tenantId, ChainHead head, CancellationToken cancel)
    {
        Directory.CreateDirectory(_folder);
        var file = FileOf(tenantId);
        var draft = $"{file}.{Environment.ProcessId}.new";
        await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            await JsonSerializer.SerializeAsync(stream, head, PlatformJson.Options, cancel);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }

    private string FileOf(Guid tenantId) => Path.Combine(_folder, $"{tenantId}.json");
}
