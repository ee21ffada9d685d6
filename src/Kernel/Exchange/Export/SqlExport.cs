using System.Text;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Exchange;

/// <summary>
/// SQL that any database reads: INSERT statements with their columns named, in the order of references, standard quoting and ISO
/// literals, in one transaction. It makes no tables and names no schema.
/// </summary>
internal sealed class SqlExport(Stream output, ExportHead head) : ExportWriter
{
    private const int RowsInStatement = 100;

    private const int FlushAt = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly StringBuilder _text = new(2 * FlushAt);

    public override Task BeginAsync(CancellationToken cancel)
    {
        _text.Append("-- ").Append(OneLine(head.TenantName)).Append(", ").Append(CellText.Of(head.ExportedAt)).Append(", version ").Append(ExportHead.SchemaVersion).Append("\nBEGIN;\n");
        return Task.CompletedTask;
    }

    public override async Task WriteAsync(NounName noun, IReadOnlyList<NounColumn> columns, IAsyncEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var insert = $"INSERT INTO \"{noun.Noun}\" ({string.Join(", ", columns.Select(c => $"\"{Words.Snake(c.Field)}\""))}) VALUES\n";
        var inStatement = 0;
        await foreach (var row in rows.WithCancellation(cancel))
        {
            _text.Append(inStatement == 0 ? insert : ",\n").Append('(');
            for (var i = 0; i < row.Length; i++)
            {
                _text.Append(i == 0 ? "" : ", ").Append(Literal(row[i]));
            }

            _text.Append(')');
            if (++inStatement == RowsInStatement)
            {
                _text.Append(";\n");
                inStatement = 0;
            }

            if (_text.Length > FlushAt)
            {
                await FlushAsync(cancel);
            }

            await CountAsync();
        }

        _text.Append(inStatement == 0 ? "" : ";\n");
    }

    public override async Task EndAsync(CancellationToken cancel)
    {
        _text.Append("COMMIT;\n");
        await FlushAsync(cancel);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        bool flag => flag ? "TRUE" : "FALSE",
        int or long or short or decimal or double or float => CellText.Of(value)!,
        _ => "'" + CellText.Of(value)!.Replace("'", "''", StringComparison.Ordinal) + "'",
    };

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n', '\u2028', '\u2029']));

    private async Task FlushAsync(CancellationToken cancel)
    {
        await output.WriteAsync(Utf8.GetBytes(_text.ToString()), cancel);
        _text.Clear();
    }
}
