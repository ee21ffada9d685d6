using Tessera.Testing;

namespace Tessera.Production.Tests.Projects;

public sealed class ProjectCodeTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_code_is_unique_whatever_its_capitals_and_keeps_its_zeros()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var first = await admin.AddProjectAsync(new { code = "007a" });

        var refusal = (await admin.Post("production/projects", new { title = "B", code = "007A" })).Must(409, "duplicate_value");

        Assert.Equal("007a", first["code"].GetString());
        Assert.Equal(first.Id, refusal["existingId"].GetGuid());
        Assert.Equal(["code"], refusal.Faults);
    }

    [Fact]
    public async Task A_project_without_a_code_gets_the_next_of_the_year()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        await admin.AddProjectAsync(new { code = "P26-041" });

        var both = await Task.WhenAll(admin.Post("production/projects", new { title = "A" }), admin.Post("production/projects", new { title = "B" }));

        Assert.Equal(["P26-042", "P26-043"], both.Select(p => p.Must(201)["code"].GetString()).Order());
    }

    [Fact]
    public async Task Imported_projects_without_codes_are_numbered_in_the_order_of_their_file()
    {
        var school = await api.FoundSchoolAsync();
        await school.Admin.AddProjectAsync(new { code = "P26-041" });
        var titles = Enumerable.Range(1, 2_500).Select(i => i == 2_200 ? $"Film {i},p26-3000" : $"Film {i},");
        var run = await school.Admin.CheckedAsync("production/projects", "title,code\n" + string.Join('\n', titles));
        Assert.Equal("create 2500", run.Counts());

        Assert.Equal("succeeded", (await school.Admin.ApplyAsync(run))["status"].GetString());

        Assert.Equal("P26-042", await CodeOf(1));
        Assert.Equal("P26-2240", await CodeOf(2_199));
        Assert.Equal("p26-3000", await CodeOf(2_200));
        Assert.Equal("P26-3001", await CodeOf(2_201));
        Assert.Equal("P26-3301", (await school.Admin.Post("production/projects", new { title = "After" })).Must(201)["code"].GetString());

        Task<object?> CodeOf(int film) => api.SqlAsync("select code from production.project where tenant_id = $1 and title = $2", school.Id, $"Film {film}");
    }

    [Fact]
    public async Task A_code_that_was_taken_meanwhile_can_be_changed_on_the_way_back_from_the_trash()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var trashed = await admin.AddProjectAsync(new { code = "A1" });
        (await admin.Delete($"production/projects/{trashed.Id}")).Must(204);
        var taken = await admin.AddProjectAsync(new { code = "A1" });

        var refusal = (await admin.Post($"production/projects/{trashed.Id}/restore")).Must(409, "duplicate_value");
        (await admin.Post($"production/projects/{trashed.Id}/restore", new { change = new { code = new string('x', 21) } })).Must(400, "validation_failed");
        var restored = (await admin.Post($"production/projects/{trashed.Id}/restore", new { change = new { code = "A1b" } })).Must(200);

        Assert.Equal(taken.Id, refusal["existingId"].GetGuid());
        Assert.Equal("A1b", restored["code"].GetString());
    }

    [Fact]
    public async Task A_new_project_with_a_code_from_the_trash_is_told_of_its_twin()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var trashed = await admin.AddProjectAsync(new { code = "A2" });
        (await admin.Delete($"production/projects/{trashed.Id}")).Must(204);
        await admin.AddProjectAsync(new { code = "A2" });

        Assert.Equal(trashed.Id, (await admin.Post("production/projects", new { title = "C", code = "a2" })).Must(409)["trashedId"].GetGuid());
    }

    [Fact]
    public async Task The_documents_own_addresses_answer_like_the_canonical_ones()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = (await admin.Post("/api/projects", new { title = "By the old address", shootDate = "2026-04-14" })).Must(201);
        var student = (await admin.Post("/api/students", new { firstName = "Ada", lastName = "Bauer" })).Must(201);

        Assert.Equal(project.Id, (await admin.Get($"/api/projects/{project.Id}")).Must(200).Id);
        Assert.Equal([student.Id], (await admin.Get("/api/students")).Must(200).Items.Select(s => s.GetProperty("id").GetGuid()));
    }
}
