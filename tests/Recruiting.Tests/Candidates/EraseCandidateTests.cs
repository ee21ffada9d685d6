using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Candidates;

public sealed class EraseCandidateTests(Api api) : IClassFixture<Api>
{
    private const string Phone = "+41445556677";

    [Fact]
    public async Task Nothing_of_the_person_is_left_in_records_or_history_and_the_counts_stay()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Xaver Quill", "xaver.quill@mail.test", Phone);
        (await tenant.Admin.Patch($"recruiting/candidates/{candidate.Id}", new { notes = "Knows quillwork", location = "Quillville" }, candidate.Version)).Must(200);
        var interview = (await tenant.Admin.ScheduleAsync(candidate.Id, "Irma Stone", api.Clock.Now.AddDays(1))).Must(201);
        var call = (await tenant.Admin.Post("recruiting/calls", new { callerName = "Xaver Quill", callerNumber = Phone, callType = "inbound", status = "answered", durationSecs = 9, notes = "quill again" })).Must(201);

        (await tenant.Admin.Post($"recruiting/candidates/{candidate.Id}/comments", new { body = "Quill called twice" })).Must(201);
        var twin = await tenant.Admin.AddCandidateAsync("X. Quill", "x.quill@mail.test");
        (await tenant.Admin.Post($"recruiting/candidates/{candidate.Id}/merge", new { duplicateId = twin.Id })).Must(200);

        (await EraseAsync(tenant.Admin, candidate.Id, "Xaver Quill")).Must(204);

        foreach (var path in (string[])
        [
            "recruiting/candidates", "recruiting/interviews", "recruiting/calls", $"recruiting/candidates/{candidate.Id}/history", $"recruiting/interviews/{interview.Id}/history",
            $"recruiting/calls/{call.Id}/history", "audit?limit=200", "audit/export?format=json",
        ])
        {
            var text = (await tenant.Admin.Get(path)).Must(200).Text;
            Assert.DoesNotContain("quill", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Phone, text);
        }

        Assert.Equal(1, (await tenant.Admin.Get("recruiting/candidates")).Must(200)["total"].GetInt32());
        Assert.Equal(1, (await tenant.Admin.Get("recruiting/calls")).Must(200)["total"].GetInt32());
        Assert.Contains("Irma Stone", (await tenant.Admin.Get("recruiting/interviews")).Must(200).Text);
        Assert.Single((await tenant.Admin.Get("audit?action=erase_candidate")).Must(200).Items);
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.booking where tenant_id = $1 and (resource_name ilike '%quill%' or subject_title ilike '%quill%')", tenant.Id));
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.comment c where tenant_id = $1 and c::text ilike '%quill%'", tenant.Id));
        Assert.Equal(0L, await api.SqlAsync("select count(*) from recruiting.candidate_merge m where tenant_id = $1 and m::text ilike '%quill%'", tenant.Id));
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and change::text ilike '%quill%'", tenant.Id));
    }

    [Fact]
    public async Task The_chain_holds_after_an_erasure_and_an_alteration_of_what_is_left_is_found()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Yara Finch");
        await SealedAsync(tenant);
        (await EraseAsync(tenant.Admin, candidate.Id, "Yara Finch")).Must(204);

        Assert.True((await SealedAsync(tenant))["intact"].GetBoolean());

        await api.SqlAsync("update kernel.change set action = 'hire_candidate' where tenant_id = $1 and entity_id = $2 and action = 'create_candidate'", tenant.Id, candidate.Id);
        var report = (await tenant.Admin.Get("audit/verify")).Must(200);
        Assert.False(report["intact"].GetBoolean());
        Assert.Equal("erasure_unproven", report["brokenAt"].GetProperty("problem").GetString());
    }

    [Fact]
    public async Task A_candidate_in_the_trash_can_be_erased()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Zeno Wolf");
        (await tenant.Admin.Delete($"recruiting/candidates/{candidate.Id}")).Must(204);

        (await EraseAsync(tenant.Admin, candidate.Id, "Zeno Wolf")).Must(204);

        Assert.DoesNotContain("Zeno", (await tenant.Admin.Get("recruiting/candidates?trash=true")).Must(200).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("anna frost")]
    [InlineData("Anna")]
    public async Task Without_the_full_name_nothing_happens(string confirm)
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Anna Frost");

        (await EraseAsync(tenant.Admin, candidate.Id, confirm)).Must(400, "validation_failed");

        Assert.Equal("Anna Frost", (await tenant.Admin.Get($"recruiting/candidates/{candidate.Id}")).Must(200)["fullName"].GetString());
        Assert.Empty((await tenant.Admin.Get("audit?action=erase_candidate")).Must(200).Items);
    }

    [Fact]
    public async Task Only_managers_erase_and_only_in_their_own_workspace()
    {
        var (tenant, other) = (await api.FoundAsync(), await api.FoundAsync());
        var agent = await tenant.AddAsync("agent");
        (await tenant.Admin.Put($"users/{agent.UserId}/pages/candidates", new { access = "grant", level = "write" })).Must(200);
        var manager = await tenant.AddAsync("manager");
        var candidate = await tenant.Admin.AddCandidateAsync("Bela Moor");

        (await EraseAsync(agent, candidate.Id, "Bela Moor")).Must(403, "manager_required");
        (await EraseAsync(other.Admin, candidate.Id, "Bela Moor")).Must(404, "not_found");
        (await manager.Post($"recruiting/candidates/{candidate.Id}/erase", new { confirm = "Bela Moor" }, version: 7)).Must(412, "version_conflict");
        (await EraseAsync(manager, candidate.Id, "Bela Moor")).Must(204);
    }

    [Fact]
    public async Task Two_erasures_at_once_leave_a_chain_that_holds()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Cora Lind");

        var answers = await Task.WhenAll(EraseAsync(tenant.Admin, candidate.Id, "Cora Lind"), EraseAsync(tenant.Admin, candidate.Id, "Cora Lind"));

        Assert.Contains(answers, a => a.Status == 204);
        Assert.All(answers, a => Assert.Contains(a.Status, (int[])[204, 400, 412]));
        Assert.True((await SealedAsync(tenant))["intact"].GetBoolean());
    }

    private static Task<Answer> EraseAsync(Client person, Guid id, string confirm) => person.Post($"recruiting/candidates/{id}/erase", new { confirm });

    /// <summary>The report once the background work has sealed all there is.</summary>
    private static async Task<Answer> SealedAsync(TestTenant tenant)
    {
        for (var wait = 0; ; wait++)
        {
            var report = (await tenant.Admin.Get("audit/verify")).Must(200);
            if (report["pending"].GetInt64() == 0)
            {
                return report;
            }

            Assert.True(wait < 300, "The changes were not sealed.");
            await Task.Delay(100);
        }
    }
}
