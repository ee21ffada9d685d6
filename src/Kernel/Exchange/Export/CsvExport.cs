using System.IO.Compression;
using System.Text;

namespace Tessera.Kernel.Exchange;

/// <summary>CSV: one noun is one file, several are a zip of files.</summary>
internal sealed class CsvExport(Stream output, bool isZip, char delimiter, bool byteOrderMark) : ExportWriter
{
    private const int FlushAt = 32 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly ZipArchive? _zip = isZip ? new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true) : null;

    public override Task BeginAsync(CancellationToken cancel) => Task.CompletedTask;

    public override async Task WriteAsync(NounName noun, IReadOnlyList<NounColumn> columns, IAsyncEnumerable<object?[]> rows, CancellationToken cancel)
    {
        await using var entry = _zip?.CreateEntry(noun.Address.Replace('/', '-') + ".csv", CompressionLevel.Fastest).Open();
        var target = entry ?? output;
        var text = new StringBuilder(2 * FlushAt);
        text.Append(byteOrderMark ? CsvLine.ByteOrderMark.ToString() : "");
        Line(text, columns.Select(c => (string?)c.Field), columns.Count);
        var neutral = columns.Select(NeedsCare).ToArray();
        var cells = new string?[columns.Count];
        await foreach (var row in rows.WithCancellation(cancel))
        {
            for (var i = 0; i < cells.Length; i++)
            {
                var cell = CellText.Of(row[i]);
                cells[i] = cell is not null && neutral[i] ? CsvLine.Neutral(cell) : cell;
            }

            Line(text, cells, cells.Length);
            if (text.Length > FlushAt)
            {
                await FlushAsync(target, text, cancel);
            }

            await CountAsync();
        }

        await FlushAsync(target, text, cancel);
    }

    public override async Task EndAsync(CancellationToken cancel)
    {
        if (_zip is not null)
        {
            await _zip.DisposeAsync();
        }

        await output.FlushAsync(cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_zip is not null)
        {
            await _zip.DisposeAsync();
        }
    }

    /// <summary>Only text can be taken for a formula: a negative number is a number.</summary>
    private static bool NeedsCare(NounColumn column) => column.Type is ColumnType.Text or ColumnType.LongText or ColumnType.Words;

    private void Line(StringBuilder text, IEnumerable<string?> cells, int count)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                text.Append(delimiter);
            }

            first = false;
            if (count == 1 && string.IsNullOrEmpty(cell))
            {
                // An empty line would be no row at all.
                text.Append("\"\"");
            }

            CsvLine.Append(text, cell ?? "", delimiter);
        }

        text.Append("\r\n");
    }

    private static async Task FlushAsync(Stream target, StringBuilder text, CancellationToken cancel)
    {
        await target.WriteAsync(Utf8.GetBytes(text.ToString()), cancel);
        text.Clear();
    }
}
