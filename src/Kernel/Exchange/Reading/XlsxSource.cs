namespace Tessera.Kernel.Exchange;

/// <summary>A sheet of a workbook (.xlsx).</summary>
internal sealed class XlsxSource : TableSource
{
    private readonly string _path;
    private readonly string _sheet;

    public XlsxSource(string path, ReadingChoice choice, ExchangeOptions limits) : base(limits)
    {
        _path = path;
        using var workbook = XlsxWorkbook.Open(path);
        var sheets = workbook.Sheets;
        _sheet = sheets.FirstOrDefault(s => s == choice.Sheet) ?? sheets.FirstOrDefault(s => s.Equals(choice.Noun.Noun, StringComparison.OrdinalIgnoreCase)) ?? sheets.FirstOrDefault(s => HasRows(workbook, s)) ?? sheets[0];
        Detection = new ImportDetection(null, null, _sheet, sheets, 1);
    }

    public override ExchangeFormat Format => ExchangeFormat.Xlsx;

    protected override IEnumerable<(int N, IReadOnlyList<string?> Cells)> Lines()
    {
        using var workbook = XlsxWorkbook.Open(_path);
        using var sheet = new XlsxSheet(workbook.OpenSheet(_sheet), workbook, Limits.MaxColumns);
        while (sheet.NextRow())
        {
            yield return (sheet.Row, sheet.Cells);
        }
    }

    private bool HasRows(XlsxWorkbook workbook, string name)
    {
        using var sheet = new XlsxSheet(workbook.OpenSheet(name), workbook, Limits.MaxColumns);
        for (var n = 0; n < 100 && sheet.NextRow(); n++)
        {
            if (sheet.Cells.Any(c => c is not null))
            {
                return true;
            }
        }

        return false;
    }
}
