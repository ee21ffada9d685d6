using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary>What <c>manifest.json</c> of an archive says: all that is needed to know what is in it and whether it is whole.</summary>
internal sealed record BackupManifest
{
    public const string EntryName = "manifest.json";

    /// <summary>HMAC-SHA256 of the manifest by the installation's key, hexadecimal: who alters both an entry and its hash is still found out.</summary>
    public const string SignatureName = "manifest.sig";

    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required Guid BackupId { get; init; }

    public required BackupTenant Tenant { get; init; }

    /// <summary>Last migration of each module, for people.</summary>
    public required string SchemaVersion { get; init; }

    public required IReadOnlyList<BackupMigration> Migrations { get; init; }

    /// <summary>End of the audit trail's hash chain at that moment; null when nothing was sealed yet.</summary>
    public required BackupChainHead? Chain { get; init; }

    /// <summary>In the order in which they can be filled.</summary>
    public required IReadOnlyList<BackupTableEntry> Tables { get; init; }

    public required IReadOnlyList<BackupFileEntry> Files { get; init; }

    public required IReadOnlyList<BackupExportEntry> Exports { get; init; }

    /// <summary>Readable copies that could not be made in the form asked for; in their place lies CSV.</summary>
    public IReadOnlyList<BackupFallback> Fallbacks { get; init; } = [];
}

/// <param name="Settings">JSON object, as stored.</param>
internal sealed record BackupTenant(Guid Id, string Slug, string Name, string TimeZone, IReadOnlyList<string> Modules, string Settings);

internal sealed record BackupMigration(string Module, string File, string Checksum);

internal sealed record BackupChainHead(long Number, string Hash);

/// <param name="Entry">JSON lines, one row each.</param>
internal sealed record BackupTableEntry(string Table, string? Noun, IReadOnlyList<string> Columns, long Rows, string Entry, string Sha256);

internal sealed record BackupFileEntry(string Entry, long Size, string Sha256);

/// <summary>A readable copy of one noun, as its export writes it.</summary>
/// <param name="Rows">Records in it; those in the trash are not.</param>
internal sealed record BackupExportEntry(string Noun, string Format, string Entry, long Rows, string Sha256);

/// <param name="Format">What was asked for.</param>
internal sealed record BackupFallback(string Noun, string Format, string Reason);

/// <summary>Ways an archive can be refused.</summary>
internal static class BackupRefusals
{
    public static readonly Refusal NotGood = new(409, "backup_not_good", "There is no good file of this backup.");

    public static readonly Refusal OtherTenant = new(409, "backup_other_tenant", "This backup is of another workspace.");

    public static readonly Refusal Pinned = new(409, "backup_pinned", "A pinned backup is not deleted. Unpin it first.");

    public static readonly Refusal LastGood = new(409, "last_good_backup", "This is the newest good backup; it stays until there is a newer one.");

    public static readonly Refusal Running = new(409, "backup_running", "It is still being written.");

    public static readonly Refusal Interrupted = new(500, "interrupted", "It was cancelled before it was whole.");

    public static Refusal NewerSchema(string what) => new(409, "backup_newer_schema", $"This backup was made by a newer version of Tessera ({what}). Update first.");

    public static Refusal OlderSchema(string column) => new(409, "backup_older_schema", $"This backup was made before there was a {column}, and nothing says what its records would have there.");

    public static Refusal Damaged(string entry, string how) => new Refusal(409, "backup_damaged", $"{entry} {how}").With("entry", entry);

    public static Refusal UnknownNoun(string noun) => Refusals.Invalid("noun", $"There is no noun '{noun}' in this backup.");
}
