using Tessera.Kernel.Identity;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Identity;

/// <summary>Tight limits, one allowed origin, and no founding by strangers: how an installation on the internet is set.</summary>
public sealed class GuardedApi : Api
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Tessera:AllowedOrigins:0"] = "https://intranet.example",
        ["Tessera:AllowFounding"] = "false",
        ["Tessera:PublicUrl"] = "https://desk.example/",
        ["Tessera:RateLimits:UserPermitsPerMinute"] = "60",
        ["Tessera:RateLimits:AnonymousPermitsPer15Minutes"] = "20",
    };
}

public sealed class WebDefenceTests(GuardedApi api) : IClassFixture<GuardedApi>
{
    [Fact]
    public async Task An_installation_on_the_internet_is_guarded()
    {
        var tenant = await api.FoundAsync();
        (await api.Anonymous.Post("setup/admin", new { tenantName = "Second", modules = new[] { "recruiting" }, fullName = "A B", email = Api.NewEmail(), password = Api.Password })).Must(403, "founding_closed");
        Assert.False((await api.Anonymous.Get("setup")).Must(200)["canFound"].GetBoolean());
        Assert.StartsWith("https://desk.example/invitation/", (await tenant.Admin.Post("invitations", new { email = Api.NewEmail(), role = "viewer" })).Must(201)["link"].GetString(), StringComparison.Ordinal);

        foreach (var path in new[] { "auth/me", "nowhere", "/health", "/openapi/v1.json", "setup" })
        {
            var headers = (await api.Anonymous.Get(path)).Headers;
            Assert.Contains("script-src 'self'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", headers.GetValues("X-Frame-Options").Single());
            Assert.Contains("max-age=", headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        }

        await OnlyTheAllowedOriginMayReadAsync();
        await LimitsCountByAddressAndRouteAsync();
        for (var i = 0; i < 60; i++)
        {
            await tenant.Admin.Get("auth/me");
        }

        var limited = (await tenant.Admin.Get("recruiting/calls")).Must(429, "too_many_requests");
        Assert.Contains("nosniff", limited.Headers.GetValues("X-Content-Type-Options"));
    }

    private async Task OnlyTheAllowedOriginMayReadAsync()
    {
        async Task<Answer> FromAsync(string origin) => await api.Anonymous.Send(HttpMethod.Get, "setup", headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["Origin"] = origin });
        Assert.Equal("https://intranet.example", (await FromAsync("https://intranet.example")).Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False((await FromAsync("https://evil.example")).Headers.Contains("Access-Control-Allow-Origin"));
    }

    private async Task LimitsCountByAddressAndRouteAsync()
    {
        var caller = api.Anonymous;
        caller.Headers["X-Test-Address"] = "203.0.113.50";
        for (var i = 0; i < 20; i++)
        {
            (await caller.Get("auth/providers")).Must(200);
        }

        var limited = (await caller.Get("auth/providers")).Must(429, "too_many_requests");
        Assert.True(limited.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        (await caller.Get("setup")).Must(200);
        caller.Headers["X-Test-Address"] = "203.0.113.51";
        (await caller.Get("auth/providers")).Must(200);
    }
}

public sealed class PasswordPolicyTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("short-1A", false)]
    [InlineData("alllowercase", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("Password-123", false)]
    [InlineData("Ada-Lovelace-1", false)]
    [InlineData("Quiet-Harbour-71", true)]
    [InlineData("four quiet words about boats", true)]
    [InlineData("Ünïcode-Härbour", true)]
    public void Weak_passwords_are_refused(string password, bool good) => Assert.Equal(good, PasswordPolicy.Fault(password, "ada@lovelace.test", "Ada Lovelace") is null);

    [Fact]
    public async Task The_documents_old_addresses_answer_as_the_new_ones()
    {
        var tenant = await api.FoundAsync();
        foreach (var path in new[] { "/auth/me", "/api/auth/me", "/api/users", "/api/candidates", "/api/v1/interviews", "/api/calls" })
        {
            (await tenant.Admin.Get(path)).Must(200);
        }

        (await api.Anonymous.Post("/auth/login", new { email = tenant.Admin.Email, password = Api.Password })).Must(200);
        (await api.Anonymous.Post("/login", new { email = tenant.Admin.Email, password = Api.Password })).Must(200);
        (await api.Anonymous.Get("/api/users")).Must(401, "unauthenticated");
    }
}
