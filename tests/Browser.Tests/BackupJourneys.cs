using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class BackupJourneys(Product product)
{
    [Fact]
    public async Task A_backup_by_hand_is_made_checked_downloaded_and_written_down()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Ada Lovelace");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        var page = window.Page;
        await BackUpAsync(page, "CSV");

        await page.Locator(".backup-list").GetByRole(AriaRole.Link).First.ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Backup" });
        await Expect(panel.GetByRole(AriaRole.Row, new() { Name = "Candidates 1" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(panel.GetByRole(AriaRole.Row, new() { Name = "Candidates 1" })).ToBeVisibleAsync();
        Assert.Empty(await window.AccessibilityFaultsAsync(product));
        var download = await page.RunAndWaitForDownloadAsync(() => panel.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync());
        using (var archive = ZipFile.OpenRead(await download.PathAsync()))
        {
            Assert.Contains(archive.Entries, entry => entry.FullName == "data/recruiting.candidate.jsonl");
            Assert.Contains(archive.Entries, entry => entry.FullName == "readable/recruiting-candidates.csv");
            Assert.Contains(archive.Entries, entry => entry.FullName == "manifest.json");
        }

        await panel.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^What to do") }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Verify" }).ClickAsync();
        await Expect(page.GetByText("It is intact")).ToBeVisibleAsync();

        await page.GotoAsync("/backup/log");
        foreach (var happened in new[] { "Asked for", "Finished", "Downloaded", "Verified" })
        {
            await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = happened }).Filter(new() { HasText = "Astrid Lindqvist" })).ToHaveCountAsync(1);
        }

        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_deleted_record_comes_back_alone_from_the_backup_with_its_links()
    {
        var desk = await product.FoundAsync();
        var ada = await desk.AddCandidateAsync("Ada Lovelace");
        var interview = await desk.AddInterviewAsync(ada, "Marcus Feld", Desk.NextWorkingDayAt(10));
        var grace = await desk.AddCandidateAsync("Grace Hopper");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        var page = window.Page;
        await BackUpAsync(page);

        // What happens after the backup: one record goes, another one changes.
        await desk.DeleteAsync($"/api/v1/recruiting/candidates/{ada}");
        await desk.ChangeAsync($"/api/v1/recruiting/candidates/{grace}", new { position = "Admiral" }, 1);

        await page.GotoAsync("/backup");
        await page.Locator(".backup-list").GetByRole(AriaRole.Link).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Restore" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("List") }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("^Candidates") }).ClickAsync();
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search in the backup" }).FillAsync("Ada");
        await Expect(page.GetByText("In the trash")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Ada Lovelace" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Restore \\d") })).ToBeEnabledAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText("Ada Lovelace")).ToBeVisibleAsync();
        Assert.Empty(await window.AccessibilityFaultsAsync(product));
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Restore \\d") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Restored" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the record" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Ada Lovelace" })).ToBeVisibleAsync();

        Assert.Equal(ada, (await desk.GetAsync($"/api/v1/recruiting/interviews/{interview}")).GetProperty("candidateId").GetGuid());
        Assert.Equal("Admiral", (await desk.GetAsync($"/api/v1/recruiting/candidates/{grace}")).GetProperty("position").GetString());
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_whole_workspace_becomes_as_it_was_after_its_name_is_typed_and_back_again()
    {
        var desk = await product.FoundAsync();
        var name = (await desk.GetAsync("/api/v1/settings")).GetProperty("name").GetString()!;
        var ada = await desk.AddCandidateAsync("Ada Lovelace");
        var grace = await desk.AddCandidateAsync("Grace Hopper");
        await using var window = await product.OpenAsync(360, 740);
        await window.SignInAsync(desk);
        var page = window.Page;
        await BackUpAsync(page);

        // A bad day: one record goes, one is changed, one too many comes, and somebody renames the workspace.
        await desk.DeleteAsync($"/api/v1/recruiting/candidates/{ada}");
        await desk.ChangeAsync($"/api/v1/recruiting/candidates/{grace}", new { position = "Nobody" }, 1);
        var intruder = await desk.AddCandidateAsync("Eve Intruder");
        await desk.SaveSettingsAsync(new { name = "Renamed by mistake", timeZone = "Asia/Tokyo" });
        await page.ReloadAsync();

        await page.Locator(".backup-list").GetByRole(AriaRole.Link).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Restore" }).ClickAsync();
        await page.GetByText("The whole workspace", new() { Exact = true }).ClickAsync();
        await page.GetByText("Remove it", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.GetByText("2 settings of the workspace become as they were: Name and Time zone.")).ToBeVisibleAsync();
        foreach (var touched in new[] { "Ada Lovelace", "Grace Hopper", "Eve Intruder" })
        {
            await Expect(page.GetByText(touched)).ToBeVisibleAsync();
        }

        Assert.Empty(await window.AccessibilityFaultsAsync(product));
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore 3 records" }).ClickAsync();
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "Restore the whole of Renamed by mistake?" });
        await Expect(question.GetByText("1 newer record goes away.")).ToBeVisibleAsync();
        await Expect(question.GetByRole(AriaRole.Button, new() { Name = "Restore everything" })).ToBeDisabledAsync();
        await question.GetByRole(AriaRole.Textbox).FillAsync("Renamed by mistake");
        await question.GetByRole(AriaRole.Button, new() { Name = "Restore everything" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Restored" })).ToBeVisibleAsync(new() { Timeout = 60_000 });

        Assert.Equal((name, "Europe/Zurich"), await NameAndZoneAsync(desk));
        Assert.Equal("Ada Lovelace", (await desk.GetAsync($"/api/v1/recruiting/candidates/{ada}")).GetProperty("fullName").GetString());
        Assert.Equal("Backend Engineer", (await desk.GetAsync($"/api/v1/recruiting/candidates/{grace}")).GetProperty("position").GetString());
        Assert.Equal(2, (await desk.GetAsync("/api/v1/recruiting/candidates")).GetProperty("total").GetInt32());

        // Second thoughts: the backup that was made just before undoes all of it.
        await page.GetByRole(AriaRole.Link, new() { Name = "Go back to before" }).ClickAsync();
        await page.GetByText("The whole workspace", new() { Exact = true }).ClickAsync();
        await page.GetByText("Remove it", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore 3 records" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = $"Restore the whole of {name}?" }).GetByRole(AriaRole.Textbox).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore everything" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Restored" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Equal(("Renamed by mistake", "Asia/Tokyo"), await NameAndZoneAsync(desk));
        Assert.Equal("Eve Intruder", (await desk.GetAsync($"/api/v1/recruiting/candidates/{intruder}")).GetProperty("fullName").GetString());
        Assert.Empty(window.Complaints);
    }

    private static async Task<(string? Name, string? Zone)> NameAndZoneAsync(Desk desk)
    {
        var settings = await desk.GetAsync("/api/v1/settings");
        return (settings.GetProperty("name").GetString(), settings.GetProperty("timeZone").GetString());
    }

    private static async Task BackUpAsync(IPage page, params string[] copies)
    {
        await page.GotoAsync("/backup");
        await page.GetByRole(AriaRole.Button, new() { Name = "Back up now" }).ClickAsync();
        foreach (var copy in copies)
        {
            await page.GetByLabel(copy).CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Back up", Exact = true }).ClickAsync();
        await Expect(page.Locator(".backup-list").GetByText("Good")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }
}
