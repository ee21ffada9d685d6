using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Access;

/// <summary>What people may open, and that a change of it holds from their next request on.</summary>
public sealed class PageAccessTests(Api api) : IClassFixture<Api>
{
    private static readonly (string Page, string Path)[] Screens =
    [
        ("candidates", "recruiting/candidates"), ("interviews", "recruiting/interviews"), ("calls", "recruiting/calls"), ("user_management", "users"),
    ];

    [Theory]
    [InlineData("admin", "candidates interviews calls user_management")]
    [InlineData("manager", "candidates interviews calls")]
    [InlineData("agent", "interviews calls")]
    [InlineData("viewer", "")]
    public async Task A_role_opens_its_pages_and_no_others(string role, string opens)
    {
        var tenant = await api.FoundAsync();
        var person = await tenant.AddAsync(role);
        var pages = (await person.Get("auth/me")).Must(200)["pages"];

        foreach (var (page, path) in Screens)
        {
            var may = opens.Split(' ').Contains(page);
            var answer = await person.Get(path);
            Assert.Equal((page, may ? 200 : 403), (page, answer.Status));
            Assert.Equal((page, may ? "write" : "none"), (page, pages.GetProperty(page).GetString()));
            if (!may)
            {
                Assert.Equal((page, "read"), (answer.Must(403, "forbidden")["page"].GetString(), answer["level"].GetString()));
            }
        }

        var roleLevel = role == "viewer" ? "read" : "write";
        Assert.Equal((roleLevel, roleLevel), (pages.GetProperty("dashboard").GetString(), pages.GetProperty("settings").GetString()));
    }

    [Fact]
    public async Task A_denied_page_is_refused_on_the_next_request_with_the_same_token()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        (await agent.Get("recruiting/calls")).Must(200);
        (await agent.Get("recruiting/calls")).Must(200);

        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny", reason = "On leave" })).Must(200);

        (await agent.Get("recruiting/calls")).Must(403, "forbidden");
        (await agent.Post("recruiting/calls", await Samples.BodyAsync(tenant, "recruiting/calls"))).Must(403, "forbidden");
        Assert.Equal("none", (await agent.Get("auth/me")).Must(200)["pages"].GetProperty("calls").GetString());
        (await agent.Get("recruiting/interviews")).Must(200);
    }

    [Fact]
    public async Task A_write_right_behind_a_change_of_rights_is_decided_on_the_new_ones()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/candidates", new { access = "grant" })).Must(200);
        var path = $"recruiting/candidates/{(await agent.AddCandidateAsync()).Id}";

        // Another page's change moves the stamp as well; the write is done once.
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny", reason = "On leave" })).Must(200);
        await agent.AddCandidateAsync();
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "inherit" })).Must(200);
        (await agent.Patch(path, new { position = "Grip" }, version: 1)).Must(200);
        Assert.Equal(2, (await tenant.Admin.Get("audit?action=create_candidate")).Must(200)["items"].GetArrayLength());

        (await tenant.Admin.Put($"users/{agent.UserId}/pages/candidates", new { access = "grant", level = "read" })).Must(200);
        (await agent.Post("recruiting/candidates", new { fullName = "Too late", email = Api.NewEmail() })).Must(403, "forbidden");
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/candidates", new { access = "grant" })).Must(200);
        await agent.AddCandidateAsync();
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/candidates", new { access = "deny", reason = "Done" })).Must(200);
        (await agent.Patch(path, new { position = "Too late" }, version: 2)).Must(403, "forbidden");
        (await agent.Patch(path, new { position = "Too late, without a version" })).Must(403, "forbidden");
        (await agent.Post("recruiting/candidates", new { fullName = "" })).Must(403, "forbidden");
        (await agent.Send(HttpMethod.Post, "recruiting/candidates", new { fullName = "Too late", email = Api.NewEmail() }, headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["Idempotency-Key"] = "late" })).Must(403, "forbidden");

        Assert.Equal(3, (await tenant.Admin.Get("recruiting/candidates")).Must(200)["total"].GetInt32());
        Assert.Equal(3, (await tenant.Admin.Get("audit?action=create_candidate")).Must(200)["items"].GetArrayLength());
        Assert.Equal("Grip", (await tenant.Admin.Get(path)).Must(200)["position"].GetString());
    }

    [Fact]
    public async Task A_granted_page_opens_on_the_next_request_with_the_same_token()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        (await agent.Get("recruiting/candidates")).Must(403);

        (await tenant.Admin.Put($"users/{agent.UserId}/pages/candidates", new { access = "grant" })).Must(200);
        (await agent.Get("recruiting/candidates")).Must(200);
        await agent.AddCandidateAsync();

        (await tenant.Admin.Put($"users/{agent.UserId}/pages/candidates", new { access = "grant", level = "read" })).Must(200);
        (await agent.Get("recruiting/candidates")).Must(200);
        (await agent.Post("recruiting/candidates", new { fullName = "A", email = Api.NewEmail() })).Must(403, "forbidden");

        (await tenant.Admin.Put($"users/{agent.UserId}/pages/candidates", new { access = "inherit" })).Must(200);
        (await agent.Get("recruiting/candidates")).Must(403);
    }

    [Fact]
    public async Task A_viewer_who_is_granted_a_page_reads_it()
    {
        var tenant = await api.FoundAsync();
        var viewer = await tenant.AddAsync("viewer");

        (await tenant.Admin.Put($"users/{viewer.UserId}/pages/calls", new { access = "grant" })).Must(200);

        (await viewer.Get("recruiting/calls")).Must(200);
        (await viewer.Post("recruiting/calls", await Samples.BodyAsync(tenant, "recruiting/calls"))).Must(403, "forbidden");
    }

    [Fact]
    public async Task An_exception_ends_when_its_time_is_up()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        var until = api.Clock.Now.AddMinutes(10);
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny", expiresAt = until })).Must(200);
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/candidates", new { access = "grant", expiresAt = until })).Must(200);
        (await agent.Get("recruiting/calls")).Must(403);
        (await agent.Get("recruiting/candidates")).Must(200);

        api.Clock.Advance(TimeSpan.FromMinutes(11));

        (await agent.Get("recruiting/calls")).Must(200);
        (await agent.Get("recruiting/candidates")).Must(403);
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny", expiresAt = api.Clock.Now.AddSeconds(-1) })).Must(400, "validation_failed");
    }

    [Fact]
    public async Task A_change_of_role_holds_at_once_and_keeps_what_was_pinned()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        var pinned = (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "grant" })).Must(200);
        Assert.True(pinned["cells"].GetProperty("calls").GetProperty("pinned").GetBoolean());
        (await agent.Get("recruiting/interviews")).Must(200);

        (await tenant.Admin.Patch($"users/{agent.UserId}", new { role = "viewer" }, version: 1)).Must(200);

        (await agent.Get("recruiting/calls")).Must(200);
        (await agent.Get("recruiting/interviews")).Must(403);
        var row = (await tenant.Admin.Post($"users/{agent.UserId}/pages/reset")).Must(200);
        Assert.Equal("inherit", row["cells"].GetProperty("calls").GetProperty("access").GetString());
        (await agent.Get("recruiting/calls")).Must(403);
    }

    [Fact]
    public async Task A_deactivated_person_is_out_on_the_next_request_and_cannot_return()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        (await agent.Get("recruiting/calls")).Must(200);

        (await tenant.Admin.Patch($"users/{agent.UserId}", new { active = false }, version: 1)).Must(200);

        (await agent.Get("recruiting/calls")).Must(401);
        (await agent.Get("auth/me")).Must(401);
        (await agent.RefreshAsync()).Must(401);
        (await new Client(api.NewHttpClient()).SignInAsync(agent.Email, Api.Password, tenant.Slug)).Must(401, "invalid_credentials");

        (await tenant.Admin.Patch($"users/{agent.UserId}", new { active = true }, version: 2)).Must(200);
        (await agent.SignInAsync(agent.Email, Api.Password, tenant.Slug)).Must(200);
        (await agent.Get("recruiting/calls")).Must(200);
    }

    [Fact]
    public async Task A_deleted_person_is_out_on_the_next_request_and_their_changes_keep_their_name()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager", "Mara Lindt");
        var record = await manager.AddCandidateAsync();

        (await tenant.Admin.Delete($"users/{manager.UserId}")).Must(204);

        (await manager.Get("recruiting/candidates")).Must(401);
        var history = (await tenant.Admin.Get($"recruiting/candidates/{record.Id}/history")).Must(200);
        Assert.Equal("Mara Lindt", history.Items[0].GetProperty("actor").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Without_a_sign_in_nothing_but_the_public_addresses_answers()
    {
        foreach (var path in (string[])["users", "recruiting/candidates", "auth/me", "access/pages"])
        {
            (await api.Anonymous.Get(path)).Must(401, "unauthenticated");
        }

        var forged = api.Anonymous;
        forged.Token = "eyJhbGciOiJub25lIn0.e30.";
        (await forged.Get("auth/me")).Must(401, "unauthenticated");
        (await api.Anonymous.Get("setup")).Must(200);
    }

    [Fact]
    public async Task Nobody_gives_away_more_than_they_have()
    {
        var tenant = await api.FoundAsync();
        var (deputy, agent) = (await tenant.AddAsync("viewer"), await tenant.AddAsync("agent"));
        (await tenant.Admin.Put($"users/{deputy.UserId}/pages/user_management", new { access = "grant", level = "write" })).Must(200);

        (await deputy.Put($"users/{agent.UserId}/pages/candidates", new { access = "grant" })).Must(403, "cannot_grant");
        (await deputy.Post("users", new { fullName = "Zed", email = Api.NewEmail(), role = "admin", password = Api.Password })).Must(403, "cannot_grant");
        (await deputy.Patch($"users/{agent.UserId}", new { role = "manager" }, version: 1)).Must(403, "cannot_grant");
        (await deputy.Put($"users/{agent.UserId}/pages/calls", new { access = "deny" })).Must(200);
    }

    [Fact]
    public async Task Nobody_lifts_a_denial_of_a_page_they_lack_themselves()
    {
        var tenant = await api.FoundAsync();
        var deputy = await tenant.AddAsync("manager");
        (await tenant.Admin.Put($"users/{deputy.UserId}/pages/user_management", new { access = "grant", level = "write" })).Must(200);
        (await tenant.Admin.Put($"users/{deputy.UserId}/pages/candidates", new { access = "deny" })).Must(200);

        (await deputy.Put($"users/{deputy.UserId}/pages/candidates", new { access = "inherit" })).Must(403, "cannot_grant");
        (await deputy.Post($"users/{deputy.UserId}/pages/reset")).Must(403, "cannot_grant");

        (await deputy.Get("recruiting/candidates")).Must(403);
        (await tenant.Admin.Post($"users/{deputy.UserId}/pages/reset")).Must(200);
        (await deputy.Get("recruiting/candidates")).Must(200);
    }

    [Fact]
    public async Task Nobody_brings_back_a_person_who_may_do_more_than_they()
    {
        var tenant = await api.FoundAsync();
        var (deputy, second) = (await tenant.AddAsync("viewer"), await tenant.AddAsync("admin"));
        (await tenant.Admin.Put($"users/{deputy.UserId}/pages/user_management", new { access = "grant", level = "write" })).Must(200);
        (await tenant.Admin.Patch($"users/{second.UserId}", new { active = false }, version: 1)).Must(200);
        (await deputy.Patch($"users/{second.UserId}", new { active = true }, version: 2)).Must(403, "cannot_grant");
        (await tenant.Admin.Delete($"users/{second.UserId}")).Must(204);

        (await deputy.Post($"users/{second.UserId}/restore")).Must(403, "cannot_grant");

        (await tenant.Admin.Post($"users/{second.UserId}/restore")).Must(200);
    }

    [Fact]
    public async Task Unknown_pages_people_and_values_are_refused()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");

        (await tenant.Admin.Put($"users/{agent.UserId}/pages/nothing", new { access = "deny" })).Must(404);
        (await tenant.Admin.Put($"users/{Guid.CreateVersion7()}/pages/calls", new { access = "deny" })).Must(404);
        Assert.Equal(["access"], (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", "{}")).Must(400).Faults);
        Assert.Equal(400, (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "maybe" })).Status);
        Assert.Equal(["reason"], (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny", reason = new string('x', 501) })).Must(400).Faults);
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/user_mgmt", new { access = "grant", level = "read" })).Must(200);
        (await agent.Get("users")).Must(200);
    }

    [Fact]
    public async Task Each_permission_change_is_in_the_feed_with_its_person_and_reason()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny", reason = "On leave" })).Must(200);
        (await tenant.Admin.Post($"users/{agent.UserId}/pages/reset")).Must(200);
        (await tenant.Admin.Patch($"users/{agent.UserId}", new { role = "viewer" }, version: 1)).Must(200);

        var rows = (string?)await api.SqlAsync(
            "select string_agg(action || ':' || target || ':' || coalesce(reason, ''), ' ' order by seq) from kernel.change where tenant_id = $1 and target_user_id = $2 and actor_id <> $2 and action not like 'create%'",
            tenant.Id, agent.UserId);

        Assert.Equal("toggle_perm:permission:On leave reset_perm:permission: role_change:user:", rows);
    }

    [Fact]
    public async Task The_explanation_names_the_rule_that_decided()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        async Task<(bool, string?)> AskAsync(string page)
        {
            var answer = (await tenant.Admin.Get($"access/explain?userId={agent.UserId}&page={page}")).Must(200);
            Assert.Single(answer["steps"].EnumerateArray(), step => step.GetProperty("outcome").GetString() == "decided");
            return (answer["allowed"].GetBoolean(), answer["decidedBy"].GetString());
        }

        Assert.Equal((true, "role"), await AskAsync("calls"));
        Assert.Equal((false, "default"), await AskAsync("candidates"));
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny" })).Must(200);
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/candidates", new { access = "grant" })).Must(200);
        Assert.Equal((false, "deny"), await AskAsync("calls"));
        Assert.Equal((true, "grant"), await AskAsync("candidates"));
        (await tenant.Admin.Patch($"users/{agent.UserId}", new { active = false }, version: 1)).Must(200);
        Assert.Equal((false, "user"), await AskAsync("candidates"));
        (await tenant.Admin.Get($"access/explain?userId={Guid.CreateVersion7()}&page=calls")).Must(404);
        (await agent.Get($"access/explain?userId={agent.UserId}&page=calls")).Must(401);
    }

    [Fact]
    public async Task The_matrix_shows_people_by_pages()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny" })).Must(200);

        var cells = (await tenant.Admin.Get("access/matrix?role=agent")).Must(200).Items.Single().GetProperty("cells");

        Assert.Equal(("deny", "none", "write"), Cell(cells, "calls"));
        Assert.Equal(("inherit", "none", "none"), Cell(cells, "candidates"));
        (await agent.Get("access/matrix")).Must(403);
        var pages = (await tenant.Admin.Get("access/pages")).Must(200)["pages"].EnumerateArray().Select(p => p.GetProperty("key").GetString());
        Assert.Equal(["calls", "candidates", "dashboard", "interviews", "settings", "user_management"], pages.Order(StringComparer.Ordinal));

        static (string?, string?, string?) Cell(JsonElement cells, string page)
        {
            var cell = cells.GetProperty(page);
            return (cell.GetProperty("access").GetString(), cell.GetProperty("level").GetString(), cell.GetProperty("roleLevel").GetString());
        }
    }
}
