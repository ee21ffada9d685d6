using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class KeyboardJourneys(Product product)
{
    [Fact]
    public async Task The_palette_opens_a_candidate_by_name_from_any_screen()
    {
        var desk = await product.FoundAsync();
        var id = await desk.AddCandidateAsync("Philippa Ashgrove");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/calls");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Calls" }).First).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("Control+k");
        var palette = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Search, go somewhere, do something" });
        await Expect(palette).ToBeVisibleAsync();
        await window.Page.Keyboard.TypeAsync("ashgrove");
        await Expect(palette.GetByRole(AriaRole.Option, new() { Name = "Philippa Ashgrove" })).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page).ToHaveURLAsync($"{product.Address}/candidates/{id}");
        await Expect(window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Philippa Ashgrove" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_letter_c_opens_the_form_and_escape_closes_it_and_gives_the_focus_back()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates");
        await Expect(window.Row("Jonas Weber")).ToBeVisibleAsync();
        var button = window.Page.GetByRole(AriaRole.Button, new() { Name = "Add candidate" });
        await button.FocusAsync();
        await window.Page.Keyboard.PressAsync("c");
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add candidate" });
        await Expect(form.GetByLabel("Name", new() { Exact = true })).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(form).ToHaveCountAsync(0);
        await Expect(window.Page).ToHaveURLAsync(product.Address + "/candidates");
        await Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task From_the_search_to_what_it_found_to_the_selection_and_back_by_keys_alone()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Jonas Weber");
        await desk.AddCandidateAsync("Philippa Ashgrove");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates");
        await Expect(window.Row("Jonas Weber")).ToBeVisibleAsync();
        var list = window.Page.GetByRole(AriaRole.Grid, new() { Name = "Candidates" });
        var keys = window.Page.Keyboard;

        await keys.PressAsync("/");
        await keys.TypeAsync("ashgrove");
        await Expect(window.Row("Jonas Weber")).ToHaveCountAsync(0);
        await Expect(window.Row("Philippa Ashgrove")).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await Expect(list).ToBeFocusedAsync();
        await keys.PressAsync("x");
        var selection = window.Page.GetByRole(AriaRole.Toolbar, new() { Name = "1 selected" });
        await Expect(selection).ToBeVisibleAsync();
        await keys.PressAsync("b");
        await Expect(selection.GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(selection).ToHaveCountAsync(0);
        await Expect(list).ToBeFocusedAsync();
    }
}
