using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tessera.Kernel.Database;

/// <summary>
/// Makes keys whose order is the order they were made in, also within one millisecond, where
/// <see cref="Guid.CreateVersion7()"/> leaves it to chance: lines saved together are read back in their order.
/// </summary>
/// <remarks>UUID version 7 with a counter in the 12 bits after the version (RFC 9562, 6.2, method 1).</remarks>
internal static class RecordIds
{
    private const int CounterBits = 12;

    /// <summary>Milliseconds since 1970, and below them the counter. Past 4096 keys in a millisecond it runs ahead of the clock.</summary>
    private static long _last;

    /// <summary>A key that sorts after all this process made before.</summary>
    public static Guid Next()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits;
        long last, next;
        do
        {
            last = Volatile.Read(ref _last);
            next = Math.Max(now, last + 1);
        }
        while (Interlocked.CompareExchange(ref _last, next, last) != last);

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (next >> CounterBits << 16) | 0x7000 | (next & ((1 << CounterBits) - 1)));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
