using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Records;

/// <summary>What became of a record, and putting a field or a version back.</summary>
public sealed class HistoryTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    [Fact]
    public async Task Each_change_tells_who_what_and_only_the_fields_that_changed()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager", "Mara Lindt");
        var record = await tenant.Admin.AddCandidateAsync("Ada");
        var path = $"{Candidates}/{record.Id}";
        (await manager.Patch(path, new { position = "Grip", rating = 2 }, version: 1)).Must(200);
        (await manager.Delete(path)).Must(204);
        (await tenant.Admin.Post($"{path}/restore")).Must(200);

        var history = (await tenant.Admin.Get($"{path}/history")).Must(200).Items;

        Assert.Equal(["restore_candidate", "delete_candidate", "update_candidate", "create_candidate"], history.Select(h => h.GetProperty("action").GetString()));
        Assert.Equal([4, 3, 2, 1], history.Select(h => h.GetProperty("version").GetInt32()));
        Assert.Equal("Mara Lindt", history[2].GetProperty("actor").GetProperty("name").GetString());
        Assert.Equal(
            [("position", "null", "\"Grip\""), ("rating", "0", "2")],
            history[2].GetProperty("changes").EnumerateArray().Select(c => (c.GetProperty("field").GetString()!, c.GetProperty("before").GetRawText(), c.GetProperty("after").GetRawText())).Order());
    }

    [Fact]
    public async Task A_version_or_a_field_can_be_put_back_and_history_only_grows()
    {
        var tenant = await api.FoundAsync();
        var record = (await tenant.Admin.Post(Candidates, new { fullName = "Ada", email = Api.NewEmail(), position = "Grip", rating = 1 })).Must(201);
        var path = $"{Candidates}/{record.Id}";
        (await tenant.Admin.Patch(path, new { position = "Gaffer", rating = 3 }, version: 1)).Must(200);
        var first = (await tenant.Admin.Get($"{path}/history")).Must(200).Items[^1].GetProperty("id").GetString();

        (await tenant.Admin.Post($"{path}/history/{first}/restore")).Must(428, "version_required");
        (await tenant.Admin.Post($"{path}/history/{first}/restore", version: 1)).Must(412);
        var field = (await tenant.Admin.Post($"{path}/history/{first}/restore", new { fields = new[] { "position" } }, version: 2)).Must(200);
        Assert.Equal(("Grip", 3), (field["position"].GetString(), field["rating"].GetInt32()));
        var whole = (await tenant.Admin.Post($"{path}/history/{first}/restore", version: 3)).Must(200);
        Assert.Equal(("Grip", 1), (whole["position"].GetString(), whole["rating"].GetInt32()));

        Assert.Equal(
            ["revert_candidate", "revert_candidate", "update_candidate", "create_candidate"],
            (await tenant.Admin.Get($"{path}/history")).Must(200).Items.Select(h => h.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task Putting_back_passes_the_nouns_rule_like_any_change()
    {
        var tenant = await api.FoundAsync();
        var record = await tenant.Admin.AddCandidateAsync();
        var path = $"{Candidates}/{record.Id}";
        (await tenant.Admin.Post($"{path}/move", new { status = "screening" })).Must(200);
        (await tenant.Admin.Post($"{path}/move", new { status = "interviewed" })).Must(200);
        var first = (await tenant.Admin.Get($"{path}/history")).Must(200).Items[^1].GetProperty("id").GetString();

        (await tenant.Admin.Post($"{path}/history/{first}/restore", version: 3)).Must(409, "move_not_allowed");
    }

    [Fact]
    public async Task What_is_no_change_or_no_field_of_the_record_is_refused()
    {
        var tenant = await api.FoundAsync();
        var record = await tenant.Admin.AddCandidateAsync();
        var other = await tenant.Admin.AddCandidateAsync();
        var path = $"{Candidates}/{record.Id}";
        var foreign = (await tenant.Admin.Get($"{Candidates}/{other.Id}/history")).Must(200).Items[0].GetProperty("id").GetString();
        var own = (await tenant.Admin.Get($"{path}/history")).Must(200).Items[0].GetProperty("id").GetString();

        (await tenant.Admin.Post($"{path}/history/{foreign}/restore", version: 1)).Must(404);
        (await tenant.Admin.Post($"{path}/history/999999999999999999999/restore", version: 1)).Must(404);
        (await tenant.Admin.Post($"{path}/history/x/restore", version: 1)).Must(404);
        Assert.Equal(["fields"], (await tenant.Admin.Post($"{path}/history/{own}/restore", new { fields = new[] { "tenantId" } }, version: 1)).Must(400).Faults);
        (await tenant.Admin.Get($"{Candidates}/{Guid.CreateVersion7()}/history")).Must(404);
    }

    [Fact]
    public async Task No_password_and_no_hash_reaches_the_change_feed()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        (await agent.Post("auth/password", new { currentPassword = Api.Password, newPassword = "Another-Harbour-93" })).Must(204);

        var leaks = await api.SqlAsync("select count(*) from kernel.change where coalesce(before::text, '') || coalesce(after::text, '') || coalesce(reason, '') ~* '(harbour|password.?hash|AQAAAA)'");

        Assert.Equal(0L, leaks);
        Assert.True((long)(await api.SqlAsync("select count(*) from kernel.change where action = 'password_change'"))! > 0);
    }

    [Fact]
    public async Task A_refused_change_leaves_nothing_in_the_feed()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync(email: "ada@mail.test");
        var before = await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1", tenant.Id);

        (await tenant.Admin.Post(Candidates, new { fullName = "Twin", email = "ada@mail.test" })).Must(409);
        (await tenant.Admin.Post(Candidates, new { fullName = "Nobody", email = "b@mail.test", ownerId = Guid.CreateVersion7() })).Must(404);

        Assert.Equal(before, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1", tenant.Id));
    }
}
