using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tessera.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class ProductionJourneys(Product product)
{
    private const float DayWidth = 36;

    [Fact]
    public async Task A_producer_adds_a_project_and_plans_it_in_the_grid_by_keyboard_alone()
    {
        var desk = await product.FoundAsync("production");
        var (_, email) = await desk.AddUserAsync("Bram de Vries", "producer");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk, email);
        await window.Page.GotoAsync("/projects");
        await Expect(window.Page.GetByText("No projects yet")).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("c");
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add project" });
        await Expect(form.GetByLabel("Title")).ToBeFocusedAsync();
        await window.Page.Keyboard.TypeAsync("The Last Tram");
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.GetByText("The Last Tram added")).ToBeVisibleAsync();

        var grid = window.Page.GetByRole(AriaRole.Grid, new() { Name = "Production grid" });
        await grid.FocusAsync();
        await PressAsync(window, "ArrowRight", "ArrowRight");
        await TypeAsync(window, "12.3.2027");
        await Expect(Cell(grid, "Shoot")).ToContainTextAsync("12 Mar");
        await PressAsync(window, "ArrowRight");
        await TypeAsync(window, "+14");
        await Expect(Cell(grid, "Grade")).ToContainTextAsync("26 Mar");

        await PressAsync(window, "ArrowRight", "ArrowRight");
        await TypeAsync(window, "30 apr 2027");
        await Expect(Cell(grid, "Delivery")).ToContainTextAsync("30 Apr");
        var project = (await desk.GetAsync("/api/v1/production/projects")).GetProperty("items")[0];
        Assert.Equal("2027-03-12", project.GetProperty("shootDate").GetString());
        Assert.Equal("2027-03-26", project.GetProperty("gradeDate").GetString());
        Assert.Equal("2027-04-30", project.GetProperty("deliveryDate").GetString());
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Dates_are_copied_to_another_project_and_shifted_together()
    {
        var desk = await product.FoundAsync("production");
        var first = await desk.AddProjectAsync("Dead Reckoning", ("shootDate", "2027-03-01"), ("gradeDate", "2027-03-20"), ("deliveryDate", "2027-04-01"));
        var second = await desk.AddProjectAsync("Salt", ("deliveryDate", "2027-05-01"));
        await using var window = await product.OpenAsync();
        await window.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/projects");
        var grid = window.Page.GetByRole(AriaRole.Grid, new() { Name = "Production grid" });
        await Expect(grid.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await grid.FocusAsync();
        await PressAsync(window, "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Control+c", "ArrowDown", "ArrowLeft", "Control+v");
        await Expect(window.Page.GetByText("2 dates changed")).ToBeVisibleAsync();
        Assert.Equal("2027-03-01", (await desk.ProjectAsync(second)).GetProperty("shootDate").GetString());

        await PressAsync(window, "Shift+ArrowUp", "Shift+ArrowRight");
        var bar = window.Page.GetByRole(AriaRole.Toolbar, new() { Name = "4 dates in 2 projects" });
        await bar.GetByRole(AriaRole.Button, new() { Name = "Shift" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "One week later" }).ClickAsync();
        await Expect(window.Page.GetByText("4 dates changed")).ToBeVisibleAsync();
        foreach (var id in new[] { first, second })
        {
            var project = await desk.ProjectAsync(id);
            Assert.Equal("2027-03-08", project.GetProperty("shootDate").GetString());
            Assert.Equal("2027-03-27", project.GetProperty("gradeDate").GetString());
        }
    }

    [Fact]
    public async Task A_date_after_the_delivery_is_put_back_and_says_why()
    {
        var desk = await product.FoundAsync("production");
        await desk.AddProjectAsync("Hush", ("shootDate", "2027-03-01"), ("deliveryDate", "2027-04-01"));
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/projects");
        var grid = window.Page.GetByRole(AriaRole.Grid, new() { Name = "Production grid" });
        await Expect(Cell(grid, "Shoot")).ToContainTextAsync("1 Mar");
        await grid.FocusAsync();
        await PressAsync(window, "ArrowRight", "ArrowRight");
        await TypeAsync(window, "2027-04-02");
        await Expect(window.Page.GetByText("The shoot cannot be after the delivery")).ToBeVisibleAsync();
        await Expect(Cell(grid, "Shoot")).ToContainTextAsync("1 Mar");
    }

    [Fact]
    public async Task A_stage_dragged_on_the_timeline_warns_of_a_day_off_before_it_is_dropped()
    {
        var desk = await product.FoundAsync("production");
        var monday = Monday();
        var id = await desk.AddProjectAsync("Kestrel", ("mixDate", Iso(monday)), ("deliveryDate", Iso(monday.AddDays(30))));
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/projects?view=timeline&zoom=days");
        var mix = window.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new Regex("^Mix, ") });
        var box = await mix.BoundingBoxAsync();
        var (x, y) = (box!.X + (box.Width / 2), box.Y + (box.Height / 2));
        await window.Page.Mouse.MoveAsync(x, y);
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(x + (5 * DayWidth), y, new() { Steps = 10 });
        await Expect(mix.GetByText("is a day off")).ToBeVisibleAsync();
        await window.Page.Mouse.MoveAsync(x + (3 * DayWidth), y, new() { Steps = 5 });
        await Expect(mix.GetByText("is a day off")).ToHaveCountAsync(0);
        await window.Page.Mouse.UpAsync();
        await Expect(window.Page.GetByText("1 date changed")).ToBeVisibleAsync();
        Assert.Equal(Iso(monday.AddDays(3)), (await desk.ProjectAsync(id)).GetProperty("mixDate").GetString());
    }

    [Fact]
    public async Task A_student_who_is_put_on_the_crew_sees_that_project_and_no_other()
    {
        var desk = await product.FoundAsync("production");
        var (userId, email) = await desk.AddUserAsync("Amara Okafor", "student");
        await desk.AddStudentAsync("Amara", "Okafor", userId);
        await desk.AddStudentAsync("Jonas", "Weber");
        var own = await desk.AddProjectAsync("Northern Lines", ("shootDate", "2027-03-01"));
        await desk.AddProjectAsync("Paper Boats", ("shootDate", "2027-03-02"));
        await using (var producer = await product.OpenAsync())
        {
            await producer.SignInAsync(desk);
            await producer.Page.GotoAsync($"/projects/{own}?tab=crew");
            await producer.Page.GetByRole(AriaRole.Button, new() { Name = "Add to the crew" }).ClickAsync();
            var form = producer.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add to the crew" });
            await form.GetByRole(AriaRole.Combobox, new() { Name = "Student" }).FillAsync("amara");
            await producer.Page.GetByRole(AriaRole.Option, new() { Name = "Amara Okafor" }).ClickAsync();
            await form.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Role") }).ClickAsync();
            await producer.Page.GetByRole(AriaRole.Option, new() { Name = "Director", Exact = true }).ClickAsync();
            await form.GetByRole(AriaRole.Button, new() { Name = "Add to the crew" }).ClickAsync();
            await Expect(producer.Page.GetByRole(AriaRole.Link, new() { Name = "Amara Okafor" })).ToBeVisibleAsync();
        }

        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk, email);
        await window.Page.GotoAsync("/projects");
        var grid = window.Page.GetByRole(AriaRole.Grid, new() { Name = "Production grid" });
        await Expect(grid.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Expect(grid).ToContainTextAsync("Northern Lines");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Add project" })).ToHaveCountAsync(0);
        var screens = window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Screens" });
        await Expect(screens.GetByRole(AriaRole.Link, new() { Name = "Projects" })).ToBeVisibleAsync();
        await Expect(screens.GetByRole(AriaRole.Link, new() { Name = "Students" })).ToHaveCountAsync(0);
        await window.Page.GotoAsync("/schedule");
        await Expect(window.Page.GetByRole(AriaRole.Grid, new() { Name = "Projects over time" })).ToContainTextAsync("Northern Lines");
        await Expect(window.Page.GetByText("Paper Boats")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_draft_is_moved_by_keyboard_and_counts_once_it_is_applied()
    {
        var desk = await product.FoundAsync("production");
        var id = await desk.AddProjectAsync("Low Season", ("shootDate", "2027-03-01"), ("deliveryDate", "2027-04-01"));
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/schedule");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Drafts" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Make a draft…" }).ClickAsync();
        var form = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Make a draft" });
        await form.GetByRole(AriaRole.Combobox, new() { Name = "Project" }).FillAsync("low");
        await window.Page.GetByRole(AriaRole.Option, new() { Name = "Low Season" }).ClickAsync();
        await form.GetByLabel("Name").FillAsync("If it rains");
        await form.GetByRole(AriaRole.Button, new() { Name = "Make a draft" }).ClickAsync();

        var draft = window.Page.GetByRole(AriaRole.Grid, new() { Name = "If it rains" });
        await draft.FocusAsync();
        await PressAsync(window, "ArrowRight", "Space", "ArrowRight", "ArrowRight", "Enter");
        await Expect(window.Page.GetByText("1 date moved")).ToBeVisibleAsync();
        Assert.Equal("2027-03-01", (await desk.ProjectAsync(id)).GetProperty("shootDate").GetString());

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Apply", Exact = true }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(window.Page.GetByText("If it rains applied")).ToBeVisibleAsync();
        Assert.Equal("2027-03-03", (await desk.ProjectAsync(id)).GetProperty("shootDate").GetString());
    }

    [Fact]
    public async Task A_calendar_address_is_made_read_by_a_stranger_and_taken_back()
    {
        var desk = await product.FoundAsync("production");
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/schedule");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Subscribe to your dates" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make an address" }).ClickAsync();
        var address = await dialog.GetByLabel("Address").InputValueAsync();
        Assert.StartsWith("BEGIN:VCALENDAR", await product.Http.GetStringAsync(address), StringComparison.Ordinal);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(window.Page.GetByText("The address no longer works")).ToBeVisibleAsync();
        using var answer = await product.Http.GetAsync(address);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_schedule_that_is_open_follows_what_somebody_else_plans()
    {
        var desk = await product.FoundAsync("production");
        var id = await desk.AddProjectAsync("Undertow", ("shootDate", Day(3)), ("deliveryDate", Day(40)));
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/schedule?tasks=on");
        var schedule = window.Page.GetByRole(AriaRole.Grid, new() { Name = "Projects over time" });
        await Expect(schedule.GetByRole(AriaRole.Gridcell, new() { NameRegex = new Regex("^Shoot") })).ToBeVisibleAsync();
        await using var other = await product.OpenAsync();
        await other.SignInAsync(desk);
        await other.Page.GotoAsync("/projects?view=calendar&preset=all");
        await Expect(other.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Shoot: Undertow") }).First).ToBeVisibleAsync();
        await window.Page.WaitForTimeoutAsync(1_500);

        await product.PostAsync("/api/v1/production/tasks", desk.Token, new { projectId = id, title = "Rough cut", start = Day(4), due = Day(8) });
        await product.PostAsync("/api/v1/production/milestones", desk.Token, new { projectId = id, name = "Picture lock", date = Day(4) });

        await Expect(schedule.GetByRole(AriaRole.Gridcell, new() { NameRegex = new Regex("^Rough cut") })).ToBeVisibleAsync();
        await Expect(schedule.GetByRole(AriaRole.Gridcell, new() { NameRegex = new Regex("^Picture lock") })).ToBeVisibleAsync();
        await Expect(other.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Picture lock: Undertow") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_note_and_the_end_of_a_stage_are_kept_where_it_stands_and_taken_back()
    {
        var desk = await product.FoundAsync("production");
        var id = await desk.AddProjectAsync("Undertow", ("shootDate", Day(-9)), ("deliveryDate", Day(40)));
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync($"/projects/{id}");
        var box = window.Page.Locator(".stage-strip__box").Filter(new() { HasText = "Shoot" });
        await box.ClickAsync();
        var stage = window.Page.GetByRole(AriaRole.Dialog, new() { Name = "Shoot" });
        await stage.GetByRole(AriaRole.Textbox, new() { Name = "Note" }).FillAsync("Harbour, early call");
        await window.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(JsonValueKind.Null, (await desk.ProjectAsync(id)).GetProperty("shootNote").ValueKind);

        await box.ClickAsync();
        await stage.GetByRole(AriaRole.Group, new() { Name = "Done on" }).GetByRole(AriaRole.Spinbutton).First.ClickAsync();
        var done = DateOnly.Parse(Day(-7), CultureInfo.InvariantCulture);
        await window.Page.Keyboard.TypeAsync(done.ToString("ddMMyyyy", CultureInfo.InvariantCulture));
        await stage.GetByRole(AriaRole.Textbox, new() { Name = "Note" }).FillAsync("Harbour, early call");
        await window.Page.Keyboard.PressAsync("Enter");

        await Expect(box).ToContainTextAsync("Harbour, early call");
        await Expect(box).ToContainTextAsync("Done");
        await Expect(window.Page.GetByText("1 date changed")).ToBeVisibleAsync();
        var kept = await desk.ProjectAsync(id);
        Assert.Equal(("Harbour, early call", Day(-7)), (kept.GetProperty("shootNote").GetString(), kept.GetProperty("shootDoneDate").GetString()));
        Assert.Empty(await window.AccessibilityFaultsAsync(product));
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(box).Not.ToContainTextAsync("Harbour");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task The_calendar_shows_the_kinds_of_dates_its_address_asks_for()
    {
        var desk = await product.FoundAsync("production");
        var id = await desk.AddProjectAsync("Undertow", ("shootDate", Day(0)), ("gradeDate", Day(0)), ("deliveryDate", Day(40)));
        await product.PostAsync("/api/v1/production/milestones", desk.Token, new { projectId = id, name = "Picture lock", date = Day(0) });
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/projects?view=calendar&preset=all");
        var (shoot, grade, milestone) = (Event("Shoot"), Event("Grade"), Event("Picture lock"));
        await Expect(shoot).ToBeVisibleAsync();
        await Expect(milestone).ToBeVisibleAsync();

        var shown = window.Page.GetByRole(AriaRole.Group, new() { Name = "What is shown" });
        await shown.GetByRole(AriaRole.Button, new() { Name = "Shoot" }).ClickAsync();
        await Expect(shoot).ToHaveCountAsync(0);
        await shown.GetByRole(AriaRole.Button, new() { Name = "Milestones" }).ClickAsync();
        await Expect(milestone).ToHaveCountAsync(0);
        await window.Page.ReloadAsync();
        await Expect(grade).ToBeVisibleAsync();
        await Expect(shoot).ToHaveCountAsync(0);
        await Expect(milestone).ToHaveCountAsync(0);
        Assert.Empty(await window.AccessibilityFaultsAsync(product));

        ILocator Event(string what) => window.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{what}: Undertow") });
    }

    [Fact]
    public async Task A_finger_that_stays_moves_a_stage_and_one_that_goes_on_scrolls()
    {
        var desk = await product.FoundAsync("production");
        var id = await desk.AddProjectAsync("Undertow", ("shootDate", Day(2)), ("shootEndDate", Day(6)), ("deliveryDate", Day(60)));
        await using var window = await product.OpenAsync(360, 740, touch: true);
        await window.SignInAsync(desk);
        await window.Page.GotoAsync("/schedule");
        await Expect(window.Page.GetByText("Hold a bar to move it")).ToBeVisibleAsync();
        var bar = window.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new Regex("^Shoot") });
        var finger = await window.Context.NewCDPSessionAsync(window.Page);
        var place = (await bar.BoundingBoxAsync())!;
        var (x, y) = (place.X + (place.Width / 2), place.Y + (place.Height / 2));

        await SweepAsync(-12, holds: true);
        await Expect(window.Page.GetByText("Shoot moved")).ToBeVisibleAsync();
        var moved = (await desk.ProjectAsync(id)).GetProperty("shootDate").GetString()!;
        Assert.True(DateOnly.Parse(moved, CultureInfo.InvariantCulture) < DateOnly.Parse(Day(2), CultureInfo.InvariantCulture), $"It begins on {moved}.");

        var before = (await bar.BoundingBoxAsync())!;
        (x, y) = (before.X + (before.Width / 2), before.Y + (before.Height / 2));
        await SweepAsync(+12);
        await Expect(window.Page.Locator(".timeline-item--moving")).ToHaveCountAsync(0);
        Assert.True((await bar.BoundingBoxAsync())!.X > before.X, "A finger that goes on scrolls.");
        Assert.Equal(moved, (await desk.ProjectAsync(id)).GetProperty("shootDate").GetString());

        async Task SweepAsync(int pixels, bool holds = false)
        {
            await TouchAsync("touchStart", x);
            if (holds)
            {
                await Expect(window.Page.Locator(".timeline-item--moving")).ToBeVisibleAsync();
            }

            for (var step = 1; step <= 6; step++)
            {
                await TouchAsync("touchMove", x + (step * pixels));
            }

            await TouchAsync("touchEnd");
        }

        Task TouchAsync(string type, float? at = null) => finger.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = type,
            ["touchPoints"] = at is { } there ? new object[] { new { x = there, y } } : [],
        });
    }

    [Fact]
    public async Task Students_find_no_budget_on_their_screens()
    {
        var desk = await product.FoundAsync("production");
        var (student, email) = await desk.AddUserAsync("Sofia Marchetti", "student");
        var id = (await product.PostAsync("/api/v1/production/projects", desk.Token, new { title = "Undertow", budgetAmount = 48_213.5m })).GetProperty("id").GetGuid();
        var row = await desk.AddStudentAsync("Sofia", "Marchetti", student);
        await product.PostAsync("/api/v1/production/crew", desk.Token, new { projectId = id, studentId = row, crewRole = "director" });
        await using var window = await product.OpenAsync();
        await window.SignInAsync(desk, email);
        await window.Page.GotoAsync($"/projects/{id}");

        await Expect(window.Page.GetByText("Academic year").First).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("Budget")).ToHaveCountAsync(0);
        await Expect(window.Page.GetByText("Currency")).ToHaveCountAsync(0);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_workspace_with_two_modules_begins_with_one_dashboard_of_both()
    {
        var desk = await product.FoundAsync(["recruiting", "production"]);
        await desk.AddProjectAsync("Undertow");
        await desk.AddCandidateAsync("Jonas Weber");
        await using var window = await product.OpenAsync();
        await window.SignInByFormAsync(desk);

        await Expect(window.Page).ToHaveURLAsync(new Regex("/dashboard$"));
        await Expect(window.Page.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Link, new() { Name = "Dashboard" })).ToHaveCountAsync(1);
        var page = window.Page.GetByRole(AriaRole.Region, new() { Name = "Dashboard" });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Production" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Recruiting" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Open projects") })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Candidates") }).First).ToBeVisibleAsync();
        Assert.Empty(await window.AccessibilityFaultsAsync(product));
        Assert.Empty(window.Complaints);
    }

    private static async Task PressAsync(Window window, params string[] keys)
    {
        foreach (var key in keys)
        {
            await window.Page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>Types into the cell that has the focus, and leaves it with Enter; done when the server has answered.</summary>
    private static async Task TypeAsync(Window window, string text)
    {
        await window.Page.Keyboard.PressAsync(text[..1]);
        await Expect(window.Page.GetByPlaceholder("Type a date")).ToBeFocusedAsync();
        await window.Page.Keyboard.TypeAsync(text[1..]);
        await window.Page.RunAndWaitForResponseAsync(() => window.Page.Keyboard.PressAsync("Enter"), answer => answer.Request.Method == "PATCH");
        await Expect(window.Page.GetByPlaceholder("Type a date")).ToHaveCountAsync(0);
    }

    /// <summary>The cell of the only project in the grid, by its stage.</summary>
    private static ILocator Cell(ILocator grid, string stage) =>
        grid.GetByRole(AriaRole.Gridcell).Nth(Array.IndexOf(["Status", "Shoot", "Grade", "Mix", "Delivery", "Producer"], stage));

    /// <summary>The next Monday, in sight of today.</summary>
    private static DateOnly Monday()
    {
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(1);
        return day.AddDays((8 - (int)day.DayOfWeek) % 7);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A civil date so many days from today, in the workspace's zone.</summary>
    private static string Day(int fromToday) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich")).Date).AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
