using Tessera.Testing;

namespace Tessera.Production.Tests.Crew;

public sealed class CrewTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_student_has_several_roles_on_a_project_but_each_of_them_once()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var (project, student) = ((await admin.AddProjectAsync()).Id, (await admin.AddStudentAsync()).Id);
        await admin.AddCrewAsync(project, student, "director");
        await admin.AddCrewAsync(project, student, "editor");

        Assert.Equal(["crewRole"], (await admin.Post("production/crew", new { projectId = project, studentId = student, crewRole = "editor" })).Must(409, "duplicate_value").Faults);
        Assert.Equal(2, (await admin.Get($"production/projects/{project}")).Must(200)["crewCount"].GetInt32());
        Assert.Equal(1, (await admin.Get($"production/students/{student}")).Must(200)["projectCount"].GetInt32());
    }

    [Fact]
    public async Task A_crew_hides_with_its_project_and_comes_back_with_it()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = (await admin.AddProjectAsync()).Id;
        await admin.AddCrewAsync(project, (await admin.AddStudentAsync()).Id);

        (await admin.Delete($"production/projects/{project}")).Must(204);
        Assert.Empty((await admin.Get("production/crew")).Must(200).Items);
        (await admin.Post($"production/projects/{project}/restore")).Must(200);

        Assert.Single((await admin.Get("production/crew")).Must(200).Items);
    }

    [Fact]
    public async Task A_crew_link_names_a_project_and_a_student_of_this_school_and_ends_after_it_begins()
    {
        var (school, other) = (await api.FoundSchoolAsync(), await api.FoundSchoolAsync());
        var (project, student) = ((await school.Admin.AddProjectAsync()).Id, (await school.Admin.AddStudentAsync()).Id);

        Assert.Equal(["projectId"], (await school.Admin.Post("production/crew", new { projectId = (await other.Admin.AddProjectAsync()).Id, studentId = student, crewRole = "dop" })).Must(404).Faults);
        Assert.Equal(["studentId"], (await school.Admin.Post("production/crew", new { projectId = project, studentId = (await other.Admin.AddStudentAsync()).Id, crewRole = "dop" })).Must(404).Faults);
        Assert.Equal(["to"], (await school.Admin.Post("production/crew", new { projectId = project, studentId = student, crewRole = "dop", from = "2026-04-02", to = "2026-04-01" })).Must(400).Faults);
        (await school.Admin.Post("production/crew", new { projectId = project, studentId = student, crewRole = "gaffer" })).Must(400);
    }
}
