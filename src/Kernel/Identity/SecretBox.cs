using System.Security.Cryptography;

namespace Tessera.Kernel.Identity;

/// <summary>Encrypts small secrets for keeping or for a round trip through a browser: AES-256-GCM, so what was altered does not open.</summary>
internal sealed class SecretBox(byte[] key)
{
    private const int NonceLength = 12;

    private const int TagLength = 16;

    /// <summary>Nonce, tag and cipher text in one piece.</summary>
    /// <param name="plain">What to hide.</param>
    /// <param name="context">What it belongs to; the piece opens only with the same context.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> context)
    {
        var sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), context);
        return sealedBytes;
    }

    /// <summary>What was sealed, or null when it was altered, belongs elsewhere or was sealed with another key.</summary>
    public byte[]? Open(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> context)
    {
        if (sealedBytes.Length < NonceLength + TagLength)
        {
            return null;
        }

        var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(sealedBytes[..NonceLength], sealedBytes[(NonceLength + TagLength)..], sealedBytes.Slice(NonceLength, TagLength), plain, context);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
