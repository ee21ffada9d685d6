using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class NotificationJourneys(Product product)
{
    [Fact]
    public async Task Who_is_mentioned_sees_it_at_the_bell_at_once_and_is_led_to_the_record()
    {
        var desk = await product.FoundAsync();
        var candidate = await desk.AddCandidateAsync("Jonas Weber");
        var (marta, email) = await desk.AddUserAsync("Marta Lind", "manager");
        await using var window = await product.OpenAsync();
        await window.SignInByFormAsync(desk, email);
        var bell = window.Page.GetByRole(AriaRole.Button, new() { Name = "Notifications", Exact = true });
        await Expect(bell).ToBeVisibleAsync();

        await product.PostAsync($"/api/v1/recruiting/candidates/{candidate}/comments", desk.Token, new { body = "Would you call him, @Marta Lind?", mentions = new[] { marta } });

        var ringing = window.Page.GetByRole(AriaRole.Button, new() { Name = "Notifications, 1 unread" });
        await ringing.FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        var panel = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Notifications" });
        await Expect(panel.GetByText("Would you call him")).ToBeVisibleAsync();
        Assert.Empty(await window.AccessibilityFaultsAsync(product));
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(panel).ToHaveCountAsync(0);
        await Expect(ringing).ToBeFocusedAsync();

        await window.Page.Keyboard.PressAsync("Enter");
        await panel.GetByRole(AriaRole.Link).Filter(new() { HasText = "mentioned you on Jonas Weber" }).ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(new Regex($"/candidates/{candidate}"));
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await Expect(bell).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task An_at_offers_those_who_can_open_the_record_and_tells_people_of_one_name_apart()
    {
        var desk = await product.FoundAsync();
        var candidate = await desk.AddCandidateAsync("Jonas Weber");
        var (_, first) = await desk.AddUserAsync("Marta Lind", "manager");
        var (_, second) = await desk.AddUserAsync("Marta Lind", "manager");
        await desk.AddUserAsync("Marta Holm", "agent");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/candidates/{candidate}");
        await window.Page.GetByRole(AriaRole.Tab, new() { Name = "Comments" }).ClickAsync();
        var box = window.Page.GetByRole(AriaRole.Textbox, new() { Name = "Write a comment" });
        await box.PressSequentiallyAsync("@marta");

        var offered = window.Page.GetByRole(AriaRole.Option);
        await Expect(offered).ToHaveCountAsync(2);
        await Expect(offered.Filter(new() { HasText = first })).ToHaveCountAsync(1);
        await offered.Filter(new() { HasText = second }).ClickAsync();
        await Expect(box).ToHaveValueAsync("@Marta Lind ");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_kind_that_is_switched_off_in_the_settings_comes_no_more()
    {
        var desk = await product.FoundAsync();
        var candidate = await desk.AddCandidateAsync("Jonas Weber");
        var (marta, email) = await desk.AddUserAsync("Marta Lind", "manager");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk, email);
        await window.Page.GotoAsync("/settings/notifications");
        await window.Page.RunAndWaitForResponseAsync(
            () => window.Page.GetByText("Mentions", new() { Exact = true }).ClickAsync(), answer => answer.Request.Method == "PUT" && answer.Ok);
        Assert.Empty(await window.AccessibilityFaultsAsync(product));

        await product.PostAsync($"/api/v1/recruiting/candidates/{candidate}/comments", desk.Token, new { body = "Unheard", mentions = new[] { marta } });
        await window.Page.ReloadAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Notifications", Exact = true }).ClickAsync();
        await Expect(window.Page.GetByText("Nothing yet")).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }
}
