using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tessera.Kernel.Identity.SingleSignOn;

/// <summary>What an ID token must say to be meant for this sign-in.</summary>
internal sealed record IdTokenRules(string Issuer, string ClientId, string Nonce, DateTimeOffset Now);

/// <summary>
/// ID tokens of other providers (OpenID Connect Core 3.1.3.7): RS256 or ES256 with a key the provider publishes, and nothing
/// else. A symmetric algorithm or none is refused whatever the key set says.
/// </summary>
internal static class IdTokens
{
    /// <summary>How far the provider's clock may be off.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private const int MaximumLength = 32_768;

    /// <summary>Whether the token's header names a key that is not in the set: the provider may have changed its keys.</summary>
    public static bool NamesUnknownKey(string token, JsonElement keySet) =>
        Split(token) is { } parts && HeaderOf(parts.Header) is { } header && KeyIdOf(header) is { } keyId && KeysOf(keySet).All(key => Text(key, "kid") != keyId);

    /// <summary>The claims of a token that holds in every respect, else null with what is wrong with it.</summary>
    public static (JsonElement? Claims, string? Fault) Read(string token, JsonElement keySet, IdTokenRules rules)
    {
        if (token.Length > MaximumLength || Split(token) is not { } parts || HeaderOf(parts.Header) is not { } header)
        {
            return (null, "not a signed token");
        }

        if (Text(header, "alg") is not ("RS256" or "ES256") || header.TryGetProperty("crit", out _))
        {
            return (null, "signed in a way that is not accepted");
        }

        var signature = Decode(parts.Signature);
        if (signature is null || !CandidatesOf(header, keySet).Any(key => Verifies(key, Text(header, "alg")!, parts.Signed, signature)))
        {
            return (null, "not signed by the provider");
        }

        if (Decode(parts.Payload) is not { } payload || Parse(payload) is not { } claims)
        {
            return (null, "not readable");
        }

        return FaultOf(claims, rules) is { } fault ? (null, fault) : (claims, null);
    }

    /// <summary>
    /// The claims of a token without an e-mail address, with those of the user info that it does not have. Whether the address is verified is for
    /// whoever named the address to say.
    /// </summary>
    public static JsonElement Completed(JsonElement claims, JsonElement userInfo)
    {
        var all = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var claim in userInfo.EnumerateObject().Concat(claims.EnumerateObject().Where(claim => claim.Name is not ("email" or "email_verified"))))
        {
            all[claim.Name] = claim.Value;
        }

        return JsonSerializer.SerializeToElement(all);
    }

    private static string? FaultOf(JsonElement claims, IdTokenRules rules)
    {
        var now = rules.Now.ToUnixTimeSeconds();
        var skew = (long)Skew.TotalSeconds;
        var audiences = AudiencesOf(claims);
        return Text(claims, "iss") != rules.Issuer ? "of another issuer"
            : !audiences.Contains(rules.ClientId, StringComparer.Ordinal) ? "for another client"
            : audiences.Count > 1 && Text(claims, "azp") is null ? "for several clients without saying who asked"
            : Text(claims, "azp") is { } party && party != rules.ClientId ? "asked for by another client"
            : Number(claims, "exp") is not { } expires || expires <= now - skew ? "expired"
            : Number(claims, "iat") is not { } issued || issued > now + skew ? "issued in the future"
            : Number(claims, "nbf") is { } from && from > now + skew ? "not valid yet"
            : Text(claims, "nonce") is not { } nonce || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(rules.Nonce)) ? "of another sign-in"
            : string.IsNullOrEmpty(Text(claims, "sub")) ? "of nobody"
            : null;
    }

    /// <summary>The named key; when the token names none, all that could have signed it.</summary>
    private static IEnumerable<JsonElement> CandidatesOf(JsonElement header, JsonElement keySet)
    {
        var type = Text(header, "alg") == "RS256" ? "RSA" : "EC";
        var keyId = KeyIdOf(header);
        return KeysOf(keySet).Where(key =>
            Text(key, "kty") == type && Text(key, "use") is null or "sig" && (Text(key, "alg") is not { } algorithm || algorithm == Text(header, "alg")) && (keyId is null || Text(key, "kid") == keyId));
    }

    private static bool Verifies(JsonElement key, string algorithm, byte[] signed, byte[] signature)
    {
        try
        {
            if (algorithm == "RS256")
            {
                using var rsa = RSA.Create(new RSAParameters { Modulus = Decode(Text(key, "n") ?? ""), Exponent = Decode(Text(key, "e") ?? "") });
                return rsa.KeySize >= 2048 && rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }

            if (Text(key, "crv") != "P-256")
            {
                return false;
            }

            using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Decode(Text(key, "x") ?? ""), Y = Decode(Text(key, "y") ?? "") } });
            return ec.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static (string Header, string Payload, string Signature, byte[] Signed)? Split(string token)
    {
        var parts = token.Split('.');
        return parts.Length == 3 && parts.All(p => p.Length > 0) ? (parts[0], parts[1], parts[2], Encoding.UTF8.GetBytes($"{parts[0]}.{parts[1]}")) : null;
    }

    private static JsonElement? HeaderOf(string part) => Decode(part) is { } bytes ? Parse(bytes) : null;

    private static JsonElement? Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string part) => Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;

    private static IEnumerable<JsonElement> KeysOf(JsonElement keySet) =>
        keySet.ValueKind == JsonValueKind.Object && keySet.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.Object)
            : [];

    private static IReadOnlyList<string> AudiencesOf(JsonElement claims) => TextsOf(claims, "aud");

    private static string? KeyIdOf(JsonElement header) => Text(header, "kid");

    /// <summary>A claim that is a text or a list of texts.</summary>
    public static IReadOnlyList<string> TextsOf(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)]
        : [];

    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Abs(number) < 1e15 ? (long)number : null;
}
