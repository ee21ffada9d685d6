using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Tessera.Kernel.Web;

/// <summary>Where people reach this installation: <c>Tessera:PublicUrl</c>, or the address the request came to.</summary>
internal sealed class PublicAddress(IConfiguration configuration)
{
    private readonly string? _configured = configuration["Tessera:PublicUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : null;

    /// <param name="http">The request that asks.</param>
    /// <param name="path">Begins with a slash.</param>
    public string Of(HttpContext http, string path) => (_configured ?? $"{http.Request.Scheme}://{http.Request.Host}") + path;
}
