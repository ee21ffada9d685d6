using System.IO.Compression;
using System.Text;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Exchange;

/// <summary>A workbook as somebody else made it: a title, dates of all kinds, a formula, numbers that were codes, one person twice.</summary>
public sealed class StrangersSpreadsheetTests(Api api) : IClassFixture<Api>
{
    private const string Students = "production/students";

    private const string Projects = "production/projects";

    private static readonly string[] Header = ["No.", "Vorname", "Nachname", "E-Mail", "Telefon", "Notizen"];

    [Fact]
    public async Task Is_imported_the_way_a_careful_assistant_would()
    {
        var tenant = await api.FoundAsync(module: "production");
        var file = Workbook(
            Cells(Text("Students of the spring term")),
            "<row r=\"2\"/>",
            Cells([.. Header.Select(Text)]),
            Cells("<c s=\"2\"><v>7</v></c>", Text("Noor"), Text("Haddad"), Text("noor@stranger.test"), "<c><v>41446681800</v></c>", "<c t=\"str\"><f>HYPERLINK(\"x\")</f><v>=1+1</v></c>"),
            Cells(Text("0042"), Text("Ilya"), Text("Moreau"), Text("ilya@stranger.test"), "<c/>", "<c s=\"1\"><v>46054</v></c>"),
            Cells(Text("0043"), Text("Ilya"), Text("Twin"), Text("ILYA@stranger.test")),
            Cells(Text("0044"), Text("Anna"), Text("Bauer"), Text("not an address")));

        var run = (await tenant.Admin.UploadAsync(Students, file, "Spring.xlsx")).Must(201);

        Assert.Equal(("xlsx", 3, "Sheet", 4), (run["format"].GetString(), run["detection"].GetProperty("headerRow").GetInt32(), run["detection"].GetProperty("sheet").GetString(), run["rows"].GetInt32()));
        Assert.Equal(["studentNo", "firstName", "lastName", "email", "phone", "notes"], run["columns"].EnumerateArray().Select(c => c.GetProperty("field").GetString()));
        await tenant.Admin.MapAsync(run);
        var check = (await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Must(200);
        Assert.Equal("create 1, error 3", check.Counts());
        var rows = await tenant.Admin.RowsAsync(run);
        Assert.Equal(("create", "007", "=1+1"), (rows[4].GetProperty("action").GetString(), rows[4].GetProperty("values").GetProperty("studentNo").GetString(), rows[4].GetProperty("values").GetProperty("notes").GetString()));
        Assert.Equal("2026-02-01", rows[5].GetProperty("values").GetProperty("notes").GetString());
        Assert.Contains("duplicate_in_file", rows[5].ErrorCodes());
        Assert.Contains("duplicate_in_file", rows[6].ErrorCodes());
        Assert.Equal("invalid_value", Assert.Single(rows[7].ErrorCodes()));

        (await tenant.Admin.Patch($"exchange/imports/{run.Id}/rows/6", new { skip = true })).Must(200);
        (await tenant.Admin.Patch($"exchange/imports/{run.Id}/rows/7", new { values = new { email = "anna@stranger.test" } })).Must(200);
        Assert.Equal("create 3, skip 1", (await tenant.Admin.Get($"exchange/imports/{run.Id}")).Must(200).Counts());
        await tenant.Admin.ApplyAsync(run);

        var students = (await tenant.Admin.Get($"{Students}?limit=50")).Must(200).Items;
        Assert.Equal(["0042", "0044", "007"], students.Select(s => s.GetProperty("studentNo").GetString()!).Order(StringComparer.Ordinal));
    }

    /// <summary>The same plan of productions as a workbook and as text: dates that cannot be, one code twice, a code that begins with noughts, a formula, gaps.</summary>
    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    public async Task Wrong_dates_twins_noughts_and_formulas_are_seen_put_right_imported_and_taken_back(string form)
    {
        const string Formula = "=HYPERLINK(\"http://stranger.test\",\"click\")";
        var tenant = await api.FoundAsync(module: "production");
        var known = (await tenant.Admin.Post(Projects, new { code = "0042", title = "Old title", course = "Film I", clientName = "Stays here", shootDate = "2026-03-01", deliveryDate = "2026-05-01" })).Must(201);
        string?[][] plan =
        [
            ["Code", "Title", "Shooting", "Delivery", "Course", "Description", "Client"],
            ["0042", "New title", "03/04/2026", "2026-06-01", "\\N", null, null],
            ["007", "Bridges", "25/04/2026", "2026-06-02", "Film II", Formula, null],
            ["T-1", "Twin one", null, null, null, null, null],
            ["t-1", "Twin two", null, null, null, null, null],
            ["D-1", "No such day", "31/02/2026", null, null, null, null],
            ["D-2", "Shot too late", "2026-07-01", "2026-06-30", null, null, null],
            ["D-3", "Not a day", "soon", null, null, null, null],
            [null, null, null, null, null, null, null],
        ];

        var run = (await tenant.Admin.UploadAsync(Projects, form == "xlsx" ? Workbook([.. plan.Select(row => Cells([.. row.Select(cell => cell is null ? "<c/>" : Text(System.Security.SecurityElement.Escape(cell)))]))]) : Csv(plan), $"plan.{form}")).Must(201);
        Assert.Equal((form, 7), (run["format"].GetString(), run["rows"].GetInt32()));
        Assert.Equal(["code", "title", "shootDate", "deliveryDate", "course", "description", "clientName"], run["columns"].EnumerateArray().Select(c => c.GetProperty("field").GetString()));
        await tenant.Admin.MapAsync(run);
        var asked = (await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Must(422, "date_order_needed");
        Assert.Equal("03/04/2026", asked["columns"][0].GetProperty("example").GetString());
        await tenant.Admin.MapAsync(run, new { dateOrder = "dmy" });

        var check = (await tenant.Admin.Post($"exchange/imports/{run.Id}/check")).Must(200);

        Assert.Equal("create 1, update 1, error 5", check.Counts());
        var rows = await tenant.Admin.RowsAsync(run);
        Assert.Equal(
            ["", "", "duplicate_in_file", "duplicate_in_file", "invalid_date", "validation_failed", "invalid_date"],
            rows.OrderBy(r => r.Key).Select(r => string.Join(' ', r.Value.ErrorCodes())));
        Assert.Equal(["course", "deliveryDate", "shootDate", "title"], rows[2].GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("field").GetString()!).Order(StringComparer.Ordinal));
        (await tenant.Admin.Post($"exchange/imports/{run.Id}/apply")).Must(409, "import_has_errors");

        (await tenant.Admin.Patch($"exchange/imports/{run.Id}/rows/6", new { values = new { shootDate = "28/02/2026" } })).Must(200);
        var left = (await tenant.Admin.Post($"exchange/imports/{run.Id}/errors/skip")).Must(200);
        Assert.Equal("create 2, update 1, skip 4", left.Counts());
        Assert.Equal("succeeded", (await tenant.Admin.ApplyAsync(run))["status"].GetString());

        var projects = (await tenant.Admin.Get($"{Projects}?sort=code")).Must(200).Items;
        Assert.Equal(["0042", "007", "D-1"], projects.Select(p => p.GetProperty("code").GetString()));
        Assert.Equal(("New title", "2026-04-03", "Stays here"), (projects[0].GetProperty("title").GetString(), projects[0].GetProperty("shootDate").GetString(), projects[0].GetProperty("clientName").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, projects[0].GetProperty("course").ValueKind);
        Assert.Equal((Formula, "2026-04-25"), (projects[1].GetProperty("description").GetString(), projects[1].GetProperty("shootDate").GetString()));
        Assert.Equal("2026-02-28", projects[2].GetProperty("shootDate").GetString());

        // Out as text that no spreadsheet runs, and in again as it was.
        var export = await tenant.Admin.ExportedAsync(Projects, form);
        if (form == "csv")
        {
            Assert.Contains("'=HYPERLINK", Encoding.UTF8.GetString(export), StringComparison.Ordinal);
        }

        Assert.Equal("unchanged 3", (await tenant.Admin.CheckedAsync(Projects, export)).Counts());

        (await tenant.Admin.Patch($"{Projects}/{projects[2].GetProperty("id").GetGuid()}", new { course = "Film III" }, version: 1)).Must(200);
        var undone = await tenant.Admin.UndoAsync(run);
        Assert.Equal([2, 1, 0], new[] { "reversed", "kept", "blocked" }.Select(part => undone["result"].GetProperty(part).GetInt32()));
        var back = (await tenant.Admin.Get($"{Projects}/{known.Id}")).Must(200);
        Assert.Equal(("Old title", "Film I", "2026-03-01", "2026-05-01"), (back["title"].GetString(), back["course"].GetString(), back["shootDate"].GetString(), back["deliveryDate"].GetString()));
        Assert.Equal(["0042", "D-1"], (await tenant.Admin.Get($"{Projects}?sort=code")).Must(200).Items.Select(p => p.GetProperty("code").GetString()));
        Assert.Equal("007", Assert.Single((await tenant.Admin.Get($"{Projects}?trash=true")).Must(200).Items).GetProperty("code").GetString());
    }

    private static byte[] Csv(string?[][] rows) =>
        Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => string.Join(',', row.Select(cell => cell is not null && cell.Contains('"') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)) + "\r\n")));

    private static string Text(string text) => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>";

    private static string Cells(params string[] cells) => $"<row>{string.Concat(cells)}</row>";

    private static byte[] Workbook(params string[] rows)
    {
        const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            Add("xl/workbook.xml", $"<workbook {Main} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Sheet\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
            Add("xl/styles.xml", $"<styleSheet {Main}><numFmts><numFmt numFmtId=\"164\" formatCode=\"000\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>");
            Add("xl/worksheets/sheet1.xml", $"<?xml version=\"1.0\"?><worksheet {Main}><!-- made elsewhere --><sheetData>{string.Concat(rows)}</sheetData></worksheet>");

            void Add(string name, string xml)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(xml));
            }
        }

        return memory.ToArray();
    }
}
