namespace Tessera.Kernel.Exchange;

/// <summary>Rows of cells whose first filled line names the columns.</summary>
internal abstract class TableSource(ExchangeOptions limits) : RowSource(limits)
{
    /// <summary>A title may stand above the names, so many lines deep.</summary>
    private const int DeepestHeader = 10;

    private int _headerRow;
    private int _firstColumn;

    /// <summary>All rows of the file, numbered from 1.</summary>
    protected abstract IEnumerable<(int N, IReadOnlyList<string?> Cells)> Lines();

    protected override IReadOnlyList<string> FindHeaders()
    {
        var top = new List<(int N, IReadOnlyList<string?> Cells)>();
        foreach (var (n, cells) in Lines())
        {
            if (cells.Any(c => !string.IsNullOrWhiteSpace(c)))
            {
                top.Add((n, [.. cells]));
            }

            if (top.Count > DeepestHeader)
            {
                break;
            }
        }

        if (top.Count == 0)
        {
            return [];
        }

        // One lonely cell above wider rows is a title.
        var widest = top.Max(line => Filled(line.Cells));
        var header = top.FirstOrDefault(line => Filled(line.Cells) > 1 || widest == 1, top[0]);
        _headerRow = header.N;
        _firstColumn = header.Cells.TakeWhile(string.IsNullOrWhiteSpace).Count();
        Detection = Detection with { HeaderRow = header.N };
        var names = header.Cells.Skip(_firstColumn).Select(c => c?.Trim() ?? "").ToList();
        var used = top.Where(line => line.N > header.N).Select(line => line.Cells.Count - _firstColumn).DefaultIfEmpty(0).Max();
        var lastNamed = names.FindLastIndex(name => name.Length > 0);
        names = [.. names.Take(lastNamed + 1)];
        for (var i = 0; i < names.Count; i++)
        {
            names[i] = names[i].Length > 0 || i >= Math.Max(used, lastNamed) ? names[i] : $"Column {_firstColumn + i + 1}";
        }

        return names;
    }

    protected override IEnumerable<SourceRow> ReadRows()
    {
        foreach (var (n, cells) in Lines())
        {
            if (n > _headerRow)
            {
                yield return new SourceRow(n, Fit(cells, _firstColumn));
            }
        }
    }

    private static int Filled(IReadOnlyList<string?> cells) => cells.Count(c => !string.IsNullOrWhiteSpace(c));
}
