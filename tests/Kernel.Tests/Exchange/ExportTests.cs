using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Tessera.Kernel.Exchange;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Exchange;

public sealed class ExportTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    private const string Interviews = "recruiting/interviews";

    [Fact]
    public async Task A_list_is_exported_as_it_is_filtered_and_sorted()
    {
        var tenant = await api.FoundAsync();
        foreach (var (name, position) in new[] { ("Zoe", "Editor"), ("Adam", "Editor"), ("Mia", "Mixer") })
        {
            (await tenant.Admin.Post(Candidates, new { fullName = name, email = Api.NewEmail(), position })).Must(201);
        }

        var text = Encoding.UTF8.GetString(await tenant.Admin.ExportedAsync(Candidates, "csv", new { query = "position=Editor&sort=fullName&page=2&limit=1", columns = new[] { "fullName", "position" } }));

        Assert.Equal("fullName,position\r\nAdam,Editor\r\nZoe,Editor\r\n", text);
        Assert.Equal(["query.colour"], (await tenant.Admin.Post("exchange/exports", new { noun = Candidates, format = "csv", query = "colour=red" })).Must(400, "validation_failed").Faults);
        Assert.Equal(["columns"], (await tenant.Admin.Post("exchange/exports", new { noun = Candidates, format = "csv", columns = new[] { "shoeSize" } })).Must(400, "validation_failed").Faults);
        Assert.Equal(["format"], (await tenant.Admin.Post("exchange/exports", new { noun = Candidates })).Must(400, "validation_failed").Faults);
    }

    [Fact]
    public async Task What_would_be_a_formula_is_text_and_comes_back_as_it_was()
    {
        var tenant = await api.FoundAsync();
        string[] texts = ["=HYPERLINK(\"http://x.test\")", "+41 is a number", "-5 degrees", "@home", "'quoted", "'=already", "\\N", "\\\\N", "two\r\nlines", "semi;colon, comma \"quote\""];
        for (var i = 0; i < texts.Length; i++)
        {
            (await tenant.Admin.Post(Candidates, new { fullName = $"Person {i}", email = Api.NewEmail(), notes = texts[i], tags = new[] { "a;b", "c,d", "e\\f" } })).Must(201);
        }

        foreach (var (bom, delimiter) in new[] { (true, ","), (false, ";"), (false, "\t") })
        {
            var file = await tenant.Admin.ExportedAsync(Candidates, "csv", new { bom, delimiter });
            Assert.Equal(bom, file.AsSpan().StartsWith(Encoding.UTF8.Preamble));
            var text = Encoding.UTF8.GetString(file);
            Assert.Contains("'=HYPERLINK", text, StringComparison.Ordinal);
            Assert.Contains("'-5 degrees", text, StringComparison.Ordinal);
            Assert.DoesNotContain(delimiter + "=HYPERLINK", text, StringComparison.Ordinal);

            Assert.Equal($"unchanged {texts.Length}", (await tenant.Admin.CheckedAsync(Candidates, file)).Counts());
        }

        // Imported anew, each text is what it was.
        var json = await tenant.Admin.ExportedAsync(Candidates, "csv", new { columns = new[] { "fullName", "notes", "tags" } });
        var other = await api.FoundAsync();
        var run = (await other.Admin.UploadAsync(Candidates, Encoding.UTF8.GetString(json).Replace("Person ", "Copy ", StringComparison.Ordinal).Replace("fullName,notes,tags", "email,notes,tags", StringComparison.Ordinal))).Must(201);
        Assert.Equal(texts.Length, run["rows"].GetInt32());
    }

    [Fact]
    public async Task A_negative_number_is_a_number()
    {
        Assert.Equal("-5", CellText.Of(-5));
        Assert.Equal("-1.50", CellText.Of(-1.50m));
        var columns = new[] { Column("amount", ColumnType.Number, typeof(decimal)), Column("text", ColumnType.Text, typeof(string)) };
        using var memory = new MemoryStream();
        await using (var writer = new CsvExport(memory, isZip: false, ',', byteOrderMark: false))
        {
            await writer.WriteAsync(new NounName("a/b", "b", "b"), columns, Each([-1.5m, "-1.5"]), CancellationToken.None);
            await writer.EndAsync(CancellationToken.None);
        }

        Assert.Equal("amount,text\r\n-1.5,'-1.5\r\n", Encoding.UTF8.GetString(memory.ToArray()));
    }

    [Fact]
    public async Task JSON_says_what_it_is_of_and_how_much()
    {
        var tenant = await api.FoundAsync("Harbour Films");
        var candidate = await tenant.Admin.AddCandidateAsync("Ada", "ada@json.test");

        using var json = JsonDocument.Parse(await tenant.Admin.ExportedAsync(Candidates, "json"));

        var root = json.RootElement;
        Assert.Equal((1, "Harbour Films", 1), (root.GetProperty("schemaVersion").GetInt32(), root.GetProperty("tenant").GetProperty("name").GetString(), root.GetProperty("counts").GetProperty(Candidates).GetInt32()));
        Assert.True(root.GetProperty("exportedAt").GetDateTimeOffset() > TestClock.Start);
        var row = Assert.Single(root.GetProperty("nouns").GetProperty(Candidates).EnumerateArray());
        Assert.Equal((candidate.Id, "ada@json.test", JsonValueKind.Array, JsonValueKind.Null), (row.GetProperty("id").GetGuid(), row.GetProperty("email").GetString(), row.GetProperty("skills").ValueKind, row.GetProperty("ownerId").ValueKind));
    }

    [Fact]
    public async Task SQL_is_plain_inserts_in_the_order_of_references()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("O'Hara", "o@hara.test");
        (await tenant.Admin.ScheduleAsync(candidate.Id, "Somebody", api.Clock.Now.AddDays(1))).Must(201);

        var text = Encoding.UTF8.GetString(await tenant.Admin.ExportedAsync(null, "sql"));

        Assert.Contains("\nBEGIN;\n", text, StringComparison.Ordinal);
        Assert.EndsWith("COMMIT;\n", text, StringComparison.Ordinal);
        Assert.Contains("INSERT INTO \"candidates\" (\"id\", \"full_name\", \"email\",", text, StringComparison.Ordinal);
        Assert.Contains("'O''Hara'", text, StringComparison.Ordinal);
        Assert.Contains("FALSE", text, StringComparison.Ordinal);
        int At(string table) => text.IndexOf($"INTO \"{table}\"", StringComparison.Ordinal);
        Assert.True(At("users") < At("candidates") && At("candidates") < At("interviews"), text);
        Assert.DoesNotContain("create table", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(".\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("sql")]
    public async Task A_list_of_numbers_comes_back_as_it_was(string format)
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync();
        var (first, second) = (
            (await tenant.Admin.ScheduleAsync(candidate.Id, "Somebody", api.Clock.Now.AddDays(1))).Must(201), (await tenant.Admin.ScheduleAsync(candidate.Id, "Somebody", api.Clock.Now.AddDays(2))).Must(201));
        (await tenant.Admin.Patch($"{Interviews}/{first.Id}", new { reminders = new[] { 60, 15 } }, first.Version)).Must(200);
        (await tenant.Admin.Patch($"{Interviews}/{second.Id}", new { reminders = Array.Empty<int>() }, second.Version)).Must(200);
        var file = await tenant.Admin.ExportedAsync(Interviews, format);
        (await tenant.Admin.Patch($"{Interviews}/{first.Id}", new { reminders = new[] { 5 } }, first.Version + 1)).Must(200);

        var run = await tenant.Admin.CheckedAsync(Interviews, file);
        Assert.Equal("update 1, unchanged 1", run.Counts());
        await tenant.Admin.ApplyAsync(run);

        Assert.Equal("[60,15]", (await tenant.Admin.Get($"{Interviews}/{first.Id}"))["reminders"].GetRawText());
        Assert.Equal("[]", (await tenant.Admin.Get($"{Interviews}/{second.Id}"))["reminders"].GetRawText());
    }

    [Fact]
    public async Task A_list_of_numbers_is_read_from_JSON_and_one_that_is_none_is_refused_by_its_field()
    {
        var tenant = await api.FoundAsync();
        var candidate = (await tenant.Admin.AddCandidateAsync()).Id;
        var at = api.Clock.Now.AddDays(3);
        string Row(int day, string reminders) => $$"""{"candidateId":"{{candidate}}","interviewerName":"Somebody","scheduledAt":"{{at.AddDays(day):yyyy-MM-dd'T'HH:mm:ss'Z'}}","reminders":{{reminders}}}""";

        var run = await tenant.Admin.CheckedAsync(Interviews, $"[{Row(0, "[15, 60]")},{Row(1, "\"15, 60\"")},{Row(2, "[15, true]")},{Row(3, "[1,2,3,4,5,6]")}]");

        var errors = (await tenant.Admin.RowsAsync(run)).OrderBy(row => row.Key).Select(row => row.Value.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("field").GetString()}: {e.GetProperty("message").GetString()}")).ToList();
        Assert.Equal([[], [], ["reminders: 'true' is not a whole number."], ["reminders: At most five reminders, each 0 to 40320 minutes (four weeks) before the beginning."]], errors);
        (await tenant.Admin.Post($"exchange/imports/{run.Id}/errors/skip")).Must(200);
        await tenant.Admin.ApplyAsync(run);
        Assert.All((await tenant.Admin.Get(Interviews)).Must(200).Items, interview => Assert.Equal("[60,15]", interview.GetProperty("reminders").GetRawText()));
    }

    [Fact]
    public async Task A_workbook_is_valid_and_typed()
    {
        var tenant = await api.FoundAsync();
        (await tenant.Admin.Post(Candidates, new { fullName = "007", email = "bond@xlsx.test", availabilityDate = "2026-02-01", rating = 2, notes = "tab\tand <tag> & _x0041_ \u0001 \U0001F600" })).Must(201);

        var file = await tenant.Admin.ExportedAsync(Candidates, "xlsx");

        using var document = SpreadsheetDocument.Open(new MemoryStream(file), false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        using var zip = new ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var sheet = await reader.ReadToEndAsync();
        var serial = new DateOnly(2026, 2, 1).DayNumber - new DateOnly(1899, 12, 30).DayNumber;
        Assert.Contains($"<c s=\"1\"><v>{serial.ToString(CultureInfo.InvariantCulture)}</v></c>", sheet, StringComparison.Ordinal);
        Assert.Contains("<is><t>007</t></is>", sheet, StringComparison.Ordinal);
        Assert.Contains("<c><v>2</v></c>", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("\u0001", sheet, StringComparison.Ordinal);
        Assert.Contains("_x005F_x0041_", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_sheet_cannot_hold_becomes_CSV_and_says_why()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync("Long Story", "long@story.test");
        await api.SqlAsync("update recruiting.candidate set notes = repeat('x', 40000) where tenant_id = $1", tenant.Id);

        var job = await tenant.Admin.ExportAsync(Candidates, "xlsx");

        var result = job["result"];
        Assert.True(result.GetProperty("fallback").GetBoolean());
        Assert.Contains("32767", result.GetProperty("fallbackReason").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(".csv", result.GetProperty("fileName").GetString(), StringComparison.Ordinal);
        Assert.Contains(new string('x', 40_000), Encoding.UTF8.GetString(await tenant.Admin.DownloadAsync($"exchange/exports/{job.Id}/link")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b:c*d?e[f]g\\h", "a b c d e f g h")]
    [InlineData("a name of more than thirty-one letters", "a name of more than thirty-one")]
    [InlineData("'''", "Sheet")]
    [InlineData("History", "History 2")]
    public void A_sheet_has_a_name_that_is_allowed(string name, string expected) => Assert.Equal(expected, XlsxExport.SheetName(name, []));

    [Fact]
    public void Two_sheets_have_two_names() => Assert.Equal("tasks 2", XlsxExport.SheetName("Tasks", ["tasks"]).ToLowerInvariant());

    [Fact]
    public async Task A_workspace_is_one_file_of_all_nouns_for_administrators()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync();
        var manager = await tenant.AddAsync("manager");

        using var zip = new ZipArchive(new MemoryStream(await tenant.Admin.ExportedAsync(null, "csv")));

        Assert.Equal(["recruiting-calls.csv", "recruiting-candidates.csv", "recruiting-interviews.csv", "users.csv"], zip.Entries.Select(e => e.FullName).Order());
        (await manager.Post("exchange/exports", new { format = "csv" })).Must(403, "admin_required");
    }

    [Fact]
    public async Task Who_may_not_read_a_noun_cannot_export_it()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");

        (await agent.Post("exchange/exports", new { noun = Candidates, format = "csv" })).Must(403, "forbidden");
        Assert.DoesNotContain((await agent.Get("exchange/nouns")).Must(200).Items, n => n.GetProperty("noun").GetString() == Candidates);
        Assert.All((await agent.Get("exchange/nouns")).Must(200).Items, n => Assert.True(n.GetProperty("canExport").GetBoolean()));
        (await agent.Post("exchange/exports", new { noun = "production/projects", format = "csv" })).Must(403, "forbidden");
    }

    [Fact]
    public async Task An_export_is_audited_and_its_file_is_its_persons()
    {
        var tenant = await api.FoundAsync();
        var (manager, other) = (await tenant.AddAsync("manager"), await tenant.AddAsync("manager"));
        await tenant.Admin.AddCandidateAsync();

        var job = await manager.ExportAsync(Candidates, "csv", new { query = "status=applied" });

        Assert.Equal("""{"rows": 1, "query": "status=applied"}""", await api.SqlAsync("select jsonb_build_object('rows', after->'rows', 'query', after->'filter')::text from kernel.change where tenant_id = $1 and action = 'export_data'", tenant.Id) is string text
            ? text.Replace("\"query\": \"status=applied\", \"rows\": 1", "\"rows\": 1, \"query\": \"status=applied\"", StringComparison.Ordinal) : null);
        (await other.Post($"exchange/exports/{job.Id}/link")).Must(404, "not_found");
        (await tenant.Admin.Post($"exchange/exports/{job.Id}/link")).Must(200);
        (await manager.Post($"exchange/exports/{job.Id}/link")).Must(200);
        (await (await api.FoundAsync()).Admin.Post($"exchange/exports/{job.Id}/link")).Must(404, "not_found");
    }

    [Fact]
    public async Task A_student_exports_their_own_rows_and_no_others()
    {
        var tenant = await api.FoundAsync(module: "production");
        await Samples.AddAsync(tenant, "production/crew");
        await Samples.AddAsync(tenant, "production/projects");
        var student = await tenant.AddAsync("student");
        var crew = (await tenant.Admin.Get("production/crew")).Must(200).Items[0];
        var record = (await tenant.Admin.Get($"production/students/{crew.GetProperty("studentId").GetGuid()}")).Must(200);
        (await tenant.Admin.Patch($"production/students/{record.Id}", new { userId = student.UserId }, version: record.Version)).Must(200);

        var text = Encoding.UTF8.GetString(await student.ExportedAsync("production/projects", "csv", new { columns = new[] { "id" } }));

        Assert.Equal($"id\r\n{crew.GetProperty("projectId").GetGuid()}\r\n", text);
        Assert.Equal(3, Encoding.UTF8.GetString(await tenant.Admin.ExportedAsync("production/projects", "csv", new { columns = new[] { "id" } })).Split("\r\n").Length - 1);
    }

    private static NounColumn Column(string field, ColumnType type, Type value) => new(new ExchangeColumn(field, type, false, false), value, true, null, null, null);

    private static async IAsyncEnumerable<object?[]> Each(params object?[][] rows)
    {
        foreach (var row in rows)
        {
            await Task.Yield();
            yield return row;
        }
    }
}
