using Microsoft.AspNetCore.Http;
using Tessera.Kernel.Access;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>
/// Addresses that are a secret: who knows one reads in the name of the person it belongs to, without signing in. Keep only the
/// token's hash (<see cref="Secrets.HashOf"/>), enter the tenant it names, look the hash up there, and ask for the holder.
/// </summary>
public sealed class SecretLinks
{
    private readonly PublicAddress _address;

    private readonly Principals _principals;

    internal SecretLinks(PublicAddress address, Principals principals) => (_address, _principals) = (address, principals);

    /// <summary>A new token of 64 characters, safe in URLs.</summary>
    public static string NewToken(Guid tenantId) => TenantToken.New(tenantId);

    /// <summary>The tenant a token names, or null when it is no token. Proves nothing: its hash must be known there.</summary>
    public static Guid? TenantOf(string token) => TenantToken.TenantOf(token);

    /// <param name="http">The request that asks.</param>
    /// <param name="path">Begins with a slash.</param>
    public string AddressOf(HttpContext http, string path) => _address.Of(http, path);

    /// <summary>The person a link belongs to with the rights they have now; null once they have left.</summary>
    public Task<CurrentUser?> HolderAsync(Guid tenantId, Guid userId, CancellationToken cancel) => _principals.LoadMemberAsync(tenantId, userId, cancel);
}
