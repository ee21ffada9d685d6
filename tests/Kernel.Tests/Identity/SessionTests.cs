using Tessera.Testing;

namespace Tessera.Kernel.Tests.Identity;

public sealed class SessionTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Unknown_address_wrong_password_deactivated_person_and_foreign_tenant_get_one_answer()
    {
        var (tenant, other) = (await api.FoundAsync(), await api.FoundAsync());
        var (agent, idle) = (await tenant.AddAsync("agent"), await tenant.AddAsync("agent"));
        var row = (await tenant.Admin.Get($"users/{idle.UserId}")).Must(200);
        (await tenant.Admin.Patch($"users/{idle.UserId}", new { active = false }, row.Version)).Must(200);

        Answer[] answers =
        [
            await api.Anonymous.SignInAsync(Api.NewEmail(), Api.Password),
            await api.Anonymous.SignInAsync(agent.Email, "Wrong-Guess-12345"),
            await api.Anonymous.SignInAsync(idle.Email, Api.Password),
            await api.Anonymous.SignInAsync(agent.Email, Api.Password, other.Slug),
        ];

        Assert.All(answers, a => a.Must(401, "invalid_credentials"));
        Assert.Single(answers.Select(a => a.Text.Replace(a["traceId"].GetString()!, "", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_refreshes_with_one_cookie_both_succeed_with_one_successor()
    {
        var person = (await api.FoundAsync()).Admin;
        var twin = Twin(person);

        var answers = await Task.WhenAll(person.RefreshAsync(), twin.RefreshAsync());

        Assert.All(answers, a => a.Must(200));
        Assert.Equal(person.Cookies["tessera_refresh"], twin.Cookies["tessera_refresh"]);
        (await person.RefreshAsync()).Must(200);
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.session where user_id = $1 and revoked_at is not null", person.UserId));
    }

    [Fact]
    public async Task A_cookie_used_again_after_the_grace_ends_the_session_and_is_audited()
    {
        var person = (await api.FoundAsync()).Admin;
        var thief = Twin(person);
        (await person.RefreshAsync()).Must(200);
        api.Clock.Advance(TimeSpan.FromSeconds(31));

        (await thief.RefreshAsync()).Must(401, "session_expired");

        (await person.RefreshAsync()).Must(401, "session_expired");
        (await person.Get("auth/me")).Must(401);
        Assert.Equal(1L, await api.SqlAsync("select count(*) from kernel.change where target_user_id = $1 and action = 'token_refresh_reuse'", person.UserId));
    }

    [Theory]
    [InlineData("auth/refresh")]
    [InlineData("auth/logout")]
    public async Task Cookie_calls_without_or_with_a_foreign_csrf_token_are_refused(string path)
    {
        var tenant = await api.FoundAsync();
        var other = await tenant.AddAsync("agent");
        (await tenant.Admin.Post(path)).Must(403, "csrf_failed");
        foreach (var token in new[] { Uri.UnescapeDataString(other.Cookies["tessera_csrf"]), "x", ".", new string('a', 300), "é.é" })
        {
            (await tenant.Admin.Send(HttpMethod.Post, path, headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["X-CSRF-Token"] = token })).Must(403, "csrf_failed");
        }

        (await tenant.Admin.RefreshAsync()).Must(200);
    }

    [Fact]
    public async Task Logging_out_ends_the_session_and_its_token()
    {
        var person = (await api.FoundAsync()).Admin;
        var csrf = Uri.UnescapeDataString(person.Cookies["tessera_csrf"]);

        (await person.Send(HttpMethod.Post, "auth/logout", headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["X-CSRF-Token"] = csrf })).Must(204);

        (await person.Get("auth/me")).Must(401, "unauthenticated");
        Assert.Empty(person.Cookies);
        (await person.RefreshAsync()).Must(401, "session_expired");
    }

    [Fact]
    public async Task A_session_unused_for_seven_days_has_ended()
    {
        var person = (await api.FoundAsync()).Admin;
        api.Clock.Advance(TimeSpan.FromDays(6));
        (await person.RefreshAsync()).Must(200);
        api.Clock.Advance(TimeSpan.FromDays(7));

        (await person.RefreshAsync()).Must(401, "session_expired");
    }

    [Fact]
    public async Task People_see_their_sessions_and_end_them_but_not_others()
    {
        var tenant = await api.FoundAsync();
        var person = await tenant.AddAsync("agent");
        var phone = api.Anonymous;
        (await phone.SignInAsync(person.Email, Api.Password)).Must(200);
        var sessions = (await person.Get("auth/sessions")).Must(200).Items;
        Assert.Equal(2, sessions.Count);
        var others = Assert.Single(sessions, s => !s.GetProperty("current").GetBoolean()).GetProperty("id").GetGuid();

        (await tenant.Admin.Delete($"auth/sessions/{others}")).Must(404, "not_found");
        (await person.Delete($"auth/sessions/{others}")).Must(204);

        (await phone.Get("auth/me")).Must(401);
        (await phone.RefreshAsync()).Must(401, "session_expired");
        (await person.Get("auth/me")).Must(200);
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions()
    {
        var person = (await api.FoundAsync()).Admin;
        var phone = api.Anonymous;
        (await phone.SignInAsync(person.Email, Api.Password)).Must(200);
        Assert.Contains("currentPassword", (await person.Post("auth/password", new { currentPassword = "Wrong-Guess-12345", newPassword = "Brown-Kettle-88" })).Must(400).Faults);
        Assert.Contains("newPassword", (await person.Post("auth/password", new { currentPassword = Api.Password, newPassword = "password1234" })).Must(400).Faults);

        (await person.Post("auth/password", new { currentPassword = Api.Password, newPassword = "Brown-Kettle-88" })).Must(204);

        (await phone.Get("auth/me")).Must(401);
        (await person.Get("auth/me")).Must(200);
        (await api.Anonymous.SignInAsync(person.Email, Api.Password)).Must(401, "invalid_credentials");
        (await api.Anonymous.SignInAsync(person.Email, "Brown-Kettle-88")).Must(200);
    }

    [Fact]
    public async Task One_account_has_another_role_in_another_tenant_and_switches_there()
    {
        var (home, other) = (await api.FoundAsync(), await api.FoundAsync());
        var agent = await home.AddAsync("agent");
        var token = InvitationTests.TokenOf((await other.Admin.Post("invitations", new { email = agent.Email, role = "admin" })).Must(201));
        (await agent.Post($"auth/invitations/{token}/accept", new { })).Must(200);
        await agent.SignInAsync(agent.Email, Api.Password, home.Slug);
        var before = agent.Token;

        var there = (await agent.Post("auth/switch", new { tenant = other.Slug })).Must(200);

        Assert.Equal("admin", there["user"].GetProperty("role").GetString());
        Assert.Equal("write", there["pages"].GetProperty("user_management").GetString());
        Assert.Equal(before, agent.Token);
        (await agent.Get("auth/me")).Must(401);
        (await agent.Post("auth/switch", new { tenant = "elsewhere" })).Must(401);
        agent.Token = there["accessToken"].GetString();
        (await agent.Get("users")).Must(200);
        (await agent.Post("auth/switch", new { tenant = "elsewhere" })).Must(404, "not_found");
    }

    [Fact]
    public async Task Attempts_show_in_the_persons_history()
    {
        var person = (await api.FoundAsync()).Admin;
        await api.Anonymous.SignInAsync(person.Email, "Wrong-Guess-12345");

        var attempts = (await person.Get("auth/sign-ins")).Must(200).Items;

        Assert.Equal(["wrong_password", "succeeded"], attempts.Select(a => a.GetProperty("outcome").GetString()!));
    }

    [Fact]
    public async Task Guesses_are_slowed_down_across_restarts_and_the_block_ends_by_itself()
    {
        var person = (await api.FoundAsync()).Admin;
        for (var i = 0; i < 5; i++)
        {
            (await api.Anonymous.SignInAsync(person.Email, "Wrong-Guess-12345")).Must(401);
        }

        var blocked = (await api.Anonymous.SignInAsync(person.Email, Api.Password)).Must(429, "too_many_attempts");
        Assert.InRange(blocked["retryAfterSeconds"].GetInt32(), 1, 30);
        await api.RestartAsync();
        (await api.Anonymous.SignInAsync(person.Email, Api.Password)).Must(429, "too_many_attempts");
        var elsewhere = api.Anonymous;
        elsewhere.Headers["X-Test-Address"] = "203.0.113.9";
        (await elsewhere.SignInAsync(person.Email, Api.Password)).Must(200);

        api.Clock.Advance(TimeSpan.FromSeconds(31));

        (await api.Anonymous.SignInAsync(person.Email, Api.Password)).Must(200);
    }

    [Fact]
    public async Task A_distributed_guess_and_a_guesser_of_many_accounts_are_stopped()
    {
        var person = (await api.FoundAsync()).Admin;
        for (var i = 0; i < 30; i++)
        {
            var bot = api.Anonymous;
            bot.Headers["X-Test-Address"] = $"198.51.100.{i}";
            (await bot.SignInAsync(person.Email, "Wrong-Guess-12345")).Must(401);
        }

        (await api.Anonymous.SignInAsync(person.Email, Api.Password)).Must(429, "too_many_attempts");
        var sprayer = api.Anonymous;
        sprayer.Headers["X-Test-Address"] = "192.0.2.77";
        for (var i = 0; i < 100; i++)
        {
            (await sprayer.SignInAsync(Api.NewEmail(), Api.Password)).Must(401);
        }

        (await sprayer.SignInAsync(Api.NewEmail(), Api.Password)).Must(429, "too_many_attempts");
    }

    private Client Twin(Client original)
    {
        var twin = api.Anonymous;
        foreach (var (name, value) in original.Cookies)
        {
            twin.Cookies[name] = value;
        }

        return twin;
    }
}
