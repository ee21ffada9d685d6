using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class SignInJourneys(Product product)
{
    [Fact]
    public async Task A_wrong_password_is_told_in_place_and_the_right_one_leads_where_the_person_wanted_to_go()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.Page.GotoAsync("/calls?status=missed");
        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/login"));

        await window.Page.GetByLabel("E-mail").FillAsync(desk.AdminEmail);
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("not the password");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Product.Password);
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page).ToHaveURLAsync(product.Address + "/calls?status=missed");
    }

    [Fact]
    public async Task Reloading_the_page_keeps_the_session()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInByFormAsync(desk);
        await window.Page.GotoAsync("/calls");
        await window.Page.ReloadAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Calls" }).First).ToBeVisibleAsync();
        Assert.Equal(product.Address + "/calls", window.Page.Url);
    }

    [Fact]
    public async Task A_request_that_meets_an_expired_token_is_renewed_and_repeated_without_a_word()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInByFormAsync(desk);
        var refused = false;
        await window.Page.RouteAsync("**/api/v1/recruiting/calls?*", async route =>
        {
            if (refused)
            {
                await route.ContinueAsync();
                return;
            }

            refused = true;
            await route.FulfillAsync(new() { Status = 401, ContentType = "application/problem+json", Body = """{"status":401,"code":"unauthenticated","detail":"Sign in to go on.","title":"Unauthorized","type":"about:blank","traceId":"0"}""" });
        });
        var renewed = window.Page.WaitForResponseAsync(r => r.Url.EndsWith("/auth/refresh", StringComparison.Ordinal) && r.Status == 200);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Calls" }).First.ClickAsync();
        await renewed;
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Calls" }).First).ToBeVisibleAsync();
        Assert.True(refused);
        Assert.EndsWith("/calls", new Uri(window.Page.Url).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_taken_away_is_gone_on_the_next_step_and_says_so()
    {
        var desk = await product.FoundAsync();
        var (agent, email) = await desk.AddUserAsync("Amara Okafor", "agent");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk, email);
        await window.Page.GotoAsync("/calls");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Calls" }).First).ToBeVisibleAsync();

        await desk.SetPageAsync(agent, "calls", "deny");
        await window.Page.GotoAsync("/calls");
        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/unauthorized"));
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Calls" })).ToHaveCountAsync(0);
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Go back" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Signing_out_in_one_tab_signs_out_the_other()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInByFormAsync(desk);
        var other = await window.Context.NewPageAsync();
        await other.GotoAsync("/calls");
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Calls" }).First).ToBeVisibleAsync();

        await window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new System.Text.RegularExpressions.Regex("Astrid Lindqvist") }).First.ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/login"));
        await Expect(other).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/login"));
    }

    [Fact]
    public async Task What_was_typed_is_back_after_a_session_that_was_ended_elsewhere()
    {
        var desk = await product.FoundAsync();
        var id = await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/candidates/{id}/edit");
        var position = window.Page.GetByLabel("Position", new() { Exact = true });
        await position.FillAsync("Half typed");

        await desk.DeleteAsync("/api/v1/auth/sessions");
        await Expect(window.Page.GetByText("You were signed out. Sign in to continue where you were.")).ToBeVisibleAsync();
        await window.Page.GetByLabel("E-mail").FillAsync(desk.AdminEmail);
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Product.Password);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();

        await Expect(position).ToHaveValueAsync("Half typed");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(window.Page.GetByText("Jonas Weber saved")).ToBeVisibleAsync();
        Assert.Equal("Half typed", (await desk.GetAsync($"/api/v1/recruiting/candidates/{id}")).GetProperty("position").GetString());
    }

    [Fact]
    public async Task Without_a_connection_the_screen_says_so_and_comes_back_by_itself()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInByFormAsync(desk);
        // Its own code is here, and that of the screens that are likely next.
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Candidates", Exact = true }).First).ToBeVisibleAsync();
        await window.Context.SetOfflineAsync(true);
        await Expect(window.Page.GetByText("You are offline.")).ToBeVisibleAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Candidates", Exact = true }).First.ClickAsync();
        await Expect(window.Page.GetByText("The server can't be reached")).ToBeVisibleAsync();

        await window.Context.SetOfflineAsync(false);
        await Expect(window.Row("Jonas Weber")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("You are offline.")).ToHaveCountAsync(0);
    }
}
