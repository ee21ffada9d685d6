using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Production.Tests.Projects;

public sealed class ProjectMoveTests(Api api) : IClassFixture<Api>
{
    private static readonly string[] Way = ["idea", "planned", "pre_production", "shooting", "post_production", "delivered", "archived"];

    [Fact]
    public async Task A_project_goes_from_idea_to_archive_step_by_step()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = await admin.AddProjectAsync();

        foreach (var status in Way.Skip(1))
        {
            Assert.Equal(status, (await MoveAsync(admin, project.Id, status)).Must(200)["status"].GetString());
        }

        Assert.Empty((await MoveAsync(admin, project.Id, "idea")).Must(409, "move_not_allowed")["allowed"].EnumerateArray());
    }

    [Fact]
    public async Task A_step_that_is_left_out_is_refused_with_the_steps_there_are()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = await admin.AddProjectAsync();

        var refusal = (await MoveAsync(admin, project.Id, "shooting")).Must(409, "move_not_allowed");

        Assert.Equal(["planned", "on_hold", "cancelled"], refusal["allowed"].EnumerateArray().Select(s => s.GetString()));
        Assert.Equal(["planned", "on_hold", "cancelled"], project["allowedMoves"].EnumerateArray().Select(s => s.GetString()));
        (await admin.Patch($"production/projects/{project.Id}", new { status = "shooting" }, version: 1)).Must(409, "move_not_allowed");
    }

    [Fact]
    public async Task A_project_on_hold_goes_on_where_it_was_and_nowhere_else()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = await admin.AddProjectAsync(new { status = "shooting" });

        Assert.Equal("shooting", (await MoveAsync(admin, project.Id, "on_hold")).Must(200)["statusBeforeHold"].GetString());
        (await MoveAsync(admin, project.Id, "post_production")).Must(409, "move_not_allowed");
        var back = (await MoveAsync(admin, project.Id, "shooting")).Must(200);

        Assert.Equal(JsonValueKind.Null, back["statusBeforeHold"].ValueKind);
    }

    [Theory]
    [InlineData("idea")]
    [InlineData("post_production")]
    [InlineData("on_hold")]
    public async Task Any_open_project_can_be_cancelled_for_good(string from)
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = await admin.AddProjectAsync(new { status = from });

        (await MoveAsync(admin, project.Id, "cancelled")).Must(200);

        (await MoveAsync(admin, project.Id, "idea")).Must(409, "move_not_allowed");
    }

    [Fact]
    public async Task Delivering_stamps_the_moment_and_opening_again_clears_it_with_a_reason()
    {
        var school = await api.FoundSchoolAsync();
        var project = await school.Admin.AddProjectAsync(new { status = "post_production" });

        var delivered = (await MoveAsync(school.Admin, project.Id, "delivered")).Must(200);
        (await MoveAsync(school.Admin, project.Id, "post_production")).Must(409, "reason_required");
        var reopened = (await MoveAsync(school.Admin, project.Id, "post_production", "The client wants another ending")).Must(200);

        Assert.True(delivered["deliveredAt"].GetDateTimeOffset() >= TestClock.Start);
        Assert.Equal(JsonValueKind.Null, reopened["deliveredAt"].ValueKind);
        var latest = (await school.Admin.Get($"production/projects/{project.Id}/history")).Must(200).Items[0];
        Assert.Equal(("reopen_project", "The client wants another ending"), (latest.GetProperty("action").GetString(), latest.GetProperty("reason").GetString()));
        Assert.Contains(latest.GetProperty("changes").EnumerateArray(), c => c.GetProperty("field").GetString() == "deliveredAt");
    }

    [Fact]
    public async Task Going_on_from_a_stage_says_when_it_was_really_over()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = await admin.AddProjectAsync(new { status = "shooting", shootDate = "2026-02-25", mixDate = "2026-02-27", mixDoneDate = "2026-02-28", deliveryDate = "2026-03-10" });

        var inPost = (await MoveAsync(admin, project.Id, "post_production")).Must(200);
        var delivered = (await MoveAsync(admin, project.Id, "delivered")).Must(200);

        Assert.Equal("2026-03-02", inPost["shootDoneDate"].GetString());
        Assert.Equal("2026-02-28", delivered["mixDoneDate"].GetString());
        Assert.Equal(JsonValueKind.Null, delivered["gradeDoneDate"].ValueKind);
    }

    private static Task<Answer> MoveAsync(Client person, Guid id, string status, string? reason = null) => person.Post($"production/projects/{id}/move", new { status, reason });
}
