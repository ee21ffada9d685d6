using Tessera.Testing;

namespace Tessera.Kernel.Tests.Exchange;

public sealed class UndoTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    [Fact]
    public async Task An_import_is_undone_and_what_people_changed_since_stays()
    {
        var tenant = await api.FoundAsync();
        var (plain, edited) = (await tenant.Admin.AddCandidateAsync("Plain Before", "plain@undo.test"), await tenant.Admin.AddCandidateAsync("Edited Before", "edited@undo.test"));
        var run = await tenant.Admin.CheckedAsync(Candidates,
            "name,email,position\nPlain After,plain@undo.test,Editor\nEdited After,edited@undo.test,Editor\nNew One,new@undo.test,\nNew Edited,touched@undo.test,\nNew Used,used@undo.test,\n");
        await tenant.Admin.ApplyAsync(run);
        var people = (await tenant.Admin.Get($"{Candidates}?limit=50")).Must(200).Items.ToDictionary(p => p.GetProperty("email").GetString()!);
        (await tenant.Admin.Patch($"{Candidates}/{edited.Id}", new { location = "Bern" }, version: 2)).Must(200);
        (await tenant.Admin.Patch($"{Candidates}/{people["touched@undo.test"].GetProperty("id").GetGuid()}", new { location = "Basel" }, version: 1)).Must(200);
        (await tenant.Admin.ScheduleAsync(people["used@undo.test"].GetProperty("id").GetGuid(), "Somebody", api.Clock.Now.AddDays(1))).Must(201);

        var job = await tenant.Admin.UndoAsync(run);

        Assert.Equal([2, 2, 1], new[] { "reversed", "kept", "blocked" }.Select(part => job["result"].GetProperty(part).GetInt32()));
        var rows = await tenant.Admin.RowsAsync(run);
        Assert.Equal(["reversed", "kept", "reversed", "kept", "blocked"], rows.OrderBy(r => r.Key).Select(r => r.Value.GetProperty("undo").GetString()));
        Assert.Equal("It is used by interviews.", rows[6].GetProperty("undoReason").GetString());
        var back = (await tenant.Admin.Get($"{Candidates}/{plain.Id}")).Must(200);
        Assert.Equal(("Plain Before", null, 3), (back["fullName"].GetString(), back["position"].GetString(), back.Version));
        Assert.Equal("Edited After", (await tenant.Admin.Get($"{Candidates}/{edited.Id}")).Must(200)["fullName"].GetString());
        Assert.Equal("New One", Assert.Single((await tenant.Admin.Get($"{Candidates}?trash=true")).Must(200).Items).GetProperty("fullName").GetString());
        var again = (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200);
        Assert.Equal(("undone", 2), (again["status"].GetString(), again["undo"].GetProperty("reversed").GetInt32()));
        (await tenant.Admin.Post($"exchange/imports/{run.Id}/undo")).Must(409, "not_applied");
    }

    [Fact]
    public async Task A_value_that_was_given_away_meanwhile_blocks_its_row_alone()
    {
        var tenant = await api.FoundAsync();
        var moved = await tenant.Admin.AddCandidateAsync("Moved Away", "old@taken.test");
        var other = await tenant.Admin.AddCandidateAsync("Other Person", "other@taken.test");
        var run = await tenant.Admin.CheckedAsync(Candidates, $"id,email,position\n{moved.Id},fresh@taken.test,\n{other.Id},,Editor\n");
        await tenant.Admin.ApplyAsync(run);
        await tenant.Admin.AddCandidateAsync("Newcomer", "old@taken.test");

        await tenant.Admin.UndoAsync(run);

        var rows = await tenant.Admin.RowsAsync(run);
        Assert.Equal(["blocked", "reversed"], rows.OrderBy(r => r.Key).Select(r => r.Value.GetProperty("undo").GetString()));
        Assert.Equal("fresh@taken.test", (await tenant.Admin.Get($"{Candidates}/{moved.Id}")).Must(200)["email"].GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await tenant.Admin.Get($"{Candidates}/{other.Id}")).Must(200)["position"].ValueKind);
    }

    [Fact]
    public async Task What_a_rule_adds_beside_its_record_is_written_with_it_and_taken_back()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Booked Person", "booked@rule.test");
        var at = api.Clock.Now.AddDays(3);
        string Line(int hours) => $"Booked Person,Outside Interviewer,{at.AddHours(hours):yyyy-MM-dd'T'HH:mm:ss'Z'},60\n";
        var clash = await tenant.Admin.CheckedAsync("recruiting/interviews", "candidate,interviewer name,scheduled at,duration mins\n" + Line(0) + Line(2) + Line(2));

        Assert.Equal("create 2, error 1", clash.Counts());
        (await tenant.Admin.Patch($"exchange/imports/{clash.Id}/rows/4", new { skip = true })).Must(200);
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.booking where tenant_id = $1", tenant.Id));
        await tenant.Admin.ApplyAsync(clash);
        Assert.Equal(4L, await api.SqlAsync("select count(*) from kernel.booking where tenant_id = $1", tenant.Id));
        Assert.Equal(2, (await tenant.Admin.Get($"recruiting/interviews?candidateId={candidate.Id}")).Must(200)["total"].GetInt32());

        await tenant.Admin.UndoAsync(clash);

        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.booking where tenant_id = $1", tenant.Id));
        Assert.Equal(0, (await tenant.Admin.Get("recruiting/interviews")).Must(200)["total"].GetInt32());
    }
}
