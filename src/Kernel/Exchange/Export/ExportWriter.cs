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
