using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;

namespace Tessera.Kernel.Identity;

/// <summary>What an access token says: who, in which session of which tenant. Rights are not in it; they are decided on each request.</summary>
internal sealed record AccessClaims(Guid AccountId, Guid TenantId, Guid UserId, Guid SessionId, DateTimeOffset ExpiresAt);

/// <summary>
/// Access tokens: JSON Web Tokens (RFC 7519) signed with HMAC-SHA256, and nothing else: a token whose header names another
/// algorithm, or none, is refused before its signature is looked at.
/// </summary>
internal sealed class AccessTokens(Secrets secrets, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const string Issuer = "tessera";

    private const int MaximumLength = 2048;

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    // What a token says never changes, and each is sent hundreds of times.
    private readonly MemoryCache _read = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    public (string Token, DateTimeOffset ExpiresAt) Issue(Guid accountId, Guid tenantId, Guid userId, Guid sessionId)
    {
        var now = clock.GetUtcNow();
        var expires = now + Lifetime;
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Payload
        {
            Iss = Issuer,
            Sub = accountId,
            Tid = tenantId,
            Uid = userId,
            Sid = sessionId,
            Iat = now.ToUnixTimeSeconds(),
            Exp = expires.ToUnixTimeSeconds(),
        });
        return (Sign(Header + "." + Base64Url.EncodeToString(payload), secrets.AccessTokens), expires);
    }

    /// <summary>The claims of a valid token that has not expired, else null.</summary>
    public AccessClaims? Read(string token)
    {
        if (_read.TryGetValue<AccessClaims>(token, out var known))
        {
            return known!.ExpiresAt > clock.GetUtcNow() ? known : null;
        }

        if (Verified(token) is not { } claims)
        {
            return null;
        }

        _read.Set(token, claims, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime });
        return claims;
    }

    public void Dispose() => _read.Dispose();

    private AccessClaims? Verified(string token)
    {
        if (token.Length > MaximumLength || Verify(token, secrets.AccessTokens) is not { } bytes)
        {
            return null;
        }

        try
        {
            var payload = JsonSerializer.Deserialize<Payload>(bytes);
            return payload is { Iss: Issuer } && payload.Exp > clock.GetUtcNow().ToUnixTimeSeconds()
                ? new AccessClaims(payload.Sub, payload.Tid, payload.Uid, payload.Sid, DateTimeOffset.FromUnixTimeSeconds(payload.Exp))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Appends the signature to <c>header.payload</c> (RFC 7515, compact form).</summary>
    internal static string Sign(string signingInput, byte[] key) =>
        signingInput + "." + Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signingInput)));

    /// <summary>The payload's bytes when the token is three parts, says HS256 and its signature holds; else null.</summary>
    internal static byte[]? Verify(string token, byte[] key)
    {
        var lastDot = token.LastIndexOf('.');
        var firstDot = token.IndexOf('.', StringComparison.Ordinal);
        if (firstDot <= 0 || lastDot <= firstDot || token.AsSpan(firstDot + 1, lastDot - firstDot - 1).Contains('.'))
        {
            return null;
        }

        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!TryDecode(token.AsSpan(lastDot + 1), signature, out var length) || length != signature.Length)
        {
            return null;
        }

        if (!token.AsSpan(0, firstDot).SequenceEqual(Header) && !SaysHs256(token.AsSpan(0, firstDot)))
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(token, 0, lastDot), expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, signature))
        {
            return null;
        }

        var payload = new byte[Base64Url.GetMaxDecodedLength(lastDot - firstDot - 1)];
        return TryDecode(token.AsSpan(firstDot + 1, lastDot - firstDot - 1), payload, out var written) ? payload[..written] : null;
    }

    private static bool SaysHs256(ReadOnlySpan<char> header)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(header.Length)];
        if (!TryDecode(header, bytes, out var written))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, written));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("alg", out var algorithm) && algorithm.ValueKind == JsonValueKind.String && algorithm.ValueEquals("HS256")
                && !root.TryGetProperty("crit", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        return Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out written);
    }

    private sealed record Payload
    {
        [System.Text.Json.Serialization.JsonPropertyName("iss")]
        public string Iss { get; init; } = "";

        [System.Text.Json.Serialization.JsonPropertyName("sub")]
        public Guid Sub { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("tid")]
        public Guid Tid { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("uid")]
        public Guid Uid { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("sid")]
        public Guid Sid { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("iat")]
        public long Iat { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("exp")]
        public long Exp { get; init; }
    }
}
