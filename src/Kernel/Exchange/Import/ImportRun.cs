using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;

namespace Tessera.Kernel.Exchange;

public enum ImportStatus
{
    /// <summary>The file was read; its columns wait to be mapped.</summary>
    Uploaded,

    Mapped,

    /// <summary>The dry run has said what would happen.</summary>
    Validated,

    /// <summary>Being checked, applied or undone in the background.</summary>
    Running,

    Completed,

    Failed,

    Undone,
}

/// <summary>What happens to a row's record.</summary>
public enum ImportAction
{
    Create,
    Update,
    Unchanged,
    Skip,
    Error,
}

/// <summary>What became of a row when its import was undone.</summary>
public enum UndoOutcome
{
    Reversed,

    /// <summary>Somebody has changed the record since.</summary>
    Kept,

    /// <summary>A rule refused.</summary>
    Blocked,
}

/// <summary>One file on its way into a noun. Not a record: what it changes is, and that is in the feed.</summary>
internal sealed class ImportRun
{
    public required Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The noun's address.</summary>
    public required string Noun { get; init; }

    public required string FileName { get; init; }

    public required ExchangeFormat Format { get; init; }

    public ImportStatus Status { get; set; }

    /// <summary>The upload, kept until the import is done.</summary>
    public Guid? FileId { get; set; }

    public int Rows { get; set; }

    /// <summary>JSON of <see cref="ImportDetection"/>.</summary>
    public required string Detection { get; set; }

    /// <summary>JSON of the file's <see cref="ImportColumn"/>s.</summary>
    public required string Columns { get; set; }

    /// <summary>Tells files with the same headers from others.</summary>
    public required string Signature { get; set; }

    /// <summary>JSON of <see cref="ImportMapping"/>.</summary>
    public string? Mapping { get; set; }

    /// <summary>JSON of <see cref="ImportCounts"/>.</summary>
    public string Counts { get; set; } = "{}";

    /// <summary>The job at work on it, or the last one.</summary>
    public Guid? JobId { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorDetail { get; set; }

    /// <summary>JSON of <see cref="ImportUndo"/>.</summary>
    public string? Undo { get; set; }

    public required Guid ActorId { get; init; }

    public required string ActorName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>One row of the file, and what the dry run said about it.</summary>
[NotInBackup("A file on its way; what became of its rows is in the records and in the feed.")]
internal sealed class ImportRow
{
    public required Guid TenantId { get; init; }

    public required Guid RunId { get; init; }

    /// <summary>Number of the row in the file, as a spreadsheet counts: the header is one.</summary>
    public required int N { get; init; }

    /// <summary>In the order of the run's columns; one more says that the row had more cells than the header.</summary>
    public required string?[] Cells { get; set; }

    public ImportAction Action { get; set; }

    /// <summary>The record that is changed, or the id the new one gets.</summary>
    public Guid? RecordId { get; set; }

    public string? RecordName { get; set; }

    /// <summary><c>id</c>, a key's field, or <c>chosen</c> by the person.</summary>
    public string? MatchedBy { get; set; }

    /// <summary>JSON of <see cref="CellChange"/>s, for an update.</summary>
    public string? Changes { get; set; }

    /// <summary>JSON of <see cref="RowError"/>s.</summary>
    public string? Errors { get; set; }

    /// <summary>JSON of <see cref="RowWarning"/>s.</summary>
    public string? Warnings { get; set; }

    /// <summary>The person left it out.</summary>
    public bool Skipped { get; set; }

    /// <summary>The record the person chose for it.</summary>
    public Guid? ChosenId { get; set; }

    /// <summary>The record's version once the import has changed it: one that is later was edited since.</summary>
    public int? Version { get; set; }

    public UndoOutcome? Undo { get; set; }

    public string? UndoReason { get; set; }

    /// <summary>What applying could change of what the dry run has foretold.</summary>
    public Foretold Foretold() => new(Action, RecordId, RecordName, MatchedBy, Version, Changes is null ? null : string.Join('\n', ImportFiles.Read<List<CellChange>>(Changes)));
}

/// <summary>What is known of a row's record before it is written, so that a row that came true need not be written again.</summary>
internal sealed record Foretold(ImportAction Action, Guid? RecordId, string? RecordName, string? MatchedBy, int? Version, string? Changes);

/// <summary>What a source's headers meant the last time.</summary>
internal sealed class RememberedMapping
{
    public required Guid TenantId { get; init; }

    public required string Noun { get; init; }

    public required string Signature { get; init; }

    /// <summary>JSON object: header → field, null for a column that is left out.</summary>
    public required string Mapping { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class ImportMappings : IEntityTypeConfiguration<ImportRun>, IEntityTypeConfiguration<ImportRow>, IEntityTypeConfiguration<RememberedMapping>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.ToTable("import_run", "kernel");
        builder.HasKey(r => new { r.TenantId, r.Id });
        builder.Property(r => r.Id).ValueGeneratedNever();
        foreach (var json in (string[])[nameof(ImportRun.Detection), nameof(ImportRun.Columns), nameof(ImportRun.Mapping), nameof(ImportRun.Counts), nameof(ImportRun.Undo)])
        {
            builder.Property(json).HasColumnType("jsonb");
        }
    }

    public void Configure(EntityTypeBuilder<ImportRow> builder)
    {
        builder.ToTable("import_row", "kernel");
        builder.HasKey(r => new { r.TenantId, r.RunId, r.N });
        builder.HasOne<ImportRun>().WithMany().HasForeignKey(r => new { r.TenantId, r.RunId }).OnDelete(DeleteBehavior.Cascade);
        builder.Property(r => r.N).ValueGeneratedNever();
        foreach (var json in (string[])[nameof(ImportRow.Changes), nameof(ImportRow.Errors), nameof(ImportRow.Warnings)])
        {
            builder.Property(json).HasColumnType("jsonb");
        }
    }

    public void Configure(EntityTypeBuilder<RememberedMapping> builder)
    {
        builder.ToTable("remembered_mapping", "kernel");
        builder.HasKey(m => new { m.TenantId, m.Noun, m.Signature });
        builder.Property(m => m.Mapping).HasColumnType("jsonb");
    }
}
