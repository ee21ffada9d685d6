using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Candidates;

/// <summary>Candidates go through their stages in order, each step with what it needs.</summary>
public sealed class CandidateMoveTests(Api api) : IClassFixture<Api>
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["applied"] = ["screening", "rejected"],
        ["screening"] = ["interviewed", "rejected"],
        ["interviewed"] = ["hired", "rejected"],
        ["hired"] = ["rejected"],
        ["rejected"] = ["applied"],
    };

    [Fact]
    public async Task Only_the_drawn_steps_are_taken_and_a_refusal_names_them()
    {
        var tenant = await api.FoundAsync();
        foreach (var from in Allowed.Keys)
        {
            foreach (var to in Allowed.Keys.Where(to => to != from))
            {
                var id = await AddAsync(tenant, from);
                var answer = await tenant.Admin.Post($"recruiting/candidates/{id}/move", new { status = to, reason = "Because" });
                if (Allowed[from].Contains(to))
                {
                    Assert.Equal(to, answer.Must(200)["status"].GetString());
                }
                else
                {
                    Assert.Equal(Allowed[from], answer.Must(409, "move_not_allowed")["allowed"].EnumerateArray().Select(a => a.GetString()));
                    Assert.Equal(["status"], answer.Faults);
                }
            }
        }
    }

    [Fact]
    public async Task The_rule_holds_on_every_path()
    {
        var tenant = await api.FoundAsync();
        var id = await AddAsync(tenant, "applied");

        (await tenant.Admin.Patch($"recruiting/candidates/{id}", new { status = "hired" }, version: 1)).Must(409, "move_not_allowed");
        (await tenant.Admin.Put($"recruiting/candidates/{id}", new { fullName = "A", email = Api.NewEmail(), status = "hired" }, version: 1)).Must(409, "move_not_allowed");
        var bulk = (await tenant.Admin.Post("recruiting/candidates/bulk", new { action = "update", ids = new[] { id }, change = new { status = "hired" } })).Must(200);
        Assert.Equal("move_not_allowed", bulk["failed"][0].GetProperty("code").GetString());
        Assert.Equal(1, (await tenant.Admin.Get($"recruiting/candidates/{id}")).Must(200).Version);
    }

    [Fact]
    public async Task Reopening_and_taking_back_a_hire_need_a_reason_and_the_latter_an_administrator()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager");
        var (rejected, hired) = (await AddAsync(tenant, "rejected"), await AddAsync(tenant, "hired"));

        (await manager.Post($"recruiting/candidates/{rejected}/move", new { status = "applied" })).Must(409, "reason_required");
        (await manager.Post($"recruiting/candidates/{rejected}/move", new { status = "applied", reason = "   " })).Must(409, "reason_required");
        (await manager.Post($"recruiting/candidates/{rejected}/move", new { status = "applied", reason = "Asked again" })).Must(200);
        (await manager.Post($"recruiting/candidates/{hired}/move", new { status = "rejected", reason = "Did not come" })).Must(403, "admin_required");
        (await tenant.Admin.Post($"recruiting/candidates/{hired}/move", new { status = "rejected" })).Must(409, "reason_required");
        var back = (await tenant.Admin.Post($"recruiting/candidates/{hired}/move", new { status = "rejected", reason = "Did not come" })).Must(200);
        Assert.Equal(("Did not come", JsonValueKind.Null), (back["rejectedReason"].GetString(), back["hiredAt"].ValueKind));

        var history = (await manager.Get($"recruiting/candidates/{rejected}/history")).Must(200).Items[0];
        Assert.Equal(("move_candidate", "Asked again"), (history.GetProperty("action").GetString(), history.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_move_notes_when_the_stage_was_entered()
    {
        var tenant = await api.FoundAsync();
        var id = await AddAsync(tenant, "interviewed");
        var before = (await tenant.Admin.Get($"recruiting/candidates/{id}")).Must(200)["stageEnteredAt"].GetDateTimeOffset();
        api.Clock.Advance(TimeSpan.FromMinutes(5));

        (await tenant.Admin.Patch($"recruiting/candidates/{id}", new { notes = "Nice" }, version: 1)).Must(200);
        Assert.Equal(before, (await tenant.Admin.Get($"recruiting/candidates/{id}")).Must(200)["stageEnteredAt"].GetDateTimeOffset());
        var hired = (await tenant.Admin.Post($"recruiting/candidates/{id}/move", new { status = "hired" })).Must(200);

        Assert.True(hired["stageEnteredAt"].GetDateTimeOffset() >= before.AddMinutes(5));
        Assert.Equal(hired["stageEnteredAt"].GetDateTimeOffset(), hired["hiredAt"].GetDateTimeOffset());
    }

    [Fact]
    public async Task Nobody_is_hired_while_interviews_are_open_unless_they_are_cancelled_along()
    {
        var tenant = await api.FoundAsync();
        var id = await AddAsync(tenant, "interviewed");
        var at = api.Clock.Now.AddDays(1);
        var interview = (await tenant.Admin.ScheduleAsync(id, "Mara Lindt", at)).Must(201);

        var refused = (await tenant.Admin.Post($"recruiting/candidates/{id}/move", new { status = "hired" })).Must(409, "open_interviews");
        Assert.Equal(interview.Id, Assert.Single(refused["interviews"].EnumerateArray()).GetProperty("id").GetGuid());
        (await tenant.Admin.Post($"recruiting/candidates/{id}/move", new { status = "hired", cancelOpenInterviews = true })).Must(200);

        var cancelled = (await tenant.Admin.Get($"recruiting/interviews/{interview.Id}")).Must(200);
        Assert.Equal("cancelled", cancelled["status"].GetString());
        var other = await tenant.Admin.AddCandidateAsync();
        (await tenant.Admin.ScheduleAsync(other.Id, "Mara Lindt", at)).Must(201);
    }

    [Fact]
    public async Task A_move_refused_in_the_end_cancels_nothing()
    {
        var tenant = await api.FoundAsync();
        var id = await AddAsync(tenant, "applied");
        var interview = (await tenant.Admin.ScheduleAsync(id, "Mara Lindt", api.Clock.Now.AddDays(1))).Must(201);

        (await tenant.Admin.Post($"recruiting/candidates/{id}/move", new { status = "hired", cancelOpenInterviews = true })).Must(409, "move_not_allowed");

        Assert.Equal("scheduled", (await tenant.Admin.Get($"recruiting/interviews/{interview.Id}")).Must(200)["status"].GetString());
    }

    [Fact]
    public async Task A_move_may_insist_on_the_version_and_needs_a_known_stage()
    {
        var tenant = await api.FoundAsync();
        var id = await AddAsync(tenant, "applied");

        (await tenant.Admin.Post($"recruiting/candidates/{id}/move", new { status = "screening" }, version: 7)).Must(412, "version_conflict");
        Assert.Equal(["status"], (await tenant.Admin.Post($"recruiting/candidates/{id}/move", "{}")).Must(400).Faults);
        Assert.Equal(400, (await tenant.Admin.Post($"recruiting/candidates/{id}/move", new { status = "promoted" })).Status);
        Assert.Equal(["reason"], (await tenant.Admin.Post($"recruiting/candidates/{id}/move", new { status = "screening", reason = new string('x', 1001) })).Must(400).Faults);
    }

    [Fact]
    public async Task A_deleted_candidate_takes_interviews_out_of_sight_and_frees_the_interviewer()
    {
        var tenant = await api.FoundAsync();
        var id = await AddAsync(tenant, "applied");
        var at = api.Clock.Now.AddDays(1);
        var interview = (await tenant.Admin.ScheduleAsync(id, "Mara Lindt", at)).Must(201);

        (await tenant.Admin.Delete($"recruiting/candidates/{id}")).Must(204);
        (await tenant.Admin.Get($"recruiting/interviews/{interview.Id}")).Must(404);
        Assert.Empty((await tenant.Admin.Get("recruiting/interviews")).Must(200).Items);
        var other = await tenant.Admin.AddCandidateAsync();
        var instead = (await tenant.Admin.ScheduleAsync(other.Id, "Mara Lindt", at)).Must(201);

        (await tenant.Admin.Post($"recruiting/candidates/{id}/restore")).Must(409, "booking_conflict");
        (await tenant.Admin.Post($"recruiting/interviews/{instead.Id}/move", new { status = "cancelled" })).Must(200);
        (await tenant.Admin.Post($"recruiting/candidates/{id}/restore")).Must(200);
        (await tenant.Admin.Get($"recruiting/interviews/{interview.Id}")).Must(200);
        (await tenant.Admin.ScheduleAsync(other.Id, "Mara Lindt", at)).Must(409, "booking_conflict");
    }

    private static async Task<Guid> AddAsync(TestTenant tenant, string status) =>
        (await tenant.Admin.Post("recruiting/candidates", new { fullName = Api.NewName(), email = Api.NewEmail(), status })).Must(201).Id;
}
