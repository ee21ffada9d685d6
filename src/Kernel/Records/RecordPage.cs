using System.Text.Json.Serialization;

namespace Tessera.Kernel.Records;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most <paramref name="Limit"/> rows.</param>
/// <param name="Total">Rows that match, in all pages; counted exactly up to 10,000.</param>
/// <param name="TotalIsExact">False when more rows match than were counted.</param>
/// <param name="Page">1 for the first; with a cursor the number sent along, else 1.</param>
/// <param name="Limit">Rows asked for.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> to go on behind the last row, however deep; null at the end, and where the list is sorted by a state or a flag.</param>
public sealed record RecordPage<TRow>(IReadOnlyList<TRow> Items, int Total, bool TotalIsExact, int Page, int Limit, string? NextCursor);

/// <summary>A few items that need no paging.</summary>
public sealed record ItemList<TItem>(IReadOnlyList<TItem> Items);

/// <summary>What a picker needs of a record, and no more: lookups are open to people who may not read the record itself.</summary>
public sealed record LookupItem(Guid Id, string Name)
{
    /// <summary>Tells it from others of the same name, as far as the reader may know: an address, a code. Absent where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }
}

/// <summary>What every row has.</summary>
public interface IRecordRow
{
    Guid Id { get; }

    int Version { get; }
}
