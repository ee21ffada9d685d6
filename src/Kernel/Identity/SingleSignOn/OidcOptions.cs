namespace Tessera.Kernel.Identity.SingleSignOn;

/// <summary>
/// Settings <c>Tessera:Oidc:{n}</c>: one identity provider that speaks OpenID Connect. Its redirect address is
/// <c>{PublicUrl}/api/v1/auth/oidc/{Key}/callback</c>.
/// </summary>
public sealed record OidcOptions
{
    /// <summary>Short word in addresses: lower-case letters, digits and hyphens.</summary>
    public string Key { get; init; } = "";

    /// <summary>What the sign-in button says; the key when empty.</summary>
    public string? Name { get; init; }

    /// <summary>The issuer's address, https except on a loopback address; its discovery document lies below it.</summary>
    public string Authority { get; init; } = "";

    public string ClientId { get; init; } = "";

    /// <summary>Empty for a public client: PKCE protects the exchange either way.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The one tenant this provider opens; without it, it signs existing members in to any of theirs.</summary>
    public string? TenantSlug { get; init; }

    /// <summary>Role of people who come for the first time; without it only existing members get in. Needs <see cref="TenantSlug"/>.</summary>
    public string? DefaultRole { get; init; }

    /// <summary>Domains of e-mail addresses the provider may vouch for; others are turned away. Empty: any address, but with a <see cref="TenantSlug"/> only accounts that belong to no other tenant.</summary>
    public IReadOnlyList<string> AllowedDomains { get; init; } = [];

    /// <summary>Claim of the ID token that names groups, a text or a list of texts. Needs <see cref="TenantSlug"/>.</summary>
    public string? RoleClaim { get; init; }

    /// <summary>Role key by group name; the first group in the token's order that has one decides, at every sign-in.</summary>
    public IReadOnlyDictionary<string, string> RoleMap { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal string DisplayName => string.IsNullOrWhiteSpace(Name) ? Key : Name;

    /// <summary>What is wrong with these settings, or null.</summary>
    public string? Fault() =>
        Key.Length == 0 || Key.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') ? "Key must be a short word of lower-case letters, digits and hyphens."
        : ClientId.Length == 0 ? "ClientId is missing."
        : !Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || !IsSafe(authority) ? "Authority must be an https address."
        : (DefaultRole ?? RoleClaim) is not null && string.IsNullOrEmpty(TenantSlug) ? "DefaultRole and RoleClaim need a TenantSlug."
        : null;

    /// <summary>Tokens and secrets travel encrypted, or never leave the machine.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
