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

    [Fact]
    public async Task Steps_pressed_faster_than_records_are_drawn_are_all_counted()
    {
        var desk = await product.FoundAsync();
        foreach (var name in new[] { "Dario Fourth", "Cleo Third", "Bea Second", "Ada First" })
        {
            await desk.AddCandidateAsync(name);
        }

        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates");
        await window.Row("Ada First").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Ada First" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Tab, new() { Name = "Details" })).ToBeVisibleAsync();
        await window.Page.EvaluateAsync("for (let i = 0; i < 3; i++) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))");
        await Expect(window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Dario Fourth" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Whoever_thinks_better_of_a_change_to_many_is_back_at_its_button_and_a_saved_view_takes_the_focus()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates?status=applied");
        await Expect(window.Row("Jonas Weber")).ToBeVisibleAsync();
        var keys = window.Page.Keyboard;
        await keys.PressAsync("j");
        await keys.PressAsync("x");
        var move = window.Page.GetByRole(AriaRole.Toolbar, new() { Name = "1 selected" }).GetByRole(AriaRole.Button, new() { Name = "Move" });
        await Expect(move).ToBeVisibleAsync();
        await keys.PressAsync("b");
        await Expect(move).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(window.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(move).ToBeFocusedAsync();

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name")).ToBeFocusedAsync();
        await keys.TypeAsync("Fresh ones");
        await keys.PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Button, new() { Name = "Fresh ones", Exact = true })).ToBeFocusedAsync();
    }
}
