using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class HistoryJourneys(Product product)
{
    [Fact]
    public async Task The_value_before_a_change_comes_back_from_the_history_and_the_activity_shows_both()
    {
        var desk = await product.FoundAsync();
        var id = await desk.AddCandidateAsync("Jonas Weber", position: "Backend Engineer");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/candidates/{id}");
        var panel = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Jonas Weber" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Edit Position" }).ClickAsync();
        await panel.GetByLabel("Position", new() { Exact = true }).FillAsync("Data Engineer");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Edit Position" })).ToBeVisibleAsync();
        await Expect(panel.GetByText("Data Engineer").First).ToBeVisibleAsync();

        await panel.GetByRole(AriaRole.Tab, new() { Name = "History" }).ClickAsync();
        var first = panel.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "added this" });
        await first.GetByRole(AriaRole.Term).Filter(new() { HasText = "Position" }).GetByRole(AriaRole.Button, new() { Name = "Use this value" }).ClickAsync();
        await Expect(window.Page.GetByText("Restored from the history")).ToBeVisibleAsync();
        Assert.Equal("Backend Engineer", (await desk.GetAsync($"/api/v1/recruiting/candidates/{id}")).GetProperty("position").GetString());

        await window.Page.GotoAsync("/activity");
        var entries = window.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Jonas Weber" }).Filter(new() { Has = window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("1 field") }) });
        await Expect(entries).ToHaveCountAsync(2);
        foreach (var entry in await entries.AllAsync())
        {
            await entry.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("1 field") }).ClickAsync();
            await Expect(entry).ToContainTextAsync("Backend Engineer");
            await Expect(entry).ToContainTextAsync("Data Engineer");
        }
    }
}
