using System.Text;

namespace Tessera.Kernel.Exchange;

/// <summary>A file of text and its encoding: by its byte order mark, else UTF-8 when all of it is, else the usual one of Windows.</summary>
internal sealed class TextFile
{
    private const int BeginningLength = 64 * 1024;

    private readonly string _path;
    private readonly Encoding _encoding;

    private TextFile(string path, Encoding encoding, string name)
    {
        (_path, _encoding, EncodingName) = (path, encoding, name);
        using var reader = OpenReader();
        var buffer = new char[BeginningLength];
        Beginning = new string(buffer, 0, reader.ReadBlock(buffer));
    }

    /// <summary><c>utf-8</c>, <c>utf-16</c>, <c>utf-16be</c> or <c>windows-1252</c>.</summary>
    public string EncodingName { get; }

    /// <summary>The first 64 Ki characters.</summary>
    public string Beginning { get; }

    /// <param name="path">Of the file.</param>
    /// <param name="encoding">What the person says; null: find out.</param>
    /// <exception cref="UnreadableFileException">It is no text.</exception>
    public static TextFile Open(string path, string? encoding)
    {
        var name = encoding ?? Detect(path);
        return new TextFile(path, EncodingOf(name), name);
    }

    public StreamReader OpenReader() => new(OpenBytes(), _encoding, detectEncodingFromByteOrderMarks: true, 64 * 1024);

    /// <summary>The file as UTF-8, whatever it is kept in, without a byte order mark.</summary>
    public Stream OpenUtf8()
    {
        var bytes = OpenBytes();
        if (_encoding is not UTF8Encoding)
        {
            return Encoding.CreateTranscodingStream(bytes, _encoding, new UTF8Encoding(false));
        }

        Span<byte> mark = stackalloc byte[3];
        if (bytes.Read(mark) != 3 || !mark.SequenceEqual(Encoding.UTF8.Preamble))
        {
            bytes.Position = 0;
        }

        return bytes;
    }

    private static Encoding EncodingOf(string name) => name switch
    {
        "utf-16" => Encoding.Unicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        "windows-1252" => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        _ => new UTF8Encoding(false),
    };

    private static string Detect(string path)
    {
        using var file = File.OpenRead(path);
        var buffer = new byte[BeginningLength];
        var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var head = buffer.AsSpan(0, read);
        if (head.StartsWith(Encoding.Unicode.Preamble))
        {
            return "utf-16";
        }

        if (head.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return "utf-16be";
        }

        if (ZeroesAt(head, 1) > read / 5 && ZeroesAt(head, 0) == 0)
        {
            return "utf-16";
        }

        if (ZeroesAt(head, 0) > read / 5 && ZeroesAt(head, 1) == 0)
        {
            return "utf-16be";
        }

        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var isUtf8 = true;
        for (; read > 0; read = file.Read(buffer))
        {
            if (buffer.AsSpan(0, read).Contains((byte)0))
            {
                throw new UnreadableFileException("not_text", "This is no text, nor a workbook: export it as CSV, JSON, SQL or XLSX.");
            }

            try
            {
                isUtf8 = isUtf8 && decoder.GetCharCount(buffer, 0, read, flush: false) >= 0 && Advance(decoder, buffer, read);
            }
            catch (DecoderFallbackException)
            {
                isUtf8 = false;
            }
        }

        return isUtf8 ? "utf-8" : "windows-1252";
    }

    private static bool Advance(Decoder decoder, byte[] buffer, int read)
    {
        decoder.GetChars(buffer, 0, read, new char[read + 4], 0, flush: false);
        return true;
    }

    private static int ZeroesAt(ReadOnlySpan<byte> bytes, int parity)
    {
        var count = 0;
        for (var i = parity; i < bytes.Length; i += 2)
        {
            count += bytes[i] == 0 ? 1 : 0;
        }

        return count;
    }

    private FileStream OpenBytes() => new(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan);
}
