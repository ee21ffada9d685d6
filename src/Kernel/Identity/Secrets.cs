using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tessera.Kernel.Identity;

/// <summary>Keys derived from the installation's one secret, each for one purpose, so that none can stand in for another.</summary>
public sealed class Secrets
{
    /// <summary>Shortest secret that is accepted, in bytes.</summary>
    public const int MinimumLength = 32;

    private readonly byte[] _master;

    /// <param name="signingKey">At least <see cref="MinimumLength"/> bytes of UTF-8.</param>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public Secrets(string signingKey)
    {
        _master = Encoding.UTF8.GetBytes(signingKey);
        if (_master.Length < MinimumLength)
        {
            throw new ArgumentException($"The signing key needs at least {MinimumLength} bytes.", nameof(signingKey));
        }

        AccessTokens = For("access-token");
        RefreshTokens = For("refresh-token");
        Csrf = For("csrf");
    }

    internal byte[] AccessTokens { get; }

    internal byte[] RefreshTokens { get; }

    internal byte[] Csrf { get; }

    /// <summary>A 32-byte key for one purpose (HKDF-SHA256).</summary>
    public byte[] For(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, 32, info: Encoding.UTF8.GetBytes("tessera " + purpose));

    /// <summary>A new unguessable word of 32 random bytes, safe in URLs and cookies.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of a token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
