using Tessera.Kernel.Identity.SingleSignOn;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Identity;

/// <summary>
/// The product beside an identity provider: <c>open</c> signs in any member, <c>house</c> belongs to one tenant and makes members, <c>plain</c> has no
/// user info endpoint.
/// </summary>
public sealed class SingleSignOnApi : Api
{
    public const string HouseSlug = "sso-house";

    private TestIdentityProvider? _provider;

    public TestIdentityProvider Provider => _provider!;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Tessera:Oidc:0:Key"] = "open",
        ["Tessera:Oidc:0:Name"] = "Everybody's",
        ["Tessera:Oidc:0:Authority"] = Provider.Address,
        ["Tessera:Oidc:0:ClientId"] = TestIdentityProvider.ClientId,
        ["Tessera:Oidc:0:ClientSecret"] = TestIdentityProvider.ClientSecret,
        ["Tessera:Oidc:1:Key"] = "house",
        ["Tessera:Oidc:1:Authority"] = Provider.Address,
        ["Tessera:Oidc:1:ClientId"] = TestIdentityProvider.ClientId,
        ["Tessera:Oidc:1:ClientSecret"] = TestIdentityProvider.ClientSecret,
        ["Tessera:Oidc:1:TenantSlug"] = HouseSlug,
        ["Tessera:Oidc:1:DefaultRole"] = "viewer",
        ["Tessera:Oidc:1:RoleClaim"] = "groups",
        ["Tessera:Oidc:1:RoleMap:leads"] = "manager",
        ["Tessera:Oidc:1:RoleMap:owners"] = "admin",
        ["Tessera:Oidc:2:Key"] = "plain",
        ["Tessera:Oidc:2:Authority"] = Provider.PlainAddress,
        ["Tessera:Oidc:2:ClientId"] = TestIdentityProvider.ClientId,
        ["Tessera:Oidc:2:ClientSecret"] = TestIdentityProvider.ClientSecret,
        ["Tessera:Oidc:2:AllowedDomains:0"] = "mail.test",
    };

    public override async Task InitializeAsync()
    {
        _provider = await TestIdentityProvider.StartAsync(Clock);
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }
}

public sealed class SingleSignOnTests(SingleSignOnApi api) : IClassFixture<SingleSignOnApi>
{
    [Fact]
    public async Task The_providers_are_listed_for_the_sign_in_page()
    {
        var items = (await api.Anonymous.Get("auth/providers")).Must(200).Items;

        Assert.Equal(["open", "house", "plain"], items.Select(p => p.GetProperty("key").GetString()!));
        Assert.Equal("/api/v1/auth/oidc/open/start", items[0].GetProperty("startUrl").GetString());
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task A_member_with_a_verified_address_comes_in_and_the_client_refreshes(string algorithm)
    {
        var agent = await (await api.FoundAsync()).AddAsync("agent");
        Say(agent.Email);
        api.Provider.Algorithm = algorithm;

        var (browser, there) = await SignInAsync("open", "/recruiting?view=board");

        Assert.Equal("/recruiting?view=board", there);
        Assert.Equal(agent.UserId, (await browser.RefreshAsync()).Must(200)["user"].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task The_link_to_the_account_holds_when_the_address_changes()
    {
        var agent = await (await api.FoundAsync()).AddAsync("agent");
        Say(agent.Email, "subject-that-stays");
        await SignInAsync("open");
        Say(Api.NewEmail(), "subject-that-stays");

        Assert.Equal(agent.UserId, (await (await SignInAsync("open")).Browser.RefreshAsync()).Must(200)["user"].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task An_address_nobody_verified_opens_nothing()
    {
        var agent = await (await api.FoundAsync()).AddAsync("agent");
        Say(agent.Email, verified: false);

        await RefusedAsync("open", "sso_email_not_verified");
    }

    [Fact]
    public async Task An_address_that_only_the_user_info_endpoint_tells_opens_the_account()
    {
        var agent = await (await api.FoundAsync()).AddAsync("agent");
        SayElsewhere(agent.Email);

        var (browser, there) = await SignInAsync("open");

        Assert.Equal("/", there);
        Assert.Equal(agent.UserId, (await browser.RefreshAsync()).Must(200)["user"].GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task What_the_user_info_endpoint_says_never_replaces_what_the_token_says()
    {
        await HouseAsync();
        SayElsewhere(Api.NewEmail());
        api.Provider.Person["groups"] = "other";
        api.Provider.UserInfo["groups"] = "owners";

        Assert.Equal("viewer", await RoleAfterSignInAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public async Task An_address_the_user_info_endpoint_does_not_call_verified_opens_nothing_whatever_the_token_says(bool? verified)
    {
        var agent = await (await api.FoundAsync()).AddAsync("agent");
        SayElsewhere(agent.Email);
        api.Provider.Person["email_verified"] = true;
        api.Provider.UserInfo.Remove("email_verified");
        if (verified is { } said)
        {
            api.Provider.UserInfo["email_verified"] = said;
        }

        await RefusedAsync("open", "sso_email_not_verified");
    }

    [Theory]
    [InlineData("somebody else")]
    [InlineData(null)]
    public async Task User_info_of_somebody_else_is_refused(string? subject)
    {
        SayElsewhere((await (await api.FoundAsync()).AddAsync("agent")).Email);
        api.Provider.UserInfo.Remove("sub");
        if (subject is not null)
        {
            api.Provider.UserInfo["sub"] = subject;
        }

        await RefusedAsync("open", "sso_failed");
    }

    [Theory]
    [InlineData("open")]
    [InlineData("plain")]
    public async Task A_provider_that_tells_no_address_anywhere_is_named_as_the_reason(string key)
    {
        SayElsewhere((await (await api.FoundAsync()).AddAsync("agent")).Email);
        api.Provider.UserInfo.Remove("email");
        api.Provider.Distort = claims => claims["iss"] = key == "plain" ? api.Provider.PlainAddress : api.Provider.Address;

        await RefusedAsync(key, "sso_no_email");
    }

    [Fact]
    public async Task A_stranger_is_turned_away_where_joining_is_not_configured()
    {
        Say(Api.NewEmail());

        await RefusedAsync("open", "sso_no_access");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS512")]
    public async Task Tokens_signed_in_another_way_are_refused(string algorithm)
    {
        await SayMemberAsync();
        api.Provider.Algorithm = algorithm;

        await RefusedAsync("open", "sso_failed");
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("nonce")]
    [InlineData("azp")]
    public async Task Tokens_meant_for_another_sign_in_are_refused(string claim)
    {
        await SayMemberAsync();
        api.Provider.Distort = claims => claims[claim] = "somebody else's";

        await RefusedAsync("open", "sso_failed");
    }

    [Theory]
    [InlineData("exp", -400)]
    [InlineData("iat", 400)]
    [InlineData("nbf", 400)]
    public async Task Tokens_of_another_time_are_refused(string claim, int seconds)
    {
        await SayMemberAsync();
        api.Provider.Distort = claims => claims[claim] = api.Clock.Now.ToUnixTimeSeconds() + seconds;

        await RefusedAsync("open", "sso_failed");
    }

    [Fact]
    public async Task A_new_key_of_the_provider_is_found()
    {
        await SayMemberAsync();
        await SignInAsync("open");
        api.Provider.ChangeKey();
        api.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("/", (await SignInAsync("open")).Location);
    }

    [Fact]
    public async Task A_callback_works_only_in_the_browser_that_began_and_once()
    {
        await SayMemberAsync();
        var browser = api.Anonymous;
        var callback = await ToCallbackAsync(browser, "open", null);

        Assert.Equal("/login?error=sso_failed", (await api.Anonymous.Get(callback)).Headers.Location!.OriginalString);
        var cookie = browser.Cookies["tessera_oidc"];
        browser.Cookies["tessera_oidc"] = cookie[..^2] + (cookie[^2] == 'A' ? 'B' : 'A') + cookie[^1];
        Assert.Equal("/login?error=sso_failed", (await browser.Get(callback)).Headers.Location!.OriginalString);
        browser.Cookies["tessera_oidc"] = cookie;
        Assert.Equal("/login?error=sso_failed", (await browser.Get(callback.Replace("state=", "state=x", StringComparison.Ordinal))).Headers.Location!.OriginalString);
        browser.Cookies["tessera_oidc"] = cookie;
        Assert.Equal("/", (await browser.Get(callback)).Headers.Location!.OriginalString);
        Assert.False(browser.Cookies.ContainsKey("tessera_oidc"));
        browser.Cookies["tessera_oidc"] = cookie;
        Assert.Equal("/login?error=sso_failed", (await browser.Get(callback)).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_sign_in_that_took_too_long_and_one_the_person_declined_end_at_the_sign_in_page()
    {
        await SayMemberAsync();
        var browser = api.Anonymous;
        var callback = await ToCallbackAsync(browser, "open", null);
        var state = callback[(callback.IndexOf("state=", StringComparison.Ordinal) + 6)..];
        var declined = await browser.Get($"/api/v1/auth/oidc/open/callback?error=access_denied&state={state}");
        Assert.Equal("/login?error=sso_refused", declined.Headers.Location!.OriginalString);

        callback = await ToCallbackAsync(browser, "open", null);
        api.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("/login?error=sso_failed", (await browser.Get(callback)).Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\nb")]
    [InlineData("")]
    public void Nobody_is_sent_elsewhere_afterwards(string returnTo) => Assert.Equal("/", OidcSignIn.SafePath(returnTo));

    [Fact]
    public async Task An_unknown_provider_is_not_found()
    {
        (await api.Anonymous.Get("auth/oidc/unknown/start")).Must(404, "not_found");
        (await api.Anonymous.Get("auth/oidc/unknown/callback?code=1&state=2")).Must(404, "not_found");
    }

    [Fact]
    public async Task The_tenants_own_provider_makes_members_and_groups_decide_their_role()
    {
        var house = await HouseAsync();
        Say(Api.NewEmail(), groups: ["other", "leads"]);
        Assert.Equal("manager", await RoleAfterSignInAsync());
        api.Provider.Person["groups"] = new[] { "other" };
        Assert.Equal("viewer", await RoleAfterSignInAsync());

        var person = (await house.Get($"users?email={Uri.EscapeDataString((string)api.Provider.Person["email"])}")).Must(200).Items.Single();
        (await house.Patch($"users/{person.GetProperty("id").GetGuid()}", new { active = false }, person.GetProperty("version").GetInt32())).Must(200);
        await RefusedAsync("house", "sso_no_access");
    }

    [Fact]
    public async Task Groups_do_not_take_the_last_administrator_away()
    {
        var house = await HouseAsync();
        Say(house.Email, groups: ["leads"]);

        Assert.Equal("admin", await RoleAfterSignInAsync());
    }

    [Fact]
    public async Task A_tenants_provider_does_not_open_accounts_that_are_at_home_elsewhere()
    {
        await HouseAsync();
        var elsewhere = await (await api.FoundAsync()).AddAsync("agent");
        Say(elsewhere.Email);

        await RefusedAsync("house", "sso_no_access");
    }

    private static Person? _house;

    /// <summary>The provider's tenant has a fixed short name, so it is founded once.</summary>
    private async Task<Person> HouseAsync()
    {
        if (_house is null)
        {
            var admin = new Person(api.NewHttpClient(), Api.NewEmail(), Api.Password);
            (await admin.Post("setup/admin", new { tenantName = "House", slug = SingleSignOnApi.HouseSlug, modules = new[] { "recruiting" }, fullName = "Hiro House", email = admin.Email, password = Api.Password })).Must(201);
            _house = admin;
        }

        (await _house.SignInAsync(_house.Email, Api.Password)).Must(200);
        return _house;
    }

    private void Say(string email, string? subject = null, bool verified = true, string[]? groups = null)
    {
        api.Provider.Reset();
        api.Provider.Person["sub"] = subject ?? "subject of " + email;
        api.Provider.Person["email"] = email;
        api.Provider.Person["email_verified"] = verified;
        api.Provider.Person["name"] = "Inès Fontaine";
        if (groups is not null)
        {
            api.Provider.Person["groups"] = groups;
        }
    }

    /// <summary>The token holds the subject alone; the rest is told at the user info endpoint.</summary>
    private void SayElsewhere(string email)
    {
        Say(email);
        foreach (var (claim, value) in api.Provider.Person)
        {
            api.Provider.UserInfo[claim] = value;
        }

        api.Provider.Person.Remove("email");
        api.Provider.Person.Remove("email_verified");
        api.Provider.Person.Remove("name");
    }

    private async Task SayMemberAsync() => Say((await (await api.FoundAsync()).AddAsync("agent")).Email);

    private async Task<string?> RoleAfterSignInAsync() => (await (await SignInAsync("house")).Browser.RefreshAsync()).Must(200)["user"].GetProperty("role").GetString();

    private async Task RefusedAsync(string key, string code)
    {
        var (browser, there) = await SignInAsync(key);
        Assert.Equal("/login?error=" + code, there);
        Assert.False(browser.Cookies.ContainsKey("tessera_refresh"));
    }

    private async Task<(Client Browser, string Location)> SignInAsync(string key, string? returnTo = null)
    {
        var browser = api.Anonymous;
        var back = (await browser.Get(await ToCallbackAsync(browser, key, returnTo))).Must(302);
        return (browser, back.Headers.Location!.OriginalString);
    }

    private static async Task<string> ToCallbackAsync(Client browser, string key, string? returnTo)
    {
        var start = (await browser.Get($"auth/oidc/{key}/start" + (returnTo is null ? "" : "?returnTo=" + Uri.EscapeDataString(returnTo)))).Must(302);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(start.Headers.Location);
        return answer.Headers.Location!.PathAndQuery;
    }
}
