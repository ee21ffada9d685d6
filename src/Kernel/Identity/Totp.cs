using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Tessera.Kernel.Identity;

/// <summary>Time-based one-time passwords (RFC 6238) as all authenticator apps know them: HMAC-SHA1, 30 seconds, 6 digits.</summary>
internal static class Totp
{
    public const int Digits = 6;

    public const int SecretLength = 20;

    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>Steps before and after the present one that are accepted: clocks differ, and typing takes time.</summary>
    private const int Tolerance = 1;

    public static long StepAt(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of one step (RFC 4226, dynamic truncation).</summary>
    /// <param name="secret">The shared key.</param>
    /// <param name="step">Steps since 1970.</param>
    /// <param name="digits">Length of the code, 6 to 8.</param>
    public static string CodeAt(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238's default; authenticator apps ignore other algorithms. HMAC does not rest on collision resistance.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0x0F)..]) & 0x7FFF_FFFF;
        var modulus = digits switch { 6 => 1_000_000, 7 => 10_000_000, _ => 100_000_000 };
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step whose code this is, among those near the present; null when it is none of theirs.</summary>
    public static long? MatchingStep(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        long? found = null;
        for (var step = StepAt(now) - Tolerance; step <= StepAt(now) + Tolerance; step++)
        {
            var expected = System.Text.Encoding.ASCII.GetBytes(CodeAt(secret, step));
            found = CryptographicOperations.FixedTimeEquals(expected, System.Text.Encoding.UTF8.GetBytes(code)) ? step : found;
        }

        return found;
    }

    /// <summary>The address an authenticator app reads from a QR code.</summary>
    public static string UriOf(string issuer, string account, string base32Secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={base32Secret}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={(int)Step.TotalSeconds}";
}
