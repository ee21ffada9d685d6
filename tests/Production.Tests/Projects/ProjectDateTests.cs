using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Production.Tests.Projects;

public sealed class ProjectDateTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("shootDate")]
    [InlineData("gradeDate")]
    [InlineData("mixDate")]
    public async Task A_stage_cannot_be_after_the_delivery(string stage)
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var body = new Dictionary<string, object?> { ["title"] = "Night Bus", ["code"] = Samples.NewCode(), ["deliveryDate"] = "2026-05-05", [stage] = "2026-05-06" };

        Assert.Equal([stage], (await admin.Post("production/projects", body)).Must(400, "validation_failed").Faults);

        body[stage] = "2026-05-05";
        (await admin.Post("production/projects", body)).Must(201);
    }

    [Fact]
    public async Task Dates_are_compared_only_where_both_are_known()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;

        var project = await admin.AddProjectAsync(new { shootDate = "2026-09-01" });

        Assert.Equal(JsonValueKind.Null, project["deliveryDate"].ValueKind);
        Assert.Equal(["shootDate"], (await admin.Patch($"production/projects/{project.Id}", new { deliveryDate = "2026-08-31" }, version: 1)).Must(400).Faults);
    }

    [Fact]
    public async Task A_grade_or_mix_before_the_shoot_is_a_warning_and_no_refusal()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;

        var project = await admin.AddProjectAsync(new { shootDate = "2026-04-14", gradeDate = "2026-04-13", mixDate = "2026-04-10", deliveryDate = "2026-06-30" });

        Assert.Equal([("grade_before_shoot", "gradeDate"), ("mix_before_shoot", "mixDate")], Warnings(project).Order());
    }

    [Fact]
    public async Task Grade_and_mix_run_in_parallel_in_any_order()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;

        Assert.Empty(Warnings(await admin.AddProjectAsync(new { shootDate = "2026-04-14", gradeDate = "2026-05-20", mixDate = "2026-05-12", deliveryDate = "2026-06-30" })));
        Assert.Empty(Warnings(await admin.AddProjectAsync(new { shootDate = "2026-04-14", gradeDate = "2026-05-12", mixDate = "2026-05-20", deliveryDate = "2026-06-30" })));
    }

    [Fact]
    public async Task A_weekend_or_a_holiday_is_a_warning_by_the_schools_own_calendar()
    {
        var school = await api.FoundSchoolAsync();
        var settings = (await school.Admin.Get("settings")).Must(200);
        (await school.Admin.Put(
            "settings",
            new { name = "School", timeZone = "Europe/Zurich", modules = new { production = new { workDays = new[] { "tuesday", "wednesday", "thursday", "friday", "saturday" }, holidays = new[] { new { date = "2026-05-01", name = "Labour Day" } } } } },
            settings.Version)).Must(200);

        var project = await school.Admin.AddProjectAsync(new { shootDate = "2026-04-25", gradeDate = "2026-05-01", mixDate = "2026-05-04", deliveryDate = "2026-06-30" });

        // Saturday is a work day here, Monday is not.
        Assert.Equal([("holiday", "gradeDate"), ("weekend", "mixDate")], Warnings(project).Order());
    }

    [Theory]
    [InlineData("Pacific/Chatham")]
    [InlineData("Pacific/Pago_Pago")]
    [InlineData("Europe/Berlin")]
    public async Task A_civil_date_is_the_same_everywhere(string timeZone)
    {
        var school = await api.FoundSchoolAsync(timeZone);

        var project = await school.Admin.AddProjectAsync(new { shootDate = "2028-02-29", deliveryDate = "2028-03-26" });
        var read = (await school.Admin.Get($"production/projects/{project.Id}")).Must(200);

        Assert.Equal(("2028-02-29", "2028-03-26"), (read["shootDate"].GetString(), read["deliveryDate"].GetString()));
        Assert.Single((await school.Admin.Get("production/projects?shootDate=2028-02-29")).Must(200).Items);
    }

    [Fact]
    public async Task A_stage_has_an_end_only_with_a_beginning_and_not_before_it()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;

        Assert.Equal(["shootEndDate"], (await admin.Post("production/projects", new { title = "A", shootEndDate = "2026-04-14" })).Must(400).Faults);
        Assert.Equal(["shootEndDate"], (await admin.Post("production/projects", new { title = "A", shootDate = "2026-04-14", shootEndDate = "2026-04-13" })).Must(400).Faults);
        Assert.Equal(["shootEndDate"], (await admin.Post("production/projects", new { title = "A", shootDate = "2026-04-14", shootEndDate = "2026-04-20", deliveryDate = "2026-04-19" })).Must(400).Faults);
    }

    [Fact]
    public async Task A_stage_that_is_done_warns_of_no_day_off()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;

        var project = await admin.AddProjectAsync(new { shootDate = "2026-02-14", shootDoneDate = "2026-02-15", gradeDate = "2026-04-18", deliveryDate = "2026-06-30" });

        Assert.Equal([("weekend", "gradeDate")], Warnings(project));
    }

    [Theory]
    [InlineData("delivered")]
    [InlineData("archived")]
    [InlineData("cancelled")]
    public async Task A_project_that_is_over_warns_of_no_date_and_nothing_of_it_is_late(string status)
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var dates = new { shootDate = "2026-02-14", gradeDate = "2026-02-13", deliveryDate = "2026-02-15", status };
        var project = await admin.AddProjectAsync(dates);
        var task = await admin.AddTaskAsync(project.Id, due: new DateOnly(2026, 2, 10));
        var milestone = (await admin.Post("production/milestones", new { projectId = project.Id, name = "Lock", date = "2026-02-14" })).Must(201);

        Assert.Empty(Warnings(project));
        Assert.All([project, task, milestone], one => Assert.False(one["overdue"].GetBoolean()));
        Assert.Empty(Warnings(milestone));
        var items = (await admin.Get("production/schedule/calendar?from=2026-02-01&to=2026-02-28")).Must(200)["items"].EnumerateArray().ToList();
        Assert.Equal(5, items.Count);
        Assert.All(items, item => Assert.False(item.GetProperty("overdue").GetBoolean()));
        Assert.All(items, item => Assert.Equal(JsonValueKind.Null, item.GetProperty("warning").ValueKind));
        Assert.Equal(0, (await admin.Get("production/dashboard")).Must(200)["cards"].GetProperty("overdueTasks").GetInt32());
    }

    [Fact]
    public async Task A_project_is_overdue_when_its_delivery_has_passed_and_it_is_still_open()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;

        var late = await admin.AddProjectAsync(new { deliveryDate = "2026-03-01", status = "post_production" });
        var today = await admin.AddProjectAsync(new { deliveryDate = "2026-03-02", status = "post_production" });
        var delivered = await admin.AddProjectAsync(new { deliveryDate = "2026-03-01", status = "delivered" });

        Assert.Equal([true, false, false], new[] { late, today, delivered }.Select(p => p["overdue"].GetBoolean()));
        Assert.Equal("post_production", late["status"].GetString());
    }

    [Fact]
    public async Task Nothing_was_over_on_a_day_still_to_come()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;

        Assert.Equal(["shootDoneDate"], (await admin.Post("production/projects", new { title = "A", shootDoneDate = "2026-03-03" })).Must(400).Faults);
    }

    private static IEnumerable<(string, string)> Warnings(Answer project) =>
        project["warnings"].EnumerateArray().Select(w => (w.GetProperty("code").GetString()!, w.GetProperty("field").GetString()!));
}
