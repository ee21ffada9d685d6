using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tessera.Testing;

/// <summary>
/// Somebody who calls the API. Paths are relative to <c>/api/v1/</c> unless they start with a slash. A body is any object (sent as
/// camelCase JSON), a string (sent as it is, to be as malformed as a test needs), or <see cref="HttpContent"/>.
/// </summary>
public class Client(HttpClient http)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Sent as a bearer token when there is one.</summary>
    public string? Token { get; set; }

    /// <summary>Kept from answers and sent along, like a browser does.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Sent with every call, for example <c>X-View-As</c>. <c>X-Test-Address</c> is the address the call seems to come from.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Post(string path, object? body = null, int? version = null) => Send(HttpMethod.Post, path, body, version);

    public Task<Answer> Put(string path, object? body = null, int? version = null) => Send(HttpMethod.Put, path, body, version);

    public Task<Answer> Patch(string path, object? body = null, int? version = null) => Send(HttpMethod.Patch, path, body, version);

    public Task<Answer> Delete(string path, object? body = null, int? version = null) => Send(HttpMethod.Delete, path, body, version);

    /// <param name="method">Verb of the call.</param>
    /// <param name="path">Relative to <c>/api/v1/</c>, or absolute.</param>
    /// <param name="body">See the class.</param>
    /// <param name="version">Sent as <c>If-Match</c>.</param>
    /// <param name="headers">Sent with this call only; they win over <see cref="Headers"/>.</param>
    public async Task<Answer> Send(HttpMethod method, string path, object? body = null, int? version = null, IReadOnlyDictionary<string, string>? headers = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/api/v1/" + path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string raw => new StringContent(raw, Encoding.UTF8, "application/json"),
            _ => new StringContent(JsonSerializer.Serialize(body, Json), Encoding.UTF8, "application/json"),
        };
        if (version is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        }

        if (Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        }

        if (Statements.TraceParent is { } trace)
        {
            request.Headers.Add("traceparent", trace);
        }

        foreach (var (name, value) in Headers.Concat(headers ?? new Dictionary<string, string>()))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        Keep(response);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
    }

    /// <summary>The bytes at an address, as a browser downloads them.</summary>
    public async Task<byte[]> BytesAsync(string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}");
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Signs in with e-mail and password; later calls carry the session.</summary>
    public async Task<Answer> SignInAsync(string email, string password, string? tenant = null)
    {
        var answer = await Post("auth/login", new { email, password, tenant });
        if (answer.Status == (int)HttpStatusCode.OK)
        {
            Token = answer["accessToken"].GetString();
        }

        return answer;
    }

    /// <summary>Renews the session from its cookie, the way the web client does.</summary>
    public async Task<Answer> RefreshAsync()
    {
        var csrf = Cookies.GetValueOrDefault("tessera_csrf", "");
        var answer = await Send(HttpMethod.Post, "auth/refresh", headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["X-CSRF-Token"] = Uri.UnescapeDataString(csrf) });
        if (answer.Status == (int)HttpStatusCode.OK)
        {
            Token = answer["accessToken"].GetString();
        }

        return answer;
    }

    private void Keep(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            return;
        }

        foreach (var cookie in cookies)
        {
            var pair = cookie.Split(';')[0];
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (pair[(at + 1)..].Length == 0)
            {
                Cookies.Remove(pair[..at]);
            }
            else
            {
                Cookies[pair[..at]] = pair[(at + 1)..];
            }
        }
    }
}
