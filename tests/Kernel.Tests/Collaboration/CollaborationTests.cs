using Tessera.Testing;

namespace Tessera.Kernel.Tests.Collaboration;

public sealed class CollaborationTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_comment_is_read_by_others_with_author_and_mentions()
    {
        var (tenant, candidate) = await WithCandidateAsync();
        var manager = await tenant.AddAsync("manager", "Greta Jensen");

        var said = (await tenant.Admin.Post($"recruiting/candidates/{candidate}/comments", new { body = "  Worth a call 🙂  ", mentions = new[] { manager.UserId } })).Must(201);

        var row = Assert.Single((await manager.Get($"recruiting/candidates/{candidate}/comments")).Must(200).Items);
        Assert.Equal(said.Id, row.GetProperty("id").GetGuid());
        Assert.Equal("Worth a call 🙂", row.GetProperty("body").GetString());
        Assert.Equal(tenant.Admin.FullName, row.GetProperty("author").GetProperty("fullName").GetString());
        Assert.Equal("Greta Jensen", row.GetProperty("mentions")[0].GetProperty("fullName").GetString());
    }

    [Fact]
    public async Task Every_noun_takes_comments()
    {
        var (tenant, candidate) = await WithCandidateAsync();
        var call = (await tenant.Admin.Post("recruiting/calls", new { callerName = "A", callerNumber = "0301234567", callType = "inbound", status = "answered", durationSecs = 5 })).Must(201).Id;
        foreach (var path in new[] { $"recruiting/candidates/{candidate}", $"recruiting/calls/{call}", $"users/{tenant.Admin.UserId}" })
        {
            (await tenant.Admin.Post($"{path}/comments", new { body = "Noted." })).Must(201);
            Assert.Single((await tenant.Admin.Get($"{path}/comments")).Must(200).Items);
        }
    }

    [Fact]
    public async Task Only_the_author_changes_or_removes_a_comment()
    {
        var (tenant, candidate) = await WithCandidateAsync();
        var manager = await tenant.AddAsync("manager");
        var said = (await manager.Post($"recruiting/candidates/{candidate}/comments", new { body = "First." })).Must(201);
        var path = $"recruiting/candidates/{candidate}/comments/{said.Id}";

        (await tenant.Admin.Put(path, new { body = "Mine now." })).Must(403, "not_yours");
        (await tenant.Admin.Delete(path)).Must(403, "not_yours");
        var edited = (await manager.Put(path, new { body = "Second." }, said.Version)).Must(200);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, edited["editedAt"].ValueKind);
        (await manager.Put(path, new { body = "Third." }, said.Version)).Must(412, "version_conflict");
        (await manager.Delete(path)).Must(204);
        Assert.Empty((await manager.Get($"recruiting/candidates/{candidate}/comments")).Must(200).Items);
    }

    [Fact]
    public async Task A_comment_shows_in_the_history_of_its_record_and_does_not_disturb_restoring()
    {
        var (tenant, candidate) = await WithCandidateAsync();
        var before = (await tenant.Admin.Get($"recruiting/candidates/{candidate}")).Must(200);
        (await tenant.Admin.Post($"recruiting/candidates/{candidate}/comments", new { body = "Seen." })).Must(201);
        (await tenant.Admin.Patch($"recruiting/candidates/{candidate}", new { position = "Cook" }, before.Version)).Must(200);

        var history = (await tenant.Admin.Get($"recruiting/candidates/{candidate}/history")).Must(200).Items;

        Assert.Equal(["update_candidate", "create_comment", "create_candidate"], history.Select(h => h.GetProperty("action").GetString()!));
        var first = history[^1].GetProperty("id").GetString();
        Assert.NotEqual("Cook", (await tenant.Admin.Post($"recruiting/candidates/{candidate}/history/{first}/restore", new { }, before.Version + 1)).Must(200)["position"].GetString());
    }

    [Fact]
    public async Task Comments_ask_for_the_records_page_and_stay_in_their_tenant()
    {
        var (tenant, candidate) = await WithCandidateAsync();
        var stranger = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        var reader = await tenant.AddAsync("viewer");
        (await tenant.Admin.Put($"users/{reader.UserId}/pages/candidates", new { access = "grant", level = "read" })).Must(200);
        var said = (await tenant.Admin.Post($"recruiting/candidates/{candidate}/comments", new { body = "Ours." })).Must(201);

        (await agent.Get($"recruiting/candidates/{candidate}/comments")).Must(403, "forbidden");
        (await reader.Get($"recruiting/candidates/{candidate}/comments")).Must(200);
        (await reader.Post($"recruiting/candidates/{candidate}/comments", new { body = "No." })).Must(403, "forbidden");
        (await stranger.Admin.Get($"recruiting/candidates/{candidate}/comments")).Must(404, "not_found");
        (await stranger.Admin.Post($"recruiting/candidates/{candidate}/comments", new { body = "No." })).Must(404, "not_found");
        (await stranger.Admin.Delete($"recruiting/candidates/{candidate}/comments/{said.Id}")).Must(404, "not_found");
        Assert.Contains("mentions", (await tenant.Admin.Post($"recruiting/candidates/{candidate}/comments", new { body = "Hi", mentions = new[] { stranger.Admin.UserId } })).Must(400).Faults);
        Assert.Contains("body", (await tenant.Admin.Post($"recruiting/candidates/{candidate}/comments", new { body = "" })).Must(400).Faults);
        Assert.Contains("body", (await tenant.Admin.Post($"recruiting/candidates/{candidate}/comments", new { body = new string('x', 10_001) })).Must(400).Faults);
    }

    [Fact]
    public async Task Many_comments_are_read_page_by_page_in_two_statements()
    {
        var (tenant, candidate) = await WithCandidateAsync();
        for (var i = 0; i < 5; i++)
        {
            (await tenant.Admin.Post($"recruiting/candidates/{candidate}/comments", new { body = $"No. {i}", mentions = new[] { tenant.Admin.UserId } })).Must(201);
        }

        var first = (await tenant.Admin.Get($"recruiting/candidates/{candidate}/comments?limit=3")).Must(200);
        var second = (await tenant.Admin.Get($"recruiting/candidates/{candidate}/comments?limit=3&before={first["nextBefore"].GetString()}")).Must(200);

        Assert.Equal(["No. 4", "No. 3", "No. 2", "No. 1", "No. 0"], first.Items.Concat(second.Items).Select(c => c.GetProperty("body").GetString()!));
        var sent = await api.Statements.DuringAsync(() => tenant.Admin.Get($"recruiting/candidates/{candidate}/comments"));
        Assert.InRange(sent.Count, 1, 2);
    }

    [Fact]
    public async Task A_shared_link_shows_the_record_without_people_unless_asked()
    {
        var (tenant, candidate) = await WithCandidateAsync();
        var closed = (await tenant.Admin.Post($"recruiting/candidates/{candidate}/shares", new { expiresAt = api.Clock.Now.AddDays(2) })).Must(201);
        var open = (await tenant.Admin.Post($"recruiting/candidates/{candidate}/shares", new { expiresAt = api.Clock.Now.AddDays(2), includePersonal = true })).Must(201);

        var impersonal = (await api.Anonymous.Get($"shared/{TokenOf(closed)}")).Must(200);
        var personal = (await api.Anonymous.Get($"shared/{TokenOf(open)}")).Must(200);

        Assert.Equal("candidates", impersonal["noun"].GetString());
        Assert.Equal("Gardener", impersonal["fields"].GetProperty("position").GetString());
        foreach (var field in new[] { "fullName", "email", "phone", "notes", "location", "ownerId", "ownerName", "currentEmployer", "resumeUrl" })
        {
            Assert.False(impersonal["fields"].TryGetProperty(field, out _), field);
        }

        Assert.DoesNotContain("Wanda", impersonal.Text, StringComparison.Ordinal);
        Assert.Equal("Wanda Weber", personal["fields"].GetProperty("fullName").GetString());
        Assert.Equal(1L, await api.SqlAsync("select count(distinct reason is null) from kernel.change where entity_id = $1 and action = 'open_share'", candidate));
    }

    [Fact]
    public async Task A_link_ends_by_time_by_hand_with_its_record_and_with_its_maker()
    {
        var (tenant, candidate) = await WithCandidateAsync();
        var manager = await tenant.AddAsync("manager");
        async Task<(Guid Id, string Token)> ShareAsync(Person by, int days)
        {
            var shared = (await by.Post($"recruiting/candidates/{candidate}/shares", new { expiresAt = api.Clock.Now.AddDays(days) })).Must(201);
            return (shared.Id, TokenOf(shared));
        }

        var (revoked, brief, managers, last) = (await ShareAsync(tenant.Admin, 300), await ShareAsync(tenant.Admin, 1), await ShareAsync(manager, 300), await ShareAsync(tenant.Admin, 300));
        Assert.Equal(4, (await tenant.Admin.Get($"recruiting/candidates/{candidate}/shares")).Must(200).Items.Count);

        (await tenant.Admin.Delete($"recruiting/candidates/{candidate}/shares/{revoked.Id}")).Must(204);
        (await api.Anonymous.Get($"shared/{revoked.Token}")).Must(404, "not_found");
        (await tenant.Admin.Put($"users/{manager.UserId}/pages/candidates", new { access = "deny" })).Must(200);
        (await api.Anonymous.Get($"shared/{managers.Token}")).Must(404, "not_found");
        (await api.Anonymous.Get($"shared/{brief.Token}")).Must(200);
        api.Clock.Advance(TimeSpan.FromDays(1));
        await tenant.Admin.SignInAsync(tenant.Admin.Email, Api.Password);
        (await api.Anonymous.Get($"shared/{brief.Token}")).Must(404, "not_found");
        (await api.Anonymous.Get($"shared/{last.Token}")).Must(200);
        (await tenant.Admin.Delete($"recruiting/candidates/{candidate}")).Must(204);
        (await api.Anonymous.Get($"shared/{last.Token}")).Must(404, "not_found");
    }

    [Fact]
    public async Task A_link_needs_an_end_within_a_year_and_a_made_up_one_is_not_found()
    {
        var (tenant, candidate) = await WithCandidateAsync();
        Assert.Contains("expiresAt", (await tenant.Admin.Post($"recruiting/candidates/{candidate}/shares", new { })).Must(400).Faults);
        Assert.Contains("expiresAt", (await tenant.Admin.Post($"recruiting/candidates/{candidate}/shares", new { expiresAt = api.Clock.Now.AddDays(-1) })).Must(400).Faults);
        Assert.Contains("expiresAt", (await tenant.Admin.Post($"recruiting/candidates/{candidate}/shares", new { expiresAt = api.Clock.Now.AddYears(3) })).Must(400).Faults);
        (await (await api.FoundAsync()).Admin.Post($"recruiting/candidates/{candidate}/shares", new { expiresAt = api.Clock.Now.AddDays(1) })).Must(404, "not_found");
        (await api.Anonymous.Get("shared/" + new string('A', 64))).Must(404, "not_found");
        (await api.Anonymous.Get("shared/x")).Must(404, "not_found");
    }

    [Fact]
    public async Task Views_are_private_or_shared_with_a_role_or_everybody_who_may_open_the_list()
    {
        var tenant = await api.FoundAsync();
        var (manager, agent, viewer) = (await tenant.AddAsync("manager"), await tenant.AddAsync("agent"), await tenant.AddAsync("viewer"));
        async Task SaveAsync(string name, string noun, string sharing, string? role = null) =>
            (await tenant.Admin.Post("views", new { noun, name, query = "?status=applied&sort=-rating", sharing, role })).Must(201);

        await SaveAsync("mine", "calls", "private");
        await SaveAsync("agents", "calls", "role", "agent");
        await SaveAsync("all", "calls", "tenant");
        await SaveAsync("candidates", "candidates", "tenant");

        async Task<string[]> NamesAsync(Client who) => [.. (await who.Get("views")).Must(200).Items.Select(v => v.GetProperty("name").GetString()!)];
        Assert.Equal(["agents", "all", "mine", "candidates"], await NamesAsync(tenant.Admin));
        Assert.Equal(["agents", "all"], await NamesAsync(agent));
        Assert.Equal(["all", "candidates"], (await NamesAsync(manager)).Order(StringComparer.Ordinal));
        Assert.Empty(await NamesAsync(viewer));
        Assert.Equal("status=applied&sort=-rating", (await agent.Get("views?noun=calls")).Items[0].GetProperty("query").GetString());
        (await viewer.Post("views", new { noun = "calls", name = "x" })).Must(403, "forbidden");
    }

    [Fact]
    public async Task A_view_is_changed_by_its_owner_only_and_one_is_the_default()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager");
        var first = (await tenant.Admin.Post("views", new { noun = "calls", name = "One", sharing = "tenant", isDefault = true })).Must(201);
        var second = (await tenant.Admin.Post("views", new { noun = "calls", name = "Two", isDefault = true })).Must(201);

        var views = (await tenant.Admin.Get("views?noun=calls")).Must(200).Items;
        Assert.Equal("Two", Assert.Single(views, v => v.GetProperty("isDefault").GetBoolean()).GetProperty("name").GetString());
        (await manager.Put($"views/{first.Id}", new { noun = "calls", name = "Mine" }, 2)).Must(404, "not_found");
        (await manager.Delete($"views/{first.Id}")).Must(404, "not_found");
        (await tenant.Admin.Put($"views/{second.Id}", new { noun = "calls", name = "Two!" })).Must(428, "version_required");
        (await tenant.Admin.Put($"views/{second.Id}", new { noun = "calls", name = "Two!" }, 7)).Must(412, "version_conflict");
        (await tenant.Admin.Put($"views/{second.Id}", new { noun = "calls", name = "One" }, second.Version)).Must(409, "duplicate_value");
        (await tenant.Admin.Put($"views/{second.Id}", new { noun = "calls", name = "Two!" }, second.Version)).Must(200);
        (await tenant.Admin.Delete($"views/{second.Id}")).Must(204);
        Assert.Contains("role", (await tenant.Admin.Post("views", new { noun = "calls", name = "x", sharing = "role" })).Must(400).Faults);
        Assert.Contains("role", (await tenant.Admin.Post("views", new { noun = "calls", name = "x", sharing = "role", role = "emperor" })).Must(400).Faults);
        Assert.Contains("noun", (await tenant.Admin.Post("views", new { noun = "unicorns", name = "x" })).Must(400).Faults);
    }

    private async Task<(TestTenant Tenant, Guid Candidate)> WithCandidateAsync()
    {
        var tenant = await api.FoundAsync();
        var candidate = (await tenant.Admin.Post("recruiting/candidates", new
        {
            fullName = "Wanda Weber",
            email = Api.NewEmail(),
            position = "Gardener",
            notes = "Wanda likes trees",
            ownerId = tenant.Admin.UserId,
        })).Must(201);
        return (tenant, candidate.Id);
    }

    private static string TokenOf(Answer shared) => shared["link"].GetString()!.Split('/')[^1];
}
