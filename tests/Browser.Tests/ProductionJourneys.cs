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
}
