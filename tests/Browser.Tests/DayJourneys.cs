using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

/// <summary>Where one sees which day it is: in the workspace, which the reader may be a day ahead of or behind.</summary>
[Collection(ProductCollection.Name)]
public sealed class DayJourneys(Product product)
{
    /// <summary>Twenty-five hours apart: never the same day in both.</summary>
    private const string Ahead = "Pacific/Kiritimati", Behind = "Pacific/Pago_Pago";

    [Fact]
    public async Task Today_and_late_go_by_the_workspaces_day_in_the_list_and_in_its_filters_wherever_one_reads_it()
    {
        var desk = await product.FoundAsync("production");
        await desk.SaveSettingsAsync(new { name = "Line Islands Film School", timeZone = Ahead });
        await desk.SaveProfileAsync(new { fullName = "Astrid Lindqvist", locale = "en", timeZone = Behind, theme = "light" });
        var today = TodayIn(Ahead);
        await desk.AddProjectAsync("Harbour", ("deliveryDate", Iso(today)));
        await desk.AddProjectAsync("Lantern", ("deliveryDate", Iso(today.AddDays(-1))));
        await desk.AddProjectAsync("Tide", ("deliveryDate", Iso(today.AddDays(-3))), ("deliveryEndDate", Iso(today)));
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);

        await window.Page.GotoAsync("/projects?view=table");
        await Expect(window.Row("Harbour")).ToContainTextAsync("Today");
        await Expect(window.Row("Lantern")).ToContainTextAsync("Yesterday");
        await Expect(window.Row("Lantern")).ToContainTextAsync("Overdue");
        await Expect(window.Row("Harbour")).Not.ToContainTextAsync("Overdue");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Overdue", Exact = true }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Table", Exact = true }).ClickAsync();
        await Expect(window.Row("Lantern")).ToBeVisibleAsync();
        await Expect(window.Row("Harbour")).ToHaveCountAsync(0);
        await Expect(window.Row("Tide")).ToHaveCountAsync(0);
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Delivery due" })).ToContainTextAsync("Yesterday");
    }

    [Fact]
    public async Task The_timeline_of_all_projects_begins_with_those_being_worked_on()
    {
        var desk = await product.FoundAsync("production");
        var old = await desk.AddProjectAsync("Long ago", ("deliveryDate", "2021-03-01"));
        await desk.ChangeAsync($"/api/v1/production/projects/{old}", new { status = "cancelled" }, 1);
        await desk.AddProjectAsync("Under way", ("deliveryDate", "2027-03-01"));
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/projects?view=timeline");
        var timeline = window.Page.GetByRole(AriaRole.Grid, new() { Name = "Projects over time" });
        await Expect(timeline.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync([new System.Text.RegularExpressions.Regex("Under way"), new System.Text.RegularExpressions.Regex("Long ago")]);
    }

    private static DateOnly TodayIn(string zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone)).Date);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
