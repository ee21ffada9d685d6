namespace Tessera.Kernel.Exchange;

/// <summary>The form of a file.</summary>
public enum ExchangeFormat
{
    Json,
    Csv,
    Sql,
    Xlsx,
}

/// <summary>What a file says about itself.</summary>
internal sealed record ExportHead(DateTimeOffset ExportedAt, Guid TenantId, string TenantSlug, string TenantName)
{
    /// <summary>Version of the files' shape; a reader refuses a later one.</summary>
    public const int SchemaVersion = 1;
}

/// <summary>Writes nouns one after the other into a stream, row by row: its size does not matter to the memory.</summary>
internal abstract class ExportWriter : IAsyncDisposable
{
    /// <summary>Called now and then with the rows written so far of all nouns.</summary>
    public Func<long, Task> Progress { get; set; } = _ => Task.CompletedTask;

    /// <summary>Rows between two reports.</summary>
    protected const int Often = 1_000;

    public long Rows { get; protected set; }

    /// <param name="format">Of the file.</param>
    /// <param name="output">Takes the file; need not seek, and stays open.</param>
    /// <param name="head">What the file says about itself, where its form has a place for it.</param>
    /// <param name="isOneNoun">CSV of one noun is one file, of several a zip.</param>
    /// <param name="delimiter">Between the cells of CSV.</param>
    /// <param name="byteOrderMark">Tells Excel that CSV is UTF-8.</param>
    public static ExportWriter Of(ExchangeFormat format, Stream output, ExportHead head, bool isOneNoun, char delimiter = ',', bool byteOrderMark = false) => format switch
    {
        ExchangeFormat.Json => new JsonExport(output, head),
        ExchangeFormat.Sql => new SqlExport(output, head),
        ExchangeFormat.Xlsx => new XlsxExport(output),
        _ => new CsvExport(output, isZip: !isOneNoun, delimiter, byteOrderMark),
    };

    public abstract Task BeginAsync(CancellationToken cancel);

    public abstract Task WriteAsync(NounName noun, IReadOnlyList<NounColumn> columns, IAsyncEnumerable<object?[]> rows, CancellationToken cancel);

    /// <summary>Completes the file; without it the file is not one.</summary>
    public abstract Task EndAsync(CancellationToken cancel);

    public abstract ValueTask DisposeAsync();

    protected async ValueTask CountAsync()
    {
        if (++Rows % Often == 0)
        {
            await Progress(Rows);
        }
    }
}
