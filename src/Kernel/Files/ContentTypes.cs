using System.Text;

namespace Tessera.Kernel.Files;

/// <summary>Tells a file's type by how it begins; its name only chooses between types that look alike.</summary>
internal static class ContentTypes
{
    /// <summary>Bytes of the beginning that are looked at.</summary>
    public const int HeadLength = 512;

    public const string Unknown = "application/octet-stream";

    public const string Zip = "application/zip";

    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly (byte[] Mark, int At, string Type)[] Marks =
    [
        ([0x50, 0x4B, 0x03, 0x04], 0, Zip),
        ([0x50, 0x4B, 0x05, 0x06], 0, Zip),
        ([0x1F, 0x8B], 0, "application/gzip"),
        ("%PDF-"u8.ToArray(), 0, "application/pdf"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, "image/png"),
        ([0xFF, 0xD8, 0xFF], 0, "image/jpeg"),
        ("GIF8"u8.ToArray(), 0, "image/gif"),
        ("WEBP"u8.ToArray(), 8, "image/webp"),
        ("WAVE"u8.ToArray(), 8, "audio/wav"),
        ("OggS"u8.ToArray(), 0, "audio/ogg"),
        ("ID3"u8.ToArray(), 0, "audio/mpeg"),
        ("fLaC"u8.ToArray(), 0, "audio/flac"),
        ([0x1A, 0x45, 0xDF, 0xA3], 0, "video/webm"),
        ("ftyp"u8.ToArray(), 4, "video/mp4"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, "application/x-ole-storage"),
    ];

    /// <param name="head">The first <see cref="HeadLength"/> bytes, or all there are.</param>
    /// <param name="name">The file's name.</param>
    public static string Of(ReadOnlySpan<byte> head, string name)
    {
        foreach (var (mark, at, type) in Marks)
        {
            if (head.Length >= at + mark.Length && head[at..].StartsWith(mark))
            {
                return type == Zip && HasEnding(name, ".xlsx") ? Xlsx : type;
            }
        }

        if (!IsText(head))
        {
            return Unknown;
        }

        return HasEnding(name, ".json") ? "application/json" : HasEnding(name, ".csv") ? "text/csv" : HasEnding(name, ".sql") ? "application/sql" : "text/plain";
    }

    private static bool HasEnding(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>No zero byte, unless a byte order mark says that every other one may be.</summary>
    private static bool IsText(ReadOnlySpan<byte> head) =>
        head.Length > 0 && (!head.Contains((byte)0) || head.StartsWith(Encoding.Unicode.Preamble) || head.StartsWith(Encoding.BigEndianUnicode.Preamble));
}
