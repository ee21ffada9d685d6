using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Changes;

public sealed class AuditTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_newest_change_comes_first_with_its_fields_before_and_after()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Mara Wick");
        (await tenant.Admin.Patch($"recruiting/candidates/{candidate.Id}", new { position = "Welder" }, candidate.Version)).Must(200);

        var page = (await tenant.Admin.Get("audit?target=candidate")).Must(200);

        Assert.Equal(["update_candidate", "create_candidate"], page.Items.Select(Action));
        var newest = page.Items[0];
        Assert.Equal(tenant.Admin.UserId, newest.GetProperty("actor").GetProperty("id").GetGuid());
        Assert.Equal("Mara Wick", newest.GetProperty("label").GetString());
        var change = Assert.Single(newest.GetProperty("changes").EnumerateArray());
        Assert.Equal("position", change.GetProperty("field").GetString());
        Assert.Equal(JsonValueKind.Null, change.GetProperty("before").ValueKind);
        Assert.Equal("Welder", change.GetProperty("after").GetString());
        Assert.Equal(2, page["total"].GetInt32());
    }

    [Fact]
    public async Task The_filters_narrow_it()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager", "Nils Berg");
        var candidate = await manager.AddCandidateAsync("Olga Stern");
        await tenant.Admin.AddCandidateAsync("Pia Lang");

        Assert.All((await tenant.Admin.Get($"audit?actorId={manager.UserId}")).Must(200).Items, row => Assert.Equal("Nils Berg", row.GetProperty("actor").GetProperty("name").GetString()));
        Assert.Single((await tenant.Admin.Get($"audit?entityId={candidate.Id}")).Must(200).Items);
        Assert.Single((await tenant.Admin.Get("audit?search=olga%20st")).Must(200).Items);
        Assert.Equal(2, (await tenant.Admin.Get("audit?action=create_candidate,update_candidate")).Must(200).Items.Count);
        Assert.Empty((await tenant.Admin.Get("audit?target=candidate&at.lt=2020-01-01T00:00:00Z")).Must(200).Items);
        Assert.Equal(2, (await tenant.Admin.Get("audit?target=candidate&at.gte=2020-01-01T00:00:00Z")).Must(200).Items.Count);
        Assert.Empty((await tenant.Admin.Get("audit?search=100%25_")).Must(200).Items);
    }

    [Theory]
    [InlineData("actor=1", "actor")]
    [InlineData("actorId=me", "actorId")]
    [InlineData("at.gte=yesterday", "at.gte")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=0", "limit")]
    [InlineData("page=0", "page")]
    [InlineData("page=99999999", "page")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=MS4y~", "cursor")]
    [InlineData("search=%00", "search")]
    [InlineData("format=csv", "format")]
    [InlineData("trash=true", "trash")]
    public async Task What_it_does_not_know_it_refuses_by_name(string query, string field)
    {
        var tenant = await api.FoundAsync();

        var answer = (await tenant.Admin.Get("audit?" + query)).Must(400, "validation_failed");

        Assert.Equal([field], answer.Faults);
    }

    [Fact]
    public async Task The_cursor_reads_every_change_once_while_more_arrive()
    {
        var tenant = await api.FoundAsync();
        for (var i = 0; i < 7; i++)
        {
            await tenant.Admin.AddCandidateAsync();
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await tenant.Admin.Get($"audit?action=create_candidate&limit=3{(cursor is null ? "" : "&cursor=" + cursor)}")).Must(200);
            seen.AddRange(page.Items.Select(row => row.GetProperty("id").GetString()!));
            cursor = page["nextCursor"].GetString();
            await tenant.Admin.AddCandidateAsync();
        }
        while (cursor is not null);

        Assert.Equal(7, seen.Count);
        Assert.Equal(seen.OrderByDescending(long.Parse), seen);
    }

    [Fact]
    public async Task A_manager_sees_all_but_other_peoples_accounts_and_rights()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager");
        var agent = await tenant.AddAsync("agent");
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/calls", new { access = "deny" })).Must(200);
        (await tenant.Admin.Put($"users/{manager.UserId}/pages/calls", new { access = "grant", level = "read" })).Must(200);
        await tenant.Admin.AddCandidateAsync("Quentin Rey");

        var rows = (await manager.Get("audit?limit=200")).Must(200).Items;

        Assert.Contains(rows, row => Action(row) == "create_candidate");
        Assert.Contains(rows, row => Action(row) == "login" && row.GetProperty("targetUserId").GetGuid() == manager.UserId);
        Assert.DoesNotContain(rows, row => row.GetProperty("target").GetString() is "permission" or "user");
        Assert.DoesNotContain(rows, row => row.GetProperty("target").GetString() == "session" && row.GetProperty("targetUserId").GetGuid() != manager.UserId);
        Assert.Contains((await tenant.Admin.Get("audit?target=permission")).Must(200).Items, row => Action(row) == "toggle_perm");
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("viewer")]
    public async Task Everybody_else_sees_their_own_actions(string role)
    {
        var tenant = await api.FoundAsync();
        var person = await tenant.AddAsync(role);
        await tenant.Admin.AddCandidateAsync();

        var rows = (await person.Get("audit?limit=200")).Must(200).Items;

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(person.UserId, row.GetProperty("actor").GetProperty("id").GetGuid()));
        Assert.DoesNotContain((await person.Get("audit/actions")).Must(200).Items, a => a.GetProperty("target").GetString() == "candidate");
        Assert.Empty((await person.Get($"audit?actorId={tenant.Admin.UserId}")).Must(200).Items);
        (await person.Get("audit/verify")).Must(403, "forbidden");
    }

    [Fact]
    public async Task Another_workspace_sees_none_of_it()
    {
        var (mine, theirs) = (await api.FoundAsync(), await api.FoundAsync());
        var candidate = await theirs.Admin.AddCandidateAsync();

        Assert.Empty((await mine.Admin.Get($"audit?entityId={candidate.Id}")).Must(200).Items);
        Assert.Empty((await mine.Admin.Get($"audit?actorId={theirs.Admin.UserId}")).Must(200).Items);
    }

    [Fact]
    public async Task Opening_it_is_noted_once_an_hour_however_many_pages_are_turned()
    {
        var tenant = await api.FoundAsync();
        await Task.WhenAll(Enumerable.Range(1, 6).Select(page => tenant.Admin.Get($"audit?limit=1&page={page}")));
        (await tenant.Admin.Get("audit/verify")).Must(200);

        Assert.Single((await tenant.Admin.Get("audit?action=view_audit")).Must(200).Items);

        api.Clock.Advance(TimeSpan.FromMinutes(61));
        (await tenant.Admin.RefreshAsync()).Must(200);
        (await tenant.Admin.Get("audit")).Must(200);
        Assert.Equal(2, (await tenant.Admin.Get("audit?action=view_audit")).Must(200).Items.Count);
    }

    [Fact]
    public async Task Through_somebody_elses_eyes_one_sees_what_they_see_and_is_noted_oneself()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        tenant.Admin.Headers["X-View-As"] = agent.UserId.ToString();

        var rows = (await tenant.Admin.Get("audit?limit=200")).Must(200).Items;

        Assert.All(rows, row => Assert.Equal(agent.UserId, row.GetProperty("actor").GetProperty("id").GetGuid()));
        tenant.Admin.Headers.Clear();
        var noted = Assert.Single((await tenant.Admin.Get("audit?action=view_audit")).Must(200).Items);
        Assert.Equal(tenant.Admin.UserId, noted.GetProperty("actor").GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_page_costs_two_statements_once_it_is_open()
    {
        var tenant = await api.FoundAsync();
        (await tenant.Admin.Get("audit")).Must(200);

        var sent = await api.Statements.DuringAsync(() => tenant.Admin.Get("audit?limit=15"));

        Assert.Equal(2, sent.Count);
    }

    private static string? Action(JsonElement row) => row.GetProperty("action").GetString();
}
