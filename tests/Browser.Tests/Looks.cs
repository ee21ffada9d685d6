using Microsoft.Playwright;

namespace Tessera.Browser.Tests;

/// <summary>Every screen, at a desk and on a phone, in both themes: nothing for axe to find, nothing the browser refused, nothing wider than the window.</summary>
[Collection(ProductCollection.Name)]
public sealed class Looks(Product product)
{
    public static TheoryData<string> Screens => ["/login", "/dashboard", "/candidates", "/candidates?view=board", "/interviews", "/interviews?view=calendar", "/calls", "/users", "/users?view=access", "/activity", "/candidates/import", "/backup", "/backup/log", "/settings", "/profile", "/unauthorized"];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_screen_is_accessible_at_every_width_and_in_both_themes(string path)
    {
        var desk = await product.FoundAsync();
        var candidate = await desk.AddCandidateAsync("Maximiliane Freifrau von Hohenstein-Rothenburg ob der Tauber");
        await desk.AddInterviewAsync(candidate, "Marcus Feld", Desk.NextWorkingDayAt(10));
        foreach (var (width, height, theme) in new[] { (1440, 900, ColorScheme.Light), (768, 1024, ColorScheme.Dark), (360, 740, ColorScheme.Light) })
        {
            await using var window = await product.OpenAsync(width, height, theme);
            if (path != "/login")
            {
                await window.SignInAsync(desk);
            }

            await window.Page.GotoAsync(path);
            await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Assertions.Expect(window.Page.Locator("h1, [role=heading]").First).ToBeVisibleAsync();
            Assert.Empty(await window.AccessibilityFaultsAsync(product));
            Assert.Empty(window.Complaints);
            Assert.True(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{path} is wider than {width} px");
        }
    }
}
