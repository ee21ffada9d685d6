using System.IO.Compression;

namespace Tessera.Timetabling.Formats;

/// <summary>Reading input that may be compressed.</summary>
public static class Streams
{
    /// <summary>Largest input accepted after decompression, in bytes.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>The whole content, unpacked when it starts with the gzip signature.</summary>
    /// <exception cref="InputException">Empty, too large, or a damaged archive.</exception>
    public static byte[] ReadAll(Stream input)
    {
        var raw = ReadLimited(input);
        if (raw.Length == 0) throw new InputException("the file is empty", 1);
        if (raw.Length < 2 || raw[0] != 0x1F || raw[1] != 0x8B) return raw;
        try
        {
            using var unpack = new GZipStream(new MemoryStream(raw), CompressionMode.Decompress);
            var content = ReadLimited(unpack);
            return content.Length > 0 ? content : throw new InputException("the compressed file is empty or cut off", 1);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"the compressed file is damaged: {e.Message}", e);
        }
    }

    private static byte[] ReadLimited(Stream input)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = input.Read(buffer)) > 0)
        {
            if (all.Length + read > MaxBytes) throw new InputException($"the file is larger than {MaxBytes / (1024 * 1024)} MB");
            all.Write(buffer, 0, read);
        }
        return all.ToArray();
    }
}
