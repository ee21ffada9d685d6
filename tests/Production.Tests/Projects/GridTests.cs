using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Production.Tests.Projects;

public sealed class GridTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_grid_shows_each_stage_with_its_state_in_two_statements()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        await admin.AddProjectAsync(new { status = "post_production", shootDate = "2026-02-10", shootDoneDate = "2026-02-11", gradeDate = "2026-02-27", deliveryDate = "2026-03-20" });
        (await admin.Get("production/projects/grid?limit=5")).Must(200);

        Answer grid = null!;
        var statements = await api.Statements.DuringAsync(async () => grid = (await admin.Get("production/projects/grid?limit=5")).Must(200));

        var cells = grid.Items[0].GetProperty("cells").EnumerateArray().Select(c => (c.GetProperty("stage").GetString(), c.GetProperty("state").GetString()));
        Assert.Equal([("shoot", "done"), ("grade", "overdue"), ("mix", "none"), ("delivery", "planned")], cells);
        Assert.InRange(statements.Count, 1, 2);
    }

    [Fact]
    public async Task The_grid_takes_the_lists_own_search_filters_and_sort()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        await admin.AddProjectAsync(new { title = "Paper Swans", status = "planned" });
        await admin.AddProjectAsync(new { title = "Kite Season" });

        Assert.Equal(["Paper Swans"], (await admin.Get("production/projects/grid?status=planned")).Must(200).Items.Select(p => p.GetProperty("title").GetString()));
        Assert.Equal(["Kite Season"], (await admin.Get("production/projects/grid?search=kite&sort=-title")).Must(200).Items.Select(p => p.GetProperty("title").GetString()));
        (await admin.Get("production/projects/grid?nonsense=1")).Must(400);
    }

    [Fact]
    public async Task Many_cells_are_set_at_once_and_one_that_is_refused_does_not_hold_up_the_others()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var free = await admin.AddProjectAsync(new { shootDate = "2026-04-01" });
        var tight = await admin.AddProjectAsync(new { shootDate = "2026-04-01", deliveryDate = "2026-04-10" });

        var result = (await admin.Post("production/projects/set-stages", new { action = "set_date", date = "2026-05-04", endDate = "2026-05-06", cells = Cells("shoot", free.Id, tight.Id) })).Must(200);

        var changed = Assert.Single(result["succeeded"].EnumerateArray());
        Assert.Equal((free.Id, "2026-05-04", "2026-05-06"), (changed.GetProperty("id").GetGuid(), changed.GetProperty("shootDate").GetString(), changed.GetProperty("shootEndDate").GetString()));
        var failed = Assert.Single(result["failed"].EnumerateArray());
        Assert.Equal((tight.Id, "validation_failed"), (failed.GetProperty("id").GetGuid(), failed.GetProperty("code").GetString()));
        Assert.Equal("2026-04-01", (await admin.Get($"production/projects/{tight.Id}")).Must(200)["shootDate"].GetString());
    }

    [Fact]
    public async Task Stages_are_shifted_cleared_and_finished_together()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = await admin.AddProjectAsync(new { shootDate = "2026-02-24", shootEndDate = "2026-02-26", deliveryDate = "2026-06-30" });
        var cells = Cells("shoot", project.Id).Concat(Cells("delivery", project.Id)).ToArray();

        (await admin.Post("production/projects/set-stages", new { action = "shift", days = 7, cells })).Must(200);
        var shifted = (await admin.Get($"production/projects/{project.Id}")).Must(200);
        (await admin.Post("production/projects/set-stages", new { action = "set_done", date = "2026-03-02", cells = Cells("shoot", project.Id) })).Must(200);
        (await admin.Post("production/projects/set-stages", new { action = "clear_date", cells = Cells("delivery", project.Id) })).Must(200);
        var last = (await admin.Get($"production/projects/{project.Id}")).Must(200);

        Assert.Equal(("2026-03-03", "2026-03-05", "2026-07-07"), (shifted["shootDate"].GetString(), shifted["shootEndDate"].GetString(), shifted["deliveryDate"].GetString()));
        Assert.Equal(("2026-03-02", JsonValueKind.Null), (last["shootDoneDate"].GetString(), last["deliveryDate"].ValueKind));
        (await admin.Post("production/projects/set-stages", new { action = "set_done", date = "2026-03-02", cells })).Must(400);
        (await admin.Post("production/projects/set-stages", new { action = "set_date", cells })).Must(400);
        Assert.Single((await admin.Post("production/projects/set-stages", new { action = "shift", days = 3650, cells = Cells("mix", Guid.CreateVersion7()) })).Must(200)["failed"].EnumerateArray());
    }

    [Fact]
    public async Task A_stage_dragged_to_another_day_stays_as_long_as_it_was()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = await admin.AddProjectAsync(new { shootDate = "2026-04-14", shootEndDate = "2026-04-17", deliveryDate = "2026-06-30" });

        var moved = (await admin.Post($"production/projects/{project.Id}/reschedule", new { stage = "shoot", date = "2026-04-20" }, version: 1)).Must(200);

        Assert.Equal(("2026-04-20", "2026-04-23"), (moved["shootDate"].GetString(), moved["shootEndDate"].GetString()));
        (await admin.Post($"production/projects/{project.Id}/reschedule", new { stage = "shoot", date = "2026-04-21" }, version: 1)).Must(412, "version_conflict");
        (await admin.Post($"production/projects/{project.Id}/reschedule", new { stage = "shoot", date = "2026-06-29" })).Must(400);
        (await admin.Post($"production/projects/{project.Id}/reschedule", new { stage = "shoot", date = "9999-12-30" })).Must(400);
    }

    private static IEnumerable<object> Cells(string stage, params Guid[] projects) => projects.Select(projectId => new { projectId, stage });
}
