using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>What the file was taken for; each can be set otherwise with the mapping.</summary>
/// <param name="Encoding">For example <c>utf-8</c> or <c>windows-1252</c>; null where the form has only one.</param>
/// <param name="Delimiter">Between a CSV file's cells.</param>
/// <param name="Sheet">The workbook's sheet, the JSON file's array or the SQL file's table that is read.</param>
/// <param name="Sheets">The others to choose from, that one included.</param>
/// <param name="HeaderRow">Number of the row with the column names.</param>
public sealed record ImportDetection(string? Encoding, string? Delimiter, string? Sheet, IReadOnlyList<string> Sheets, int HeaderRow);

/// <summary>Why a column is taken for a field.</summary>
public enum MappingConfidence
{
    /// <summary>It is called like the field.</summary>
    Exact,

    /// <summary>It is called as people call the field.</summary>
    Synonym,

    /// <summary>It is called nearly so.</summary>
    Similar,

    /// <summary>The last file with these columns was mapped so.</summary>
    Remembered,

    None,
}

/// <summary>A column of the file.</summary>
/// <param name="Header">Its name there.</param>
/// <param name="Samples">Some of its values.</param>
/// <param name="Field">The field it is taken for; null: left out.</param>
/// <param name="NeedsDateOrder">It is taken for a date, and some of its values can be read as two.</param>
/// <param name="AmbiguousDate">One of these values, wherever in the file it stands.</param>
public sealed record ImportColumn(string Header, IReadOnlyList<string> Samples, string? Field, MappingConfidence Confidence, bool NeedsDateOrder, string? AmbiguousDate);

public enum ImportMode
{
    /// <summary>Changes records that are there and adds the others.</summary>
    Upsert,

    CreateOnly,

    UpdateOnly,
}

/// <summary>What an empty cell means.</summary>
public enum BlankRule
{
    /// <summary>Nothing: the value stays.</summary>
    Keep,

    /// <summary>The value goes.</summary>
    Clear,
}

/// <summary>How the file is to be read and applied.</summary>
public sealed record ImportMapping
{
    /// <summary>Column name → field; null leaves the column out, as does not naming it.</summary>
    [Required, MaxLength(500)]
    public Dictionary<string, string?>? Columns { get; init; }

    public ImportMode Mode { get; init; }

    /// <summary>Fields by which records are found after their id; absent: all the noun's keys.</summary>
    [MaxLength(20)]
    public IReadOnlyList<string>? MatchKeys { get; init; }

    /// <summary>Needed when the file has dates that can be read as two.</summary>
    public DateOrder? DateOrder { get; init; }

    /// <summary>The decimal sign: a dot unless said otherwise.</summary>
    [AllowedValues(".", ",", null)]
    public string? Decimal { get; init; }

    public BlankRule Blank { get; init; }

    /// <summary>Reads the file again in another encoding.</summary>
    [AllowedValues("utf-8", "utf-16", "utf-16be", "windows-1252", null)]
    public string? Encoding { get; init; }

    /// <summary>Reads the file again with another delimiter.</summary>
    [AllowedValues(",", ";", "\t", "|", null)]
    public string? Delimiter { get; init; }

    /// <summary>Reads another sheet.</summary>
    [MaxLength(200)]
    public string? Sheet { get; init; }

    internal string? FieldOf(string header) => Columns?.GetValueOrDefault(header);
}

/// <summary>How many rows there are of each kind.</summary>
public sealed record ImportCounts(int Create = 0, int Update = 0, int Unchanged = 0, int Skip = 0, int Error = 0);

/// <summary>What undoing an import did.</summary>
/// <param name="Reversed">Records as they were before.</param>
/// <param name="Kept">Records somebody has changed since; they stay as they are.</param>
/// <param name="Blocked">Records a rule keeps as they are.</param>
public sealed record ImportUndo(int Reversed, int Kept, int Blocked, DateTimeOffset At, ActorRef Actor);

/// <summary>An import, from the upload to its undoing.</summary>
/// <param name="Mapping">Null until it is set.</param>
/// <param name="JobId">The job at work on it, or the last one.</param>
/// <param name="Error">Why the last step failed.</param>
public sealed record ImportRunRow(
    Guid Id, string Noun, string FileName, ExchangeFormat Format, ImportStatus Status, int Rows, ImportDetection Detection, IReadOnlyList<ImportColumn> Columns, ImportMapping? Mapping,
    ImportCounts Counts, Guid? JobId, Jobs.JobError? Error, ActorRef Actor, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, ImportUndo? Undo)
{
    internal static ImportRunRow Of(ImportRun run, NounExchange noun) => new(
        run.Id, run.Noun, run.FileName, run.Format, run.Status, run.Rows, Json<ImportDetection>(run.Detection), [.. Json<List<FileColumn>>(run.Columns).Select(c => c.Shown(noun))],
        run.Mapping is null ? null : Json<ImportMapping>(run.Mapping), Json<ImportCounts>(run.Counts), run.JobId, run.ErrorCode is null ? null : new Jobs.JobError(run.ErrorCode, run.ErrorDetail ?? ""),
        new ActorRef(run.ActorId, run.ActorName), run.CreatedAt, run.FinishedAt, run.Undo is null ? null : Json<ImportUndo>(run.Undo));

    private static T Json<T>(string json) => JsonSerializer.Deserialize<T>(json, PlatformJson.Options)!;
}

/// <summary>A value to choose instead.</summary>
/// <param name="Value">What to write into the cell.</param>
/// <param name="Label">What people read.</param>
public sealed record Suggestion(string Value, string Label);

/// <summary>A field that an import changes, as the texts of cells.</summary>
public sealed record CellChange(string Field, string? Before, string? After);

/// <summary>Why a row cannot be applied.</summary>
/// <param name="Field">Empty where it is about the row as a whole.</param>
/// <param name="Code">Stable: <c>required</c>, <c>unknown_reference</c>, <c>duplicate_in_file</c> …</param>
public sealed record RowError(string Field, string Code, string Message, IReadOnlyList<Suggestion> Suggestions);

/// <summary>A record that might be meant.</summary>
public sealed record NearMatch(Guid Id, string Name);

/// <summary>What a person should look at before applying.</summary>
public sealed record RowWarning(string? Field, string Code, string Message, IReadOnlyList<NearMatch>? NearMatches = null);

/// <summary>A row of the file and what happens to its record.</summary>
/// <param name="N">Its number in the file, as a spreadsheet counts.</param>
/// <param name="MatchedBy"><c>id</c>, a key's field, <c>chosen</c>; null for a new record.</param>
/// <param name="Values">Cells by field, of the columns that are mapped.</param>
/// <param name="Undo">Once the import was undone: what became of it.</param>
public sealed record ImportRowRow(
    int N, ImportAction Action, Guid? RecordId, string? RecordName, string? MatchedBy, Dictionary<string, string?> Values, IReadOnlyList<CellChange> Changes,
    IReadOnlyList<RowError> Errors, IReadOnlyList<RowWarning> Warnings, UndoOutcome? Undo, string? UndoReason);

/// <summary>A row put right by hand.</summary>
public sealed record FixRowRequest
{
    /// <summary>Field → new text of its cell, at most 500.</summary>
    [MaxLength(500)]
    public Dictionary<string, string?>? Values { get; init; }

    /// <summary>Leaves the row out, or takes it in again.</summary>
    public bool? Skip { get; init; }

    /// <summary>The record this row is about.</summary>
    public Guid? RecordId { get; init; }
}
