using Tessera.Testing;

namespace Tessera.Production.Tests.Tasks;

public sealed class TimeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Time_is_whole_minutes_once_for_a_person_a_task_and_a_day()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var task = (await admin.AddTaskAsync((await admin.AddProjectAsync()).Id)).Id;
        var student = (await admin.AddStudentAsync()).Id;
        (await admin.Post("production/time-entries", new { taskId = task, studentId = student, date = "2026-03-02", minutes = 90 })).Must(201);

        (await admin.Post("production/time-entries", new { taskId = task, studentId = student, date = "2026-03-02", minutes = 15 })).Must(409, "duplicate_value");
        (await admin.Post("production/time-entries", new { taskId = task, studentId = student, date = "2026-03-03", minutes = 15 })).Must(201);
        (await admin.Post("production/time-entries", new { taskId = task, date = "2026-03-02", minutes = 15 })).Must(201);
        Assert.Equal(["minutes"], (await admin.Post("production/time-entries", new { taskId = task, date = "2026-03-04", minutes = 0 })).Must(400).Faults);
        (await admin.Post("production/time-entries", new { taskId = task, date = "2026-03-04", minutes = 1.5 })).Must(400);

        Assert.Equal(120, (await admin.Get($"production/tasks/{task}")).Must(200)["spentMin"].GetInt32());
    }

    [Theory]
    [InlineData("Pacific/Auckland")]
    [InlineData("Pacific/Chatham")]
    [InlineData("America/New_York")]
    public async Task Days_and_weeks_add_up_to_the_same_total_across_the_turn_of_the_year_in_every_zone(string timeZone)
    {
        var admin = (await api.FoundSchoolAsync(timeZone)).Admin;
        var task = (await admin.AddTaskAsync((await admin.AddProjectAsync()).Id)).Id;
        foreach (var (date, minutes) in ((string, int)[])[("2025-12-28", 10), ("2025-12-29", 20), ("2025-12-31", 30), ("2026-01-01", 40), ("2026-01-04", 50), ("2026-01-05", 60)])
        {
            (await admin.Post("production/time-entries", new { taskId = task, date, minutes })).Must(201);
        }

        var sums = (await admin.Get("production/time-entries/sums?from=2025-12-01&to=2026-01-31")).Must(200);

        Assert.Equal(210, sums["minutes"].GetInt32());
        Assert.Equal(210, sums["days"].EnumerateArray().Sum(d => d.GetProperty("minutes").GetInt32()));
        Assert.Equal([("2025-12-22", 10), ("2025-12-29", 140), ("2026-01-05", 60)], sums["weeks"].EnumerateArray().Select(w => (w.GetProperty("monday").GetString(), w.GetProperty("minutes").GetInt32())));
        Assert.Equal(140, (await admin.Get("production/time-entries/sums?from=2025-12-29&to=2026-01-04")).Must(200)["minutes"].GetInt32());
    }

    [Fact]
    public async Task A_students_own_minutes_of_a_day_are_written_down_once_however_often_they_are_sent()
    {
        var school = await api.FoundSchoolAsync();
        var (login, studentId, mine) = await school.AddStudentLoginAsync();
        var task = (await school.Admin.Post("production/tasks", new { projectId = mine, title = "Cut", assigneeIds = new[] { studentId } })).Must(201).Id;

        (await login.Post($"production/tasks/{task}/time", new { date = "2026-03-02", minutes = 60 })).Must(200);
        var entry = (await login.Post($"production/tasks/{task}/time", new { date = "2026-03-02", minutes = 75, note = "Scene 4" })).Must(200);

        Assert.Equal((studentId, 75), (entry["studentId"].GetGuid(), entry["minutes"].GetInt32()));
        Assert.Equal(75, (await login.Get($"production/tasks/{task}")).Must(200)["spentMin"].GetInt32());
    }
}
