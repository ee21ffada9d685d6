using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary>What a check of an archive found.</summary>
/// <param name="Intact">Every entry is there and is what the manifest says.</param>
/// <param name="CheckedFiles">Entries that were read to their end.</param>
/// <param name="CheckedRows">Rows in them.</param>
/// <param name="Problems">Each names its entry.</param>
public sealed record BackupReport(bool Intact, int CheckedFiles, long CheckedRows, IReadOnlyList<string> Problems);

/// <summary>An archive that is read.</summary>
internal sealed class BackupArchive : IDisposable
{
    private readonly ZipArchive _zip;

    private BackupArchive(ZipArchive zip, BackupManifest manifest) => (_zip, Manifest) = (zip, manifest);

    public BackupManifest Manifest { get; }

    /// <summary>Why a change was made that brings something back from here.</summary>
    public string Reason => $"Restored from the backup of {Manifest.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC";

    /// <summary>Opens an archive of this installation.</summary>
    /// <param name="file">Seekable; closed with the archive.</param>
    /// <param name="secrets">Whose signature the manifest must have.</param>
    public static (BackupArchive? Archive, Refusal? Refusal) Open(Stream file, Secrets secrets)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
            var json = Read(zip, BackupManifest.EntryName);
            var signature = Read(zip, BackupManifest.SignatureName);
            if (json is null || signature is null)
            {
                zip.Dispose();
                return (null, BackupRefusals.Damaged(json is null ? BackupManifest.EntryName : BackupManifest.SignatureName, "is missing."));
            }

            if (!CryptographicOperations.FixedTimeEquals(signature, Encoding.ASCII.GetBytes(BackupWriter.SignatureOf(secrets, json))))
            {
                zip.Dispose();
                return (null, BackupRefusals.Damaged(BackupManifest.EntryName, "was altered, or comes from an installation with another key."));
            }

            return (new BackupArchive(zip, JsonSerializer.Deserialize<BackupManifest>(json, PlatformJson.Options)!), null);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or JsonException or NotSupportedException)
        {
            zip?.Dispose();
            if (zip is null)
            {
                file.Dispose();
            }

            return (null, BackupRefusals.Damaged("The archive", "cannot be read: it is truncated or no archive."));
        }
    }

    public bool Holds(BackupTable table) => Manifest.Tables.Any(t => t.Table == table.Name);

    /// <summary>The rows of a table as JSON lines; null when the archive has no such table.</summary>
    public async Task<Stream?> OpenAsync(BackupTableEntry table, CancellationToken cancel) => _zip.GetEntry(table.Entry) is { } entry ? await entry.OpenAsync(cancel) : null;

    public async Task<Stream?> OpenAsync(BackupFileEntry file, CancellationToken cancel) => _zip.GetEntry(file.Entry) is { } entry ? await entry.OpenAsync(cancel) : null;

    /// <summary>Reads every entry to its end and compares it with the manifest.</summary>
    public async Task<BackupReport> VerifyAsync(CancellationToken cancel)
    {
        var (files, rows, problems) = (0, 0L, new List<string>());
        var listed = new HashSet<string>(StringComparer.Ordinal) { BackupManifest.EntryName, BackupManifest.SignatureName };
        foreach (var (entry, sha256, count) in Manifest.Tables.Select(t => (t.Entry, t.Sha256, (long?)t.Rows))
            .Concat(Manifest.Files.Select(f => (f.Entry, f.Sha256, (long?)null))).Concat(Manifest.Exports.Select(e => (e.Entry, e.Sha256, (long?)null))))
        {
            listed.Add(entry);
            var (problem, lines) = await CheckAsync(entry, sha256, count, cancel);
            files++;
            rows += count is null ? 0 : lines;
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }

        problems.AddRange(_zip.Entries.Select(e => e.FullName).Where(name => !listed.Contains(name)).Select(name => $"{name} was added."));
        return new BackupReport(problems.Count == 0, files, rows, problems);
    }

    /// <summary>Why this build cannot read the archive; null when it can. Older ones it can: what came later gets its default.</summary>
    public Refusal? Fault(Guid tenantId, IReadOnlyList<ModuleTables> modules)
    {
        if (Manifest.Format > BackupManifest.CurrentFormat)
        {
            return BackupRefusals.NewerSchema($"format {Manifest.Format}");
        }

        if (Manifest.Tenant.Id != tenantId)
        {
            return BackupRefusals.OtherTenant;
        }

        var known = modules.SelectMany(m => Migrator.FilesOf(m.Assembly).Select(f => (m.Schema, f.File))).ToHashSet();
        return Manifest.Migrations.FirstOrDefault(m => !known.Contains((m.Module, m.File))) is { } unknown ? BackupRefusals.NewerSchema($"{unknown.Module}/{unknown.File}") : null;
    }

    public void Dispose() => _zip.Dispose();

    private async Task<(string? Problem, long Lines)> CheckAsync(string name, string sha256, long? rows, CancellationToken cancel)
    {
        if (_zip.GetEntry(name) is not { } entry)
        {
            return ($"{name} is missing.", 0);
        }

        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var content = await entry.OpenAsync(cancel);
            var (buffer, lines) = (new byte[128 * 1024], 0L);
            for (var read = await content.ReadAsync(buffer, cancel); read > 0; read = await content.ReadAsync(buffer, cancel))
            {
                hash.AppendData(buffer, 0, read);
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256 ? ($"{name} is not what it was.", lines)
                : rows is { } expected && lines != expected ? ($"{name} has {lines} rows instead of {expected}.", lines)
                : (null, lines);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            return ($"{name} cannot be read to its end.", 0);
        }
    }

    private static byte[]? Read(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { Length: < 64 * 1024 * 1024 } entry)
        {
            return null;
        }

        using var content = entry.Open();
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return memory.ToArray();
    }
}
