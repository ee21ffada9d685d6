using Microsoft.Playwright;

namespace Tessera.Browser.Tests;

/// <summary>Every screen, at a desk and on a phone, in both themes: nothing for axe to find, nothing the browser refused, nothing wider than the window.</summary>
[Collection(LooksCollection.Name)]
public sealed class Looks(Product product)
{
    public static TheoryData<string> Screens => ["/login", "/dashboard", "/candidates", "/candidates?view=board", "/interviews", "/interviews?view=calendar", "/calls", "/users", "/users?view=access", "/activity", "/candidates/import", "/backup", "/backup/log", "/settings", "/profile", "/unauthorized"];

    public static TheoryData<string> ProductionScreens =>
    [
        "/dashboard", "/my-tasks", "/projects", "/projects?view=table", "/projects?view=board", "/projects?view=timeline", "/projects?view=calendar", "/projects/new",
        "/students", "/tasks", "/templates", "/schedule", "/schedule?by=people", "/schedule-drafts", "/task-statuses", "/settings/workspace",
    ];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_screen_is_accessible_at_every_width_and_in_both_themes(string path)
    {
        var desk = await product.FoundAsync();
        var candidate = await desk.AddCandidateAsync("Maximiliane Freifrau von Hohenstein-Rothenburg ob der Tauber");
        await desk.AddInterviewAsync(candidate, "Marcus Feld", Desk.NextWorkingDayAt(10));
        await LookAsync(desk, path);
    }

    [Theory]
    [MemberData(nameof(ProductionScreens))]
    public async Task A_screen_of_productions_is_accessible_at_every_width_and_in_both_themes(string path)
    {
        var desk = await product.FoundAsync("production");
        var student = await desk.AddStudentAsync("Maximiliane", "Freifrau von Hohenstein-Rothenburg");
        var project = await desk.AddProjectAsync("The Cartographer's Daughter and a Very Long Afternoon in June", ("shootDate", "2026-01-10"), ("gradeDate", "2026-01-03"), ("deliveryDate", "2026-02-01"));
        await desk.AddTaskAsync(project, "Scout the lighthouse before the weather turns for the winter", student);
        await LookAsync(desk, path);
    }

    [Fact]
    public async Task With_the_colours_of_the_system_what_is_chosen_and_what_can_be_pressed_is_seen()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.Active });
        await window.Page.GotoAsync("/settings/workspace");
        var toggle = window.Page.GetByText("Move candidates on by themselves");
        await Assertions.Expect(toggle).ToBeVisibleAsync();

        Assert.NotEqual(await StyleAsync(".sidebar__item:not(.active)", "backgroundColor"), await StyleAsync(".sidebar__item.active", "backgroundColor"));
        Assert.Equal("1px", await StyleAsync(".switch__control", "borderTopWidth"));
        Assert.NotEqual("0px", await StyleAsync("button[type=submit]", "borderTopWidth"));

        Task<string> StyleAsync(string selector, string property) =>
            window.Page.EvaluateAsync<string>("([selector, property]) => getComputedStyle(document.querySelector(selector))[property]", new[] { selector, property });
    }

    /// <summary>One window that is made narrower: the page is loaded anew at each width, as on another device.</summary>
    private async Task LookAsync(Desk desk, string path)
    {
        await using var window = await product.OpenAsync();
        if (path != "/login")
        {
            await window.SignInAsync(desk);
        }

        foreach (var (width, height, theme) in new[] { (1440, 900, ColorScheme.Light), (768, 1024, ColorScheme.Dark), (360, 740, ColorScheme.Light) })
        {
            await window.Page.SetViewportSizeAsync(width, height);
            await window.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
            await window.Page.GotoAsync(path);
            await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Assertions.Expect(window.Page.Locator("h1, [role=heading]").First).ToBeVisibleAsync();
            Assert.Empty(await window.AccessibilityFaultsAsync(product));
            Assert.Empty(window.Complaints);
            Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{path} is wider than {width} px");
        }
    }
}
