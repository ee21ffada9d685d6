using System.ComponentModel.DataAnnotations;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Backup;

public enum RestoreMode
{
    /// <summary>Brings back what is missing and what was changed; what came later stays.</summary>
    Merge,

    /// <summary>As it was: what came later goes to the trash.</summary>
    Replace,
}

public sealed record RestoreRequest
{
    /// <summary>Only this noun, for example <c>recruiting/candidates</c>; absent: everything.</summary>
    [MaxLength(100)]
    public string? Noun { get; init; }

    /// <summary>Only these records of the noun, and what hangs on them.</summary>
    [MaxLength(500)]
    public IReadOnlyList<Guid>? RecordIds { get; init; }

    public RestoreMode Mode { get; init; }
}

public enum RestoreChange
{
    Added,
    Changed,
    Removed,
}

/// <summary>Of one noun or table.</summary>
public sealed record RestoreCount(string Noun, int Added, int Changed, int Removed);

/// <summary>One record as an example of what would happen.</summary>
public sealed record RestoreSample(string Noun, Guid Id, string Name, RestoreChange Change, IReadOnlyList<FieldChange> Fields);

/// <summary>A reference to a record that is neither here nor in the backup's part that is restored: it is cleared, or its record left out where it cannot be empty.</summary>
/// <param name="Missing">Id of the record that does not exist.</param>
public sealed record DanglingReference(string Noun, Guid Id, string Name, string Field, Guid Missing);

/// <summary>Why a record cannot come back: somebody else has its place.</summary>
public sealed record RestoreConflict(string Noun, Guid Id, string Name, string Reason);

/// <summary>What a restore would do; nothing was done.</summary>
/// <param name="Erased">Records of persons who were erased since: they are not brought back.</param>
/// <param name="Settings">Of the workspace itself; only with the whole of it.</param>
/// <param name="Conflicts">While there is one, the restore is refused.</param>
public sealed record RestorePreview(
    int Added, int Changed, int Removed, long Unchanged, int Erased, IReadOnlyList<RestoreCount> Nouns, IReadOnlyList<RestoreSample> Sample, IReadOnlyList<FieldChange> Settings,
    IReadOnlyList<DanglingReference> Dangling, IReadOnlyList<RestoreConflict> Conflicts);

public enum RestoreState
{
    Same,
    Changed,
    Missing,
    Trashed,
}

/// <summary>A record of a backup against what is here now.</summary>
public sealed record BackupRecordRow(Guid Id, string Name, RestoreState State);
