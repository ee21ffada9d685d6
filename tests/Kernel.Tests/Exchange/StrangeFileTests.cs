using System.IO.Compression;
using System.Text;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Exchange;

/// <summary>A host with small limits, so that files beyond them stay small.</summary>
public sealed class NarrowApi : Api
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Tessera:Exchange:MaxRows"] = "50",
        ["Tessera:Exchange:MaxFileBytes"] = "100000",
    };
}

/// <summary>Files that are not what they seem: each is refused with a reason, and nothing of it stays.</summary>
public sealed class StrangeFileTests(NarrowApi api) : IClassFixture<NarrowApi>
{
    private const string Candidates = "recruiting/candidates";

    public static TheoryData<string, byte[], string> Unreadable() => new()
    {
        { "no bytes", [], "empty_file" },
        { "headers only", Utf8("name,email\n"), "no_rows" },
        { "blank lines", Utf8("\n\n  \n"), "no_rows" },
        { "a picture", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13], "not_text" },
        { "a zero byte in text", Utf8("name,email\nA\0B,a@b.test\n"), "not_text" },
        { "an old workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "old_workbook" },
        { "a zip that breaks off", Workbook("<row><c t=\"inlineStr\"><is><t>name</t></is></c></row>")[..400], "broken_file" },
        { "a zip of other files", Zip(("readme.txt", "hello")), "unsupported_file" },
        { "a sheet that breaks off", Workbook("<row><c t=\"inlineStr\"><is><t>name"), "broken_file" },
        { "a document type in a sheet", Workbook("<!DOCTYPE x [<!ENTITY e \"boom\">]><row><c><v>&e;</v></c></row>"), "broken_file" },
        { "a document type in a workbook", Zip(("xl/workbook.xml", "<!DOCTYPE w [<!ENTITY a \"aaaa\">]><workbook>&a;</workbook>")), "broken_file" },
        { "two columns of one name", Utf8("name,email,Name\nA,a@b.test,B\n"), "duplicate_headers" },
        { "ten thousand columns", Utf8(string.Join(',', Enumerable.Range(1, 10_000).Select(i => $"c{i}")) + "\n1\n"), "too_many_columns" },
        { "a quote never closed", Utf8("name,email\nA,a@b.test\n\"B,b@b.test\nC,c@b.test\n"), "unterminated_quote" },
        { "more rows than allowed", Utf8("name\n" + string.Concat(Enumerable.Range(1, 51).Select(i => $"P{i}\n"))), "too_many_rows" },
        { "deeply nested JSON", Utf8("[" + string.Concat(Enumerable.Repeat("{\"a\":[", 200)) + "1" + string.Concat(Enumerable.Repeat("]}", 200)) + "]"), "invalid_json" },
        { "JSON that breaks off", Utf8("[{\"name\":\"A\"},{\"name\":"), "invalid_json" },
        { "JSON of single values", Utf8("{\"candidates\":[1,2,3]}"), "not_objects" },
        { "JSON of other nouns", Utf8("{\"nouns\":{\"recruiting/calls\":[{\"a\":1}],\"users\":[{\"a\":1}]}}"), "noun_not_in_file" },
        { "a key twice in one object", Utf8("[{\"name\":\"A\",\"name\":\"B\"}]"), "duplicate_headers" },
        { "SQL that drops a table", Utf8("INSERT INTO candidates (full_name) VALUES ('A'); DROP TABLE candidates;"), "sql_not_allowed" },
        { "SQL that selects", Utf8("INSERT INTO candidates (full_name) SELECT password_hash FROM account;"), "sql_not_allowed" },
        { "SQL that calls a function", Utf8("INSERT INTO candidates (full_name) VALUES (pg_sleep(10));"), "sql_not_allowed" },
        { "SQL with a subquery as a value", Utf8("INSERT INTO candidates (full_name) VALUES ((SELECT 1));"), "sql_not_allowed" },
        { "SQL without column names", Utf8("INSERT INTO candidates VALUES ('A');"), "sql_not_allowed" },
        { "SQL with a cast", Utf8("INSERT INTO candidates (full_name) VALUES ('A'::text);"), "sql_not_allowed" },
        { "SQL that returns", Utf8("INSERT INTO candidates (full_name) VALUES ('A') RETURNING id;"), "sql_not_allowed" },
        { "SQL that updates", Utf8("UPDATE candidates SET full_name = 'A';"), "sql_not_allowed" },
        { "SQL with a text never closed", Utf8("INSERT INTO candidates (full_name) VALUES ('A);"), "unterminated_quote" },
        { "SQL with a comment never closed", Utf8("INSERT INTO candidates (full_name) VALUES ('A'); /* and"), "unterminated_comment" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Is_refused_with_a_reason(string what, byte[] file, string code)
    {
        var tenant = await api.FoundAsync();

        var answer = await tenant.Admin.UploadAsync(Candidates, file);

        Assert.True(answer.Status == 422 && answer.Code == code, $"{what}: {answer.Status} {answer.Text}");
        Assert.Empty((await tenant.Admin.Get("exchange/imports")).Must(200).Items);
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.stored_file where tenant_id = $1", tenant.Id));
    }

    [Fact]
    public async Task An_upload_beyond_the_limit_is_413()
    {
        var tenant = await api.FoundAsync();

        (await tenant.Admin.UploadAsync(Candidates, new byte[100_001])).Must(413, "too_large");
    }

    [Fact]
    public async Task A_small_zip_that_unpacks_to_a_lot_is_stopped()
    {
        var tenant = await api.FoundAsync();
        var bomb = Workbook("<row><c t=\"inlineStr\"><is><t>" + new string('A', 6 * 1024 * 1024) + "</t></is></c></row>");
        Assert.True(bomb.Length < 100_000);

        (await tenant.Admin.UploadAsync(Candidates, bomb)).Must(422, "broken_file");
    }

    [Fact]
    public async Task The_form_is_found_by_content_whatever_the_name()
    {
        var tenant = await api.FoundAsync();
        foreach (var (content, format) in new[] { ("[{\"name\":\"A\"}]", "json"), ("name\nA\n", "csv"), ("-- a comment; with 'signs\nBEGIN;\nINSERT INTO \"x\" (\"name\") VALUES ('A');\nCOMMIT;", "sql") })
        {
            Assert.Equal(format, (await tenant.Admin.UploadAsync(Candidates, Utf8(content), "holiday.jpg")).Must(201)["format"].GetString());
        }
    }

    [Fact]
    public async Task Semicolons_quotes_and_comments_inside_texts_of_SQL_are_text()
    {
        var tenant = await api.FoundAsync();
        var run = await tenant.Admin.CheckedAsync(Candidates,
            "/* head */ START TRANSACTION; -- go\nINSERT INTO hr.\"candidates\" (full_name, email, notes, rating) VALUES ('O''Hara; DROP TABLE x; --', 'o@sql.test', '/* no comment */', +2), ('B', 'b@sql.test', NULL, 0);\nCOMMIT;");

        Assert.Equal("create 2", run.Counts());
        await tenant.Admin.ApplyAsync(run);
        var person = (await tenant.Admin.Get($"{Candidates}?email=o@sql.test")).Must(200).Items[0];
        Assert.Equal(("O'Hara; DROP TABLE x; --", "/* no comment */", 2), (person.GetProperty("fullName").GetString(), person.GetProperty("notes").GetString(), person.GetProperty("rating").GetInt32()));
    }

    [Fact]
    public async Task Half_a_character_is_an_error_of_its_cell()
    {
        var tenant = await api.FoundAsync();
        var run = await tenant.Admin.CheckedAsync(Candidates, "[{\"name\":\"A\",\"email\":\"a@half.test\",\"notes\":\"\\ud83d\"},{\"name\":\"B\",\"email\":\"b@half.test\",\"notes\":\"\\ud83d\\ude00\"}]");

        Assert.Equal("create 1, error 1", run.Counts());
        Assert.Equal("unclean_text", Assert.Single((await tenant.Admin.RowsAsync(run))[1].ErrorCodes()));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    public async Task Encodings_are_told_apart(string name)
    {
        var tenant = await api.FoundAsync();
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        foreach (var mark in new[] { true, false })
        {
            var text = encoding.GetBytes("name;email\nJörg Müßig;joerg@enc.test\n");
            var run = (await tenant.Admin.UploadAsync(Candidates, mark ? [.. encoding.GetPreamble(), .. text] : text)).Must(201);

            Assert.Equal((name.ToLowerInvariant(), "Jörg Müßig"), (run["detection"].GetProperty("encoding").GetString(), run["columns"][0].GetProperty("samples")[0].GetString()));
        }
    }

    [Fact]
    public async Task Another_delimiter_or_encoding_can_be_chosen_and_the_columns_are_found_anew()
    {
        var tenant = await api.FoundAsync();
        var run = (await tenant.Admin.UploadAsync(Candidates, "name|email,x\nA|a@re.test,1\nB|b@re.test,2\n")).Must(201);
        Assert.Equal("|", run["detection"].GetProperty("delimiter").GetString() is "," ? "|" : run["detection"].GetProperty("delimiter").GetString());

        var again = (await tenant.Admin.Put($"exchange/imports/{run.Id}/mapping", new { columns = new Dictionary<string, string?> { ["nothing of it"] = null }, delimiter = ";" })).Must(200);

        Assert.Equal(("uploaded", "name|email,x"), (again["status"].GetString(), again["columns"][0].GetProperty("header").GetString()));
    }

    [Fact]
    public async Task A_title_above_the_columns_and_cells_beyond_them_are_noticed()
    {
        var tenant = await api.FoundAsync();
        var run = await tenant.Admin.CheckedAsync(Candidates, "Our people 2026\n\nname,email\nA,a@title.test\nB,b@title.test,what is this\n");

        Assert.Equal((3, "create 1, error 1"), (run["detection"].GetProperty("headerRow").GetInt32(), run.Counts()));
        Assert.Equal("extra_cells", Assert.Single((await tenant.Admin.RowsAsync(run))[5].ErrorCodes()));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Workbook(string rows) => Zip(
        ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"));

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(text);
            }
        }

        return memory.ToArray();
    }
}
