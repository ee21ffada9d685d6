using Tessera.Testing;

namespace Tessera.Production.Tests;

public sealed class DashboardTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_dashboard_counts_by_status_and_names_what_is_next_and_what_is_late()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var late = await admin.AddProjectAsync(new { title = "Late", status = "post_production", deliveryDate = "2026-02-20" });
        await admin.AddProjectAsync(new { title = "Next", status = "planned", shootDate = "2026-03-10", deliveryDate = "2026-05-01" });
        await admin.AddProjectAsync(new { title = "Delivered", status = "delivered", deliveryDate = "2026-02-20" });
        await admin.AddProjectAsync(new { title = "Waiting", status = "on_hold", shootDate = "2026-03-11" });
        (await admin.Post("production/milestones", new { projectId = late.Id, name = "Premiere", date = "2026-03-05" })).Must(201);

        var view = (await admin.Get("production/dashboard")).Must(200);

        Assert.Equal((3, 1), (view["cards"].GetProperty("openProjects").GetInt32(), view["cards"].GetProperty("overdueProjects").GetInt32()));
        Assert.Equal(9, view["byStatus"].GetArrayLength());
        Assert.Equal(["Premiere", "Next"], view["upcoming"].EnumerateArray().Select(u => u.GetProperty("title").GetString()));
        var overdue = Assert.Single(view["overdue"].EnumerateArray());
        Assert.Equal((late.Id, 10), (overdue.GetProperty("id").GetGuid(), overdue.GetProperty("daysLate").GetInt32()));
    }

    [Fact]
    public async Task Tasks_of_a_closed_project_are_late_neither_on_the_dashboard_nor_in_the_list_it_opens()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var open = await admin.AddProjectAsync(new { title = "Open", status = "shooting" });
        var closed = await admin.AddProjectAsync(new { title = "Closed", status = "delivered", deliveryDate = "2026-02-20" });
        foreach (var project in new[] { open, closed })
        {
            (await admin.Post("production/tasks", new { projectId = project.Id, title = "Grade", due = "2026-02-20" })).Must(201);
        }

        var view = (await admin.Get("production/dashboard")).Must(200);
        var list = (await admin.Get($"production/tasks?projectStatus=idea,planned,pre_production,shooting,post_production,on_hold&doneAt.null=true&due.lt={view["today"].GetString()}")).Must(200);

        Assert.Equal(1, view["cards"].GetProperty("overdueTasks").GetInt32());
        Assert.Equal(open.Id, Assert.Single(list["items"].EnumerateArray()).GetProperty("projectId").GetGuid());
    }

    [Fact]
    public async Task A_delivery_of_several_days_is_late_once_its_last_one_has_passed_on_the_dashboard_and_in_the_list_it_opens()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        await admin.AddProjectAsync(new { title = "Under way", status = "post_production", deliveryDate = "2026-02-20", deliveryEndDate = "2026-03-02" });
        var late = await admin.AddProjectAsync(new { title = "Over", status = "on_hold", deliveryDate = "2026-02-20", deliveryEndDate = "2026-03-01" });

        var view = (await admin.Get("production/dashboard")).Must(200);
        var list = (await admin.Get($"production/projects?status=idea,planned,pre_production,shooting,post_production,on_hold&deliveryDue.lt={view["today"].GetString()}")).Must(200);

        Assert.Equal(1, view["cards"].GetProperty("overdueProjects").GetInt32());
        var row = Assert.Single(list["items"].EnumerateArray());
        Assert.Equal((late.Id, true, "2026-03-01"), (row.GetProperty("id").GetGuid(), row.GetProperty("overdue").GetBoolean(), row.GetProperty("deliveryDue").GetString()));
        Assert.Equal(late.Id, Assert.Single(view["overdue"].EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Today_is_the_schools_own_day()
    {
        var chatham = (await api.FoundSchoolAsync("Pacific/Chatham")).Admin;
        var pagoPago = (await api.FoundSchoolAsync("Pacific/Pago_Pago")).Admin;

        // 2 March 2026 09:00 UTC: 22:45 there, and one day earlier, 22:00, here.
        Assert.Equal(("2026-03-02", "2026-03-01"), ((await chatham.Get("production/dashboard")).Must(200)["today"].GetString(), (await pagoPago.Get("production/dashboard")).Must(200)["today"].GetString()));
    }

    [Fact]
    public async Task Whoever_leaves_hands_over_open_projects_and_tasks()
    {
        var school = await api.FoundSchoolAsync();
        var (leaving, staying) = (await school.AddAsync("producer"), await school.AddAsync("producer"));
        var project = await school.Admin.AddProjectAsync(new { producerUserId = leaving.UserId });
        var task = (await school.Admin.Post("production/tasks", new { projectId = project.Id, title = "Permits", responsibleUserId = leaving.UserId })).Must(201);

        (await school.Admin.Post($"users/{leaving.UserId}/hand-over", new { toUserId = staying.UserId })).Must(204);

        Assert.Equal(staying.UserId, (await school.Admin.Get($"production/projects/{project.Id}")).Must(200)["producerUserId"].GetGuid());
        Assert.Equal(staying.UserId, (await school.Admin.Get($"production/tasks/{task.Id}")).Must(200)["responsibleUserId"].GetGuid());
    }
}
