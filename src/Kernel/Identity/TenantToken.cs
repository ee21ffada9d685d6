using System.Buffers.Text;
using System.Security.Cryptography;

namespace Tessera.Kernel.Identity;

/// <summary>
/// An unguessable word for a link that somebody without a session opens. It begins with the tenant's id, so the one tenant
/// can be entered before the token's row is looked for: no query ever crosses tenants.
/// </summary>
internal static class TenantToken
{
    private const int IdLength = 16;

    private const int RandomLength = 32;

    /// <summary>64 characters, safe in URLs; 256 of its bits are random.</summary>
    public static string New(Guid tenantId)
    {
        Span<byte> bytes = stackalloc byte[IdLength + RandomLength];
        tenantId.TryWriteBytes(bytes);
        RandomNumberGenerator.Fill(bytes[IdLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The tenant a token names, or null when it is no such token. Proves nothing: its hash must be known there.</summary>
    public static Guid? TenantOf(string token)
    {
        Span<byte> bytes = stackalloc byte[IdLength + RandomLength];
        if (token.Length != Base64Url.GetEncodedLength(bytes.Length) || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var length) || length != bytes.Length)
        {
            return null;
        }

        var tenantId = new Guid(bytes[..IdLength]);
        return tenantId == Guid.Empty ? null : tenantId;
    }
}
