using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Production.Tests.Students;

/// <summary>What each role of a school may do.</summary>
public sealed class StudentRoleTests(Api api) : IClassFixture<Api>
{
    private static readonly string[] Lists = ["projects", "crew", "milestones", "tasks", "time-entries", "schedule-versions"];

    [Fact]
    public async Task A_student_sees_only_what_belongs_to_their_own_projects()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        var other = (await school.Admin.AddProjectAsync()).Id;
        foreach (var project in (Guid[])[mine, other])
        {
            var task = await school.Admin.AddTaskAsync(project);
            (await school.Admin.Post("production/time-entries", new { taskId = task.Id, date = "2026-03-02", minutes = 30 })).Must(201);
            (await school.Admin.Post("production/milestones", new { projectId = project, name = "Lock", date = "2026-04-01" })).Must(201);
            (await school.Admin.Post("production/schedule-versions", new { projectId = project, name = "Later" })).Must(201);
            await school.Admin.AddCrewAsync(project, (await school.Admin.AddStudentAsync()).Id, "editor");
        }

        foreach (var list in Lists)
        {
            var items = (await login.Get($"production/{list}")).Must(200).Items;

            Assert.NotEmpty(items);
            Assert.All(items, item => Assert.Equal(mine, item.GetProperty(list == "projects" ? "id" : "projectId").GetGuid()));
            Assert.Contains((await school.Admin.Get($"production/{list}")).Must(200).Items, item => item.GetProperty(list == "projects" ? "id" : "projectId").GetGuid() == other);
        }

        Assert.Equal(2, (await login.Get($"production/crew?projectId={mine}")).Must(200).Items.Count);
    }

    [Fact]
    public async Task Sums_boards_and_calendars_count_only_a_students_own_rows()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        var other = (await school.Admin.AddProjectAsync(new { shootDate = "2026-03-10", deliveryDate = "2026-03-20" })).Id;
        foreach (var project in (Guid[])[mine, other])
        {
            var task = await school.Admin.AddTaskAsync(project, due: new DateOnly(2026, 3, 9));
            (await school.Admin.Post("production/time-entries", new { taskId = task.Id, date = "2026-03-02", minutes = 30 })).Must(201);
        }

        var dashboard = (await login.Get("production/dashboard")).Must(200);
        var calendar = (await login.Get("production/schedule/calendar?from=2026-03-01&to=2026-03-31")).Must(200);
        var timeline = (await login.Get("production/schedule/timeline?from=2026-03-01&to=2026-03-31")).Must(200);
        var sums = (await login.Get("production/time-entries/sums?from=2026-03-01&to=2026-03-31")).Must(200);

        Assert.Equal(1, dashboard["byStatus"].EnumerateArray().Sum(s => s.GetProperty("count").GetInt32()));
        Assert.Equal((1, JsonValueKind.Null), (dashboard["cards"].GetProperty("openTasks").GetInt32(), dashboard["cards"].GetProperty("students").ValueKind));
        Assert.Empty(dashboard["upcoming"].EnumerateArray());
        Assert.Equal([mine], calendar["items"].EnumerateArray().Select(i => i.GetProperty("projectId").GetGuid()));
        Assert.Equal([mine], timeline["projects"].EnumerateArray().Select(p => p.GetProperty("id").GetGuid()));
        Assert.Equal(30, sums["minutes"].GetInt32());
        Assert.Equal([mine], (await login.Get("production/projects/grid")).Must(200).Items.Select(p => p.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task A_student_reads_their_own_row_but_no_list_of_students()
    {
        var school = await api.FoundSchoolAsync();
        var (login, studentId, _) = await school.AddStudentLoginAsync();
        var other = await school.Admin.AddStudentAsync();

        Assert.Equal(studentId, (await login.Get("production/students/me")).Must(200).Id);
        (await login.Get("production/students")).Must(403, "forbidden");
        (await login.Get($"production/students/{other.Id}")).Must(403);
        Assert.Equal([studentId], (await login.Get("production/students/lookup")).Must(200).Items.Select(s => s.GetProperty("id").GetGuid()));
        (await school.Admin.Get("production/students/me")).Must(404);
    }

    [Fact]
    public async Task A_student_changes_nothing_and_sees_no_money()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        (await school.Admin.Post("production/budgets", new { projectId = mine, department = "camera", month = "2026-03-01", plannedAmount = 100 })).Must(201);

        (await login.Patch($"production/projects/{mine}", new { title = "Mine" }, version: 1)).Must(403);
        (await login.Post($"production/projects/{mine}/move", new { status = "planned" })).Must(403);
        (await login.Post("production/tasks", new { projectId = mine, title = "A" })).Must(403);
        (await login.Get("settings")).Must(403);
        (await login.Get($"production/projects/{mine}/budget")).Must(403);
        Assert.Empty((await login.Get("production/budgets")).Must(200).Items);
    }

    [Fact]
    public async Task A_student_who_leaves_the_crew_loses_the_project_at_once()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        var crew = (await login.Get("production/crew")).Must(200).Items[0].GetProperty("id").GetGuid();

        (await school.Admin.Delete($"production/crew/{crew}")).Must(204);
        (await login.Get($"production/projects/{mine}")).Must(404);

        (await school.Admin.Post($"production/crew/{crew}/restore")).Must(200);
        (await login.Get($"production/projects/{mine}")).Must(200);
    }

    [Fact]
    public async Task A_producer_runs_everything_but_backups_and_people()
    {
        var school = await api.FoundSchoolAsync();
        var producer = await school.AddAsync("producer");

        var pages = (await producer.Get("auth/me")).Must(200)["pages"];

        Assert.All((string[])["dashboard", "projects", "students", "schedule", "settings"], page => Assert.Equal("write", pages.GetProperty(page).GetString()));
        (await producer.Get("users")).Must(403);
        Assert.False(pages.TryGetProperty("backup", out var backup) && backup.GetString() != "none");
        await producer.AddProjectAsync();
        await producer.AddStudentAsync();
    }
}
