using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Realtime;

public sealed class LiveTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_window_hears_of_a_change_with_noun_id_version_and_action()
    {
        var tenant = await api.FoundAsync();
        await using var window = await OpenAsync(tenant.Admin);

        var candidate = await tenant.Admin.AddCandidateAsync();
        (await tenant.Admin.Patch($"recruiting/candidates/{candidate.Id}", new { rating = 2 }, 1)).Must(200);

        var heard = await window.HearAsync("changed", c => c.GetProperty("action").GetString() == "update_candidate");
        Assert.Equal("candidates", heard.GetProperty("noun").GetString());
        Assert.Equal(candidate.Id, heard.GetProperty("id").GetGuid());
        Assert.Equal(2, heard.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_rolled_back_change_is_never_told()
    {
        var tenant = await api.FoundAsync();
        await using var window = await OpenAsync(tenant.Admin);
        var candidate = await tenant.Admin.AddCandidateAsync(email: "only.once@mail.test");

        (await tenant.Admin.Post("recruiting/candidates", new { fullName = "Twin", email = "ONLY.once@mail.test" })).Must(409);
        var last = await tenant.Admin.AddCandidateAsync();

        var told = (await window.ChangesUntilAsync(last.Id)).Where(c => c.GetProperty("action").GetString() == "create_candidate").Select(c => c.GetProperty("id").GetGuid()).Distinct();
        Assert.Equal([candidate.Id, last.Id], told);
    }

    [Fact]
    public async Task Nobody_hears_of_a_page_they_may_not_read()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        await using var window = await OpenAsync(agent);

        await tenant.Admin.AddCandidateAsync();
        var call = await AddCallAsync(tenant.Admin);

        var heard = await window.ChangesUntilAsync(call);
        Assert.DoesNotContain(heard, c => c.GetProperty("noun").GetString() is "candidates" or "users" or "permission");
    }

    [Fact]
    public async Task Who_may_read_the_settings_hears_that_they_changed()
    {
        var tenant = await api.FoundAsync();
        var viewer = await tenant.AddAsync("viewer");
        await using var window = await OpenAsync(viewer);

        var before = (await tenant.Admin.Get("settings")).Must(200);
        (await tenant.Admin.Put("settings", new { name = "Harbour Street", timeZone = "Europe/Berlin" }, before.Version)).Must(200);

        await window.HearAsync("changed", c => c.GetProperty("noun").GetString() == "settings");
    }

    [Fact]
    public async Task Who_sees_only_their_own_rows_hears_of_no_others()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        var other = (await school.Admin.AddProjectAsync()).Id;
        await using var window = await OpenAsync(login);

        (await school.Admin.Patch($"production/projects/{other}", new { title = "Not theirs" }, 1)).Must(200);
        (await school.Admin.Patch($"production/projects/{mine}", new { title = "Theirs still" }, 1)).Must(200);

        var heard = new List<System.Text.Json.JsonElement>();
        do
        {
            heard.AddRange(await window.ChangesUntilAsync(mine));
        }
        while (heard[^1].GetProperty("action").GetString() != "update_project");

        Assert.DoesNotContain(heard, c => c.GetProperty("id").GetRawText().Contains(other.ToString()));
    }

    [Fact]
    public async Task Another_workspace_hears_nothing()
    {
        var (mine, theirs) = (await api.FoundAsync(), await api.FoundAsync());
        await using var window = await OpenAsync(mine.Admin);

        var foreign = await theirs.Admin.AddCandidateAsync();
        var own = await mine.Admin.AddCandidateAsync();

        Assert.DoesNotContain(await window.ChangesUntilAsync(own.Id), c => c.GetProperty("id").GetRawText().Contains(foreign.Id.ToString()));
    }

    [Fact]
    public async Task Who_loses_a_page_is_told_and_hears_no_more_of_it()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        await using var window = await OpenAsync(agent);
        await using var witness = await OpenAsync(tenant.Admin);
        await window.ChangesUntilAsync(await AddCallAsync(tenant.Admin));

        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny" })).Must(200);
        await window.HearAsync("permissionChanged");
        var unheard = await AddCallAsync(tenant.Admin);
        await witness.ChangesUntilAsync(unheard);
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "inherit" })).Must(200);
        await window.HearAsync("permissionChanged");
        var heard = await AddCallAsync(tenant.Admin);

        Assert.DoesNotContain(await window.ChangesUntilAsync(heard), c => c.GetProperty("id").GetRawText().Contains(unheard.ToString()));
    }

    [Fact]
    public async Task A_new_role_is_told_to_the_person_and_to_nobody_else()
    {
        var tenant = await api.FoundAsync();
        var (agent, other) = (await tenant.AddAsync("agent"), await tenant.AddAsync("manager"));
        await using var window = await OpenAsync(agent);
        await using var bystander = await OpenAsync(other);
        var user = (await tenant.Admin.Get($"users/{agent.UserId}")).Must(200);

        (await tenant.Admin.Patch($"users/{agent.UserId}", new { role = "manager" }, user.Version)).Must(200);
        await window.HearAsync("permissionChanged");
        var candidate = await tenant.Admin.AddCandidateAsync();
        await window.ChangesUntilAsync(candidate.Id);
        await bystander.ChangesUntilAsync(candidate.Id);
        Assert.DoesNotContain("permissionChanged", bystander.Names);
    }

    [Fact]
    public async Task An_ended_session_is_told_and_cut_off()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        await using var window = await OpenAsync(agent);
        await window.ChangesUntilAsync(await AddCallAsync(tenant.Admin));
        var elsewhere = new Client(api.NewHttpClient());
        (await elsewhere.SignInAsync(agent.Email, Api.Password, tenant.Slug)).Must(200);

        (await elsewhere.Delete("auth/sessions")).Must(204);

        await window.HearAsync("signedOut");
        await window.Closed;
    }

    [Fact]
    public async Task A_deactivated_person_is_told_and_cut_off()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        await using var window = await OpenAsync(agent);
        await window.ChangesUntilAsync(await AddCallAsync(tenant.Admin));
        var user = (await tenant.Admin.Get($"users/{agent.UserId}")).Must(200);

        (await tenant.Admin.Patch($"users/{agent.UserId}", new { active = false }, user.Version)).Must(200);

        await window.HearAsync("signedOut");
        await window.Closed;
    }

    [Fact]
    public async Task A_connection_ends_with_its_token()
    {
        var tenant = await api.FoundAsync();
        await using var window = await OpenAsync(tenant.Admin);
        await window.ChangesUntilAsync((await tenant.Admin.AddCandidateAsync()).Id);

        api.Clock.Advance(TimeSpan.FromMinutes(31));

        await window.Closed;
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task Without_a_valid_token_there_is_no_connection(string token)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Window.OpenAsync(api.Server, token));

        Assert.Contains("401", refused.Message);
    }

    [Fact]
    public async Task The_token_in_the_address_opens_nothing_else()
    {
        var tenant = await api.FoundAsync();

        (await api.Anonymous.Get($"auth/me?access_token={tenant.Admin.Token}")).Must(401);
    }

    [Fact]
    public async Task A_change_of_another_node_wakes_this_one()
    {
        var tenant = await api.FoundAsync();
        await using var window = await OpenAsync(tenant.Admin);
        await window.ChangesUntilAsync((await tenant.Admin.AddCandidateAsync()).Id);

        await api.SqlAsync("insert into kernel.change (tenant_id, at, actor_name, action, target, entity_id) values ($1, now(), 'Other node', 'create_candidate', 'candidate', $2)", tenant.Id, tenant.Id);
        await api.SqlAsync("select pg_notify('tessera_changes', $1)", $"othernode {tenant.Id}");

        await window.ChangesUntilAsync(tenant.Id);
    }

    [Fact]
    public async Task A_window_on_one_node_hears_what_is_changed_and_taken_away_on_another()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        await using var node = api.StartNode();
        await using var window = await Window.OpenAsync(node.Server, agent.Token);
        await window.ChangesUntilAsync(await AddCallAsync(tenant.Admin));

        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny" })).Must(200);

        await window.HearAsync("permissionChanged");
    }

    private static async Task<Guid> AddCallAsync(Client person) =>
        (await person.Post("recruiting/calls", new { callerName = "Caller", callerNumber = "+41441112233", callType = "inbound", status = "answered", durationSecs = 5 })).Must(201).Id;

    private Task<Window> OpenAsync(Person person) => Window.OpenAsync(api.Server, person.Token);
}

public sealed class TokenInLogsTests(TokenInLogsTests.Talkative api) : IClassFixture<TokenInLogsTests.Talkative>
{
    [Fact]
    public void The_log_that_writes_addresses_is_silent_even_when_all_others_talk()
    {
        var logs = api.Services.GetRequiredService<ILoggerFactory>();

        Assert.True(logs.CreateLogger("Microsoft.AspNetCore.Routing").IsEnabled(LogLevel.Information));
        Assert.False(logs.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Information));
    }

    public sealed class Talkative : Api
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
            ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
        };
    }
}
