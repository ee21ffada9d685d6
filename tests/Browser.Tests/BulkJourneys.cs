using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

/// <summary>One change of many records, and its way back.</summary>
[Collection(ProductCollection.Name)]
public sealed class BulkJourneys(Product product)
{
    [Fact]
    public async Task A_field_set_for_many_is_put_back_except_where_somebody_changed_it_since()
    {
        var desk = await product.FoundAsync();
        var (ines, jonas) = (await desk.AddCandidateAsync("Ines Moreau"), await desk.AddCandidateAsync("Jonas Weber"));
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates");
        await SelectAsync(window, "Ines Moreau", "Jonas Weber");
        await Bar(window).GetByRole(AriaRole.Button, new() { Name = "Do not hire" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Yes" }).ClickAsync();
        await Expect(window.Page.GetByText("2 records changed")).ToBeVisibleAsync();
        await desk.ChangeAsync($"/api/v1/recruiting/candidates/{jonas}", new { doNotHire = false }, version: 2);
        await desk.ChangeAsync($"/api/v1/recruiting/candidates/{jonas}", new { doNotHire = true }, version: 3);

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(window.Page.GetByText("1 record is as before")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("1 record was left as it is")).ToBeVisibleAsync();
        Assert.False((await desk.GetAsync($"/api/v1/recruiting/candidates/{ines}")).GetProperty("doNotHire").GetBoolean());
        Assert.True((await desk.GetAsync($"/api/v1/recruiting/candidates/{jonas}")).GetProperty("doNotHire").GetBoolean());
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task On_a_phone_a_field_is_set_for_many_by_the_menu_of_what_is_selected()
    {
        var desk = await product.FoundAsync();
        var ines = await desk.AddCandidateAsync("Ines Moreau");
        await using var window = await product.OpenAsync(360, 760, touch: true);
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates");
        await SelectAsync(window, "Ines Moreau");
        await Bar(window).GetByRole(AriaRole.Button, new() { Name = "Actions" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Set Do not hire" }).ClickAsync();
        var question = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Set Do not hire" });
        Assert.Empty(await window.AccessibilityFaultsAsync(product));
        await question.GetByRole(AriaRole.Button, new() { Name = "Yes" }).ClickAsync();

        await Expect(window.Page.GetByText("1 record changed")).ToBeVisibleAsync();
        Assert.True((await desk.GetAsync($"/api/v1/recruiting/candidates/{ines}")).GetProperty("doNotHire").GetBoolean());
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(window.Page.GetByText("1 record is as before")).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    private static ILocator Bar(Window window) => window.Page.GetByRole(AriaRole.Toolbar, new() { NameRegex = new Regex("selected") });

    private static async Task SelectAsync(Window window, params string[] names)
    {
        foreach (var name in names)
        {
            await window.Row(name).GetByRole(AriaRole.Checkbox).CheckAsync(new() { Force = true });
        }
    }
}
