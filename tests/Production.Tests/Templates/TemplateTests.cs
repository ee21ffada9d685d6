using Tessera.Testing;

namespace Tessera.Production.Tests.Templates;

public sealed class TemplateTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_template_adds_tasks_and_milestones_and_dates_the_stages_that_have_none()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var template = await TemplateAsync(admin);
        var project = await admin.AddProjectAsync(new { mixDate = "2026-06-15" });

        var applied = (await admin.Post($"production/projects/{project.Id}/apply-template", new { templateId = template, startDate = "2026-04-01" })).Must(200);

        Assert.Equal((1, 1), (applied["tasks"].GetInt32(), applied["milestones"].GetInt32()));
        Assert.Equal(["shoot"], applied["stages"].EnumerateArray().Select(s => s.GetString()));
        var planned = applied["project"];
        Assert.Equal(("2026-04-01", "2026-04-15", "2026-04-17", "2026-06-15"), (planned.GetProperty("startDate").GetString(), planned.GetProperty("shootDate").GetString(), planned.GetProperty("shootEndDate").GetString(), planned.GetProperty("mixDate").GetString()));
        var task = Assert.Single((await admin.Get($"production/tasks?projectId={project.Id}")).Must(200).Items);
        Assert.Equal(("2026-04-21", "2026-04-30", "To do"), (task.GetProperty("start").GetString(), task.GetProperty("due").GetString(), task.GetProperty("statusName").GetString()));
        Assert.Equal("2026-05-01", Assert.Single((await admin.Get($"production/milestones?projectId={project.Id}")).Must(200).Items).GetProperty("date").GetString());
    }

    [Fact]
    public async Task A_template_that_breaks_a_rule_leaves_nothing_behind()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var template = await TemplateAsync(admin);
        var project = await admin.AddProjectAsync(new { deliveryDate = "2026-04-10" });

        (await admin.Post($"production/projects/{project.Id}/apply-template", new { templateId = template, startDate = "2026-04-01" })).Must(400, "validation_failed");

        Assert.Empty((await admin.Get($"production/tasks?projectId={project.Id}")).Must(200).Items);
        Assert.Empty((await admin.Get($"production/milestones?projectId={project.Id}")).Must(200).Items);
        Assert.Equal(1, (await admin.Get($"production/projects/{project.Id}")).Must(200).Version);
    }

    [Fact]
    public async Task A_template_counts_from_a_day_and_a_stage_step_names_its_stage()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var template = await TemplateAsync(admin);

        Assert.Equal(["startDate"], (await admin.Post($"production/projects/{(await admin.AddProjectAsync()).Id}/apply-template", new { templateId = template })).Must(400).Faults);
        Assert.Equal(["templateId"], (await admin.Post($"production/projects/{(await admin.AddProjectAsync()).Id}/apply-template", new { templateId = Guid.CreateVersion7() })).Must(404).Faults);
        Assert.Equal(["stage"], (await admin.Post("production/template-steps", new { templateId = template, kind = "stage", name = "Shoot" })).Must(400).Faults);
        Assert.Equal(["stage"], (await admin.Post("production/template-steps", new { templateId = template, kind = "task", name = "Shoot", stage = "shoot" })).Must(400).Faults);
    }

    private static async Task<Guid> TemplateAsync(Client admin)
    {
        var template = (await admin.Post("production/project-templates", new { name = "Short film" })).Must(201).Id;
        (await admin.Post("production/template-steps", new { templateId = template, kind = "stage", stage = "shoot", name = "Shoot", offsetDays = 14, durationDays = 3 })).Must(201);
        (await admin.Post("production/template-steps", new { templateId = template, kind = "stage", stage = "mix", name = "Mix", offsetDays = 40 })).Must(201);
        (await admin.Post("production/template-steps", new { templateId = template, kind = "task", name = "Edit", offsetDays = 20, durationDays = 10, estimateMin = 600 })).Must(201);
        (await admin.Post("production/template-steps", new { templateId = template, kind = "milestone", name = "Picture lock", offsetDays = 30 })).Must(201);
        return template;
    }
}
