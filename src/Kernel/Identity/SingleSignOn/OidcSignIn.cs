using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity.SingleSignOn;

/// <summary>A provider people can sign in with.</summary>
/// <param name="StartUrl">Where the browser goes to begin; add <c>?returnTo=</c> with a path of the client.</param>
public sealed record SignInProvider(string Key, string Name, string StartUrl);

/// <summary>
/// <c>/auth/oidc/{key}</c>: sign-in by an identity provider, authorization code flow with PKCE. What the callback must match
/// travels in a short-lived encrypted cookie, so a callback works only in the browser that began, once.
/// </summary>
internal static partial class OidcSignIn
{
    public const string StateCookie = "tessera_oidc";

    private const string CookiePath = "/api/v1/auth/oidc";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly byte[] CookieContext = "oidc sign-in"u8.ToArray();

    public static void Map(RouteGroupBuilder auth)
    {
        auth.Get("/providers", Providers).WithName("listSignInProviders").OpenToEverybody("The sign-in page shows them.").WithSummary("Identity providers people can sign in with.");
        auth.Get("/oidc/{key}/start", Start).WithName("startSingleSignOn").Produces(StatusCodes.Status302Found).OpenToEverybody("Signing in is how one stops being nobody.").WithSummary("Sends the browser to the provider.");
        auth.Get("/oidc/{key}/callback", Callback).WithName("finishSingleSignOn").Produces(StatusCodes.Status302Found).OpenToEverybody("The provider sends the browser here.")
            .WithSummary("Signs in with what the provider says and sends the browser to the client.");
    }

    private static Ok<ItemList<SignInProvider>> Providers(OidcProviders providers) =>
        TypedResults.Ok(new ItemList<SignInProvider>([.. providers.All.Select(p => new SignInProvider(p.Options.Key, p.Options.DisplayName, $"{CookiePath}/{p.Options.Key}/start"))]));

    private static async Task<Results<RedirectHttpResult, Refused>> Start(
        string key, HttpContext http, OidcProviders providers, PublicAddress address, Secrets secrets, TimeProvider clock, ILogger<OidcProvider> logger, CancellationToken cancel, string? returnTo = null)
    {
        if (providers.Find(key) is not { } provider)
        {
            return new Refused(Refusals.NotFound);
        }

        var pending = new Pending(key, Secrets.NewToken(), Secrets.NewToken(), Secrets.NewToken(), SafePath(returnTo), clock.GetUtcNow() + Patience);
        string target;
        try
        {
            target = await provider.AuthorizationAddressAsync(RedirectUri(address, http, key), pending.State, pending.Nonce, pending.CodeVerifier, cancel);
        }
        catch (OidcException failed)
        {
            LogFailed(logger, key, failed);
            return Away("sso_failed");
        }

        http.Response.Cookies.Append(StateCookie, Base64Url.EncodeToString(BoxOf(secrets).Seal(JsonSerializer.SerializeToUtf8Bytes(pending), CookieContext)), Cookie(http, pending.ExpiresAt));
        return TypedResults.Redirect(target);
    }

    private static async Task<Results<RedirectHttpResult, Refused>> Callback(
        string key, HttpContext http, OidcProviders providers, OidcMembers members, Sessions sessions, PublicAddress address, Secrets secrets, TimeProvider clock, ILogger<OidcProvider> logger,
        CancellationToken cancel, string? code = null, string? state = null, string? error = null)
    {
        if (providers.Find(key) is not { } provider)
        {
            return new Refused(Refusals.NotFound);
        }

        var pending = ReadPending(http, secrets);
        http.Response.Cookies.Delete(StateCookie, Cookie(http, clock.GetUtcNow()));
        var belongs = pending is not null && pending.Key == key && pending.ExpiresAt > clock.GetUtcNow()
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state ?? ""), Encoding.UTF8.GetBytes(pending.State));
        if (!belongs || string.IsNullOrEmpty(code))
        {
            return Away(belongs && error is not null ? "sso_refused" : "sso_failed");
        }

        try
        {
            var (issuer, claims) = await provider.RedeemAsync(code, RedirectUri(address, http, key), pending!.Nonce, pending.CodeVerifier, cancel);
            var (accountId, member, fault) = await members.FindAsync(provider.Options, issuer, claims, cancel);
            if (member is null)
            {
                return Away(fault ?? OidcMembers.NoAccess);
            }

            await sessions.StartAsync(http, accountId, member, "login", cancel);
            return TypedResults.LocalRedirect(pending.ReturnTo);
        }
        catch (OidcException failed)
        {
            LogFailed(logger, key, failed);
            return Away("sso_failed");
        }
    }

    /// <summary>A path of this origin, or the front door: nobody is sent elsewhere by a link to our sign-in.</summary>
    internal static string SafePath(string? returnTo) =>
        returnTo is { Length: > 0 and <= 1_000 } && returnTo[0] == '/' && !returnTo.StartsWith("//", StringComparison.Ordinal)
            && !returnTo.Any(c => c == '\\' || char.IsControl(c))
            ? returnTo
            : "/";

    private static string RedirectUri(PublicAddress address, HttpContext http, string key) => address.Of(http, $"{CookiePath}/{key}/callback");

    private static RedirectHttpResult Away(string code) => TypedResults.LocalRedirect($"/login?error={code}");

    private static Pending? ReadPending(HttpContext http, Secrets secrets)
    {
        if (http.Request.Cookies[StateCookie] is not { Length: > 0 and < 4_096 } cookie || !Base64Url.IsValid(cookie)
            || BoxOf(secrets).Open(Base64Url.DecodeFromChars(cookie), CookieContext) is not { } json)
        {
            return null;
        }

        return JsonSerializer.Deserialize<Pending>(json);
    }

    private static SecretBox BoxOf(Secrets secrets) => new(secrets.For("oidc-state"));

    // Lax: the browser comes back from the provider's site, and a strict cookie would stay behind.
    private static CookieOptions Cookie(HttpContext http, DateTimeOffset expires) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = CookiePath,
        Expires = expires,
        IsEssential = true,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Single sign-on by {Provider} failed")]
    private static partial void LogFailed(ILogger logger, string provider, Exception failed);

    /// <summary>A sign-in on its way: what the callback must repeat or prove.</summary>
    private sealed record Pending(string Key, string State, string Nonce, string CodeVerifier, string ReturnTo, DateTimeOffset ExpiresAt);
}
