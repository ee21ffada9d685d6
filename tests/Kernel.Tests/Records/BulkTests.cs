using Tessera.Testing;

namespace Tessera.Kernel.Tests.Records;

/// <summary>One change of many records, and lookups for pickers.</summary>
public sealed class BulkTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    [Fact]
    public async Task A_bulk_change_does_what_it_can_and_says_what_it_could_not()
    {
        var tenant = await api.FoundAsync();
        var (ada, bo) = (await tenant.Admin.AddCandidateAsync(), await tenant.Admin.AddCandidateAsync());
        (await tenant.Admin.Post($"{Candidates}/{bo.Id}/move", new { status = "rejected" })).Must(200);
        var nobody = Guid.CreateVersion7();

        var result = (await tenant.Admin.Post($"{Candidates}/bulk", new { action = "update", ids = new[] { ada.Id, bo.Id, nobody, ada.Id }, change = new { status = "screening" } })).Must(200);

        Assert.Equal([ada.Id], result["succeeded"].EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal(
            [(bo.Id, "move_not_allowed"), (nobody, "not_found")],
            result["failed"].EnumerateArray().Select(f => (f.GetProperty("id").GetGuid(), f.GetProperty("code").GetString()!)));
        Assert.Equal("rejected", (await tenant.Admin.Get($"{Candidates}/{bo.Id}")).Must(200)["status"].GetString());
    }

    [Fact]
    public async Task A_duplicate_in_the_middle_of_a_bulk_change_does_not_spoil_the_rest()
    {
        var tenant = await api.FoundAsync();
        var people = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            people.Add((await tenant.Admin.AddCandidateAsync()).Id);
        }

        var result = (await tenant.Admin.Post($"{Candidates}/bulk", new { action = "update", ids = people, change = new { email = "same@mail.test" } })).Must(200);

        Assert.Equal([people[0]], result["succeeded"].EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal(2, result["failed"].GetArrayLength());
    }

    [Fact]
    public async Task Many_are_deleted_and_restored()
    {
        var tenant = await api.FoundAsync();
        var people = new[] { (await tenant.Admin.AddCandidateAsync()).Id, (await tenant.Admin.AddCandidateAsync()).Id };

        (await tenant.Admin.Post($"{Candidates}/bulk", new { action = "delete", ids = people })).Must(200);
        Assert.Equal(0, (await tenant.Admin.Get(Candidates)).Must(200)["total"].GetInt32());
        (await tenant.Admin.Post($"{Candidates}/bulk", new { action = "restore", ids = people })).Must(200);
        Assert.Equal(2, (await tenant.Admin.Get(Candidates)).Must(200)["total"].GetInt32());
    }

    [Fact]
    public async Task A_bulk_change_is_taken_back_where_nobody_changed_the_field_since()
    {
        var tenant = await api.FoundAsync();
        var (ada, bo, cy, di) = (await AddAsync("Film"), await AddAsync("Sound"), await AddAsync("Stage"), await AddAsync("Props"));
        var result = (await tenant.Admin.Post($"{Candidates}/bulk", new { action = "update", ids = new[] { ada, bo, cy, di }, change = new { position = "Sound" } })).Must(200);
        var changes = result["changes"].EnumerateArray().ToDictionary(c => c.GetProperty("id").GetGuid(), c => c.GetProperty("changeId").GetString());

        // Bo had it already: there is nothing to take back, least of all what others did before.
        Assert.Equal(new[] { ada, cy, di }.Order(), changes.Keys.Order());
        var manager = await tenant.AddAsync("manager");
        (await manager.Patch($"{Candidates}/{ada}", new { rating = 2 }, version: 2)).Must(200);
        (await manager.Patch($"{Candidates}/{cy}", new { position = "Light" }, version: 2)).Must(200);
        (await manager.Delete($"{Candidates}/{di}")).Must(204);
        var undone = (await tenant.Admin.Post($"{Candidates}/bulk/undo", new { changes = changes.Select(c => new { id = c.Key, changeId = c.Value }) })).Must(200);

        Assert.Equal([ada], undone["succeeded"].EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal([(cy, "changed_since"), (di, "not_found")], undone["failed"].EnumerateArray().Select(f => (f.GetProperty("id").GetGuid(), f.GetProperty("code").GetString()!)).OrderBy(f => f.Item2));
        var row = (await tenant.Admin.Get($"{Candidates}/{ada}")).Must(200);
        Assert.Equal(("Film", 2), (row["position"].GetString(), row["rating"].GetInt32()));
        Assert.Equal(("Sound", "Light"), (await PositionAsync(bo), await PositionAsync(cy)));
        Assert.Equal("revert_candidate", (await tenant.Admin.Get($"{Candidates}/{ada}/history")).Must(200).Items[0].GetProperty("action").GetString());

        async Task<Guid> AddAsync(string position) => (await tenant.Admin.Post(Candidates, new { fullName = position + " person", email = Api.NewEmail(), position })).Must(201).Id;
        async Task<string?> PositionAsync(Guid id) => (await tenant.Admin.Get($"{Candidates}/{id}")).Must(200)["position"].GetString();
    }

    [Fact]
    public async Task What_a_rule_does_not_take_back_stays_and_says_why()
    {
        var tenant = await api.FoundAsync();
        var id = (await tenant.Admin.AddCandidateAsync()).Id;
        var result = (await tenant.Admin.Post($"{Candidates}/bulk", new { action = "update", ids = new[] { id }, change = new { status = "rejected" } })).Must(200);

        var manager = await tenant.AddAsync("manager");
        var undone = (await manager.Post($"{Candidates}/bulk/undo", new { changes = result["changes"] })).Must(200);

        Assert.Empty(undone["succeeded"].EnumerateArray());
        Assert.NotEmpty(Assert.Single(undone["failed"].EnumerateArray()).GetProperty("detail").GetString()!);
        Assert.Equal("rejected", (await tenant.Admin.Get($"{Candidates}/{id}")).Must(200)["status"].GetString());
    }

    [Fact]
    public async Task Changes_of_others_of_another_workspace_or_of_no_record_are_not_found()
    {
        var (tenant, other) = (await api.FoundAsync(), await api.FoundAsync());
        var theirs = (await other.Admin.AddCandidateAsync()).Id;
        var change = (await other.Admin.Post($"{Candidates}/bulk", new { action = "update", ids = new[] { theirs }, change = new { rating = 3 } })).Must(200)["changes"][0].GetProperty("changeId").GetString();
        var mine = (await tenant.Admin.AddCandidateAsync()).Id;

        foreach (var (id, changeId) in new[] { (theirs, change), (mine, change), (mine, "x"), (mine, "-1") })
        {
            var undone = (await tenant.Admin.Post($"{Candidates}/bulk/undo", new { changes = new[] { new { id, changeId } } })).Must(200);
            Assert.Equal("not_found", Assert.Single(undone["failed"].EnumerateArray()).GetProperty("code").GetString());
        }

        Assert.Equal(3, (await other.Admin.Get($"{Candidates}/{theirs}")).Must(200)["rating"].GetInt32());
        Assert.Equal(["changes"], (await tenant.Admin.Post($"{Candidates}/bulk/undo", new { changes = Array.Empty<object>() })).Must(400).Faults);
        var agent = await tenant.AddAsync("agent");
        (await agent.Post($"{Candidates}/bulk/undo", new { changes = new[] { new { id = mine, changeId = "1" } } })).Must(403, "forbidden");
    }

    [Fact]
    public async Task Too_many_none_or_nothing_to_change_is_refused()
    {
        var tenant = await api.FoundAsync();
        var one = new[] { Guid.CreateVersion7() };

        Assert.Equal(["ids"], (await tenant.Admin.Post($"{Candidates}/bulk", new { action = "delete", ids = Array.Empty<Guid>() })).Must(400).Faults);
        Assert.Equal(["ids"], (await tenant.Admin.Post($"{Candidates}/bulk", new { action = "delete", ids = Enumerable.Range(0, 501).Select(_ => Guid.CreateVersion7()) })).Must(400).Faults);
        Assert.Equal(["change"], (await tenant.Admin.Post($"{Candidates}/bulk", new { action = "update", ids = one })).Must(400).Faults);
        Assert.Equal(400, (await tenant.Admin.Post($"{Candidates}/bulk", new { action = "explode", ids = one })).Status);
        Assert.Equal(400, (await tenant.Admin.Post($"{Candidates}/bulk", """{"action":"delete","ids":["x"]}""")).Status);
    }

    [Fact]
    public async Task A_picker_tells_those_of_one_name_apart_by_what_its_reader_may_know()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        foreach (var (email, position) in new[] { ("ada@one.test", "Editor"), ("ada@two.test", "Grader") })
        {
            (await tenant.Admin.Post(Candidates, new { fullName = "Ada Lovelace", email, position })).Must(201);
        }

        Assert.Equal(["ada@one.test", "ada@two.test"], await DetailsAsync(tenant.Admin, "ada"));
        Assert.Equal(["ada@two.test"], await DetailsAsync(tenant.Admin, "ADA@two"));
        // Who schedules interviews sees a candidate's position there, never the address, and does not find by it.
        Assert.Equal(["Editor", "Grader"], await DetailsAsync(agent, "ada"));
        Assert.Empty(await DetailsAsync(agent, "ada@two"));

        async Task<IEnumerable<string?>> DetailsAsync(Person person, string search) =>
            (await person.Get($"{Candidates}/lookup?search={search}")).Must(200).Items.Select(item => item.GetProperty("detail").GetString()).Order();
    }

    [Fact]
    public async Task The_addresses_of_colleagues_are_for_those_who_manage_people()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");

        Assert.Equal(agent.Email, (await tenant.Admin.Get($"users/lookup?ids={agent.UserId}")).Must(200).Items[0].GetProperty("detail").GetString());
        Assert.Equal("agent", (await agent.Get($"users/lookup?ids={agent.UserId}")).Must(200).Items[0].GetProperty("detail").GetString());
        Assert.Empty((await agent.Get($"users/lookup?search={Uri.EscapeDataString(agent.Email)}")).Must(200).Items);
    }

    [Fact]
    public async Task A_picker_shows_names_to_people_whose_page_needs_it_and_no_more()
    {
        var tenant = await api.FoundAsync();
        var (agent, viewer) = (await tenant.AddAsync("agent"), await tenant.AddAsync("viewer"));
        var ada = await tenant.Admin.AddCandidateAsync("Ada Lovelace", "secret@mail.test");

        var item = Assert.Single((await agent.Get($"{Candidates}/lookup?search=love")).Must(200).Items);
        Assert.Equal(["id", "name"], item.EnumerateObject().Select(p => p.Name));
        Assert.Equal((ada.Id, "Ada Lovelace"), (item.GetProperty("id").GetGuid(), item.GetProperty("name").GetString()));
        Assert.Empty((await agent.Get($"{Candidates}/lookup?search=secret")).Must(200).Items);
        (await agent.Get(Candidates)).Must(403, "forbidden");
        (await agent.Get($"{Candidates}/{ada.Id}")).Must(403, "forbidden");
        (await agent.Get($"{Candidates}/{ada.Id}/history")).Must(403, "forbidden");
        (await viewer.Get($"{Candidates}/lookup")).Must(403, "forbidden");
        Assert.Equal(400, (await agent.Get($"{Candidates}/lookup?ids=x")).Status);
    }
}
