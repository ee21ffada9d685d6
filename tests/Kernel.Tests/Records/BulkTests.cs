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
