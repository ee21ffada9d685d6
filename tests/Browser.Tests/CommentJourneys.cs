using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class CommentJourneys(Product product)
{
    [Fact]
    public async Task A_comment_is_answered_ticked_and_pinned_and_its_file_downloaded()
    {
        var desk = await product.FoundAsync();
        var candidate = await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/candidates/{candidate}?tab=comments");
        var composer = window.Page.GetByRole(AriaRole.Group, new() { Name = "Write a comment" });
        await composer.GetByRole(AriaRole.Textbox, new() { Name = "Write a comment" }).FillAsync("Before the offer:");
        await composer.GetByRole(AriaRole.Button, new() { Name = "Add a checklist" }).ClickAsync();
        await window.Page.Keyboard.TypeAsync("Call the references");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.Keyboard.TypeAsync("Check the salary");
        await composer.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "offer.txt", MimeType = "text/plain", Buffer = "The offer"u8.ToArray() });
        await Expect(composer.GetByRole(AriaRole.Button, new() { Name = "Remove offer.txt" })).ToBeVisibleAsync();
        await Expect(composer.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await window.Page.Keyboard.PressAsync("Control+Enter");

        var comment = window.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = "Before the offer:" });
        await Expect(comment.GetByText("0 of 2")).ToBeVisibleAsync();
        await comment.GetByRole(AriaRole.Checkbox, new() { Name = "Check the salary" }).CheckAsync();
        await Expect(comment.GetByText("1 of 2")).ToBeVisibleAsync();
        var download = await window.Page.RunAndWaitForDownloadAsync(() => comment.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Download.*offer.txt") }).ClickAsync());
        Assert.Equal("The offer", await File.ReadAllTextAsync(await download.PathAsync()));
        await comment.GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await window.Page.Keyboard.TypeAsync("Done by Friday.");
        await window.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(window.Page.GetByRole(AriaRole.List, new() { Name = "Replies" }).GetByText("Done by Friday.")).ToBeVisibleAsync();
        await comment.GetByRole(AriaRole.Button, new() { Name = "What to do with this comment" }).ClickAsync();
        await window.Page.RunAndWaitForResponseAsync(
            () => window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Pin" }).ClickAsync(), answer => answer.Request.Method == "PATCH" && answer.Ok);

        await window.Page.ReloadAsync();
        var pinned = window.Page.GetByRole(AriaRole.List, new() { Name = "Pinned comments" });
        await Expect(pinned.GetByText("Done by Friday.")).ToBeVisibleAsync();
        await Expect(pinned.GetByText("1 of 2")).ToBeVisibleAsync();
        await Expect(pinned.GetByRole(AriaRole.Checkbox, new() { Name = "Check the salary" })).ToBeCheckedAsync();
        Assert.Empty(await window.AccessibilityFaultsAsync(product));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_picture_shows_beside_the_words_it_came_with()
    {
        var desk = await product.FoundAsync();
        var candidate = await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/candidates/{candidate}?tab=comments");
        var picture = await window.Page.ScreenshotAsync();
        var composer = window.Page.GetByRole(AriaRole.Group, new() { Name = "Write a comment" });
        await composer.GetByRole(AriaRole.Textbox, new() { Name = "Write a comment" }).FillAsync("As it looks now:");
        await composer.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "screen.png", MimeType = "image/png", Buffer = picture });
        await Expect(composer.GetByRole(AriaRole.Button, new() { Name = "Remove screen.png" })).ToBeVisibleAsync();
        await Expect(composer.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
        await window.Page.Keyboard.PressAsync("Control+Enter");

        var drawn = window.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = "As it looks now:" }).Locator("img.file-image__picture");
        await Expect(drawn).ToBeVisibleAsync();
        await Expect(drawn).ToHaveJSPropertyAsync("naturalWidth", 1440);
        Assert.Empty(await window.AccessibilityFaultsAsync(product));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task What_was_written_outlives_the_panel_and_a_connection_that_fails()
    {
        var desk = await product.FoundAsync();
        var candidate = await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/candidates/{candidate}?tab=comments");
        var box = window.Page.GetByRole(AriaRole.Textbox, new() { Name = "Write a comment" });
        await box.FillAsync("Worth a second look.");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await window.Row("Jonas Weber").GetByText("Jonas Weber").ClickAsync();
        await window.Page.GetByRole(AriaRole.Tab, new() { Name = "Comments" }).ClickAsync();
        await Expect(box).ToHaveValueAsync("Worth a second look.");

        await window.Page.RouteAsync("**/comments", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await box.PressAsync("Control+Enter");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(box).ToHaveValueAsync("Worth a second look.");
        await window.Page.UnrouteAsync("**/comments");
        await box.PressAsync("Control+Enter");
        await Expect(window.Page.GetByRole(AriaRole.Article).GetByText("Worth a second look.")).ToBeVisibleAsync();
        await Expect(box).ToHaveValueAsync("");
    }
}
