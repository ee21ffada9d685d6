using System.IO.Compression;
using System.Text;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Exchange;

/// <summary>A workbook as somebody else made it: a title, dates of all kinds, a formula, numbers that were codes, one person twice.</summary>
public sealed class StrangersSpreadsheetTests(Api api) : IClassFixture<Api>
{
    private const string Students = "production/students";

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
