using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Tessera.Kernel.Identity.SingleSignOn;

/// <summary>The provider could not be reached, or did not keep to the protocol; the message is for the log.</summary>
internal sealed class OidcException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What the provider publishes about itself.</summary>
internal sealed record OidcMetadata(string Issuer, Uri AuthorizationEndpoint, Uri TokenEndpoint, Uri KeySetAddress, Uri? UserInfoEndpoint, bool SecretInBody, DateTimeOffset ReadAt);

/// <summary>
/// One configured provider: its discovery document and keys, read when first needed and again after a day (keys also when a
/// token names an unknown one), the address to send people to, and the exchange of the code they bring back.
/// </summary>
internal sealed class OidcProvider(OidcOptions options, IHttpClientFactory http, TimeProvider clock) : IDisposable
{
    public const string HttpClientName = "oidc";

    private static readonly TimeSpan MetadataLifetime = TimeSpan.FromDays(1);

    /// <summary>Anybody can send tokens with made-up key ids; they do not make this node ask the provider each time.</summary>
    private static readonly TimeSpan KeyRefreshPause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private OidcMetadata? _metadata;
    private (JsonElement Keys, DateTimeOffset ReadAt)? _keys;

    public OidcOptions Options { get; } = options;

    /// <exception cref="OidcException">The provider does not answer as it should.</exception>
    public async Task<string> AuthorizationAddressAsync(string redirectUri, string state, string nonce, string codeVerifier, CancellationToken cancel)
    {
        var metadata = await MetadataAsync(cancel);
        return QueryHelpers.AddQueryString(metadata.AuthorizationEndpoint.AbsoluteUri, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = Options.ClientId,
            ["redirect_uri"] = redirectUri,
            ["scope"] = "openid email profile",
            ["state"] = state,
            ["nonce"] = nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(codeVerifier))),
            ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>Exchanges the code and checks the ID token that comes for it.</summary>
    /// <returns>The token's claims; where it names no e-mail address, with what the provider's user info endpoint says.</returns>
    /// <exception cref="OidcException">The code is not accepted, the token does not hold, or the user info is of somebody else.</exception>
    public async Task<(string Issuer, JsonElement Claims)> RedeemAsync(string code, string redirectUri, string nonce, string codeVerifier, CancellationToken cancel)
    {
        var metadata = await MetadataAsync(cancel);
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["code_verifier"] = codeVerifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, metadata.TokenEndpoint);
        if (string.IsNullOrEmpty(Options.ClientSecret) || metadata.SecretInBody)
        {
            form["client_id"] = Options.ClientId;
            if (!string.IsNullOrEmpty(Options.ClientSecret))
            {
                form["client_secret"] = Options.ClientSecret;
            }
        }
        else
        {
            // RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
            var pair = $"{Uri.EscapeDataString(Options.ClientId)}:{Uri.EscapeDataString(Options.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(form);
        var answer = await SendAsync(request, cancel);
        if (IdTokens.Text(answer, "id_token") is not { } token)
        {
            throw new OidcException("The token endpoint's answer holds no ID token.");
        }

        var keys = await KeysAsync(metadata, refresh: false, cancel);
        if (IdTokens.NamesUnknownKey(token, keys))
        {
            keys = await KeysAsync(metadata, refresh: true, cancel);
        }

        var (claims, fault) = IdTokens.Read(token, keys, new IdTokenRules(metadata.Issuer, Options.ClientId, nonce, clock.GetUtcNow()));
        if (claims is not { } good)
        {
            throw new OidcException($"The ID token is {fault}.");
        }

        return (metadata.Issuer, string.IsNullOrWhiteSpace(IdTokens.Text(good, "email")) ? await WithUserInfoAsync(good, metadata, IdTokens.Text(answer, "access_token"), cancel) : good);
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>OpenID Connect Core 5.3: the claims that the token lacks, from the provider itself.</summary>
    private async Task<JsonElement> WithUserInfoAsync(JsonElement claims, OidcMetadata metadata, string? accessToken, CancellationToken cancel)
    {
        if (metadata.UserInfoEndpoint is null || string.IsNullOrEmpty(accessToken))
        {
            return claims;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, metadata.UserInfoEndpoint);
        if (!request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + accessToken))
        {
            throw new OidcException("The access token cannot be sent.");
        }

        var told = await SendAsync(request, cancel);
        return IdTokens.Text(told, "sub") == IdTokens.Text(claims, "sub")
            ? IdTokens.Completed(claims, told)
            : throw new OidcException("The user info is of somebody else.");
    }

    private async Task<OidcMetadata> MetadataAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_metadata is { } known && now - known.ReadAt < MetadataLifetime)
        {
            return known;
        }

        await _reading.WaitAsync(cancel);
        try
        {
            if (_metadata is { } read && now - read.ReadAt < MetadataLifetime)
            {
                return read;
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, Options.Authority.TrimEnd('/') + "/.well-known/openid-configuration");
            var document = await SendAsync(request, cancel);
            var issuer = IdTokens.Text(document, "issuer");
            if (issuer is null || issuer.TrimEnd('/') != Options.Authority.TrimEnd('/'))
            {
                throw new OidcException($"The provider at {Options.Authority} calls itself {issuer}.");
            }

            var methods = IdTokens.TextsOf(document, "token_endpoint_auth_methods_supported");
            return _metadata = new OidcMetadata(
                issuer,
                AddressOf(document, "authorization_endpoint"),
                AddressOf(document, "token_endpoint"),
                AddressOf(document, "jwks_uri"),
                document.TryGetProperty("userinfo_endpoint", out _) ? AddressOf(document, "userinfo_endpoint") : null,
                methods.Count > 0 && !methods.Contains("client_secret_basic", StringComparer.Ordinal),
                now);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<JsonElement> KeysAsync(OidcMetadata metadata, bool refresh, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await _reading.WaitAsync(cancel);
        try
        {
            if (_keys is { } known && now - known.ReadAt < (refresh ? KeyRefreshPause : MetadataLifetime))
            {
                return known.Keys;
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, metadata.KeySetAddress);
            var keys = await SendAsync(request, cancel);
            _keys = (keys, now);
            return keys;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            using var client = http.CreateClient(HttpClientName);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await client.SendAsync(request, cancel);
            var body = await response.Content.ReadAsByteArrayAsync(cancel);
            if (!response.IsSuccessStatusCode)
            {
                throw new OidcException($"{request.RequestUri} answered {(int)response.StatusCode}.");
            }

            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new OidcException($"{request.RequestUri} answered no JSON object.");
        }
        catch (Exception failed) when (failed is HttpRequestException or JsonException || (failed is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new OidcException($"{request.RequestUri} cannot be reached or read.", failed);
        }
    }

    private static Uri AddressOf(JsonElement document, string name) =>
        Uri.TryCreate(IdTokens.Text(document, name), UriKind.Absolute, out var address) && OidcOptions.IsSafe(address)
            ? address
            : throw new OidcException($"The discovery document has no usable {name}.");
}

/// <summary>All configured providers.</summary>
internal sealed class OidcProviders : IDisposable
{
    private readonly IReadOnlyList<OidcProvider> _all;

    /// <exception cref="InvalidOperationException">A provider's settings cannot work.</exception>
    public OidcProviders(IReadOnlyList<OidcOptions> options, IHttpClientFactory http, TimeProvider clock)
    {
        foreach (var provider in options)
        {
            if (provider.Fault() is { } fault)
            {
                throw new InvalidOperationException($"Tessera:Oidc ({provider.Key}): {fault}");
            }
        }

        if (options.DistinctBy(o => o.Key).Count() < options.Count)
        {
            throw new InvalidOperationException("Tessera:Oidc: two providers have the same Key.");
        }

        _all = [.. options.Select(o => new OidcProvider(o, http, clock))];
    }

    public IReadOnlyList<OidcProvider> All => _all;

    public OidcProvider? Find(string key) => _all.FirstOrDefault(p => p.Options.Key == key);

    public void Dispose()
    {
        foreach (var provider in _all)
        {
            provider.Dispose();
        }
    }
}
