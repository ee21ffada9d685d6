using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class PermissionJourneys(Product product)
{
    [Fact]
    public async Task A_page_taken_away_by_keyboard_leaves_the_open_window_of_the_person()
    {
        var desk = await product.FoundAsync();
        var (_, email) = await desk.AddUserAsync("Amara Okafor", "agent");
        await using var theirs = await product.OpenAsync();
        await theirs.SignInAsync(desk, email);
        await theirs.Page.GotoAsync("/interviews");
        await Expect(Entry(theirs, "Interviews")).ToBeVisibleAsync();
        await Entry(theirs, "Calls").ClickAsync();
        await Expect(theirs.Page).ToHaveURLAsync(product.Address + "/calls");

        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/users?view=access");
        await Cell(window, "Candidates", "Amara Okafor").FocusAsync();
        await window.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Cell(window, "Interviews", "Amara Okafor")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("n");
        await Expect(window.Page.GetByText("Amara Okafor, Interviews: None")).ToBeVisibleAsync();
        await Expect(Cell(window, "Interviews", "Amara Okafor")).ToContainTextAsync("denied");

        await theirs.Page.GoBackAsync();
        await Expect(theirs.Page).ToHaveURLAsync(new Regex("/unauthorized"));
        await Expect(Entry(theirs, "Calls")).ToBeVisibleAsync();
        await Expect(Entry(theirs, "Interviews")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Why_names_the_rule_that_decided()
    {
        var desk = await product.FoundAsync();
        var (agent, _) = await desk.AddUserAsync("Amara Okafor", "agent");
        await desk.SetPageAsync(agent, "interviews", "deny");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/users?view=access");
        await Cell(window, "Interviews", "Amara Okafor").FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        var details = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Amara Okafor · Interviews" });
        var decided = details.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "This decided." });
        await Expect(decided).ToHaveCountAsync(1);
        await Expect(decided).ToContainTextAsync("Interviews was taken away from this person.");
    }

    [Fact]
    public async Task User_management_cannot_be_taken_from_the_last_administrator_and_the_cell_says_why()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/users?view=access");
        var cell = Cell(window, "User management", "Astrid Lindqvist");
        await cell.FocusAsync();
        await window.Page.Keyboard.PressAsync("n");
        await Expect(cell).ToContainTextAsync("the last change was refused");
        await Expect(cell).ToContainTextAsync("Write");
        await Expect(window.Page.GetByText("User management for Astrid Lindqvist was not changed")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("This is the last administrator who can manage users.").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Viewing_as_somebody_shows_it_refuses_writes_and_ends_where_it_began()
    {
        var desk = await product.FoundAsync();
        await desk.AddUserAsync("Amara Okafor", "agent");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/users?view=access");
        await window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(AO )?Amara Okafor") }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "View as Amara Okafor" }).ClickAsync();
        var banner = window.Page.GetByText("You see Tessera as Amara Okafor does. Nothing can be changed.");
        await Expect(banner).ToBeVisibleAsync();
        await Expect(window.Page).ToHaveURLAsync(product.Address + "/dashboard");
        await Expect(Entry(window, "Candidates")).ToHaveCountAsync(0);
        await Entry(window, "Calls").ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Calls", Exact = true })).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Log call" })).ToHaveCountAsync(0);
        Assert.Equal(403, await WriteAsTheWindowDoesAsync(window));

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Stop viewing" }).ClickAsync();
        await Expect(banner).ToHaveCountAsync(0);
        await Expect(Entry(window, "Candidates")).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Log call" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_has_no_settings_still_changes_their_own_password()
    {
        var desk = await product.FoundAsync();
        var (agent, email) = await desk.AddUserAsync("Amara Okafor", "agent");
        await desk.SetPageAsync(agent, "settings", "deny");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk, email);
        await window.Page.GotoAsync("/settings");
        await Expect(window.Page).ToHaveURLAsync(new Regex("/unauthorized"));
        await window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Amara Okafor") }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Profile" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Password" }).ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(product.Address + "/profile/password");
        await Expect(window.Page.GetByLabel("Your present password")).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Workspace" })).ToHaveCountAsync(0);
    }

    /// <summary>Logs a call with the very headers the window sends, and returns the status of the answer.</summary>
    private static async Task<int> WriteAsTheWindowDoesAsync(Window window)
    {
        var read = await window.Page.RunAndWaitForRequestAsync(() => window.Page.ReloadAsync(), request => request.Url.Contains("/recruiting/calls", StringComparison.Ordinal));
        var sent = await read.AllHeadersAsync();
        var answer = await window.Page.Context.APIRequest.PostAsync("/api/v1/recruiting/calls", new()
        {
            DataObject = new { callerName = "Jonas Weber" },
            Headers = new Dictionary<string, string> { ["Authorization"] = sent["authorization"], ["X-View-As"] = sent["x-view-as"] },
        });
        return answer.Status;
    }

    private static ILocator Cell(Window window, string page, string person) =>
        window.Page.GetByRole(AriaRole.Gridcell).GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"{page}, {person}", RegexOptions.IgnoreCase) });

    private static ILocator Entry(Window window, string name) =>
        window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Screens" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
}
