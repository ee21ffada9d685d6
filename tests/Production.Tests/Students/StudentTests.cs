using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Production.Tests.Students;

public sealed class StudentTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Email_and_number_are_unique_among_live_students_and_the_number_keeps_its_zeros()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var first = (await admin.Post("production/students", new { firstName = "Noor", lastName = "Haddad", email = "Noor@School.test", studentNo = "000123" })).Must(201);

        Assert.Equal(["email"], (await admin.Post("production/students", new { firstName = "A", lastName = "B", email = "noor@school.TEST" })).Must(409, "duplicate_value").Faults);
        Assert.Equal(["studentNo"], (await admin.Post("production/students", new { firstName = "A", lastName = "B", studentNo = "000123" })).Must(409, "duplicate_value").Faults);
        Assert.Equal("000123", first["studentNo"].GetString());
        (await admin.Post("production/students", new { firstName = "A", lastName = "B", studentNo = "123" })).Must(201);
    }

    [Fact]
    public async Task A_student_in_the_trash_frees_email_and_number_and_comes_back_under_another()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var gone = (await admin.Post("production/students", new { firstName = "Noor", lastName = "Haddad", email = "noor@school.test" })).Must(201);
        (await admin.Delete($"production/students/{gone.Id}")).Must(204);
        var taken = (await admin.Post("production/students", new { firstName = "Noor", lastName = "Haddad", email = "noor@school.test" })).Must(201);

        Assert.Equal(taken.Id, (await admin.Post($"production/students/{gone.Id}/restore")).Must(409, "duplicate_value")["existingId"].GetGuid());
        Assert.Equal("noor2@school.test", (await admin.Post($"production/students/{gone.Id}/restore", new { change = new { email = "noor2@school.test" } })).Must(200)["email"].GetString());
    }

    [Fact]
    public async Task A_deleted_student_keeps_their_credits()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var student = await admin.AddStudentAsync("Ada", "Bauer");
        var project = await admin.AddProjectAsync();
        await admin.AddCrewAsync(project.Id, student.Id);

        (await admin.Delete($"production/students/{student.Id}")).Must(204);

        var credit = Assert.Single((await admin.Get($"production/crew?projectId={project.Id}")).Must(200).Items);
        Assert.Equal(("Ada Bauer", student.Id), (credit.GetProperty("creditedAs").GetString(), credit.GetProperty("studentId").GetGuid()));
        (await admin.Post("production/crew", new { projectId = project.Id, studentId = student.Id, crewRole = "editor" })).Must(404, "not_found");
    }

    [Fact]
    public async Task A_new_name_shows_in_credits_and_tasks_but_not_where_another_credit_was_asked_for()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var student = await admin.AddStudentAsync("Ada", "Bauer");
        var project = await admin.AddProjectAsync();
        await admin.AddCrewAsync(project.Id, student.Id);
        (await admin.Post("production/crew", new { projectId = project.Id, studentId = student.Id, crewRole = "editor", creditedAs = "A. B. Cutter" })).Must(201);
        var task = (await admin.Post("production/tasks", new { projectId = project.Id, title = "Cut", assigneeIds = new[] { student.Id } })).Must(201);

        (await admin.Patch($"production/students/{student.Id}", new { preferredName = "Addy" }, version: 1)).Must(200);

        Assert.Equal(["A. B. Cutter", "Addy Bauer"], (await admin.Get($"production/crew?projectId={project.Id}")).Must(200).Items.Select(c => c.GetProperty("creditedAs").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(["Addy Bauer"], (await admin.Get($"production/tasks/{task.Id}")).Must(200)["assigneeNames"].EnumerateArray().Select(n => n.GetString()));
    }

    [Fact]
    public async Task A_login_belongs_to_one_student()
    {
        var school = await api.FoundSchoolAsync();
        var login = await school.AddAsync("student");
        await school.Admin.AddStudentAsync(userId: login.UserId);

        Assert.Equal(["userId"], (await school.Admin.Post("production/students", new { firstName = "A", lastName = "B", userId = login.UserId })).Must(409, "duplicate_value").Faults);
        (await school.Admin.Post("production/students", new { firstName = "A", lastName = "B", userId = Guid.CreateVersion7() })).Must(404, "not_found");
    }

    [Fact]
    public async Task A_phone_number_is_kept_in_one_spelling()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;

        Assert.Equal("+41446681800", (await admin.Post("production/students", new { firstName = "A", lastName = "B", phone = "0041 44 668 18 00" })).Must(201)["phone"].GetString());
        Assert.Equal(["phone"], (await admin.Post("production/students", new { firstName = "A", lastName = "B", phone = "call me" })).Must(400).Faults);
    }
}
