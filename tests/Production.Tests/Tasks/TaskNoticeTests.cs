using Tessera.Testing;

namespace Tessera.Production.Tests.Tasks;

/// <summary>Who is told of a task.</summary>
public sealed class TaskNoticeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_student_who_signs_in_is_told_of_a_task_of_theirs_once()
    {
        var school = await api.FoundSchoolAsync();
        var (login, student, project) = await school.AddStudentLoginAsync();
        var task = (await school.Admin.Post("production/tasks", new { projectId = project, title = "Rough cut", assigneeIds = new[] { student } })).Must(201);
        (await school.Admin.Patch($"production/tasks/{task.Id}", new { title = "Rougher cut" }, version: 1)).Must(200);

        Assert.Equal(["task_assigned: A task for you: Rough cut"], await login.TitlesAsync());
    }

    [Fact]
    public async Task Who_answers_for_a_task_is_told_unless_they_took_it_themselves()
    {
        var school = await api.FoundSchoolAsync();
        var producer = await school.AddAsync("producer");
        var project = (await school.Admin.AddProjectAsync()).Id;
        await school.Admin.Post("production/tasks", new { projectId = project, title = "Rough cut", responsibleUserId = producer.UserId });
        await producer.Post("production/tasks", new { projectId = project, title = "Their own", responsibleUserId = producer.UserId });

        Assert.Equal(["task_assigned: You answer for the task Rough cut"], await producer.TitlesAsync());
    }

    [Fact]
    public async Task Nobody_is_told_of_a_task_that_is_done()
    {
        var school = await api.FoundSchoolAsync();
        var producer = await school.AddAsync("producer");
        var done = (await school.Admin.Get("production/task-statuses")).Items.Single(s => s.GetProperty("shortName").GetString() == "DONE").GetProperty("id").GetGuid();
        await school.Admin.Post("production/tasks", new { projectId = (await school.Admin.AddProjectAsync()).Id, title = "Long since done", statusId = done, responsibleUserId = producer.UserId });

        Assert.Empty(await producer.ToldAsync());
    }
}
