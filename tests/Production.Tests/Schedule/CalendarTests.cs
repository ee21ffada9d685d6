using Tessera.Testing;

namespace Tessera.Production.Tests.Schedule;

public sealed class CalendarTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_calendar_shows_stages_milestones_and_tasks_that_touch_the_range()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = (await admin.AddProjectAsync(new { shootDate = "2026-03-28", shootEndDate = "2026-04-01", gradeDate = "2026-03-31", mixDate = "2026-05-02", deliveryDate = "2026-05-30" })).Id;
        (await admin.Post("production/milestones", new { projectId = project, name = "Lock", date = "2026-04-30" })).Must(201);
        (await admin.Post("production/tasks", new { projectId = project, title = "Cut", start = "2026-03-01", due = "2026-05-01" })).Must(201);
        await admin.AddTaskAsync(project, "Later", new DateOnly(2026, 5, 1));

        var items = (await admin.Get("production/schedule/calendar?from=2026-04-01&to=2026-04-30")).Must(200)["items"].EnumerateArray().Select(i => i.GetProperty("kind").GetString());
        var deliveries = (await admin.Get("production/schedule/calendar?from=2026-04-01&to=2026-06-30&kinds=delivery,mix")).Must(200)["items"].EnumerateArray();

        Assert.Equal(["task", "shoot", "milestone"], items);
        Assert.Equal([("mix", "weekend"), ("delivery", "weekend")], deliveries.Select(i => (i.GetProperty("kind").GetString(), i.GetProperty("warning").GetProperty("code").GetString())));
        (await admin.Get("production/schedule/calendar?from=2026-04-01&to=2026-03-31")).Must(400);
        (await admin.Get("production/schedule/calendar?from=2026-04-01&to=2026-12-31")).Must(400);
        Assert.Equal(["kinds"], (await admin.Get("production/schedule/calendar?from=2026-04-01&to=2026-04-02&kinds=party")).Must(400).Faults);
    }

    [Fact]
    public async Task The_timeline_shows_what_was_planned_beside_what_happened()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = (await admin.AddProjectAsync(new { status = "post_production", shootDate = "2026-02-10", shootEndDate = "2026-02-12", shootDoneDate = "2026-02-14", deliveryDate = "2026-05-30" })).Id;
        await admin.AddProjectAsync(new { shootDate = "2027-02-10" });
        await admin.AddTaskAsync(project, due: new DateOnly(2026, 2, 20));
        (await admin.Post("production/milestones", new { projectId = project, name = "Lock", date = "2026-04-30" })).Must(201);

        var view = (await admin.Get("production/schedule/timeline?from=2026-03-01&to=2026-04-30&status=post_production,shooting")).Must(200);

        var bars = Assert.Single(view["projects"].EnumerateArray());
        var shoot = bars.GetProperty("stages")[0];
        Assert.Equal(("2026-02-12", "2026-02-14", "done"), (shoot.GetProperty("endDate").GetString(), shoot.GetProperty("doneDate").GetString(), shoot.GetProperty("state").GetString()));
        Assert.True(bars.GetProperty("tasks")[0].GetProperty("overdue").GetBoolean());
        Assert.Single(bars.GetProperty("milestones").EnumerateArray());
        Assert.Equal(["status"], (await admin.Get("production/schedule/timeline?from=2026-03-01&to=2026-04-30&status=lost")).Must(400).Faults);
    }

    [Fact]
    public async Task A_milestone_on_a_weekend_is_a_warning_and_moves_by_dragging()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var milestone = (await admin.Post("production/milestones", new { projectId = (await admin.AddProjectAsync()).Id, name = "Premiere", date = "2026-04-25" })).Must(201);

        var moved = (await admin.Post($"production/milestones/{milestone.Id}/reschedule", new { date = "2026-04-27" })).Must(200);

        Assert.Equal("weekend", Assert.Single(milestone["warnings"].EnumerateArray()).GetProperty("code").GetString());
        Assert.Empty(moved["warnings"].EnumerateArray());
    }
}
