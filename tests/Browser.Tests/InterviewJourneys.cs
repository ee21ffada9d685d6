using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class InterviewJourneys(Product product)
{
    private const float HourHeight = 64;

    [Fact]
    public async Task An_interview_scheduled_through_the_form_stands_in_the_calendar()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        var form = await OpenFormAsync(window, Desk.NextWorkingDayAt(10));
        await Expect(form.GetByText("Everybody is free then")).ToBeVisibleAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Schedule interview" }).ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
        await Expect(Event(window, "Jonas Weber")).ToContainTextAsync("10:00–11:00");
    }

    [Fact]
    public async Task An_error_that_appears_does_not_move_away_what_is_being_pressed()
    {
        var desk = await product.FoundAsync();
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/interviews/new");
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Schedule interview" });
        await Expect(form.GetByRole(AriaRole.Combobox, new() { NameRegex = new Regex("^Candidate") }).First).ToBeFocusedAsync();
        var when = await form.GetByRole(AriaRole.Group, new() { NameRegex = new Regex("^When") }).GetByRole(AriaRole.Button).BoundingBoxAsync();

        // As a hand does it: what becomes wrong by leaving the candidate has time to appear before the button is let go.
        await window.Page.Mouse.MoveAsync(when!.X + (when.Width / 2), when.Y + (when.Height / 2));
        await window.Page.Mouse.DownAsync();
        await window.Page.EvaluateAsync("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn, 100))))");
        await window.Page.Mouse.UpAsync();
        await Expect(window.Page.GetByRole(AriaRole.Grid, new() { NameRegex = new Regex("^When") })).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("Candidate is required")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_taken_time_is_told_in_the_form_and_one_press_takes_a_free_one()
    {
        var desk = await product.FoundAsync();
        var other = await desk.AddCandidateAsync("Philippa Ashgrove");
        await desk.AddInterviewAsync(other, "Marcus Feld", Desk.NextWorkingDayAt(10));
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        var form = await OpenFormAsync(window, Desk.NextWorkingDayAt(10));
        await Expect(form.GetByText(new Regex("Marcus Feld is busy 10:00–11:00"))).ToBeVisibleAsync();

        await form.GetByRole(AriaRole.Group, new() { Name = "Free times" }).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(form.GetByText("Everybody is free then")).ToBeVisibleAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Schedule interview" }).ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
        var saved = (await desk.GetAsync("/api/v1/recruiting/interviews?search=jonas")).GetProperty("items")[0];
        Assert.NotEqual(Desk.NextWorkingDayAt(10), saved.GetProperty("scheduledAt").GetDateTimeOffset());
        Assert.False(saved.GetProperty("doubleBooked").GetBoolean());
    }

    [Fact]
    public async Task A_past_slot_of_the_calendar_records_an_interview_as_held()
    {
        var desk = await product.FoundAsync();
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        var form = await OpenFormAsync(window, Desk.NextWorkingDayAt(10).AddDays(-14));
        await Expect(form.GetByText("It will be recorded as held")).ToBeVisibleAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Schedule interview" }).ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
        var saved = (await desk.GetAsync("/api/v1/recruiting/interviews?search=jonas")).GetProperty("items")[0];
        Assert.Equal("completed", saved.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_interview_dragged_to_another_hour_is_still_there_after_a_reload()
    {
        var desk = await product.FoundAsync();
        var candidate = await desk.AddCandidateAsync("Jonas Weber");
        var id = await desk.AddInterviewAsync(candidate, "Marcus Feld", Desk.NextWorkingDayAt(10));
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync(Calendar());
        await Expect(Event(window, "Jonas Weber")).ToContainTextAsync("10:00–11:00");
        var box = await Event(window, "Jonas Weber").BoundingBoxAsync();
        var (x, y) = (box!.X + (box.Width / 2), box.Y + 20);
        await window.Page.Mouse.MoveAsync(x, y);
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(x, y + (2 * HourHeight), new() { Steps = 10 });
        await window.Page.Mouse.UpAsync();
        await Expect(window.Page.GetByText(new Regex("Jonas Weber moved to"))).ToBeVisibleAsync();

        await window.Page.ReloadAsync();
        await Expect(Event(window, "Jonas Weber")).ToContainTextAsync("12:00–13:00");
        Assert.Equal(Desk.NextWorkingDayAt(12), (await desk.GetAsync($"/api/v1/recruiting/interviews/{id}")).GetProperty("scheduledAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_finger_that_stays_moves_an_interview_and_one_that_goes_on_scrolls_the_day()
    {
        var desk = await product.FoundAsync();
        var id = await desk.AddInterviewAsync(await desk.AddCandidateAsync("Jonas Weber"), "Marcus Feld", Desk.NextWorkingDayAt(10));
        await using var window = await product.OpenAsync(360, 740, touch: true);
        await window.SignInAsync(desk);
        await window.Page.GotoAsync(Calendar() + "&span=day");
        var interview = Event(window, "Jonas Weber");
        await Expect(interview).ToContainTextAsync("10:00–11:00");
        var finger = await window.Context.NewCDPSessionAsync(window.Page);
        var (x, y) = await MiddleAsync();

        await TouchAsync("touchStart", y);
        await Expect(window.Page.Locator(".time-event--moving")).ToBeVisibleAsync();
        for (var step = 1; step <= 8; step++)
        {
            await TouchAsync("touchMove", y + (step * HourHeight / 8));
        }

        await TouchAsync("touchEnd");
        await Expect(window.Page.GetByText(new Regex("Jonas Weber moved to"))).ToBeVisibleAsync();
        await Expect(interview).ToContainTextAsync("11:00–12:00");
        Assert.Equal(Desk.NextWorkingDayAt(11), await StartAsync());

        (x, y) = await MiddleAsync();
        await TouchAsync("touchStart", y);
        for (var step = 1; step <= 8; step++)
        {
            await TouchAsync("touchMove", y - (step * 12));
        }

        await TouchAsync("touchEnd");
        await Expect(window.Page.Locator(".time-event--moving")).ToHaveCountAsync(0);
        Assert.True((await MiddleAsync()).Y < y, "A finger that goes on scrolls.");
        Assert.Equal(Desk.NextWorkingDayAt(11), await StartAsync());

        async Task<(float X, float Y)> MiddleAsync()
        {
            var box = (await interview.BoundingBoxAsync())!;
            return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        }

        async Task<DateTimeOffset> StartAsync() => (await desk.GetAsync($"/api/v1/recruiting/interviews/{id}")).GetProperty("scheduledAt").GetDateTimeOffset();

        Task TouchAsync(string type, float at = 0) => finger.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = type,
            ["touchPoints"] = type == "touchEnd" ? [] : new object[] { new { x, y = at } },
        });
    }

    private static string Calendar()
    {
        var day = Desk.NextWorkingDayAt(10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"/interviews?view=calendar&date={day}";
    }

    /// <summary>The form as a press on the calendar opens it, with candidate and interviewer chosen.</summary>
    private static async Task<ILocator> OpenFormAsync(Window window, DateTimeOffset at)
    {
        await window.Page.GotoAsync(Calendar().Replace("/interviews?", $"/interviews/new?with.scheduledAt={at:yyyy-MM-ddTHH:mm:ss.fffZ}&", StringComparison.Ordinal));
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Schedule interview" });
        await form.GetByRole(AriaRole.Combobox, new() { NameRegex = new Regex("^Candidate(?!.s time zone)") }).PressSequentiallyAsync("Jonas");
        await window.Page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("Jonas Weber") }).ClickAsync();
        await form.GetByRole(AriaRole.Combobox, new() { NameRegex = new Regex("^Interviewer") }).FillAsync("Marcus Feld");
        await window.Page.Keyboard.PressAsync("Tab");
        return form;
    }

    private static ILocator Event(Window window, string name) => window.Page.Locator("[data-event]").Filter(new() { HasText = name });
}
