namespace Tessera.Testing;

/// <summary>First steps that many tests take at a school.</summary>
public static class ProductionSteps
{
    /// <summary>A school of its own, with its administrator.</summary>
    public static Task<TestTenant> FoundSchoolAsync(this Api api, string timeZone = "Europe/Zurich") => api.FoundAsync(timeZone: timeZone, module: "production");

    /// <param name="person">Who adds it.</param>
    /// <param name="fields">Beside or instead of a code and a title.</param>
    public static async Task<Answer> AddProjectAsync(this Client person, object? fields = null)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(new { code = Samples.NewCode(), title = "Night Bus" })!.AsObject();
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(fields ?? new { })!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        return (await person.Post("production/projects", body.ToJsonString())).Must(201);
    }

    public static async Task<Answer> AddStudentAsync(this Client person, string firstName = "Noor", string lastName = "Haddad", Guid? userId = null) =>
        (await person.Post("production/students", new { firstName, lastName, email = Api.NewEmail(), studentNo = Samples.NewCode(), userId })).Must(201);

    public static async Task<Answer> AddCrewAsync(this Client person, Guid projectId, Guid studentId, string crewRole = "director") =>
        (await person.Post("production/crew", new { projectId, studentId, crewRole })).Must(201);

    public static async Task<Answer> AddTaskAsync(this Client person, Guid projectId, string title = "Rough cut", DateOnly? due = null) =>
        (await person.Post("production/tasks", new { projectId, title, due })).Must(201);

    /// <summary>A student who signs in, with one project of theirs.</summary>
    public static async Task<(Person Login, Guid StudentId, Guid ProjectId)> AddStudentLoginAsync(this TestTenant school)
    {
        var login = await school.AddAsync("student");
        var student = await school.Admin.AddStudentAsync(userId: login.UserId);
        var project = await school.Admin.AddProjectAsync(new { title = "Theirs" });
        await school.Admin.AddCrewAsync(project.Id, student.Id);
        return (login, student.Id, project.Id);
    }
}
