using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Records;

/// <summary>Create, replace, patch, and what happens when two people write at once.</summary>
public sealed class WriteTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    [Fact]
    public async Task A_new_record_comes_with_its_address_and_version()
    {
        var tenant = await api.FoundAsync();

        var created = await tenant.Admin.AddCandidateAsync();

        Assert.Equal("\"1\"", created.ETag);
        Assert.Equal($"/api/v1/{Candidates}/{created.Id}", created.Headers.Location?.ToString());
        var read = (await tenant.Admin.Get($"{Candidates}/{created.Id}")).Must(200);
        Assert.Equal("\"1\"", read.ETag);
        Assert.Equal(created.Text, read.Text);
    }

    [Fact]
    public async Task A_new_record_its_change_and_its_row_take_one_statement_behind_the_rights_and_a_request_key_one_more()
    {
        var admin = (await api.FoundAsync()).Admin;
        await admin.AddCandidateAsync();

        Answer? first = null, second = null;
        var plain = await api.Statements.DuringAsync(async () => first = await admin.AddCandidateAsync());
        var keyed = await api.Statements.DuringAsync(async () => second = (await admin.Send(
            HttpMethod.Post, Candidates, new { fullName = "Ada Lovelace", email = Api.NewEmail() }, headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["Idempotency-Key"] = "form-1" })).Must(201));

        Assert.True(plain.Count == 2 && keyed.Count == 3, string.Join("\n\n", [.. plain, "—", .. keyed]));
        foreach (var created in new[] { first!, second! })
        {
            Assert.Equal("create_candidate", (await admin.Get($"{Candidates}/{created.Id}/history")).Must(200)["items"].EnumerateArray().Single().GetProperty("action").GetString());
        }
    }

    [Fact]
    public async Task What_the_database_refuses_leaves_neither_record_nor_change()
    {
        var tenant = await api.FoundAsync();
        var taken = (await tenant.Admin.AddCandidateAsync())["email"].GetString();

        (await tenant.Admin.Post(Candidates, new { fullName = "Twin", email = taken })).Must(409, "duplicate_value");
        var stranger = (await tenant.Admin.Post(Candidates, new { fullName = "Orphan", email = Api.NewEmail(), ownerId = Guid.CreateVersion7() })).Must(404);

        Assert.True(stranger["errors"].TryGetProperty("ownerId", out _));
        Assert.Equal(1, (await tenant.Admin.Get(Candidates)).Must(200)["total"].GetInt32());
        Assert.Equal(1, (await tenant.Admin.Get("audit?action=create_candidate")).Must(200)["items"].GetArrayLength());
        (await tenant.Admin.AddCandidateAsync()).Must(201);
    }

    [Fact]
    public async Task A_refused_field_is_told_what_it_needs()
    {
        var admin = (await api.FoundAsync()).Admin;

        var refused = (await admin.Post(Candidates, new { fullName = "", email = "ada@@mail", position = new string('x', 500), rating = 9 })).Must(400);

        var told = refused["errors"].EnumerateObject().ToDictionary(e => e.Name, e => e.Value[0].GetString());
        Assert.Equal(("Full name is needed.", "Not a valid e-mail address.", "From 0 to 3."), (told["fullName"], told["email"], told["rating"]));
        Assert.Matches(@"^At most \d+ characters\.$", told["position"]);
    }

    [Fact]
    public async Task Replacing_needs_the_version_that_was_seen()
    {
        var tenant = await api.FoundAsync();
        var created = await tenant.Admin.AddCandidateAsync();
        var path = $"{Candidates}/{created.Id}";
        var body = new { fullName = "Renamed", email = created["email"].GetString() };

        (await tenant.Admin.Put(path, body)).Must(428, "version_required");
        (await tenant.Admin.Patch(path, new { fullName = "x" })).Must(428, "version_required");
        Assert.Equal("\"2\"", (await tenant.Admin.Put(path, body, version: 1)).Must(200).ETag);
        var late = (await tenant.Admin.Put(path, body, version: 1)).Must(412, "version_conflict");
        Assert.Equal((2, "Renamed"), (late["current"].GetProperty("version").GetInt32(), late["current"].GetProperty("fullName").GetString()));
    }

    [Theory]
    [InlineData("*", 200)]
    [InlineData("\"1\"", 200)]
    [InlineData("\"7\", \"1\"", 200)]
    [InlineData("\"2\"", 412)]
    [InlineData("\"99999999999\"", 412)]
    [InlineData("\"abc\"", 412)]
    [InlineData("nonsense", 412)]
    public async Task The_version_is_read_as_the_standard_writes_it(string ifMatch, int status)
    {
        var tenant = await api.FoundAsync();
        var created = await tenant.Admin.AddCandidateAsync();

        var answer = await tenant.Admin.Send(HttpMethod.Patch, $"{Candidates}/{created.Id}", new { position = "Grip" }, headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["If-Match"] = ifMatch });

        answer.Must(status);
    }

    [Fact]
    public async Task Of_many_writers_at_once_exactly_one_wins()
    {
        var tenant = await api.FoundAsync();
        var created = await tenant.Admin.AddCandidateAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => tenant.Admin.Patch($"{Candidates}/{created.Id}", new { position = $"Writer {i}" }, version: 1)));

        Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a.Status != 200), a => a.Must(412, "version_conflict"));
        var winner = answers.Single(a => a.Status == 200)["position"].GetString();
        var now = (await tenant.Admin.Get($"{Candidates}/{created.Id}")).Must(200);
        Assert.Equal((2, winner), (now.Version, now["position"].GetString()));
        Assert.Equal(2, (await tenant.Admin.Get($"{Candidates}/{created.Id}/history")).Must(200).Items.Count);
    }

    [Fact]
    public async Task A_patch_changes_the_named_fields_and_null_clears_one()
    {
        var tenant = await api.FoundAsync();
        var created = (await tenant.Admin.Post(Candidates, new { fullName = "Ada", email = Api.NewEmail(), position = "Grip", notes = "Tall", rating = 2, skills = new[] { "a", "b" } })).Must(201);

        var patched = (await tenant.Admin.Patch($"{Candidates}/{created.Id}", """{"notes":null,"rating":3,"skills":["c"]}""", version: 1)).Must(200);

        Assert.Equal(("Ada", "Grip", JsonValueKind.Null, 3), (patched["fullName"].GetString(), patched["position"].GetString(), patched["notes"].ValueKind, patched["rating"].GetInt32()));
        Assert.Equal(["c"], patched["skills"].EnumerateArray().Select(s => s.GetString()));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_leaves_version_and_history_alone()
    {
        var tenant = await api.FoundAsync();
        var created = await tenant.Admin.AddCandidateAsync("Ada");
        var path = $"{Candidates}/{created.Id}";

        Assert.Equal(1, (await tenant.Admin.Patch(path, "{}", version: 1)).Must(200).Version);
        Assert.Equal(1, (await tenant.Admin.Patch(path, new { fullName = "Ada" }, version: 1)).Must(200).Version);
        Assert.Single((await tenant.Admin.Get($"{path}/history")).Must(200).Items);
    }

    [Theory]
    [InlineData("""{"id":"7a0c2a86-7ab5-7e5f-9d9e-3a3d0e1f2a3b"}""", "id")]
    [InlineData("""{"tenantId":"7a0c2a86-7ab5-7e5f-9d9e-3a3d0e1f2a3b"}""", "tenantId")]
    [InlineData("""{"version":7}""", "version")]
    [InlineData("""{"hiredAt":"2026-01-01T00:00:00Z"}""", "hiredAt")]
    [InlineData("""{"surprise":1}""", "surprise")]
    [InlineData("""{"fullName":null}""", "fullName")]
    [InlineData("""{"fullName":"  "}""", "fullName")]
    [InlineData("""{"fullName":12}""", "fullName")]
    [InlineData("""{"rating":"2"}""", "rating")]
    [InlineData("""{"rating":4}""", "rating")]
    [InlineData("""{"rating":null}""", "rating")]
    [InlineData("""{"status":"promoted"}""", "status")]
    [InlineData("""{"status":1}""", "status")]
    [InlineData("""{"skills":null}""", "skills")]
    [InlineData("""{"skills":["ok",""]}""", "skills")]
    [InlineData("""{"skills":["ok",null]}""", "skills")]
    [InlineData("""{"availabilityDate":"tomorrow"}""", "availabilityDate")]
    [InlineData("""{"resumeUrl":"javascript:alert(1)"}""", "resumeUrl")]
    [InlineData("""{"phone":"call me"}""", "phone")]
    public async Task A_patch_with_a_bad_field_is_refused_and_names_it(string patch, string field)
    {
        var tenant = await api.FoundAsync();
        var created = await tenant.Admin.AddCandidateAsync();

        var answer = (await tenant.Admin.Patch($"{Candidates}/{created.Id}", patch, version: 1)).Must(400, "validation_failed");

        Assert.Contains(answer.Faults, fault => fault == field || fault.StartsWith(field + "[", StringComparison.Ordinal));
        Assert.Equal(1, (await tenant.Admin.Get($"{Candidates}/{created.Id}")).Must(200).Version);
    }

    [Fact]
    public async Task All_faults_of_a_body_are_told_at_once()
    {
        var tenant = await api.FoundAsync();

        var answer = (await tenant.Admin.Post(Candidates, new { fullName = "", email = "nobody", rating = 9, position = new string('x', 256) })).Must(400, "validation_failed");

        Assert.Equal(["email", "fullName", "position", "rating"], answer.Faults.Order(StringComparer.Ordinal));
        Assert.Equal(answer["errors"].ToString(), answer["details"].ToString());
        Assert.Equal(answer["detail"].GetString(), answer["error"].GetString());
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.NotEmpty(answer["traceId"].GetString()!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("12")]
    [InlineData("\"text\"")]
    [InlineData("""{"fullName":{"first":"Ada"},"email":"ada@mail.test"}""")]
    [InlineData("""{"fullName":"Ada","email":"ada@mail.test","rating":"3"}""")]
    [InlineData("""{"fullName":"Ada","email":"ada@mail.test","rating":3.5}""")]
    [InlineData("""{"fullName":"Ada","email":"ada@mail.test","rating":99999999999}""")]
    [InlineData("""{"fullName":"Ada","email":"ada@mail.test","status":"promoted"}""")]
    [InlineData("""{"fullName":"Ada","email":"ada@mail.test","status":2}""")]
    [InlineData("""{"fullName":"Ada\u0000","email":"ada@mail.test"}""")]
    [InlineData("""{"fullName":"Ada\ud800","email":"ada@mail.test"}""")]
    [InlineData("""{"fullName":"Ada","email":"ada@mail.test","skills":["a\u0000"]}""")]
    [InlineData("""{"fullName":"Ada","email":"ada@mail.test","ownerId":"12"}""")]
    public async Task A_body_of_the_wrong_shape_is_a_bad_request_and_changes_nothing(string body)
    {
        var tenant = await api.FoundAsync();

        var answer = await tenant.Admin.Post(Candidates, body);

        Assert.True(answer.Status == 400 && answer.Code is not null, $"{answer.Status}: {answer.Text}");
        Assert.Equal(0, (await tenant.Admin.Get(Candidates)).Must(200)["total"].GetInt32());
    }

    [Theory]
    [InlineData("""{"notes":"half a pair \ud800"}""")]
    [InlineData("""{"notes":"nothing \u0000"}""")]
    [InlineData("""{"skills":["\ud800"]}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"notes":"once","notes":"twice"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Changes_of_the_wrong_shape_are_a_bad_request_and_change_nothing(string changes)
    {
        var tenant = await api.FoundAsync();
        var record = await tenant.Admin.AddCandidateAsync();

        (await tenant.Admin.Send(HttpMethod.Patch, $"{Candidates}/{record.Id}", changes, version: 1)).Must(400, "invalid_json");
        (await tenant.Admin.Post($"{Candidates}/bulk", $$"""{"action":"update","ids":["{{record.Id}}"],"change":{{changes}}}""")).Must(400, "invalid_json");

        Assert.Equal(1, (await tenant.Admin.Get($"{Candidates}/{record.Id}")).Must(200).Version);
    }

    [Fact]
    public async Task A_deeply_nested_or_very_long_body_is_a_bad_request()
    {
        var tenant = await api.FoundAsync();

        Assert.Equal(400, (await tenant.Admin.Post(Candidates, "{\"notes\":" + new string('[', 100_000))).Status);
        Assert.Equal(["notes"], (await tenant.Admin.Post(Candidates, new { fullName = "A", email = Api.NewEmail(), notes = new string('x', 20_001) })).Must(400).Faults);
        (await tenant.Admin.Post(Candidates, new { fullName = "A", email = Api.NewEmail(), notes = new string('ß', 20_000) })).Must(201);
    }

    [Fact]
    public async Task Only_JSON_is_read()
    {
        var tenant = await api.FoundAsync();

        (await tenant.Admin.Post(Candidates, new StringContent("<a/>", System.Text.Encoding.UTF8, "application/xml"))).Must(415, "unsupported_media_type");
        (await tenant.Admin.Send(HttpMethod.Trace, Candidates)).Must(405, "method_not_allowed");
        (await tenant.Admin.Get("recruiting/nothing")).Must(404, "not_found");
        (await tenant.Admin.Get($"{Candidates}/not-an-id")).Must(404, "not_found");
    }

    [Theory]
    [InlineData("Zażółć gęślą jaźń")]
    [InlineData("王小明 👩‍👩‍👧‍👦")]
    [InlineData("עברית‏ (RTL)")]
    [InlineData("e\u0301 combining")]
    [InlineData("'; drop table recruiting.candidate; --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("=HYPERLINK(\"http://evil\")")]
    [InlineData("\\ % _ \" '")]
    public async Task Odd_text_comes_back_as_it_went_in_and_is_found(string name)
    {
        var tenant = await api.FoundAsync();
        var created = await tenant.Admin.AddCandidateAsync(name);

        Assert.Equal(name, (await tenant.Admin.Get($"{Candidates}/{created.Id}")).Must(200)["fullName"].GetString());
        Assert.Single((await tenant.Admin.Get($"{Candidates}?search={Uri.EscapeDataString(name)}")).Must(200).Items);
        Assert.Single((await tenant.Admin.Get($"{Candidates}?fullName={Uri.EscapeDataString(name.Split(',')[0])}")).Must(200).Items);
    }
}
