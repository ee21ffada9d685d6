using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Production.Tests.Tasks;

public sealed class TaskTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_new_school_has_statuses_and_kinds_of_work_and_a_new_task_gets_the_default()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var statuses = (await admin.Get("production/task-statuses")).Must(200).Items;

        var task = await admin.AddTaskAsync((await admin.AddProjectAsync()).Id);

        Assert.Equal(["TODO", "READY", "WIP", "WFA", "RETAKE", "DONE"], statuses.Select(s => s.GetProperty("shortName").GetString()));
        Assert.Equal("To do", task["statusName"].GetString());
        Assert.NotEmpty((await admin.Get("production/task-types")).Must(200).Items);
    }

    [Fact]
    public async Task A_task_is_done_when_its_status_means_done_and_open_again_when_it_does_not()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = (await admin.AddProjectAsync()).Id;
        var task = await admin.AddTaskAsync(project);

        var done = (await admin.Patch($"production/tasks/{task.Id}", new { statusId = await StatusAsync(admin, "DONE") }, version: 1)).Must(200);
        var tasksDone = (await admin.Get($"production/projects/{project}")).Must(200)["tasksDone"].GetInt32();
        var open = (await admin.Patch($"production/tasks/{task.Id}", new { statusId = await StatusAsync(admin, "WIP") }, version: 2)).Must(200);

        Assert.Equal((true, 100, 1), (done["isDone"].GetBoolean(), done["completion"].GetInt32(), tasksDone));
        Assert.Equal((false, JsonValueKind.Null), (open["isDone"].GetBoolean(), open["doneAt"].ValueKind));
    }

    [Fact]
    public async Task Restoring_a_task_that_only_its_project_keeps_out_of_sight_changes_nothing()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = (await admin.AddProjectAsync()).Id;
        var task = await admin.AddTaskAsync(project);
        (await admin.Delete($"production/projects/{project}")).Must(204);

        Assert.Equal(1, (await admin.Post($"production/tasks/{task.Id}/restore")).Must(200).Version);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("sql")]
    [InlineData("xlsx")]
    public async Task A_file_of_tasks_whose_kind_of_work_is_in_the_trash_changes_nothing_when_it_is_read_again(string format)
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var kind = (await admin.Post("production/task-types", new { name = "Foley", shortName = "FOL", color = "#445566" })).Must(201).Id;
        (await admin.Post("production/tasks", new { projectId = (await admin.AddProjectAsync()).Id, title = "Steps", taskTypeId = kind })).Must(201);
        (await admin.Delete($"production/task-types/{kind}")).Must(204);

        var file = await admin.ExportedAsync("production/tasks", format);

        Assert.Equal("unchanged 1", (await admin.CheckedAsync("production/tasks", file)).Counts());
    }

    [Fact]
    public async Task Each_time_a_task_is_sent_back_counts_a_retake()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var task = await admin.AddTaskAsync((await admin.AddProjectAsync()).Id);
        var (retake, wip) = (await StatusAsync(admin, "RETAKE"), await StatusAsync(admin, "WIP"));

        (await admin.Patch($"production/tasks/{task.Id}", new { statusId = retake }, version: 1)).Must(200);
        (await admin.Patch($"production/tasks/{task.Id}", new { title = "Rough cut 2" }, version: 2)).Must(200);
        (await admin.Patch($"production/tasks/{task.Id}", new { statusId = wip }, version: 3)).Must(200);

        Assert.Equal(2, (await admin.Patch($"production/tasks/{task.Id}", new { statusId = retake }, version: 4)).Must(200)["retakeCount"].GetInt32());
    }

    [Fact]
    public async Task One_status_is_the_default_and_a_status_in_use_stays()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        await admin.AddTaskAsync((await admin.AddProjectAsync()).Id);
        var (todo, ready) = (await StatusAsync(admin, "TODO"), await StatusAsync(admin, "READY"));

        (await admin.Delete($"production/task-statuses/{todo}")).Must(409, "default_needed");
        (await admin.Patch($"production/task-statuses/{ready}", new { isDefault = true }, version: 1)).Must(200);
        (await admin.Delete($"production/task-statuses/{todo}")).Must(409, "in_use");

        Assert.Equal(["READY"], (await admin.Get("production/task-statuses")).Must(200).Items.Where(s => s.GetProperty("isDefault").GetBoolean()).Select(s => s.GetProperty("shortName").GetString()));
        (await admin.Patch($"production/task-statuses/{ready}", new { isDefault = false }, version: 2)).Must(409, "default_needed");
        (await admin.Patch($"production/task-statuses/{todo}", new { isDefault = true, name = "Next" }, version: 2)).Must(200);
        Assert.Equal((3, true, "Next"), ((await admin.Get($"production/task-statuses/{todo}")).Must(200)["version"].GetInt32(), (await admin.Get($"production/task-statuses/{todo}")).Must(200)["isDefault"].GetBoolean(), (await admin.Get($"production/task-statuses/{todo}")).Must(200)["name"].GetString()));
        Assert.False((await admin.Get($"production/task-statuses/{ready}")).Must(200)["isDefault"].GetBoolean());
        Assert.Equal(["isDone"], (await admin.Post("production/task-statuses", new { name = "Both", shortName = "B", color = "#112233", isDone = true, isWip = true })).Must(400).Faults);
    }

    [Fact]
    public async Task A_task_names_a_project_a_status_and_students_of_this_school()
    {
        var (admin, other) = ((await api.FoundSchoolAsync()).Admin, (await api.FoundSchoolAsync()).Admin);
        var project = (await admin.AddProjectAsync()).Id;

        Assert.Equal(["projectId"], (await admin.Post("production/tasks", new { projectId = (await other.AddProjectAsync()).Id, title = "A" })).Must(404).Faults);
        Assert.Equal(["statusId"], (await admin.Post("production/tasks", new { projectId = project, title = "A", statusId = await StatusAsync(other, "WIP") })).Must(404).Faults);
        Assert.Equal(["assigneeIds"], (await admin.Post("production/tasks", new { projectId = project, title = "A", assigneeIds = new[] { (await other.AddStudentAsync()).Id } })).Must(404).Faults);
        Assert.Equal(["due"], (await admin.Post("production/tasks", new { projectId = project, title = "A", start = "2026-04-02", due = "2026-04-01" })).Must(400).Faults);
        Assert.Equal(["difficulty"], (await admin.Post("production/tasks", new { projectId = project, title = "A", difficulty = 6 })).Must(400).Faults);
    }

    [Fact]
    public async Task My_tasks_are_those_I_answer_for_and_those_I_am_assigned_to_on_all_projects()
    {
        var school = await api.FoundSchoolAsync();
        var (login, studentId, mine) = await school.AddStudentLoginAsync();
        var assigned = (await school.Admin.Post("production/tasks", new { projectId = mine, title = "Cut", assigneeIds = new[] { studentId }, due = "2026-02-01" })).Must(201);
        var answered = (await school.Admin.Post("production/tasks", new { projectId = (await school.Admin.AddProjectAsync()).Id, title = "Permits", responsibleUserId = school.Admin.UserId })).Must(201);
        await school.Admin.AddTaskAsync(mine, "Nobody's");

        var theirs = Assert.Single((await login.Get("production/tasks/mine")).Must(200).Items);

        Assert.Equal((assigned.Id, true), (theirs.GetProperty("id").GetGuid(), theirs.GetProperty("overdue").GetBoolean()));
        Assert.Equal([answered.Id], (await school.Admin.Get("production/tasks/mine")).Must(200).Items.Select(t => t.GetProperty("id").GetGuid()));
        Assert.Empty((await login.Get("production/tasks/mine?done=true")).Must(200).Items);
    }

    [Fact]
    public async Task Who_does_a_task_says_how_far_it_is_and_nobody_else_who_may_only_read()
    {
        var school = await api.FoundSchoolAsync();
        var (login, studentId, mine) = await school.AddStudentLoginAsync();
        var task = (await school.Admin.Post("production/tasks", new { projectId = mine, title = "Cut", assigneeIds = new[] { studentId } })).Must(201);
        var notTheirs = await school.Admin.AddTaskAsync(mine, "Nobody's");
        var elsewhere = await school.Admin.AddTaskAsync((await school.Admin.AddProjectAsync()).Id);

        var reported = (await login.Post($"production/tasks/{task.Id}/progress", new { statusId = await StatusAsync(login, "WIP"), completion = 40 })).Must(200);

        Assert.Equal(("Work in progress", 40), (reported["statusName"].GetString(), reported["completion"].GetInt32()));
        (await login.Post($"production/tasks/{notTheirs.Id}/progress", new { completion = 40 })).Must(403, "not_assigned");
        (await login.Post($"production/tasks/{elsewhere.Id}/progress", new { completion = 40 })).Must(404);
    }

    [Fact]
    public async Task A_task_dragged_to_another_day_stays_as_long_as_it_was()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var task = (await admin.Post("production/tasks", new { projectId = (await admin.AddProjectAsync()).Id, title = "Cut", start = "2026-04-01", due = "2026-04-05" })).Must(201);

        var moved = (await admin.Post($"production/tasks/{task.Id}/reschedule", new { start = "2026-04-11" })).Must(200);

        Assert.Equal(("2026-04-11", "2026-04-15"), (moved["start"].GetString(), moved["due"].GetString()));
    }

    private static async Task<Guid> StatusAsync(Client person, string shortName) =>
        (await person.Get("production/task-statuses")).Must(200).Items.First(s => s.GetProperty("shortName").GetString() == shortName).GetProperty("id").GetGuid();
}
