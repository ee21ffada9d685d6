using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Backup;

public sealed class RestoreTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("merge")]
    [InlineData("replace")]
    public async Task Restoring_an_untouched_tenant_changes_nothing(string mode)
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync();
        await InterviewAsync(tenant, candidate.Id);
        (await tenant.Admin.Delete($"recruiting/candidates/{(await tenant.Admin.AddCandidateAsync()).Id}", version: 1)).Must(204);
        var backup = await tenant.Admin.BackUpAsync();
        var before = await StateAsync(tenant);

        var preview = await PreviewAsync(tenant, backup.Id, new { mode });
        var result = await tenant.RestoreAsync(backup.Id, new { mode });

        Assert.Equal((0, 0, 0), Counts(preview.Json));
        Assert.Equal((0, 0, 0), Counts(result["result"]));
        Assert.True(preview["unchanged"].GetInt32() >= 3, preview.Text);
        Assert.Equal(before, await StateAsync(tenant));
    }

    [Fact]
    public async Task A_preview_tells_what_would_happen_and_does_nothing()
    {
        var tenant = await api.FoundAsync();
        var (renamed, trashed, lost) = (await tenant.Admin.AddCandidateAsync("Old Name"), await tenant.Admin.AddCandidateAsync("Trashed"), await tenant.Admin.AddCandidateAsync("Lost"));
        var backup = await tenant.Admin.BackUpAsync();
        (await tenant.Admin.Patch($"recruiting/candidates/{renamed.Id}", new { fullName = "New Name" }, 1)).Must(200);
        (await tenant.Admin.Delete($"recruiting/candidates/{trashed.Id}", version: 1)).Must(204);
        await LoseAsync(lost.Id);
        var later = await tenant.Admin.AddCandidateAsync("Later");
        var before = await StateAsync(tenant);

        var merge = await PreviewAsync(tenant, backup.Id, new { noun = "recruiting/candidates", mode = "merge" });
        var replace = await PreviewAsync(tenant, backup.Id, new { noun = "recruiting/candidates", mode = "replace" });
        var states = (await tenant.Admin.Get($"backup/{backup.Id}/records?noun=recruiting/candidates")).Must(200).Items.ToDictionary(r => r.GetProperty("name").GetString()!, r => r.GetProperty("state").GetString());

        Assert.Equal((1, 2, 0), Counts(merge.Json));
        Assert.Equal((1, 2, 1), Counts(replace.Json));
        var sample = merge["sample"].EnumerateArray().Single(s => s.GetProperty("id").GetGuid() == renamed.Id);
        var field = sample.GetProperty("fields").EnumerateArray().Single(f => f.GetProperty("field").GetString() == "fullName");
        Assert.Equal(("New Name", "Old Name"), (field.GetProperty("before").GetString(), field.GetProperty("after").GetString()));
        Assert.Contains(replace["sample"].EnumerateArray(), s => s.GetProperty("id").GetGuid() == later.Id && s.GetProperty("change").GetString() == "removed");
        Assert.Equal(new Dictionary<string, string?> { ["Old Name"] = "changed", ["Trashed"] = "trashed", ["Lost"] = "missing" }, states);
        Assert.Single((await tenant.Admin.Get($"backup/{backup.Id}/records?noun=recruiting/candidates&search=old%20na")).Must(200).Items);
        Assert.Equal(before, await StateAsync(tenant));
    }

    [Fact]
    public async Task A_tenant_comes_back_as_it_was_with_a_backup_of_before_and_a_trace_of_everything()
    {
        var tenant = await api.FoundAsync();
        var (changed, trashed, lost) = (await tenant.Admin.AddCandidateAsync("Before"), await tenant.Admin.AddCandidateAsync(), await tenant.Admin.AddCandidateAsync());
        var backup = await tenant.Admin.BackUpAsync();
        (await tenant.Admin.Patch($"recruiting/candidates/{changed.Id}", new { fullName = "After" }, 1)).Must(200);
        (await tenant.Admin.Delete($"recruiting/candidates/{trashed.Id}", version: 1)).Must(204);
        await LoseAsync(lost.Id);
        var later = await tenant.Admin.AddCandidateAsync();

        var job = await tenant.RestoreAsync(backup.Id, new { mode = "replace" });

        Assert.Equal((1, 2, 1), Counts(job["result"]));
        Assert.Equal("Before", (await tenant.Admin.Get($"recruiting/candidates/{changed.Id}")).Must(200)["fullName"].GetString());
        (await tenant.Admin.Get($"recruiting/candidates/{trashed.Id}")).Must(200);
        (await tenant.Admin.Get($"recruiting/candidates/{lost.Id}")).Must(200);
        (await tenant.Admin.Get($"recruiting/candidates/{later.Id}")).Must(404);
        (await tenant.Admin.Post($"recruiting/candidates/{later.Id}/restore")).Must(200);
        var kinds = (await tenant.Admin.Get("backup/history")).Must(200).Items.Select(b => b.GetProperty("kind").GetString());
        Assert.Equal(["pre_restore", "manual"], kinds);
        var history = (await tenant.Admin.Get($"recruiting/candidates/{changed.Id}/history")).Must(200).Items[0];
        Assert.StartsWith("Restored from the backup of 2026-", history.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("restore_candidate", history.GetProperty("action").GetString());
        Assert.Contains((await tenant.Admin.Get("backup/log")).Items, line => line.GetProperty("event").GetString() == "restored" && line.GetProperty("backupId").GetGuid() == backup.Id);
        Assert.True((await tenant.Admin.Get("audit/verify")).Must(200)["intact"].GetBoolean());
    }

    [Fact]
    public async Task Nobodys_old_version_matches_a_restored_record()
    {
        var tenant = await api.FoundAsync();
        var (kept, lost) = (await tenant.Admin.AddCandidateAsync(), await tenant.Admin.AddCandidateAsync());
        var backup = await tenant.Admin.BackUpAsync();
        foreach (var id in new[] { kept.Id, lost.Id })
        {
            (await tenant.Admin.Patch($"recruiting/candidates/{id}", new { rating = 2 }, 1)).Must(200);
            (await tenant.Admin.Patch($"recruiting/candidates/{id}", new { rating = 3 }, 2)).Must(200);
        }

        await LoseAsync(lost.Id);
        await tenant.RestoreAsync(backup.Id, new { mode = "merge" });

        foreach (var id in new[] { kept.Id, lost.Id })
        {
            foreach (var seen in new[] { 1, 2, 3 })
            {
                (await tenant.Admin.Patch($"recruiting/candidates/{id}", new { rating = 1 }, seen)).Must(412, "version_conflict");
            }

            Assert.Equal((4, 0), ((await tenant.Admin.Get($"recruiting/candidates/{id}")).Version, (await tenant.Admin.Get($"recruiting/candidates/{id}"))["rating"].GetInt32()));
        }
    }

    [Fact]
    public async Task A_deleted_record_comes_back_alone_with_what_hangs_on_it()
    {
        var tenant = await api.FoundAsync();
        var (lost, other) = (await tenant.Admin.AddCandidateAsync("Lost Person"), await tenant.Admin.AddCandidateAsync("Other Person"));
        var interview = await InterviewAsync(tenant, lost.Id);
        (await tenant.Admin.Post($"recruiting/candidates/{lost.Id}/comments", new { body = "Worth a call." })).Must(201);
        var backup = await tenant.Admin.BackUpAsync();
        (await tenant.Admin.Patch($"recruiting/candidates/{other.Id}", new { rating = 3 }, 1)).Must(200);
        await api.SqlAsync($"delete from kernel.booking where subject_id = '{interview}'; delete from recruiting.interview where id = '{interview}'; delete from kernel.comment where record_id = '{lost.Id}'");
        await LoseAsync(lost.Id);

        var job = await tenant.RestoreAsync(backup.Id, new { noun = "recruiting/candidates", recordIds = new[] { lost.Id } });

        Assert.Equal((3, 0, 0), Counts(job["result"]));
        (await tenant.Admin.Get($"recruiting/candidates/{lost.Id}")).Must(200);
        (await tenant.Admin.Get($"recruiting/interviews/{interview}")).Must(200);
        Assert.Single((await tenant.Admin.Get($"recruiting/candidates/{lost.Id}/comments")).Must(200).Items);
        Assert.True(await api.SqlAsync("select count(*) from kernel.booking where subject_id = $1", interview) is > 0L);
        Assert.Equal(3, (await tenant.Admin.Get($"recruiting/candidates/{other.Id}"))["rating"].GetInt32());
    }

    [Fact]
    public async Task A_deleted_production_comes_back_with_its_crew_and_tasks()
    {
        var tenant = await api.FoundAsync(module: "production");
        var project = (await tenant.Admin.Post("production/projects", new { title = "Nightfall", type = "film", medium = "film" })).Must(201);
        var student = (await tenant.Admin.Post("production/students", new { firstName = "Ines", lastName = "Costa" })).Must(201);
        var link = (await tenant.Admin.Post("production/crew", new { projectId = project.Id, studentId = student.Id, crewRole = "editor" })).Must(201);
        var backup = await tenant.Admin.BackUpAsync();
        await api.SqlAsync($"delete from production.crew_member where id = '{link.Id}'; delete from production.project where id = '{project.Id}'");

        await tenant.RestoreAsync(backup.Id, new { noun = "production/projects", recordIds = new[] { project.Id } });

        Assert.Equal("Nightfall", (await tenant.Admin.Get($"production/projects/{project.Id}")).Must(200)["title"].GetString());
        (await tenant.Admin.Get($"production/crew/{link.Id}")).Must(200);
    }

    [Fact]
    public async Task A_value_somebody_else_has_now_refuses_the_whole_restore()
    {
        var tenant = await api.FoundAsync();
        var (first, second) = (await tenant.Admin.AddCandidateAsync("First", "taken@mail.test"), await tenant.Admin.AddCandidateAsync("Second"));
        var backup = await tenant.Admin.BackUpAsync();
        await LoseAsync(first.Id);
        await tenant.Admin.AddCandidateAsync("Newcomer", "taken@mail.test");
        (await tenant.Admin.Patch($"recruiting/candidates/{second.Id}", new { rating = 3 }, 1)).Must(200);
        var before = await StateAsync(tenant);

        var preview = await PreviewAsync(tenant, backup.Id, new { mode = "merge" });
        var job = await tenant.RestoreAsync(backup.Id, new { mode = "merge" }, status: "failed");

        Assert.Equal((first.Id, "First"), (preview["conflicts"][0].GetProperty("id").GetGuid(), preview["conflicts"][0].GetProperty("name").GetString()));
        Assert.Equal("restore_conflict", job["error"].GetProperty("code").GetString());
        Assert.Contains("First", job["error"].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(tenant));
        Assert.Contains((await tenant.Admin.Get("backup/log")).Items, line => line.GetProperty("event").GetString() == "restore_failed");
    }

    [Fact]
    public async Task A_time_that_is_booked_now_refuses_the_whole_restore()
    {
        var tenant = await api.FoundAsync();
        var (first, second) = (await tenant.Admin.AddCandidateAsync(), await tenant.Admin.AddCandidateAsync());
        var interview = await InterviewAsync(tenant, first.Id);
        var backup = await tenant.Admin.BackUpAsync();
        (await tenant.Admin.Delete($"recruiting/interviews/{interview}", version: (await tenant.Admin.Get($"recruiting/interviews/{interview}")).Version)).Must(204);
        await InterviewAsync(tenant, second.Id);
        var before = await StateAsync(tenant);

        var job = await tenant.RestoreAsync(backup.Id, new { noun = "recruiting/interviews", recordIds = new[] { interview } }, status: "failed");

        Assert.Equal("restore_conflict", job["error"].GetProperty("code").GetString());
        Assert.Contains("booked", job["error"].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(tenant));
    }

    [Fact]
    public async Task A_person_erased_since_is_not_brought_back()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Somebody Private");
        var other = await tenant.Admin.AddCandidateAsync("Somebody Else");
        (await tenant.Admin.Post($"recruiting/candidates/{candidate.Id}/comments", new { body = "Private remark" })).Must(201);
        var backup = await tenant.Admin.BackUpAsync();
        (await tenant.Admin.Post($"recruiting/candidates/{candidate.Id}/erase", new { confirm = "Somebody Private" })).Must(204);
        (await tenant.Admin.Patch($"recruiting/candidates/{other.Id}", new { fullName = "Changed" }, 1)).Must(200);

        var preview = await PreviewAsync(tenant, backup.Id, new { mode = "replace" });
        await tenant.RestoreAsync(backup.Id, new { mode = "replace" });

        Assert.True(preview["erased"].GetInt32() >= 1, preview.Text);
        Assert.Equal(0L, await api.SqlAsync("select count(*) from recruiting.candidate where tenant_id = $1 and full_name = 'Somebody Private'", tenant.Id));
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.comment where tenant_id = $1 and body = 'Private remark'", tenant.Id));
        Assert.Equal("Somebody Else", (await tenant.Admin.Get($"recruiting/candidates/{other.Id}"))["fullName"].GetString());
    }

    [Fact]
    public async Task References_to_what_is_gone_are_named_and_cleared_or_their_record_is_left_out()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Gone Person");
        var interview = await InterviewAsync(tenant, candidate.Id);
        var call = (await tenant.Admin.Post("recruiting/calls", new { callerName = "Caller", callerNumber = "+41441234567", callType = "missed", status = "missed", candidateId = candidate.Id })).Must(201);
        var backup = await tenant.Admin.BackUpAsync();
        await api.SqlAsync($"delete from kernel.booking where subject_id = '{interview}'; delete from recruiting.interview where id = '{interview}'; delete from recruiting.call where id = '{call.Id}'");
        await LoseAsync(candidate.Id);

        var interviews = await PreviewAsync(tenant, backup.Id, new { noun = "recruiting/interviews" });
        var calls = await PreviewAsync(tenant, backup.Id, new { noun = "recruiting/calls" });
        await tenant.RestoreAsync(backup.Id, new { noun = "recruiting/calls" });

        Assert.Equal((0, 0, 0), Counts(interviews.Json));
        Assert.Equal(("candidateId", candidate.Id), (interviews["dangling"][0].GetProperty("field").GetString(), interviews["dangling"][0].GetProperty("missing").GetGuid()));
        Assert.Equal(candidate.Id, calls["dangling"][0].GetProperty("missing").GetGuid());
        Assert.Equal(JsonValueKind.Null, (await tenant.Admin.Get($"recruiting/calls/{call.Id}")).Must(200)["candidateId"].ValueKind);
    }

    [Fact]
    public async Task Rights_and_the_audit_trail_are_never_restored()
    {
        var tenant = await api.FoundAsync();
        var leaver = await tenant.AddAsync("manager");
        var backup = await tenant.Admin.BackUpAsync();
        (await tenant.Admin.Patch($"users/{leaver.UserId}", new { active = false }, (await tenant.Admin.Get($"users/{leaver.UserId}")).Version)).Must(200);
        var changes = (long)(await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1", tenant.Id))!;

        await tenant.RestoreAsync(backup.Id, new { mode = "replace" });

        Assert.False((await tenant.Admin.Get($"users/{leaver.UserId}"))["active"].GetBoolean());
        Assert.True((long)(await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1", tenant.Id))! > changes);
        (await leaver.Get("auth/me")).Must(401);
    }

    [Fact]
    public async Task A_damaged_archive_is_refused_and_its_entry_named()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Honest Person");
        var backup = await tenant.Admin.BackUpAsync();
        (await tenant.Admin.Patch($"recruiting/candidates/{candidate.Id}", new { rating = 3 }, 1)).Must(200);
        var file = api.FileOf(tenant.Id, backup["sha256"].GetString()!);
        using (var zip = System.IO.Compression.ZipFile.Open(file, System.IO.Compression.ZipArchiveMode.Update))
        {
            zip.GetEntry("data/recruiting.candidate.jsonl")!.Delete();
            using var forged = new StreamWriter(zip.CreateEntry("data/recruiting.candidate.jsonl").Open());
            forged.Write("{}\n");
        }

        var job = await tenant.RestoreAsync(backup.Id, new { mode = "merge" }, status: "failed");
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..200]);
        var truncated = await tenant.Admin.Post($"backup/{backup.Id}/restore", new { mode = "merge" });

        Assert.Equal("backup_damaged", job["error"].GetProperty("code").GetString());
        Assert.Contains("data/recruiting.candidate.jsonl", job["error"].GetProperty("detail").GetString(), StringComparison.Ordinal);
        truncated.Must(409, "backup_damaged");
        Assert.Equal(3, (await tenant.Admin.Get($"recruiting/candidates/{candidate.Id}"))["rating"].GetInt32());
    }

    [Fact]
    public async Task What_was_not_asked_well_is_refused()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");
        var backup = await tenant.Admin.BackUpAsync();

        (await tenant.Admin.Post($"backup/{backup.Id}/restore", new { noun = "recruiting/unicorns" })).Must(400, "validation_failed");
        (await tenant.Admin.Post($"backup/{backup.Id}/restore/preview", new { recordIds = new[] { Guid.CreateVersion7() } })).Must(400, "validation_failed");
        (await tenant.Admin.Get($"backup/{backup.Id}/records?noun=kernel.change")).Must(400, "validation_failed");
        (await tenant.Admin.Post($"backup/{Guid.CreateVersion7()}/restore", new { })).Must(404);
        (await agent.Post($"backup/{backup.Id}/restore", new { })).Must(403, "forbidden");
        (await agent.Post($"backup/{backup.Id}/restore/preview", new { })).Must(403, "forbidden");
        (await agent.Get($"backup/{backup.Id}/records?noun=recruiting/candidates")).Must(403, "forbidden");
    }

    private static (int, int, int) Counts(JsonElement counts) =>
        (counts.GetProperty("added").GetInt32(), counts.GetProperty("changed").GetInt32(), counts.GetProperty("removed").GetInt32());

    private static async Task<Answer> PreviewAsync(TestTenant tenant, Guid backupId, object request) => (await tenant.Admin.Post($"backup/{backupId}/restore/preview", request)).Must(200);

    private static async Task<Guid> InterviewAsync(TestTenant tenant, Guid candidateId) => (await tenant.Admin.Post(
        "recruiting/interviews", new { candidateId, interviewerName = tenant.Admin.FullName, interviewerUserId = tenant.Admin.UserId, scheduledAt = "2026-03-09T10:00:00Z", durationMins = 60 })).Must(201).Id;

    /// <summary>As if the row had never been: what no trash could bring back.</summary>
    private async Task LoseAsync(Guid candidateId) => await api.SqlAsync("delete from recruiting.candidate where id = $1", candidateId);

    private async Task<string> StateAsync(TestTenant tenant) => (string)(await api.SqlAsync(
        """
        select coalesce((select json_agg(c order by c.id)::text from recruiting.candidate c where c.tenant_id = $1), '')
            || coalesce((select json_agg(i order by i.id)::text from recruiting.interview i where i.tenant_id = $1), '')
            || coalesce((select json_agg(b order by b.id)::text from kernel.booking b where b.tenant_id = $1), '')
        """,
        tenant.Id))!;
}
