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
