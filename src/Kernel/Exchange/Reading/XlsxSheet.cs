using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Exchange;

/// <summary>
/// Reads the rows of a sheet's XML as a stream of bytes. A sheet is a million small elements of which only a handful matter, and a
/// general XML reader takes several times as long over them. Document types are refused, so nothing expands.
/// </summary>
internal sealed class XlsxSheet(Stream xml, XlsxWorkbook workbook, int mostColumns) : IDisposable
{
    private const int LongestText = 1024 * 1024;

    private static readonly SearchValues<byte> EndOfName = SearchValues.Create(" />\t\r\n"u8);

    private readonly List<string?> _cells = [];
    private readonly StringBuilder _text = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _position;
    private int _length;
    private bool _isEnd;
    private bool _inRow;

    /// <summary>The row's number, from 1.</summary>
    public int Row { get; private set; }

    /// <summary>Its cells up to the last that is not empty; valid until the next row.</summary>
    public IReadOnlyList<string?> Cells => _cells;

    /// <exception cref="UnreadableFileException">It is no XML, or holds what no sheet has.</exception>
    public bool NextRow()
    {
        while (NextTag(out var tag))
        {
            var name = NameOf(tag);
            if (name.SequenceEqual("row"u8))
            {
                Row = Attribute(tag, (byte)'r') is { Length: > 0 } number && Utf8Parser.TryParse(number, out int n, out _) && n > 0 ? n : Row + 1;
                _cells.Clear();
                if (tag[^1] == '/')
                {
                    return true;
                }

                _inRow = true;
            }
            else if (_inRow && name.SequenceEqual("c"u8))
            {
                ReadCell(tag);
            }
            else if (name.SequenceEqual("/row"u8))
            {
                _inRow = false;
                return true;
            }
            else if (name.SequenceEqual("/sheetData"u8))
            {
                return false;
            }
        }

        return _inRow ? throw Broken() : false;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        xml.Dispose();
    }

    private static UnreadableFileException Broken() => new("broken_file", "The workbook is damaged: a sheet breaks off or is not XML.");

    private void ReadCell(ReadOnlySpan<byte> tag)
    {
        Attributes(tag, out var reference, out var kind, out var form);
        var column = reference.Length == 0 ? _cells.Count : ColumnOf(reference);
        var type = kind switch { [] => 'n', [(byte)'i', ..] => 'i', [(byte)'s', (byte)'t', ..] => 't', var t => (char)t[0] };
        _ = Utf8Parser.TryParse(form, out int style, out _);
        if (tag[^1] == '/')
        {
            if (reference.Length == 0)
            {
                _cells.Add(null);
            }

            return;
        }

        if (IsPlain(type, style, out var value))
        {
            Put(column, value);
            return;
        }

        while (NextTag(out var inner))
        {
            var name = NameOf(inner);
            if (name.SequenceEqual("/c"u8))
            {
                Put(column, value);
                return;
            }

            var isClosed = inner[^1] == '/';
            if (name.SequenceEqual("v"u8) && !isClosed)
            {
                value = Value(type, style);
            }
            else if (name.SequenceEqual("t"u8) && !isClosed)
            {
                value += Text(isSpreadsheetText: true);
            }
            else if (name.SequenceEqual("rPh"u8) && !isClosed)
            {
                SkipTo("/rPh"u8);
            }
        }

        throw Broken();
    }

    /// <summary>Most cells are a value and nothing else, whole in the buffer, without entities: those need no reading tag by tag.</summary>
    private bool IsPlain(char type, int style, out string? value)
    {
        var left = _buffer.AsSpan(_position, _length - _position);
        var (open, close) = left.StartsWith("<v>"u8) ? (3, 8) : left.StartsWith("<is><t>"u8) ? (7, 13) : (0, 0);
        var end = open == 0 ? -1 : left[open..].IndexOfAny((byte)'<', (byte)'&', (byte)'_');
        if (end < 0 || !left[(open + end)..].StartsWith(open == 3 ? "</v></c>"u8 : "</t></is></c>"u8))
        {
            value = null;
            return false;
        }

        var text = Encoding.UTF8.GetString(left.Slice(open, end));
        _position += open + end + close;
        value = open == 7 ? text : type switch
        {
            's' => workbook.SharedText(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1),
            'b' => text == "1" ? "true" : "false",
            'n' => workbook.NumberText(text, style),
            _ => text,
        };
        return true;
    }

    private void Put(int column, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            value = null;
        }

        if (column >= mostColumns * 4 || _cells.Count > column)
        {
            if (value is not null && _cells.Count <= column)
            {
                throw new UnreadableFileException("too_many_columns", $"Row {Row} has more than {mostColumns} columns.");
            }

            if (_cells.Count > column)
            {
                _cells[column] = value;
            }

            return;
        }

        while (_cells.Count < column)
        {
            _cells.Add(null);
        }

        _cells.Add(value);
    }

    private string? Value(char type, int style) => type switch
    {
        's' => workbook.SharedText(Number()),
        'b' => Number() == 1 ? "true" : "false",
        'n' => workbook.NumberText(Text(isSpreadsheetText: false), style),
        _ => Text(isSpreadsheetText: true),
    };

    private int Number() => int.TryParse(Text(isSpreadsheetText: false), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private void SkipTo(ReadOnlySpan<byte> name)
    {
        while (NextTag(out var tag))
        {
            if (NameOf(tag).SequenceEqual(name))
            {
                return;
            }
        }
    }

    /// <summary>The text up to the next tag, its entities resolved.</summary>
    private string Text(bool isSpreadsheetText)
    {
        _text.Clear();
        while (true)
        {
            var left = _buffer.AsSpan(_position, _length - _position);
            var end = left.IndexOf((byte)'<');
            if (end < 0)
            {
                if (!Fill())
                {
                    throw Broken();
                }

                continue;
            }

            if (left[end..].StartsWith("<![CDATA["u8) || (left.Length - end < 9 && left[end..] is [_, (byte)'!', ..]))
            {
                if (left.Length - end < 9)
                {
                    if (!Fill())
                    {
                        throw Broken();
                    }

                    continue;
                }

                var close = left[end..].IndexOf("]]>"u8);
                if (close < 0)
                {
                    if (!Fill())
                    {
                        throw Broken();
                    }

                    continue;
                }

                _text.Append(Encoding.UTF8.GetString(left[..end])).Append(Encoding.UTF8.GetString(left.Slice(end + 9, close - 9)));
                _position += end + close + 3;
                continue;
            }

            var bytes = left[..end];
            _position += end;
            var text = bytes.Contains((byte)'&') ? Entities(bytes) : Encoding.UTF8.GetString(bytes);
            text = _text.Length == 0 ? text : _text.Append(text).ToString();
            return isSpreadsheetText && text.Contains("_x", StringComparison.OrdinalIgnoreCase) ? XlsxWorkbook.Unescape(text) : text;
        }
    }

    private static string Entities(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return TextRules.Cleaned(System.Net.WebUtility.HtmlDecode(Encoding.UTF8.GetString(bytes)));
        }
        catch (ArgumentException)
        {
            throw Broken();
        }
    }

    /// <summary>The next tag between its brackets, comments and instructions left out.</summary>
    private bool NextTag(out ReadOnlySpan<byte> tag)
    {
        while (true)
        {
            var left = _buffer.AsSpan(_position, _length - _position);
            var start = left.IndexOf((byte)'<');
            if (start < 0)
            {
                _position = _length;
                if (!Fill())
                {
                    tag = default;
                    return false;
                }

                continue;
            }

            var end = start + 1 < left.Length && left[start + 1] == '!' ? EndOfMarkup(left, start) : EndOfTag(left, start);
            if (end < 0)
            {
                _position += start;
                if (!Fill())
                {
                    throw Broken();
                }

                continue;
            }

            _position += end + 1;
            tag = left[(start + 1)..end];
            if (tag.Length > 0 && tag[0] is not ((byte)'?' or (byte)'!'))
            {
                return true;
            }
        }
    }

    /// <summary>A bracket inside a quoted value does not end a tag.</summary>
    private static int EndOfTag(ReadOnlySpan<byte> left, int start)
    {
        for (var from = start + 1; ;)
        {
            var end = left[from..].IndexOf((byte)'>');
            if (end < 0)
            {
                return -1;
            }

            end += from;
            if (left[start..end].Count((byte)'"') % 2 == 0)
            {
                return end;
            }

            from = end + 1;
        }
    }

    private static int EndOfMarkup(ReadOnlySpan<byte> left, int start)
    {
        if (left.Length - start < 9)
        {
            return -1;
        }

        if (!left[start..].StartsWith("<!--"u8))
        {
            throw Broken();
        }

        var end = left[start..].IndexOf("-->"u8);
        return end < 0 ? -1 : start + end + 2;
    }

    /// <summary>The tag's name without a prefix; of a closing tag with its stroke.</summary>
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> tag)
    {
        var isClosing = tag[0] == '/';
        var end = tag[1..].IndexOfAny(EndOfName);
        var name = end < 0 ? tag : tag[..(end + 1)];
        var colon = name.IndexOf((byte)':');
        return colon < 0 ? name : isClosing ? Closing(name[(colon + 1)..]) : name[(colon + 1)..];
    }

    /// <summary>Closing tags with a prefix are rare: those that matter are spelled out.</summary>
    private static ReadOnlySpan<byte> Closing(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("row"u8) ? "/row"u8 : name.SequenceEqual("c"u8) ? "/c"u8 : name.SequenceEqual("sheetData"u8) ? "/sheetData"u8 : name.SequenceEqual("rPh"u8) ? "/rPh"u8 : "/"u8;

    /// <summary>A cell's place, type and style in one go.</summary>
    private static void Attributes(ReadOnlySpan<byte> tag, out ReadOnlySpan<byte> reference, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> style)
    {
        reference = type = style = default;
        for (var i = 1; i + 4 < tag.Length;)
        {
            if (tag[i] != ' ' || tag[i + 2] != '=' || tag[i + 3] is not ((byte)'"' or (byte)'\''))
            {
                i++;
                continue;
            }

            var rest = tag[(i + 4)..];
            var end = rest.IndexOf(tag[i + 3]);
            if (end < 0)
            {
                return;
            }

            switch (tag[i + 1])
            {
                case (byte)'r':
                    reference = rest[..end];
                    break;
                case (byte)'t':
                    type = rest[..end];
                    break;
                case (byte)'s':
                    style = rest[..end];
                    break;
            }

            i += 5 + end;
        }
    }

    /// <summary>The value of an attribute whose name is one letter.</summary>
    private static ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> tag, byte name)
    {
        for (var i = 1; i + 3 < tag.Length; i++)
        {
            if (tag[i] == name && tag[i + 1] == '=' && tag[i - 1] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' && tag[i + 2] is (byte)'"' or (byte)'\'')
            {
                var rest = tag[(i + 3)..];
                var end = rest.IndexOf(tag[i + 2]);
                return end < 0 ? default : rest[..end];
            }
        }

        return default;
    }

    /// <summary><c>AB12</c> → 27.</summary>
    private static int ColumnOf(ReadOnlySpan<byte> reference)
    {
        var column = 0;
        foreach (var letter in reference)
        {
            if (letter is < (byte)'A' or > (byte)'Z' || column > 20_000)
            {
                break;
            }

            column = (column * 26) + letter - 'A' + 1;
        }

        return column - 1;
    }

    /// <summary>Reads on; what is left moves to the front.</summary>
    private bool Fill()
    {
        if (_isEnd)
        {
            return false;
        }

        var left = _length - _position;
        if (_position > 0)
        {
            _buffer.AsSpan(_position, left).CopyTo(_buffer);
        }

        (_position, _length) = (0, left);
        if (left == _buffer.Length)
        {
            if (left > LongestText)
            {
                throw new UnreadableFileException("broken_file", "The workbook has a text that is longer than any cell can be.");
            }

            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, left).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = xml.Read(_buffer, _length, _buffer.Length - _length);
        _isEnd = read == 0;
        _length += read;
        return read > 0;
    }
}
