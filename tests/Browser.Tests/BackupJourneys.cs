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
