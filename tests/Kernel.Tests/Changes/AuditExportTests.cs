using System.Text.Json;
using Tessera.Kernel.Exchange;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Changes;

public sealed class AuditExportTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_spreadsheet_never_runs_what_somebody_typed()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync("=HYPERLINK(\"http://x\",\"Ruth, Klein\")");

        var file = (await tenant.Admin.Get("audit/export?format=csv&target=candidate")).Must(200);

        Assert.Equal("text/csv", file.ContentHeaders.ContentType?.MediaType);
        Assert.EndsWith(".csv", file.ContentHeaders.ContentDisposition?.FileName?.Trim('"'));
        var lines = file.Text.TrimStart('\uFEFF').TrimEnd().Split("\r\n");
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("id,at,actorId,actor,action,target", lines[0]);
        Assert.Contains(",\"'=HYPERLINK(\"\"http://x\"\",\"\"Ruth, Klein\"\")\",", lines[1]);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-5", "'-5")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("'=1", "''=1")]
    [InlineData("'tis", "'tis")]
    [InlineData("", "")]
    public void An_apostrophe_makes_a_formula_text_and_can_be_taken_off_again(string text, string cell) => Assert.Equal(cell, CsvLine.Neutral(text));

    [Fact]
    public async Task As_JSON_it_holds_the_same_rows_as_the_list()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync("Søren 🎣 Ødegård");
        await tenant.Admin.AddCandidateAsync();

        var file = (await tenant.Admin.Get("audit/export?format=json&action=create_candidate")).Must(200);

        var listed = (await tenant.Admin.Get("audit?action=create_candidate")).Must(200).Items.Select(row => row.GetProperty("id").GetString());
        Assert.Equal(listed, file.Json.EnumerateArray().Select(row => row.GetProperty("id").GetString()));
        Assert.Contains(file.Json.EnumerateArray(), row => row.GetProperty("label").GetString() == "Søren 🎣 Ødegård");
    }

    [Fact]
    public async Task An_export_is_itself_in_the_trail_without_what_was_searched_for()
    {
        var tenant = await api.FoundAsync();
        (await tenant.Admin.Get("audit/export?format=json&search=Ruth%20Klein&target=call")).Must(200);

        var noted = Assert.Single((await tenant.Admin.Get("audit?action=export_data")).Must(200).Items).GetRawText();

        Assert.DoesNotContain("Ruth", noted);
        Assert.Contains("call", noted);
    }

    [Fact]
    public async Task An_agent_exports_what_an_agent_sees()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        await tenant.Admin.AddCandidateAsync();

        var rows = (await agent.Get("audit/export?format=json")).Must(200).Json.EnumerateArray().ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(agent.UserId, row.GetProperty("actor").GetProperty("id").GetGuid()));
    }

    [Theory]
    [InlineData("format=pdf")]
    [InlineData("limit=5")]
    [InlineData("colour=red")]
    public async Task What_an_export_does_not_know_it_refuses_and_does_not_note(string query)
    {
        var tenant = await api.FoundAsync();

        (await tenant.Admin.Get("audit/export?" + query)).Must(400, "validation_failed");

        Assert.Empty((await tenant.Admin.Get("audit?action=export_data")).Must(200).Items);
    }

    [Fact]
    public async Task Without_any_row_it_is_still_a_file()
    {
        var tenant = await api.FoundAsync();

        Assert.Equal(JsonValueKind.Array, (await tenant.Admin.Get("audit/export?format=json&target=nothing")).Must(200).Json.ValueKind);
    }
}
