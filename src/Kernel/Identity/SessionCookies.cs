using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tessera.Kernel.Identity;

/// <summary>
/// The cookies of a session and the token that proves a call came from our own pages. A browser sends cookies along with
/// anybody's request; only our script can read the token and repeat it in a header. Calls with a bearer token need none.
/// </summary>
internal sealed class SessionCookies(Secrets secrets, TimeProvider clock)
{
    public const string RefreshCookie = "tessera_refresh";

    /// <summary>Readable by script on purpose: after a reload it is all the page has.</summary>
    public const string CsrfCookie = "tessera_csrf";

    public const string CsrfHeader = "X-CSRF-Token";

    /// <returns>The CSRF token, which the answer repeats for callers without cookies of their own.</returns>
    public string Set(HttpContext http, Guid sessionId, string refreshToken, DateTimeOffset expires)
    {
        var csrf = NewToken(sessionId);
        http.Response.Cookies.Append(RefreshCookie, refreshToken, Options(http, httpOnly: true, expires));
        http.Response.Cookies.Append(CsrfCookie, csrf, Options(http, httpOnly: false, expires));
        return csrf;
    }

    public void Clear(HttpContext http)
    {
        http.Response.Cookies.Delete(RefreshCookie, Options(http, true, clock.GetUtcNow()));
        http.Response.Cookies.Delete(CsrfCookie, Options(http, false, clock.GetUtcNow()));
    }

    /// <summary>Whether the header's token was made for this session.</summary>
    public bool IsValid(HttpContext http, Guid sessionId)
    {
        var token = http.Request.Headers[CsrfHeader].ToString();
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && token.Length < 200 && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Sign(sessionId, token[..dot])), Encoding.ASCII.GetBytes(token));
    }

    private string NewToken(Guid sessionId) => Sign(sessionId, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)));

    private string Sign(Guid sessionId, string nonce) =>
        nonce + "." + Base64Url.EncodeToString(HMACSHA256.HashData(secrets.Csrf, Encoding.UTF8.GetBytes($"{sessionId:N}.{nonce}")));

    private static CookieOptions Options(HttpContext http, bool httpOnly, DateTimeOffset expires) => new()
    {
        HttpOnly = httpOnly,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}
