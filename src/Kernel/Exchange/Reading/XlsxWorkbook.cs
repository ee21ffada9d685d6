using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Tessera.Kernel.Exchange;

/// <summary>A workbook's parts beside its cells: sheets, shared texts, and which numbers are dates.</summary>
internal sealed class XlsxWorkbook : IDisposable
{
    /// <summary>Most bytes a part may unpack to: a small file can hold a very large one.</summary>
    private const long LargestPart = 1024L * 1024 * 1024;

    private const long LargestTexts = 256L * 1024 * 1024;

    private const int MostParts = 5_000;

    private const int MostKnownDates = 5_000;

    private static readonly DateTime DayZero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly ZipArchive _zip;
    private readonly List<(string Name, string Part)> _sheets = [];
    private readonly List<string> _texts = [];
    private readonly List<NumberForm> _forms = [];
    private readonly Dictionary<string, string> _dates = new(StringComparer.Ordinal);
    private bool _counts1904;

    private XlsxWorkbook(ZipArchive zip) => _zip = zip;

    public IReadOnlyList<string> Sheets => [.. _sheets.Select(s => s.Name)];

    /// <exception cref="UnreadableFileException">It is no workbook, or a damaged one.</exception>
    public static XlsxWorkbook Open(string path)
    {
        try
        {
            var zip = new ZipArchive(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete), ZipArchiveMode.Read);
            var workbook = new XlsxWorkbook(zip);
            try
            {
                workbook.Read();
                return workbook;
            }
            catch
            {
                workbook.Dispose();
                throw;
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or EndOfStreamException or NotSupportedException)
        {
            throw Broken();
        }
    }

    public static UnreadableFileException Broken() => new("broken_file", "The file is damaged: a workbook that breaks off cannot be read.");

    public Stream OpenSheet(string name) => Part(_sheets.First(s => s.Name == name).Part, LargestPart) ?? throw Broken();

    public void Dispose() => _zip.Dispose();

    public string? SharedText(int index) => index >= 0 && index < _texts.Count ? _texts[index] : throw Broken();

    /// <summary>What a spreadsheet shows of a number: a date for one that is formed so, the digits with their leading zeros, else the plain number.</summary>
    public string NumberText(string digits, int style)
    {
        var form = style >= 0 && style < _forms.Count ? _forms[style] : default;
        if (form is { IsDate: false, Zeroes: <= 1 } && digits.Length <= 15 && !digits.Contains('E', StringComparison.OrdinalIgnoreCase))
        {
            return digits;
        }

        if (form.IsDate && _dates.TryGetValue(digits, out var known))
        {
            return known;
        }

        if (digits.Length == 0 || !double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return digits;
        }

        if (form.IsDate)
        {
            var text = DateText(number) ?? Plain(digits, number);
            if (_dates.Count < MostKnownDates)
            {
                _dates[digits] = text;
            }

            return text;
        }

        return form.Zeroes > 1 && number >= 0 && number == Math.Floor(number) && number < 1e15 ? ((long)number).ToString(CultureInfo.InvariantCulture).PadLeft(form.Zeroes, '0') : Plain(digits, number);
    }

    /// <summary>Texts write some characters as <c>_x000D_</c>.</summary>
    public static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && i + 6 < text.Length && text[i + 1] is 'x' or 'X' && text[i + 6] == '_' && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append((char)code);
                i += 6;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return Records.TextRules.Cleaned(plain.ToString());
    }

    /// <summary>Computed numbers carry the noise of their last digits; fifteen are what a spreadsheet keeps.</summary>
    private static string Plain(string digits, double number) =>
        digits.Length <= 15 && !digits.Contains('E', StringComparison.OrdinalIgnoreCase) ? digits
        : number == Math.Floor(number) && Math.Abs(number) < 1e15 ? ((long)number).ToString(CultureInfo.InvariantCulture)
        : decimal.TryParse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact.ToString(CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    private string? DateText(double serial)
    {
        serial += _counts1904 ? 1462 : 0;
        if (serial is < 0 or >= 2_958_466)
        {
            return null;
        }

        // Before March 1900 spreadsheets count a day too many: theirs had a 29 February.
        var day = Math.Floor(serial) is var whole && whole < 60 ? whole + 1 : whole;
        var moment = DayZero.AddDays(day).AddMilliseconds(Math.Round((serial - whole) * 86_400_000));
        return serial < 1 ? moment.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            : moment.TimeOfDay == TimeSpan.Zero ? moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : moment.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture);
    }

    private void Read()
    {
        if (_zip.Entries.Count > MostParts)
        {
            throw Broken();
        }

        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        Each("xl/_rels/workbook.xml.rels", LargestTexts, xml =>
        {
            if (xml.LocalName == "Relationship" && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
            {
                targets[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
            }
        });
        var isWorkbook = Each("xl/workbook.xml", LargestTexts, xml =>
        {
            if (xml.LocalName == "workbookPr")
            {
                _counts1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (xml.LocalName == "sheet" && xml.GetAttribute("name") is { } name && xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") is { } id
                && targets.TryGetValue(id, out var part) && xml.GetAttribute("state") is not "veryHidden")
            {
                _sheets.Add((name, part));
            }
        });
        if (!isWorkbook || _sheets.Count == 0)
        {
            throw new UnreadableFileException("unsupported_file", "This is a zip file, but no workbook: unpack it and take the files one by one.");
        }

        ReadForms();
        ReadTexts();
    }

    private void ReadForms()
    {
        var codes = new Dictionary<int, string>();
        var isCell = false;
        Each("xl/styles.xml", LargestTexts, xml =>
        {
            switch (xml.LocalName)
            {
                case "numFmt" when int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var id):
                    codes[id] = xml.GetAttribute("formatCode") ?? "";
                    break;
                case "cellXfs":
                    isCell = true;
                    break;
                case "cellStyles" or "dxfs":
                    isCell = false;
                    break;
                case "xf" when isCell:
                    _ = int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var form);
                    _forms.Add(NumberForm.Of(form, codes.GetValueOrDefault(form)));
                    break;
            }
        });
    }

    private void ReadTexts()
    {
        using var part = Part("xl/sharedStrings.xml", LargestTexts);
        if (part is null)
        {
            return;
        }

        using var xml = Reader(part);
        var (text, phonetic) = (new StringBuilder(), 0);
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "si":
                    text.Clear();
                    if (xml.IsEmptyElement)
                    {
                        _texts.Add("");
                    }

                    break;
                case XmlNodeType.Element when xml.LocalName == "rPh" && !xml.IsEmptyElement:
                    phonetic++;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "rPh":
                    phonetic--;
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA when phonetic == 0 && xml.Depth > 2:
                    text.Append(xml.Value);
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "si":
                    _texts.Add(text.Length > 6 && text.ToString() is var escaped && escaped.Contains("_x", StringComparison.OrdinalIgnoreCase) ? Unescape(escaped) : text.ToString());
                    break;
            }
        }
    }

    private bool Each(string name, long largest, Action<XmlReader> element)
    {
        using var part = Part(name, largest);
        if (part is null)
        {
            return false;
        }

        using var xml = Reader(part);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                element(xml);
            }
        }

        return true;
    }

    private static XmlReader Reader(Stream part) => XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false });

    private UnpackedStream? Part(string name, long largest) =>
        (_zip.GetEntry(name) ?? _zip.Entries.FirstOrDefault(e => e.FullName.Equals(name, StringComparison.OrdinalIgnoreCase))) is { } entry ? new UnpackedStream(entry.Open(), largest) : null;

    /// <param name="IsDate">The number is shown as a date or a time.</param>
    /// <param name="Zeroes">Digits it is filled up to with leading zeros.</param>
    private readonly record struct NumberForm(bool IsDate, int Zeroes)
    {
        public static NumberForm Of(int id, string? code)
        {
            if (code is null)
            {
                return new NumberForm(id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58), 0);
            }

            var plain = new StringBuilder();
            for (var i = 0; i < code.Length && code[i] != ';'; i++)
            {
                // Quoted words, escaped signs and colours say nothing about the number.
                if (code[i] == '"')
                {
                    i = code.IndexOf('"', i + 1) is var end && end < 0 ? code.Length : end;
                }
                else if (code[i] is '\\' or '_' or '*')
                {
                    i++;
                }
                else if (code[i] == '[')
                {
                    i = code.IndexOf(']', i) is var end && end < 0 ? code.Length : end;
                }
                else
                {
                    plain.Append(char.ToLowerInvariant(code[i]));
                }
            }

            var form = plain.ToString();
            return new NumberForm(form != "general" && form.AsSpan().ContainsAny("ymdhs") && !form.AsSpan().ContainsAny("#0?"), form.Length > 0 && form.All(c => c == '0') ? form.Length : 0);
        }
    }
}

/// <summary>Ends what unpacks to more than it may.</summary>
internal sealed class UnpackedStream(Stream inner, long largest) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            throw XlsxWorkbook.Broken();
        }

        _read += read;
        return _read > largest ? throw new UnreadableFileException("too_large", "The workbook unpacks to more than can be read.") : read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
