using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Tessera.Kernel.Exchange;

/// <summary>
/// A workbook (Office Open XML, ECMA-376) with a sheet for each noun, written as UTF-8 straight into the zip: no cell becomes an
/// object. Dates are real ones in the form yyyy-mm-dd, numbers are numbers, everything else is text, ids too.
/// </summary>
internal sealed class XlsxExport(Stream output) : ExportWriter
{
    /// <summary>Most characters of a cell.</summary>
    public const int LongestText = 32_767;

    /// <summary>Rows of a sheet, the header included.</summary>
    private const int LastRow = 1_048_576;

    private const int LongestSheetName = 31;

    private const int FlushAt = 64 * 1024;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly DateOnly DayZero = new(1899, 12, 30);

    /// <summary>Days before this one are counted differently by different programs.</summary>
    private static readonly DateOnly FirstSafeDay = new(1900, 3, 1);

    private readonly ZipArchive _zip = new(output, ZipArchiveMode.Create, leaveOpen: true);

    private readonly List<string> _sheets = [];

    private readonly ArrayBufferWriter<byte> _xml = new(2 * FlushAt);

    /// <summary>A name a sheet may have: at most 31 characters, none of <c>[]:*?/\</c>, no apostrophe at its ends.</summary>
    public static string SheetName(string name, IReadOnlyCollection<string> taken)
    {
        var plain = new string([.. name.Select(c => "[]:*?/\\".Contains(c) || char.IsControl(c) ? ' ' : c)]).Trim(' ', '\'');
        plain = plain.Length == 0 ? "Sheet" : plain[..Math.Min(plain.Length, LongestSheetName)].Trim(' ', '\'');
        var unique = plain;
        for (var n = 2; taken.Contains(unique, StringComparer.OrdinalIgnoreCase) || unique.Equals("History", StringComparison.OrdinalIgnoreCase); n++)
        {
            var suffix = $" {n}";
            unique = plain[..Math.Min(plain.Length, LongestSheetName - suffix.Length)] + suffix;
        }

        return unique;
    }

    public override Task BeginAsync(CancellationToken cancel) => Task.CompletedTask;

    public override async Task WriteAsync(NounName noun, IReadOnlyList<NounColumn> columns, IAsyncEnumerable<object?[]> rows, CancellationToken cancel)
    {
        _sheets.Add(SheetName(noun.Noun, _sheets));
        await using var sheet = Entry($"xl/worksheets/sheet{_sheets.Count}.xml");
        Raw($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><worksheet xmlns=\"{Main}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>");
        for (var i = 0; i < columns.Count; i++)
        {
            Raw($"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{Width(columns[i])}\" customWidth=\"1\"/>");
        }

        Raw("</cols><sheetData><row>"u8);
        foreach (var column in columns)
        {
            Text(column.Field, " s=\"2\"");
        }

        Raw("</row>"u8);
        var written = 1;
        await foreach (var row in rows.WithCancellation(cancel))
        {
            if (++written > LastRow)
            {
                throw new ExportTooLargeException($"A sheet holds {LastRow - 1} records, and there are more {noun.Noun}.");
            }

            Raw("<row>"u8);
            foreach (var value in row)
            {
                Cell(value);
            }

            Raw("</row>"u8);
            if (_xml.WrittenCount > FlushAt)
            {
                await FlushAsync(sheet, cancel);
            }

            await CountAsync();
        }

        Raw("</sheetData></worksheet>"u8);
        await FlushAsync(sheet, cancel);
    }

    public override async Task EndAsync(CancellationToken cancel)
    {
        await PartAsync("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(_sheets.Select((name, i) => $"<sheet name=\"{System.Security.SecurityElement.Escape(name)}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))}</sheets></workbook>", cancel);
        await PartAsync("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(_sheets.Select((_, i) => $"<Relationship Id=\"rId{i + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))}<Relationship Id=\"rId{_sheets.Count + 1}\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>", cancel);
        await PartAsync("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/><xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>", cancel);
        await PartAsync("_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>", cancel);
        await PartAsync("[Content_Types].xml", $"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>{string.Concat(_sheets.Select((_, i) => $"<Override PartName=\"/xl/worksheets/sheet{i + 1}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))}</Types>", cancel);
        await _zip.DisposeAsync();
    }

    public override ValueTask DisposeAsync() => _zip.DisposeAsync();

    private static int Width(NounColumn column) => column.Type switch
    {
        ColumnType.Id or ColumnType.Reference => 38,
        ColumnType.LongText => 50,
        ColumnType.Integer or ColumnType.Number or ColumnType.Boolean or ColumnType.Date => 14,
        _ => 24,
    };

    private void Cell(object? value)
    {
        switch (value)
        {
            case null:
                Raw("<c/>"u8);
                break;
            case bool flag:
                Raw(flag ? "<c t=\"b\"><v>1</v></c>"u8 : "<c t=\"b\"><v>0</v></c>"u8);
                break;
            case int number:
                Number(number);
                break;
            case decimal number when IsExact(number):
                Raw("<c><v>"u8);
                Format(number);
                Raw("</v></c>"u8);
                break;
            case DateOnly date when date >= FirstSafeDay:
                Raw("<c s=\"1\"><v>"u8);
                Format(date.DayNumber - DayZero.DayNumber);
                Raw("</v></c>"u8);
                break;
            default:
                Text(CellText.Of(value)!, " s=\"3\"");
                break;
        }
    }

    private void Number(int number)
    {
        Raw("<c><v>"u8);
        Format(number);
        Raw("</v></c>"u8);
    }

    /// <summary>A spreadsheet counts in doubles: what one cannot hold, or would show with fewer places, is written as text.</summary>
    private static bool IsExact(decimal number) => Math.Abs(number) < 1e15m && decimal.GetBits(number) is var bits && ((bits[3] >> 16) & 0xff) <= 6 && Digits(number) <= 15;

    private static int Digits(decimal number) => decimal.Truncate(Math.Abs(number)).ToString(CultureInfo.InvariantCulture).Length + ((decimal.GetBits(number)[3] >> 16) & 0xff);

    private void Text(string text, string style)
    {
        Raw("<c t=\"inlineStr\""u8);
        Raw(style);
        Raw(text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || text.AsSpan().ContainsAny('\n', '\t')) ? "><is><t xml:space=\"preserve\">"u8 : "><is><t>"u8);
        Escaped(text.Length <= LongestText ? text : throw new ExportTooLargeException($"A cell holds {LongestText} characters, and one text has {text.Length}."));
        Raw("</t></is></c>"u8);
    }

    private void Escaped(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny(NeedsCare) < 0)
        {
            Utf8(text);
            return;
        }

        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '<':
                    Raw("&lt;"u8);
                    break;
                case '>':
                    Raw("&gt;"u8);
                    break;
                case '&':
                    Raw("&amp;"u8);
                    break;
                case '\r':
                    // XML readers make every line end a line feed; spreadsheets write this one so.
                    Raw("_x000D_"u8);
                    break;
                case '_' when IsEscape(text[i..]):
                    Raw("_x005F_"u8);
                    break;
                case < ' ' and not '\t' and not '\n' or '\uFFFE' or '\uFFFF':
                    // No XML character.
                    break;
                case var sign when char.IsHighSurrogate(sign) && i + 1 < text.Length:
                    Utf8(text.Slice(i++, 2));
                    break;
                default:
                    Utf8(text.Slice(i, 1));
                    break;
            }
        }
    }

    private static readonly SearchValues<char> NeedsCare = SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n')).Select(c => (char)c), '<', '>', '&', '_', '\uFFFE', '\uFFFF']);

    /// <summary>Whether a spreadsheet would take the text for one of its own escapes, <c>_x0041_</c>.</summary>
    private static bool IsEscape(ReadOnlySpan<char> text) => text.Length >= 7 && text[1] is 'x' or 'X' && text[6] == '_' && text.Slice(2, 4).ToArray().All(char.IsAsciiHexDigit);

    private void Utf8(ReadOnlySpan<char> text)
    {
        var target = _xml.GetSpan(text.Length * 3);
        _xml.Advance(Encoding.UTF8.GetBytes(text, target));
    }

    private void Raw(ReadOnlySpan<byte> xml)
    {
        xml.CopyTo(_xml.GetSpan(xml.Length));
        _xml.Advance(xml.Length);
    }

    private void Raw(string xml) => Utf8(xml);

    private void Format(int number)
    {
        Utf8Formatter.TryFormat(number, _xml.GetSpan(16), out var written);
        _xml.Advance(written);
    }

    private void Format(decimal number)
    {
        Utf8Formatter.TryFormat(number, _xml.GetSpan(40), out var written);
        _xml.Advance(written);
    }

    private Stream Entry(string name) => _zip.CreateEntry(name, CompressionLevel.Fastest).Open();

    private async Task PartAsync(string name, string xml, CancellationToken cancel)
    {
        await using var part = Entry(name);
        await part.WriteAsync(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + xml), cancel);
    }

    private async Task FlushAsync(Stream sheet, CancellationToken cancel)
    {
        await sheet.WriteAsync(_xml.WrittenMemory, cancel);
        _xml.ResetWrittenCount();
    }
}

/// <summary>The form cannot hold so much.</summary>
internal sealed class ExportTooLargeException(string message) : Exception(message);
