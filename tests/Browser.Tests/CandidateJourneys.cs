using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class CandidateJourneys(Product product)
{
    [Fact]
    public async Task A_candidate_added_through_the_form_is_found_by_typing_in_the_search()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Add candidate" }).First.ClickAsync();
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add candidate" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("Philippa Ashgrove");
        await form.GetByLabel("E-mail", new() { Exact = true }).FillAsync("philippa@mail.test");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add candidate" }).ClickAsync();
        await Expect(window.Page.GetByText("Philippa Ashgrove added")).ToBeVisibleAsync();
        await Expect(form).ToHaveCountAsync(0);

        await window.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search candidates" }).PressSequentiallyAsync("ashgrove");
        await Expect(window.Page).ToHaveURLAsync(new Regex(@"/candidates\?.*ashgrove"));
        await Expect(window.Row("Philippa Ashgrove")).ToBeVisibleAsync();
        await Expect(window.Row("Jonas Weber")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_wrong_address_is_told_on_its_field_and_nothing_typed_is_lost()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates/new");
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add candidate" });
        var name = form.GetByLabel("Name", new() { Exact = true });
        var email = form.GetByLabel("E-mail", new() { Exact = true });
        await name.FillAsync("Philippa Ashgrove");
        await email.FillAsync("philippa at mail");
        await form.GetByLabel("Employer", new() { Exact = true }).FillAsync("Harbour Works");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add candidate" }).ClickAsync();
        await Expect(email).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(email).ToHaveAccessibleDescriptionAsync(new Regex("address|e-mail", RegexOptions.IgnoreCase));
        await Expect(email).ToHaveValueAsync("philippa at mail");
        await Expect(name).ToHaveValueAsync("Philippa Ashgrove");

        await email.FillAsync("philippa@mail.test");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add candidate" }).ClickAsync();
        await Expect(window.Row("Philippa Ashgrove")).ToBeVisibleAsync();
        var saved = await desk.GetAsync("/api/v1/recruiting/candidates?search=ashgrove");
        Assert.Equal("Harbour Works", saved.GetProperty("items")[0].GetProperty("currentEmployer").GetString());
    }

    [Fact]
    public async Task A_day_the_month_does_not_have_becomes_its_last_one_and_is_told()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates/new");
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add candidate" });
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("Ines Moreau");
        await form.GetByLabel("E-mail", new() { Exact = true }).FillAsync("ines@mail.test");
        await form.GetByRole(AriaRole.Group, new() { NameRegex = new Regex("Available from") }).GetByRole(AriaRole.Spinbutton).First.ClickAsync();
        await window.Page.Keyboard.TypeAsync("29022027");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add candidate" }).ClickAsync();

        await Expect(window.Page.GetByText("Ines Moreau added")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("February 2027 has 28 days: the last one was taken.").First).ToBeVisibleAsync();
        var saved = await desk.GetAsync("/api/v1/recruiting/candidates");
        Assert.Equal("2027-02-28", saved.GetProperty("items")[0].GetProperty("availabilityDate").GetString());

        await window.Page.GotoAsync("/candidates/new");
        await form.GetByRole(AriaRole.Group, new() { NameRegex = new Regex("Available from") }).GetByRole(AriaRole.Spinbutton).First.ClickAsync();
        await window.Page.Keyboard.TypeAsync("31042027");
        await form.GetByLabel("Source").FocusAsync();
        await Expect(form.GetByText("April 2027 has 30 days: the last one was taken.").First).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_card_is_moved_to_the_next_stage_by_its_menu()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates?view=board");
        await Card(window, "Applied", "Jonas Weber").HoverAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Actions: Jonas Weber" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Move to Screening" }).ClickAsync();
        await Expect(window.Page.GetByText("Jonas Weber moved to Screening")).ToBeVisibleAsync();
        await window.Page.ReloadAsync();
        await Expect(Card(window, "Screening", "Jonas Weber")).ToBeVisibleAsync();
        await Expect(Card(window, "Applied", "Jonas Weber")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_card_is_moved_to_the_next_stage_by_dragging()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates?view=board");
        await DragAsync(window, "Jonas Weber", "Applied", "Screening");
        await Expect(window.Page.GetByText("Jonas Weber moved to Screening")).ToBeVisibleAsync();
        await window.Page.ReloadAsync();
        await Expect(Card(window, "Screening", "Jonas Weber")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_column_shows_the_card_that_was_dropped_on_it_and_does_not_run_away()
    {
        var desk = await product.FoundAsync();
        for (var i = 1; i <= 14; i++)
        {
            await desk.AddCandidateAsync($"Screened {i}", status: "screening");
        }

        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates?view=board");
        await DragAsync(window, "Jonas Weber", "Applied", "Screening");
        await Expect(window.Page.GetByText("Jonas Weber moved to Screening")).ToBeVisibleAsync();
        await Expect(Card(window, "Screening", "Jonas Weber")).ToBeInViewportAsync();
        await Expect(Card(window, "Screening", "Jonas Weber")).ToBeFocusedAsync();
        Assert.Equal(0, await window.Page.GetByRole(AriaRole.Grid, new() { Name = "Screening", Exact = true }).EvaluateAsync<int>("list => list.scrollTop"));
    }

    [Fact]
    public async Task What_the_server_does_not_take_stands_in_its_field_with_the_reason()
    {
        var desk = await product.FoundAsync();
        var id = await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/candidates/{id}");
        var panel = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Jonas Weber" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Edit Employer" }).ClickAsync();
        var employer = panel.GetByLabel("Employer", new() { Exact = true });
        await employer.FillAsync(new string('x', 300));
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(panel.GetByText("At most 200 characters.")).ToBeVisibleAsync();
        await Expect(employer).ToBeFocusedAsync();
        await Expect(employer).ToHaveValueAsync(new string('x', 300));

        await employer.FillAsync("Harbour Works");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(employer).ToHaveCountAsync(0);
        await Expect(panel.GetByText("Harbour Works")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_too_long_is_told_and_not_cut()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates/new");
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add candidate" });
        var employer = form.GetByLabel("Employer", new() { Exact = true });
        await employer.FillAsync(new string('x', 1_200));
        await window.Page.Keyboard.PressAsync("Tab");
        await Expect(form.GetByText("At most 200 characters; these are 1,200.")).ToBeVisibleAsync();
        await Expect(employer).ToHaveValueAsync(new string('x', 1_200));
    }

    [Fact]
    public async Task A_step_that_is_not_allowed_slides_back_and_says_why()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/candidates?view=board");
        await DragAsync(window, "Jonas Weber", "Applied", "Hired");
        await Expect(window.Page.GetByText("Jonas Weber was not moved")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("From Applied the next step is Screening or Rejected.")).ToBeVisibleAsync();
        await Expect(Card(window, "Applied", "Jonas Weber")).ToBeVisibleAsync();
        await Expect(Card(window, "Hired", "Jonas Weber")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_deleted_candidate_comes_back_by_the_undo_of_the_message()
    {
        var desk = await product.FoundAsync();
        var id = await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/candidates/{id}");
        var panel = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Jonas Weber" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Actions" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
        await Expect(window.Page.GetByText("Jonas Weber moved to the trash")).ToBeVisibleAsync();
        await Expect(window.Row("Jonas Weber")).ToHaveCountAsync(0);

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(window.Row("Jonas Weber")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("Keep mine", "Platform Engineer")]
    [InlineData("Take theirs", "Data Engineer")]
    public async Task Two_who_edit_the_same_candidate_are_asked_whose_value_stays(string answer, string stays)
    {
        var desk = await product.FoundAsync();
        var id = await desk.AddCandidateAsync("Jonas Weber");
        var (_, email) = await desk.AddUserAsync("Amara Okafor", "manager");
        await using var mine = await product.OpenAsync();
        await mine.SignInAsync(desk);
        await using var theirs = await product.OpenAsync();
        await theirs.SignInAsync(desk, email);
        await mine.Page.GotoAsync($"/candidates/{id}/edit");
        await theirs.Page.GotoAsync($"/candidates/{id}/edit");
        await mine.Page.GetByRole(AriaRole.Textbox, new() { Name = "Position" }).FillAsync("Platform Engineer");
        await theirs.Page.GetByRole(AriaRole.Textbox, new() { Name = "Position" }).FillAsync("Data Engineer");
        await theirs.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(theirs.Page.GetByText("Jonas Weber saved")).ToBeVisibleAsync();

        await mine.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        var conflict = mine.Page.GetByRole(AriaRole.Dialog, new() { Name = "Somebody else changed Jonas Weber" });
        await Expect(conflict.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("Position.*Platform Engineer.*Data Engineer") })).ToBeVisibleAsync();
        await conflict.GetByRole(AriaRole.Button, new() { Name = answer }).ClickAsync();
        await Expect(conflict).ToHaveCountAsync(0);
        await Expect(mine.Page).ToHaveURLAsync($"{product.Address}/candidates/{id}");
        Assert.Equal(stays, (await desk.GetAsync($"/api/v1/recruiting/candidates/{id}")).GetProperty("position").GetString());
    }

    private static ILocator Card(Window window, string stage, string name) =>
        window.Page.GetByRole(AriaRole.Grid, new() { Name = stage, Exact = true }).GetByRole(AriaRole.Row, new() { NameRegex = new Regex(name) });

    private static async Task DragAsync(Window window, string name, string from, string to)
    {
        var card = await Card(window, from, name).BoundingBoxAsync();
        var column = await window.Page.GetByRole(AriaRole.Grid, new() { Name = to, Exact = true }).BoundingBoxAsync();
        await window.Page.Mouse.MoveAsync(card!.X + (card.Width / 3), card.Y + 20);
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(card.X + (card.Width / 3) + 12, card.Y + 32, new() { Steps = 4 });
        await window.Page.Mouse.MoveAsync(column!.X + (column.Width / 2), column.Y + (column.Height / 2), new() { Steps = 12 });
        await window.Page.Mouse.UpAsync();
    }
}
