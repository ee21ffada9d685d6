using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Production.Tests.Schedule;

public sealed class ScheduleVersionTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_draft_begins_as_todays_plan_and_moving_in_it_leaves_the_project_alone()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var (project, draft) = await DraftAsync(admin);
        var entries = (await admin.Get($"production/schedule-versions/{draft}/compare")).Must(200).Items;

        var moved = (await admin.Post($"production/schedule-versions/{draft}/move", new { entryId = Entry(entries, "shoot"), start = "2026-04-20" })).Must(200);

        Assert.Equal(4, entries.Count);
        Assert.All(entries, e => Assert.False(e.GetProperty("changed").GetBoolean()));
        var shoot = moved.Items.First(e => e.GetProperty("stage").GetString() == "shoot");
        Assert.Equal(("2026-04-20", "2026-04-22", "2026-04-14", 6, true), (
            shoot.GetProperty("start").GetString(), shoot.GetProperty("end").GetString(), shoot.GetProperty("currentStart").GetString(), shoot.GetProperty("shiftDays").GetInt32(), shoot.GetProperty("changed").GetBoolean()));
        Assert.Equal("2026-04-14", (await admin.Get($"production/projects/{project}")).Must(200)["shootDate"].GetString());
    }

    [Fact]
    public async Task Applying_a_draft_makes_its_dates_the_projects()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var (project, draft) = await DraftAsync(admin);
        var entries = (await admin.Get($"production/schedule-versions/{draft}/compare")).Must(200).Items;
        foreach (var entry in entries)
        {
            var start = DateOnly.Parse(entry.GetProperty("start").GetString()!).AddDays(7);
            (await admin.Post($"production/schedule-versions/{draft}/move", new { entryId = entry.GetProperty("id").GetGuid(), start })).Must(200);
        }

        var applied = (await admin.Post($"production/schedule-versions/{draft}/apply")).Must(200);

        Assert.Equal("applied", applied["status"].GetString());
        var planned = (await admin.Get($"production/projects/{project}")).Must(200);
        Assert.Equal(("2026-04-21", "2026-04-23", "2026-07-07"), (planned["shootDate"].GetString(), planned["shootEndDate"].GetString(), planned["deliveryDate"].GetString()));
        Assert.Equal("2026-05-27", (await admin.Get($"production/milestones?projectId={project}")).Must(200).Items[0].GetProperty("date").GetString());
        Assert.Equal("2026-05-11", (await admin.Get($"production/tasks?projectId={project}")).Must(200).Items[0].GetProperty("due").GetString());
        (await admin.Post($"production/schedule-versions/{draft}/apply")).Must(409, "not_a_draft");
    }

    [Fact]
    public async Task A_draft_that_breaks_a_rule_is_applied_not_at_all()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var (project, draft) = await DraftAsync(admin);
        var entries = (await admin.Get($"production/schedule-versions/{draft}/compare")).Must(200).Items;
        var milestone = entries.First(e => e.GetProperty("subject").GetString() == "milestone").GetProperty("id").GetGuid();
        (await admin.Post($"production/schedule-versions/{draft}/move", new { entryId = milestone, start = "2026-09-01" })).Must(200);
        (await admin.Post($"production/schedule-versions/{draft}/move", new { entryId = Entry(entries, "delivery"), start = "2026-04-01" })).Must(200);

        Assert.Equal(["shootDate"], (await admin.Post($"production/schedule-versions/{draft}/apply")).Must(400).Faults);

        Assert.Equal("2026-05-20", (await admin.Get($"production/milestones?projectId={project}")).Must(200).Items[0].GetProperty("date").GetString());
        Assert.Equal("draft", (await admin.Get($"production/schedule-versions/{draft}")).Must(200)["status"].GetString());
    }

    [Fact]
    public async Task A_locked_draft_moves_no_more_and_can_still_be_applied()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var (_, draft) = await DraftAsync(admin);
        var entries = (await admin.Get($"production/schedule-versions/{draft}/compare")).Must(200).Items;

        Assert.Equal("locked", (await admin.Post($"production/schedule-versions/{draft}/lock")).Must(200)["status"].GetString());

        (await admin.Post($"production/schedule-versions/{draft}/move", new { entryId = Entry(entries, "shoot"), start = "2026-04-20" })).Must(409, "not_a_draft");
        (await admin.Post($"production/schedule-versions/{draft}/lock")).Must(409, "not_a_draft");
        (await admin.Post($"production/schedule-versions/{draft}/apply")).Must(200);
    }

    private static Guid Entry(IEnumerable<JsonElement> entries, string stage) => entries.First(e => e.GetProperty("stage").GetString() == stage).GetProperty("id").GetGuid();

    private static async Task<(Guid Project, Guid Draft)> DraftAsync(Client admin)
    {
        var project = (await admin.AddProjectAsync(new { shootDate = "2026-04-14", shootEndDate = "2026-04-16", deliveryDate = "2026-06-30" })).Id;
        (await admin.Post("production/milestones", new { projectId = project, name = "Picture lock", date = "2026-05-20" })).Must(201);
        await admin.AddTaskAsync(project, due: new DateOnly(2026, 5, 4));
        return (project, (await admin.Post("production/schedule-versions", new { projectId = project, name = "Later" })).Must(201).Id);
    }
}
