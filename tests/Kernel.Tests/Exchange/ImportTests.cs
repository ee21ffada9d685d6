using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Exchange;

public sealed class ImportTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    [Fact]
    public async Task A_file_is_uploaded_mapped_checked_and_applied()
    {
        var tenant = await api.FoundAsync();
        var known = await tenant.Admin.AddCandidateAsync("Ines Costa", "ines@costa.test");
        var run = (await tenant.Admin.UploadAsync(Candidates, "Name;E-Mail;Telefon;Fun fact\nInes Costa;INES@costa.test;+41 44 668 18 00;juggles\nLiang Wu;liang@wu.test;;sings\n", "people.csv")).Must(201);

        Assert.Equal(("csv", "uploaded", 2), (run["format"].GetString(), run["status"].GetString(), run["rows"].GetInt32()));
        Assert.Equal((";", "utf-8"), (run["detection"].GetProperty("delimiter").GetString(), run["detection"].GetProperty("encoding").GetString()));
        Assert.Equal(["fullName", "email", "phone", null], run["columns"].EnumerateArray().Select(c => c.GetProperty("field").GetString()));
        Assert.Equal(["synonym", "exact", "synonym", "none"], run["columns"].EnumerateArray().Select(c => c.GetProperty("confidence").GetString()));
        Assert.Equal("mapped", (await tenant.Admin.MapAsync(run))["status"].GetString());

        var check = (await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Must(200);

        Assert.Equal(("validated", "create 1, update 1"), (check["status"].GetString(), check.Counts()));
        var rows = await tenant.Admin.RowsAsync(run);
        Assert.Equal(("update", "email", known.Id), (rows[2].GetProperty("action").GetString(), rows[2].GetProperty("matchedBy").GetString(), rows[2].GetProperty("recordId").GetGuid()));
        Assert.Equal(["phone", "email"], rows[2].GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("field").GetString()).OrderDescending());
        Assert.Equal(1, (await tenant.Admin.Get(Candidates)).Must(200)["total"].GetInt32());

        var job = await tenant.Admin.ApplyAsync(run);

        Assert.Equal("succeeded", job["status"].GetString());
        var people = (await tenant.Admin.Get($"{Candidates}?sort=fullName")).Must(200).Items;
        Assert.Equal(["Ines Costa +41446681800", "Liang Wu "], people.Select(p => $"{p.GetProperty("fullName")} {p.GetProperty("phone")}"));
        var history = (await tenant.Admin.Get($"{Candidates}/{known.Id}/history")).Must(200).Items;
        Assert.Contains("people.csv", history[0].GetProperty("reason").GetString());
        Assert.Equal(2, (await tenant.Admin.Get($"{Candidates}/{known.Id}")).Must(200).Version);
        Assert.Equal("completed", (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200)["status"].GetString());
    }

    [Fact]
    public async Task The_workspace_is_backed_up_before_an_import_writes()
    {
        var tenant = await api.FoundAsync();
        var run = await tenant.Admin.CheckedAsync(Candidates, "fullName,email\nOne More,one.more@file.test\n");
        await tenant.Admin.ApplyAsync(run);

        var backup = Assert.Single((await tenant.Admin.Get("backup/history?kind=pre_import")).Must(200).Items);

        Assert.Equal("succeeded", backup.GetProperty("status").GetString());
        Assert.False(backup.GetProperty("rowCounts").TryGetProperty(Candidates, out var rows) && rows.GetInt32() > 0);
    }

    [Fact]
    public async Task Records_of_an_import_are_in_the_feed_as_those_of_a_form()
    {
        var tenant = await api.FoundAsync();
        var typed = (await tenant.Admin.Post(Candidates, new { fullName = "Ada Abioye", email = "ada@form.test", position = "Editor", skills = new[] { "Avid", "Resolve" } })).Must(201);
        var run = await tenant.Admin.CheckedAsync(Candidates, "fullName,email,position,skills\nAda Abioye,ada@file.test,Editor,Avid; Resolve\n");
        await tenant.Admin.ApplyAsync(run);
        var imported = (await tenant.Admin.Get($"{Candidates}?email=ada@file.test")).Must(200).Items[0];

        var (one, other) = (await FeedAsync(typed.Id), await FeedAsync(imported.GetProperty("id").GetGuid()));

        Assert.Equal(one.Replace("ada@form.test", "ada@file.test", StringComparison.Ordinal), other);
        Assert.Equal(1, imported.GetProperty("version").GetInt32());
        Assert.True((await tenant.Admin.Get($"{Candidates}/duplicates?email=ADA@file.test")).Status < 500);

        async Task<string> FeedAsync(Guid id) => (string)(await api.SqlAsync(
            "select concat_ws('|', action, target, entity_version, label, before, after, actor_name) from kernel.change where entity_id = $1", id))!;
    }

    [Fact]
    public async Task Everything_or_nothing_is_written()
    {
        var tenant = await api.FoundAsync();
        var lines = Enumerable.Range(1, 5_000).Select(i => i == 4_321 ? "Nobody,no-address" : $"Person {i},person{i}@many.test");
        var run = await tenant.Admin.CheckedAsync(Candidates, "name,email\n" + string.Join('\n', lines));

        Assert.Equal("create 4999, error 1", run.Counts());
        (await tenant.Admin.Post($"exchange/imports/{run.Id}/apply")).Must(409, "import_has_errors");
        Assert.Equal(0, (await tenant.Admin.Get(Candidates)).Must(200)["total"].GetInt32());

        var bad = Assert.Single(await tenant.Admin.RowsAsync(run, "&action=error"));
        Assert.Equal((4_322, "invalid_value"), (bad.Key, Assert.Single(bad.Value.ErrorCodes())));
        var fixedRow = (await tenant.Admin.Patch($"exchange/imports/{run.Id}/rows/{bad.Key}", new { values = new { email = "nobody@many.test" } })).Must(200);
        Assert.Equal("create", fixedRow["action"].GetString());

        var job = await tenant.Admin.ApplyAsync(run);

        Assert.Equal("succeeded", job["status"].GetString());
        Assert.Equal(5_000L, await api.SqlAsync("select count(*) from recruiting.candidate where tenant_id = $1", tenant.Id));
        Assert.Equal(5_000L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and action = 'create_candidate'", tenant.Id));
    }

    [Fact]
    public async Task Blank_leaves_a_value_and_the_clear_sign_takes_it_away()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync("Blank Keeper", "keeper@blank.test", "+41 44 668 18 00");
        await tenant.Admin.AddCandidateAsync("Clear Loser", "loser@blank.test", "+41 44 668 18 01");
        var run = await tenant.Admin.CheckedAsync(Candidates, "email,phone\nkeeper@blank.test,\nloser@blank.test,\\N\n");

        Assert.Equal("update 1, unchanged 1", run.Counts());
        await tenant.Admin.ApplyAsync(run);
        var people = (await tenant.Admin.Get($"{Candidates}?sort=fullName")).Must(200).Items;
        Assert.Equal(["+41446681800", null], people.Select(p => p.GetProperty("phone").GetString()));

        var clearing = await tenant.Admin.CheckedAsync(Candidates, "email,phone\nkeeper@blank.test,\n", new { blank = "clear" });
        Assert.Equal("update 1", clearing.Counts());
    }

    [Fact]
    public async Task Two_rows_about_one_record_are_both_wrong()
    {
        var tenant = await api.FoundAsync();
        var known = await tenant.Admin.AddCandidateAsync("Twice Met", "twice@twin.test");
        var run = await tenant.Admin.CheckedAsync(Candidates, $"id,name,email\n,New One,new@twin.test\n{known.Id},Twice Met,\n,Other Name,TWICE@twin.test\n,New Two,New@twin.test\n");

        Assert.Equal("error 4", run.Counts());
        Assert.All((await tenant.Admin.RowsAsync(run)).Values, row => Assert.Contains("duplicate_in_file", row.ErrorCodes()));
    }

    [Fact]
    public async Task Twins_far_apart_in_the_file_find_each_other()
    {
        var tenant = await api.FoundAsync();
        var lines = Enumerable.Range(1, 4_500).Select(i => $"Person {i},person{(i == 4_400 ? 3 : i)}@far.test");
        var run = await tenant.Admin.CheckedAsync(Candidates, "name,email\n" + string.Join('\n', lines));

        Assert.Equal("create 4498, error 2", run.Counts());
        Assert.Equal([4, 4_401], (await tenant.Admin.RowsAsync(run, "&action=error")).Keys.Order());

        (await tenant.Admin.Patch($"exchange/imports/{run.Id}/rows/4401", new { values = new { email = "person4400@far.test" } })).Must(200);
        Assert.Equal("create 4500", (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200).Counts());
    }

    [Fact]
    public async Task An_id_of_another_tenant_is_not_found()
    {
        var (mine, theirs) = (await api.FoundAsync(), await api.FoundAsync());
        var foreign = await theirs.Admin.AddCandidateAsync();
        var run = await mine.Admin.CheckedAsync(Candidates, $"id,name,email\n{foreign.Id},Stolen,stolen@far.test\n");

        var row = (await mine.Admin.RowsAsync(run))[2];
        Assert.Equal("not_found", Assert.Single(row.ErrorCodes()));
        (await mine.Admin.Post($"exchange/imports/{run.Id}/apply")).Must(409, "import_has_errors");
    }

    [Fact]
    public async Task A_reference_is_found_by_id_key_or_name_and_otherwise_suggested()
    {
        var tenant = await api.FoundAsync();
        var owner = await tenant.AddAsync("agent", "Mara Lindqvist");
        await tenant.AddAsync("agent", "Pat Same");
        await tenant.AddAsync("agent", "Pat Same");
        var run = await tenant.Admin.CheckedAsync(Candidates,
            $"name,email,owner\nBy Id,a@ref.test,{owner.UserId}\nBy Key,b@ref.test,{owner.Email.ToUpperInvariant()}\nBy Name,c@ref.test,mara lindqvist\nBy Nobody,d@ref.test,Mara Lindqist\nBy Two,e@ref.test,Pat Same\n");

        Assert.Equal("create 3, error 2", run.Counts());
        var rows = await tenant.Admin.RowsAsync(run);
        Assert.Equal("unknown_reference", Assert.Single(rows[5].ErrorCodes()));
        var suggestion = rows[5].GetProperty("errors")[0].GetProperty("suggestions")[0];
        Assert.Equal((owner.UserId.ToString(), "Mara Lindqvist"), (suggestion.GetProperty("value").GetString(), suggestion.GetProperty("label").GetString()));
        Assert.Equal("ambiguous_reference", Assert.Single(rows[6].ErrorCodes()));
        Assert.Equal(2, rows[6].GetProperty("errors")[0].GetProperty("suggestions").GetArrayLength());

        (await tenant.Admin.Patch($"exchange/imports/{run.Id}/rows/5", new { values = new { ownerId = suggestion.GetProperty("value").GetString() } })).Must(200);
        (await tenant.Admin.Patch($"exchange/imports/{run.Id}/rows/6", new { skip = true })).Must(200);
        await tenant.Admin.ApplyAsync(run);
        Assert.Equal(4, (await tenant.Admin.Get($"{Candidates}?ownerId={owner.UserId}")).Must(200)["total"].GetInt32());
    }

    [Fact]
    public async Task A_new_record_that_looks_like_an_old_one_is_pointed_out()
    {
        var tenant = await api.FoundAsync();
        var known = await tenant.Admin.AddCandidateAsync("Katharina Brandstetter", "kb@near.test");
        var run = await tenant.Admin.CheckedAsync(Candidates, "name,email\nKatarina Brandstetter,other@near.test\nSomebody Else,else@near.test\n");

        var warned = Assert.Single(await tenant.Admin.RowsAsync(run, "&warnings=true")).Value;
        Assert.Equal(("create", "near_match"), (warned.GetProperty("action").GetString(), warned.GetProperty("warnings")[0].GetProperty("code").GetString()));
        Assert.Equal(known.Id, warned.GetProperty("warnings")[0].GetProperty("nearMatches")[0].GetProperty("id").GetGuid());

        var chosen = (await tenant.Admin.Patch($"exchange/imports/{run.Id}/rows/2", new { recordId = known.Id })).Must(200);
        Assert.Equal(("update", "chosen"), (chosen["action"].GetString(), chosen["matchedBy"].GetString()));
    }

    [Fact]
    public async Task Modes_add_only_or_change_only()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync("Known Person", "known@mode.test");
        const string File = "name,email\nKnown Person Renamed,known@mode.test\nNew Person,new@mode.test\n";

        Assert.Equal("create 1, update 1", (await tenant.Admin.CheckedAsync(Candidates, File)).Counts());
        Assert.Equal("create 1, skip 1", (await tenant.Admin.CheckedAsync(Candidates, File, new { mode = "create_only" })).Counts());
        Assert.Equal("update 1, skip 1", (await tenant.Admin.CheckedAsync(Candidates, File, new { mode = "update_only" })).Counts());
    }

    [Fact]
    public async Task An_ambiguous_date_is_asked_for_and_never_guessed()
    {
        var tenant = await api.FoundAsync();
        var run = (await tenant.Admin.UploadAsync(Candidates, "name,email,availabilityDate\nA,a@date.test,01/02/2026\nB,b@date.test,25/02/2026\nC,c@date.test,2026-03-04\n")).Must(201);
        Assert.True(run["columns"][2].GetProperty("needsDateOrder").GetBoolean());
        await tenant.Admin.MapAsync(run);

        var refused = (await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Must(422, "date_order_needed");

        Assert.Equal("01/02/2026", refused["columns"][0].GetProperty("example").GetString());
        await tenant.Admin.MapAsync(run, new { dateOrder = "dmy" });
        (await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Must(200);
        await tenant.Admin.ApplyAsync(run);
        Assert.Equal(["2026-02-01", "2026-02-25", "2026-03-04"], (await tenant.Admin.Get($"{Candidates}?sort=fullName")).Must(200).Items.Select(c => c.GetProperty("availabilityDate").GetString()));
    }

    [Fact]
    public async Task What_a_source_meant_the_last_time_is_remembered()
    {
        var tenant = await api.FoundAsync();
        var run = (await tenant.Admin.UploadAsync(Candidates, "Wer,Womit,Stadt\nA,a@memo.test,Bern\n")).Must(201);
        var columns = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Wer"] = "fullName", ["Womit"] = "email", ["Stadt"] = null };
        (await tenant.Admin.Put($"exchange/imports/{run.Id}/mapping", new { columns })).Must(200);

        var again = (await tenant.Admin.UploadAsync(Candidates, "Stadt,Womit,Wer\nBern,b@memo.test,B\n")).Must(201);

        Assert.Equal([null, "email", "fullName"], again["columns"].EnumerateArray().Select(c => c.GetProperty("field").GetString()));
        Assert.Equal(["none", "remembered", "remembered"], again["columns"].EnumerateArray().Select(c => c.GetProperty("confidence").GetString()));
    }

    [Fact]
    public async Task A_mapping_that_cannot_be_is_refused_by_its_columns()
    {
        var tenant = await api.FoundAsync();
        var run = (await tenant.Admin.UploadAsync(Candidates, "name,email,mail\nA,a@map.test,b@map.test\n")).Must(201);
        var columns = new Dictionary<string, string?>(StringComparer.Ordinal) { ["name"] = "colour", ["email"] = "email", ["mail"] = "email", ["age"] = "rating" };

        var refused = (await tenant.Admin.Put($"exchange/imports/{run.Id}/mapping", new { columns, matchKeys = new[] { "phone" } })).Must(400, "validation_failed");

        Assert.Equal(["columns.age", "columns.mail", "columns.name", "matchKeys"], refused.Faults.Order());
        (await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Must(409, "not_mapped");
        (await tenant.Admin.Post($"exchange/imports/{run.Id}/apply")).Must(409, "not_checked");
        (await tenant.Admin.Post($"exchange/imports/{run.Id}/undo")).Must(409, "not_applied");
    }

    [Fact]
    public async Task The_rows_with_errors_come_back_as_a_file()
    {
        var tenant = await api.FoundAsync();
        var run = await tenant.Admin.CheckedAsync(Candidates, "name,email,Fun fact\nGood,good@err.test,swims\nBad,nowhere,=2+2\n");

        var file = await tenant.Admin.Get($"exchange/imports/{run.Id}/errors");

        var lines = file.Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("name,email,Fun fact,error", lines[0]);
        Assert.StartsWith("Bad,nowhere,'=2+2,email: ", Assert.Single(lines.Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_changed_after_the_check_stops_the_import()
    {
        var tenant = await api.FoundAsync();
        var known = await tenant.Admin.AddCandidateAsync("Moving Target", "moving@race.test");
        var run = await tenant.Admin.CheckedAsync(Candidates, "email,position\nmoving@race.test,Editor\nfresh@race.test,Mixer\n", new { mode = "upsert" });
        Assert.Equal("update 1, error 1", run.Counts());
        (await tenant.Admin.Patch($"exchange/imports/{run.Id}/rows/3", new { skip = true })).Must(200);
        (await tenant.Admin.Patch($"{Candidates}/{known.Id}", new { position = "Producer" }, version: 1)).Must(200);

        var job = await tenant.Admin.ApplyAsync(run);

        Assert.Equal(("failed", "import_has_errors"), (job["status"].GetString(), job["error"].GetProperty("code").GetString()));
        Assert.Equal("changed_meanwhile", Assert.Single((await tenant.Admin.RowsAsync(run))[2].ErrorCodes()));
        Assert.Equal("Producer", (await tenant.Admin.Get($"{Candidates}/{known.Id}")).Must(200)["position"].GetString());
        Assert.Equal("validated", (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200)["status"].GetString());
    }

    [Fact]
    public async Task All_rows_with_errors_are_left_out_at_once_and_the_others_imported()
    {
        var tenant = await api.FoundAsync();
        var lines = Enumerable.Range(1, 300).Select(i => i % 3 == 0 ? $"Person {i},no address" : $"Person {i},person{i}@left.test");
        var run = await tenant.Admin.CheckedAsync(Candidates, "name,email\n" + string.Join('\n', lines) + "\nTwin,twin@left.test\nTwin,TWIN@left.test\n");
        Assert.Equal("create 200, error 102", run.Counts());

        var left = (await tenant.Admin.Post($"exchange/imports/{run.Id}/errors/skip")).Must(200);

        Assert.Equal(("create 200, skip 102", "validated"), (left.Counts(), left["status"].GetString()));
        Assert.All((await tenant.Admin.RowsAsync(run, "&action=skip")).Values, row => Assert.Empty(row.ErrorCodes()));
        var again = (await tenant.Admin.Patch($"exchange/imports/{run.Id}/rows/4", new { skip = false, values = new { email = "person3@left.test" } })).Must(200);
        Assert.Equal("create", again["action"].GetString());
        Assert.Equal(201, (await tenant.Admin.ApplyAsync(run))["result"].GetProperty("create").GetInt32());
        (await tenant.Admin.Post($"exchange/imports/{run.Id}/errors/skip")).Must(409, "import_done");
        (await (await api.FoundAsync()).Admin.Post($"exchange/imports/{run.Id}/errors/skip")).Must(404, "not_found");
    }

    [Fact]
    public async Task Rows_are_left_out_only_once_they_were_checked()
    {
        var tenant = await api.FoundAsync();
        var run = (await tenant.Admin.UploadAsync(Candidates, "name,email\nA,nothing\n")).Must(201);

        (await tenant.Admin.Post($"exchange/imports/{run.Id}/errors/skip")).Must(409, "not_checked");
    }

    [Fact]
    public async Task Two_imports_of_the_same_people_at_once_write_each_of_them_once()
    {
        var tenant = await api.FoundAsync();
        var people = Enumerable.Range(1, 400).Select(i => $"Person {i},person{i}@atonce.test").ToList();
        var runs = await Task.WhenAll(
            tenant.Admin.CheckedAsync(Candidates, "name,email\n" + string.Join('\n', people)),
            tenant.Admin.CheckedAsync(Candidates, "name,email\n" + string.Join('\n', Enumerable.Reverse(people))));
        Assert.All(runs, run => Assert.Equal("create 400", run.Counts()));

        var jobs = await Task.WhenAll(runs.Select(run => tenant.Admin.ApplyAsync(run)));

        Assert.Equal(["failed", "succeeded"], jobs.Select(job => job["status"].GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal("import_has_errors", jobs.Single(job => job["status"].GetString() == "failed")["error"].GetProperty("code").GetString());
        Assert.Equal(400, (await tenant.Admin.Get($"{Candidates}?limit=1")).Must(200)["total"].GetInt32());
        var beaten = runs[jobs[0]["status"].GetString() == "failed" ? 0 : 1];
        Assert.Equal("unchanged 400", (await tenant.Admin.Post($"exchange/imports/{beaten.Id}/check")).Must(200).Counts());
    }

    [Fact]
    public async Task Who_may_change_the_records_no_more_cannot_apply_what_was_checked_before()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager");
        var run = await manager.CheckedAsync(Candidates, "name,email\nA,a@revoked.test\n");

        (await tenant.Admin.Put($"users/{manager.UserId}/pages/candidates", new { access = "grant", level = "read" })).Must(200);

        (await manager.Post($"exchange/imports/{run.Id}/apply")).Must(404, "not_found");
        Assert.Empty((await tenant.Admin.Get(Candidates)).Must(200).Items);
        Assert.Equal("succeeded", (await tenant.Admin.ApplyAsync(run))["status"].GetString());
    }

    [Fact]
    public async Task Odd_characters_are_kept_as_they_are_and_a_name_of_three_hundred_columns_is_read()
    {
        var tenant = await api.FoundAsync();
        var headers = Enumerable.Range(1, 300).Select(i => i == 1 ? "name" : i == 300 ? "email" : $"column {i}").ToList();
        const string Name = "Zoë 👩‍👩‍👧 \u202Eevil\u202C 漢字 i\u0307 A\u030A";

        var run = await tenant.Admin.CheckedAsync(Candidates, string.Join(',', headers) + "\n" + Name + new string(',', 299) + "odd@odd.test\n");

        Assert.Equal("create 1", run.Counts());
        await tenant.Admin.ApplyAsync(run);
        Assert.Equal(Name, Assert.Single((await tenant.Admin.Get(Candidates)).Must(200).Items).GetProperty("fullName").GetString());
    }

    [Fact]
    public async Task An_import_is_its_authors_and_the_administrators()
    {
        var tenant = await api.FoundAsync();
        var (manager, other) = (await tenant.AddAsync("manager"), await tenant.AddAsync("manager"));
        var viewer = await tenant.AddAsync("viewer");
        var run = await manager.CheckedAsync(Candidates, "name,email\nA,a@own.test\n");

        (await other.Get($"exchange/imports/{run.Id}")).Must(404, "not_found");
        (await other.Get($"exchange/imports/{run.Id}/rows")).Must(404, "not_found");
        Assert.Empty((await other.Get("exchange/imports")).Must(200).Items);
        Assert.Single((await manager.Get("exchange/imports")).Must(200).Items);
        (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200);
        (await viewer.UploadAsync(Candidates, "name\nA\n")).Must(403, "forbidden");
        (await manager.UploadAsync("recruiting/unicorns", "name\nA\n")).Must(400, "validation_failed");
        (await (await api.FoundAsync()).Admin.Get($"exchange/imports/{run.Id}")).Must(404, "not_found");
        (await manager.Delete($"exchange/imports/{run.Id}")).Must(204);
        (await manager.Get($"exchange/imports/{run.Id}")).Must(404, "not_found");
    }
}
