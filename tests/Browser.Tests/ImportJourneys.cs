using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class ImportJourneys(Product product)
{
    /// <summary>A spreadsheet as a stranger sends it: its own headings, a date that reads two ways, one person twice, an unknown stage, a formula.</summary>
    private const string Strangers =
        "Full Name;E-Mail;Position;Stage;Available from;Note\r\n" +
        "Amara Okafor;amara@mail.test;Backend Engineer;applied;01/02/2027;00417\r\n" +
        "Farid Haddad;farid@mail.test;Producer;hierd;03/04/2027;=HYPERLINK(\"x\")\r\n" +
        "Jonas Weber;jonas@mail.test;Editor;applied;;\r\n" +
        "Jonas Weber again;jonas@mail.test;Editor;applied;;\r\n" +
        "Lena Brandt;lena@mail.test;Data Engineer;screening;;\r\n";

    [Fact]
    public async Task A_strangers_spreadsheet_is_mapped_mended_imported_and_undone()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Somebody Else");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        var page = window.Page;
        await page.GotoAsync("/candidates");
        await page.GetByRole(AriaRole.Button, new() { Name = "Export and import" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "From a file…" }).ClickAsync();
        await UploadAsync(page, "Strangers.csv", Strangers);

        // The columns are guessed, and an unclear date is asked about with the value that is unclear. Reloading loses nothing.
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { NameRegex = new Regex("^E-Mail") })).ToBeVisibleAsync();
        await Choose(page, "Field for Note", "Notes");
        await Choose(page, "Field for Available from", "Available from");
        await page.RunAndWaitForResponseAsync(
            () => page.GetByText("Day first").ClickAsync(),
            answer => answer.Url.EndsWith("/mapping", StringComparison.Ordinal) && answer.Ok);
        await Expect(page.GetByText("01/02/2027 is February 1, 2027")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Day first" })).ToBeCheckedAsync();
        await Expect(page.GetByText("Separator")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check 5 rows" }).ClickAsync();

        // What is wrong stands under its row, and one press mends it.
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^3.*Needs fixing") })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^3.*Needs fixing") })).ToBeVisibleAsync();
        Assert.Empty(await window.AccessibilityFaultsAsync(product));
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Import") })).ToBeDisabledAsync();
        await Expect(page.GetByText(new Regex("“hierd” is none of Applied, Screening, "))).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Gridcell, new() { Name = "Applied", Exact = true })).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use “Hired”" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^2.*Needs fixing") })).ToBeVisibleAsync();

        // By keyboard alone: into the cell, another address, and the two rows are two people.
        await page.GetByRole(AriaRole.Gridcell, new() { Name = "jonas@mail.test" }).Last.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("jonas.two@mail.test");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("5 are added, none changed, 0 rows stay out.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 5 candidates" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Strangers.csv is imported" })).ToBeVisibleAsync();
        var amara = await FindAsync(desk, "Amara Okafor");
        Assert.Equal(("2027-02-01", "00417"), (amara.GetProperty("availabilityDate").GetString(), amara.GetProperty("notes").GetString()));
        var farid = await FindAsync(desk, "Farid Haddad");
        Assert.Equal(("hired", "=HYPERLINK(\"x\")"), (farid.GetProperty("status").GetString(), farid.GetProperty("notes").GetString()));
        Assert.Equal(6, await CountAsync(desk));

        // A change by hand outlives the undoing of the import.
        await desk.ChangeAsync($"/api/v1/recruiting/candidates/{farid.GetProperty("id").GetString()}", new { position = "Head of production" }, farid.GetProperty("version").GetInt32());
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo this import" }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Undo this import" }).ClickAsync();
        await Expect(page.GetByText("4 records are as they were before.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Farid Haddad" })).ToBeVisibleAsync();
        Assert.Equal(2, await CountAsync(desk));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Rows_are_pasted_mapped_checked_and_imported_by_keys_alone_and_each_step_takes_the_focus()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.SignInAsync(desk);
        var page = window.Page;
        await page.GotoAsync("/candidates");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Export and import" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByRole(AriaRole.Menuitem, new() { Name = "From a file…" }), "ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await StandsOnAsync(page, "File");
        await page.EvaluateAsync("navigator.clipboard.writeText('Full name\\tE-mail\\tPosition\\nAmara Okafor\\tamara@mail.test\\tEditor\\nFarid Haddad\\tnone\\tEditor\\n')");
        await page.Keyboard.PressAsync("Control+v");
        await StandsOnAsync(page, "Columns");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Check 2 rows" }));
        await page.Keyboard.PressAsync("Enter");
        await StandsOnAsync(page, "Check");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Skip it", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Import 1 candidate" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await StandsOnAsync(page, "Result");
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("is imported$") })).ToBeVisibleAsync();
        await TabToAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Show candidates" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(window.Row("Amara Okafor")).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_large_file_shows_how_much_of_it_is_sent_and_its_faulty_rows_are_left_out_together()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        var page = window.Page;
        await page.GotoAsync("/candidates/import");
        var line = await page.Context.NewCDPSessionAsync(page);
        await line.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object> { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = 400_000 });
        var text = new StringBuilder("Name;E-Mail;Note\n");
        for (var i = 1; i <= 150; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Person {i};{(i % 3 == 0 ? "none" : $"person{i}@mail.test")};").Append('x', 12_000).Append('\n');
        }

        await UploadAsync(page, "Large.csv", text.ToString());

        await Expect(page.GetByText(new Regex("^[1-9][0-9]?% of 1.8 MB sent$"))).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", new Regex("^[1-9][0-9]?$"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check 150 rows" }).ClickAsync();
        var requests = 0;
        page.Request += (_, request) => requests += request.Method == "PATCH" || request.Url.EndsWith("/errors/skip", StringComparison.Ordinal) ? 1 : 0;
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip all 50" }).ClickAsync();

        await Expect(page.GetByText("100 are added, none changed, 50 rows stay out.")).ToBeVisibleAsync();
        Assert.Equal(1, requests);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 100 candidates" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Large.csv is imported" })).ToBeVisibleAsync();
        Assert.Equal(100, await CountAsync(desk));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Columns_once_mapped_are_remembered_and_an_unchanged_file_changes_nothing()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        var page = window.Page;
        const string file = "Who;Mail;Doing what\nAda Lovelace;ada@mail.test;Analyst\n";
        await page.GotoAsync("/candidates/import");
        await UploadAsync(page, "First.csv", file);
        await Choose(page, "Field for Who", "Name (required)");
        await Choose(page, "Field for Mail", "E-mail (required)");
        await Choose(page, "Field for Doing what", "Position");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check 1 row" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 1 candidate" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "First.csv is imported" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Import another file" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("First.csv.*Imported") })).ToBeVisibleAsync();
        await UploadAsync(page, "Second.csv", file);
        await Expect(page.GetByText("As last time")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check 1 row" }).ClickAsync();
        await Expect(page.GetByText("Nothing would change")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Import") })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task A_filtered_list_downloads_as_it_is_filtered_and_only_the_columns_shown()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Ada Lovelace", status: "applied");
        await desk.AddCandidateAsync("Grace Hopper", status: "screening");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        var page = window.Page;
        await page.GotoAsync("/candidates?status=screening");
        await Expect(window.Row("Grace Hopper")).ToBeVisibleAsync();

        var all = await ExportAsync(page, "CSV");
        Assert.StartsWith("id,fullName,email", all, StringComparison.Ordinal);
        Assert.Contains("Grace Hopper", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada Lovelace", all, StringComparison.Ordinal);

        var shown = await ExportAsync(page, "JSON", "Shown");
        Assert.Contains("\"fullName\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\"email\"", shown, StringComparison.Ordinal);
    }

    private static async Task<string> ExportAsync(IPage page, string format, string? columns = null)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Export and import" }).ClickAsync();
        await Expect(page.GetByText("Export this candidate")).ToBeVisibleAsync();
        if (columns is not null)
        {
            await page.GetByRole(AriaRole.Menuitemradio, new() { NameRegex = new Regex(columns) }).ClickAsync();
        }

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { NameRegex = new Regex($"^{format}") }).ClickAsync());
        await using var content = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync();
    }

    private static Task UploadAsync(IPage page, string name, string text) =>
        page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });

    private static async Task Choose(IPage page, string field, string option)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(Regex.Escape(field)) }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
    }

    private static async Task<System.Text.Json.JsonElement> FindAsync(Desk desk, string name)
    {
        var found = await desk.GetAsync($"/api/v1/recruiting/candidates?search={Uri.EscapeDataString(name)}");
        return Assert.Single(found.GetProperty("items").EnumerateArray());
    }

    private static async Task<int> CountAsync(Desk desk) => (await desk.GetAsync("/api/v1/recruiting/candidates")).GetProperty("total").GetInt32();

    /// <summary>Presses a key until the control has the focus, which is seen wherever it is on the way.</summary>
    private static async Task TabToAsync(IPage page, ILocator control, string key = "Tab")
    {
        await Expect(control).ToBeVisibleAsync();
        for (var presses = 0; presses < 80 && !await control.EvaluateAsync<bool>("one => one === document.activeElement"); presses++)
        {
            await page.Keyboard.PressAsync(key);
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement === document.body || document.activeElement.matches(':focus-visible')"));
        }

        await Expect(control).ToBeFocusedAsync();
    }

    private static Task StandsOnAsync(IPage page, string step) =>
        Expect(page.Locator("[aria-current=step]:focus").Filter(new LocatorFilterOptions { HasText = step })).ToBeVisibleAsync();
}
