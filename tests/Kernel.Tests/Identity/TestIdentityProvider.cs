using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Tests.Identity;

/// <summary>A small OpenID provider on a port of its own: it signs in whoever the test says, and can be told to misbehave.</summary>
public sealed class TestIdentityProvider(TimeProvider clock) : IAsyncDisposable
{
    public const string ClientId = "tessera test";

    public const string ClientSecret = "s€cret/with:odd+signs";

    private const string AccessToken = "of/this+sign~in==";

    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string RedirectUri)> _codes = new(StringComparer.Ordinal);
    private RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _keyId = "rsa-1";
    private WebApplication? _app;

    public string Address { get; private set; } = "";

    /// <summary>Claims of the next tokens beside those the protocol asks for.</summary>
    public Dictionary<string, object> Person { get; } = new(StringComparer.Ordinal);

    /// <summary>What the user info endpoint says to whoever has the access token.</summary>
    public Dictionary<string, object> UserInfo { get; } = new(StringComparer.Ordinal);

    /// <summary>The same provider without a user info endpoint.</summary>
    public string PlainAddress => Address + "/plain";

    /// <summary>Changes the next tokens' claims after they were made.</summary>
    public Action<Dictionary<string, object>> Distort { get; set; } = _ => { };

    /// <summary><c>RS256</c>, <c>ES256</c>, or what nobody should accept.</summary>
    public string Algorithm { get; set; } = "RS256";

    public static async Task<TestIdentityProvider> StartAsync(TimeProvider clock)
    {
        var provider = new TestIdentityProvider(clock);
        await provider.ListenAsync();
        return provider;
    }

    private async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Get("/.well-known/openid-configuration", () => Results.Json(Discovery(Address).Append(new("userinfo_endpoint", Address + "/userinfo")).ToDictionary()));
        _app.Get("/plain/.well-known/openid-configuration", () => Results.Json(Discovery(PlainAddress)));
        _app.Get("/userinfo", (HttpRequest request) => request.Headers.Authorization == "Bearer " + AccessToken ? Results.Json(UserInfo) : Results.Unauthorized());
        _app.Get("/keys", () => Results.Json(new { keys = new object[] { RsaKey(), EcKey() } }));
        _app.Get("/authorize", (HttpRequest request) =>
        {
            var code = RandomNumberGenerator.GetHexString(20);
            _codes[code] = (request.Query["nonce"]!, request.Query["code_challenge"]!, request.Query["redirect_uri"]!);
            return Results.Redirect($"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(request.Query["state"]!)}");
        });
        _app.Post("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(ClientSecret)}"));
            var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            return request.Headers.Authorization == basic && _codes.TryRemove(form["code"].ToString(), out var asked) && asked.Challenge == challenge && asked.RedirectUri == form["redirect_uri"]
                ? Results.Json(new { access_token = AccessToken, token_type = "Bearer", id_token = Token(asked.Nonce) })
                : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        });
        await _app.StartAsync();
        Address = _app.Urls.Single();
    }

    /// <summary>Signs with a new key from now on; the old one is withdrawn.</summary>
    public void ChangeKey()
    {
        _rsa.Dispose();
        (_rsa, _keyId) = (RSA.Create(2048), "rsa-2");
    }

    public void Reset()
    {
        Person.Clear();
        UserInfo.Clear();
        Distort = _ => { };
        Algorithm = "RS256";
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _rsa.Dispose();
        _ec.Dispose();
    }

    private Dictionary<string, string> Discovery(string issuer) => new(StringComparer.Ordinal)
    {
        ["issuer"] = issuer,
        ["authorization_endpoint"] = Address + "/authorize",
        ["token_endpoint"] = Address + "/token",
        ["jwks_uri"] = Address + "/keys",
    };

    private string Token(string nonce)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(Person, StringComparer.Ordinal) { ["iss"] = Address, ["aud"] = ClientId, ["iat"] = now, ["exp"] = now + 300, ["nonce"] = nonce };
        Distort(claims);
        var header = JsonSerializer.Serialize(new { alg = Algorithm, typ = "JWT", kid = Algorithm == "ES256" ? "ec-1" : _keyId });
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = Algorithm switch
        {
            "RS256" => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "ES256" => _ec.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            // The published key taken for a shared secret: the classic confusion.
            "HS256" => HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), bytes),
            _ => [],
        };
        return signed + "." + Base64Url.EncodeToString(signature);
    }

    private object RsaKey()
    {
        var key = _rsa.ExportParameters(false);
        return new { kty = "RSA", use = "sig", kid = _keyId, n = Base64Url.EncodeToString(key.Modulus!), e = Base64Url.EncodeToString(key.Exponent!) };
    }

    private object EcKey()
    {
        var key = _ec.ExportParameters(false);
        return new { kty = "EC", use = "sig", kid = "ec-1", crv = "P-256", x = Base64Url.EncodeToString(key.Q.X!), y = Base64Url.EncodeToString(key.Q.Y!) };
    }
}
