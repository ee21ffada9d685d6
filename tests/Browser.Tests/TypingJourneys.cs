using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

/// <summary>What people type is theirs: it outlives colleagues, the way back and questions put away.</summary>
[Collection(ProductCollection.Name)]
public sealed class TypingJourneys(Product product)
{
    [Fact]
    public async Task Whoever_saves_second_is_told_and_keeps_what_they_typed_until_they_decide()
    {
        var desk = await product.FoundAsync();
        var id = await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/candidates/{id}/edit");
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Edit candidate" });
        await form.GetByLabel("Position").FillAsync("Head of Sound");
        await desk.ChangeAsync($"/api/v1/recruiting/candidates/{id}", new { position = "Editor" }, 1);
        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        var question = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Somebody else changed Jonas Weber" });
        await Expect(question).ToContainTextAsync("Head of Sound");
        await Expect(question).ToContainTextAsync("Editor");
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(question).ToHaveCountAsync(0);
        await Expect(form.GetByLabel("Position")).ToHaveValueAsync("Head of Sound");

        await form.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Keep mine" }).ClickAsync();
        await Expect(window.Page.GetByText("Jonas Weber saved")).ToBeVisibleAsync();
        Assert.Equal("Head of Sound", (await desk.GetAsync($"/api/v1/recruiting/candidates/{id}")).GetProperty("position").GetString());
    }

    [Fact]
    public async Task A_field_typed_in_place_asks_before_it_replaces_what_a_colleague_wrote_meanwhile()
    {
        var desk = await product.FoundAsync();
        var id = await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/candidates/{id}");
        var panel = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Jonas Weber" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Edit Position" }).ClickAsync();
        await panel.GetByLabel("Position").FillAsync("Head of Sound");
        await window.Page.RunAndWaitForResponseAsync(
            () => desk.ChangeAsync($"/api/v1/recruiting/candidates/{id}", new { position = "Editor" }, 1),
            answer => answer.Url.EndsWith(id.ToString(), StringComparison.Ordinal) && answer.Ok);
        await window.Page.Keyboard.PressAsync("Enter");

        var question = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Somebody else changed Jonas Weber" });
        await Expect(question).ToContainTextAsync("Editor");
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(panel.GetByLabel("Position")).ToHaveValueAsync("Head of Sound");
        Assert.Equal("Editor", (await desk.GetAsync($"/api/v1/recruiting/candidates/{id}")).GetProperty("position").GetString());
    }

    [Fact]
    public async Task Going_back_asks_in_a_form_and_keeps_what_was_typed_in_place()
    {
        var desk = await product.FoundAsync();
        var id = await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates");
        await window.Row("Jonas Weber").GetByRole(AriaRole.Link, new() { Name = "Jonas Weber" }).ClickAsync();
        var panel = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Jonas Weber" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Edit Position" }).ClickAsync();
        await panel.GetByLabel("Position").FillAsync("Head of Sound");
        await window.Page.GoBackAsync();
        await Expect(window.Page.GetByText("Position changed")).ToBeVisibleAsync();
        Assert.Equal("Head of Sound", (await desk.GetAsync($"/api/v1/recruiting/candidates/{id}")).GetProperty("position").GetString());

        await window.Page.Keyboard.PressAsync("c");
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add candidate" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("Philippa");
        await window.Page.GoBackAsync();
        await window.Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Keep editing" }).ClickAsync();
        await Expect(form.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Philippa");
    }

    [Fact]
    public async Task Emoji_right_to_left_names_and_pasted_cells_are_kept_as_they_are_meant()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates/new");
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add candidate" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("🎬 نور الهدى");
        await Expect(form.GetByLabel("Name", new() { Exact = true })).ToHaveCSSAsync("direction", "rtl");
        await form.GetByLabel("E-mail").FillAsync("nour@mail.test");
        await window.Page.EvaluateAsync("navigator.clipboard.writeText('Sound\\tMix\\r\\nFoley\\tEdit\\r\\n')");
        await form.GetByLabel("Position").PressAsync("Control+v");
        await Expect(form.GetByLabel("Position")).ToHaveValueAsync("Sound Mix Foley Edit");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Row("نور الهدى")).ToContainTextAsync("Sound Mix Foley Edit");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Nothing_in_the_bars_over_a_list_moves_while_its_standard_view_is_on_its_way()
    {
        var desk = await product.FoundAsync("production");
        await desk.AddProjectAsync("The Last Tram");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.AddInitScriptAsync("""
            window.seen = new Set();
            const look = () => {
              for (const part of document.querySelectorAll('.list-tabs__item, .filter-chip, .view-switch__item')) {
                const { x, width } = part.getBoundingClientRect();
                if (getComputedStyle(part).visibility === 'visible') window.seen.add(`${part.firstChild.textContent || part.title}: ${Math.round(x)} ${Math.round(width)}`);
              }
              requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
            """);
        await window.Page.GotoAsync("/projects");
        await Expect(window.Page.GetByRole(AriaRole.Grid, new() { Name = "Production grid" })).ToContainTextAsync("The Last Tram");
        var places = (await window.Page.EvaluateAsync<string[]>("[...window.seen]")).GroupBy(seen => seen[..seen.LastIndexOf(':')], StringComparer.Ordinal);
        Assert.Contains(places, place => place.Key == "Status");
        Assert.All(places, place => Assert.Single(place));
    }
}
