using Tessera.Kernel.Changes;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Tests.Realtime;
using Tessera.Kernel.Web;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Jobs;

public sealed class JobTests(JobApi api) : IClassFixture<JobApi>
{
    [Fact]
    public async Task A_job_runs_in_the_background_in_the_name_of_the_person_who_asked()
    {
        var tenant = await api.FoundAsync();
        var id = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            rehearsal.Run.Report("Counting", 2, 3);
            rehearsal.Db.Note(new Change { Action = "rehearse", Target = "rehearsal" });
            await rehearsal.Db.SaveChangesAsync(cancel);
            return JobOutcome.Success(new { Counted = 3 });
        });

        var job = await tenant.Admin.JobAsync(id);

        Assert.Equal(("succeeded", "rehearsal", "A rehearsal"), (job["status"].GetString(), job["kind"].GetString(), job["title"].GetString()));
        Assert.Equal(3, job["result"].GetProperty("counted").GetInt32());
        Assert.Equal(("Counting", 2, 3), (job["step"].GetString(), job["done"].GetInt32(), job["total"].GetInt32()));
        var written = (await tenant.Admin.Get("audit?action=rehearse")).Must(200).Items.Single();
        Assert.Equal(tenant.Admin.UserId, written.GetProperty("actor").GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Small_work_runs_within_the_request_and_has_the_same_row()
    {
        var tenant = await api.FoundAsync();

        var id = await api.AskAsync(tenant, tenant.Admin, (_, _) => Task.FromResult(JobOutcome.Success(new { Done = true })), inline: true);

        Assert.Equal("succeeded", (await tenant.Admin.Get($"jobs/{id}")).Must(200)["status"].GetString());
    }

    [Fact]
    public async Task A_refusal_and_a_surprise_fail_the_job_with_a_code()
    {
        var tenant = await api.FoundAsync();
        var refused = await api.AskAsync(tenant, tenant.Admin, (_, _) => Task.FromResult<JobOutcome>(new Refusal(409, "not_today", "Not today.")));
        var broken = await api.AskAsync(tenant, tenant.Admin, (_, _) => throw new InvalidOperationException("A secret detail."));

        var (no, surprise) = (await tenant.Admin.JobAsync(refused), await tenant.Admin.JobAsync(broken));

        Assert.Equal(("failed", "not_today", "Not today."), (no["status"].GetString(), no["error"].GetProperty("code").GetString(), no["error"].GetProperty("detail").GetString()));
        Assert.Equal(("failed", "unexpected_error"), (surprise["status"].GetString(), surprise["error"].GetProperty("code").GetString()));
        Assert.DoesNotContain("secret", surprise.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Rights_are_decided_afresh_when_the_job_begins()
    {
        var tenant = await api.FoundAsync();
        var manager = await tenant.AddAsync("manager");
        (await tenant.Admin.Put($"users/{manager.UserId}/pages/settings", new { access = "deny" })).Must(200);
        var leaver = await tenant.AddAsync("manager");
        (await tenant.Admin.Delete($"users/{leaver.UserId}", version: (await tenant.Admin.Get($"users/{leaver.UserId}")).Version)).Must(204);
        var ran = false;
        Task<JobOutcome> Play(Rehearsal rehearsal, CancellationToken cancel)
        {
            ran = true;
            return Task.FromResult(JobOutcome.Success());
        }

        var (denied, gone) = (await api.AskAsync(tenant, manager, Play), await api.AskAsync(tenant, leaver, Play));

        Assert.Equal("forbidden", (await tenant.Admin.JobAsync(denied))["error"].GetProperty("code").GetString());
        Assert.Equal("requester_gone", (await tenant.Admin.JobAsync(gone))["error"].GetProperty("code").GetString());
        Assert.False(ran);
    }

    [Fact]
    public async Task Each_sees_their_own_jobs_and_administrators_all()
    {
        var tenant = await api.FoundAsync();
        var (manager, other, foreign) = (await tenant.AddAsync("manager"), await tenant.AddAsync("manager"), await api.FoundAsync());
        var id = await api.AskAsync(tenant, manager, (_, _) => Task.FromResult(JobOutcome.Success()));
        await tenant.Admin.JobAsync(id);

        Assert.Equal([id], (await manager.Get("jobs?status=succeeded")).Must(200).Items.Select(j => j.GetProperty("id").GetGuid()));
        Assert.Empty((await other.Get("jobs")).Must(200).Items);
        (await other.Get($"jobs/{id}")).Must(404);
        (await other.Post($"jobs/{id}/cancel")).Must(404);
        (await foreign.Admin.Get($"jobs/{id}")).Must(404);
        (await manager.Get("jobs?status=nonsense")).Must(400, "validation_failed");
        (await manager.Post($"jobs/{id}/cancel")).Must(409, "job_ended");
    }

    [Fact]
    public async Task A_running_job_can_be_cancelled_and_takes_nothing_half_done_along()
    {
        var tenant = await api.FoundAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            await using var transaction = await rehearsal.Db.Database.BeginTransactionAsync(cancel);
            rehearsal.Db.Note(new Change { Action = "half_done", Target = "rehearsal" });
            await rehearsal.Db.SaveChangesAsync(cancel);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
            return JobOutcome.Success();
        });
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        (await tenant.Admin.Post($"jobs/{id}/cancel")).Must(200);

        Assert.Equal("cancelled", (await tenant.Admin.JobAsync(id))["status"].GetString());
        Assert.Empty((await tenant.Admin.Get("audit?action=half_done")).Must(200).Items);
    }

    [Fact]
    public async Task The_end_of_a_job_can_be_committed_with_its_work()
    {
        var tenant = await api.FoundAsync();
        var id = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            await using var transaction = await rehearsal.Db.Database.BeginTransactionAsync(cancel);
            await rehearsal.Run.SucceedAsync(rehearsal.Db, new { Rows = 7 }, cancel);
            await transaction.CommitAsync(cancel);
            throw new InvalidOperationException("The host died a moment later.");
        });

        var job = await tenant.Admin.JobAsync(id);

        Assert.Equal(("succeeded", 7), (job["status"].GetString(), job["result"].GetProperty("rows").GetInt32()));
    }

    [Fact]
    public async Task The_person_who_asked_hears_how_far_it_has_come_and_nobody_else()
    {
        var tenant = await api.FoundAsync();
        var other = await tenant.AddAsync("manager");
        await using var window = await Window.OpenAsync(api.Server, tenant.Admin.Token);
        await using var others = await Window.OpenAsync(api.Server, other.Token);
        await tenant.Admin.AddCandidateAsync();
        await window.HearAsync("changed");
        await others.HearAsync("changed");
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            rehearsal.Run.Report("Half way", 5, 10);
            await heard.Task.WaitAsync(cancel);
            return JobOutcome.Success();
        });

        var news = await window.HearAsync("job", j => j.GetProperty("step").GetString() == "Half way");
        heard.SetResult();
        await window.HearAsync("job", j => j.GetProperty("id").GetGuid() == id && j.GetProperty("status").GetString() == "succeeded");

        Assert.Equal((id, "rehearsal", 5, 10), (news.GetProperty("id").GetGuid(), news.GetProperty("kind").GetString(), news.GetProperty("done").GetInt32(), news.GetProperty("total").GetInt32()));
        Assert.DoesNotContain("job", others.Names);
    }

    [Fact]
    public async Task Progress_leaves_no_trace_in_the_change_feed()
    {
        var tenant = await api.FoundAsync();
        var before = await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1", tenant.Id);
        var id = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            for (var step = 0; step < 3; step++)
            {
                rehearsal.Run.Report($"Step {step}", step, 3);
                await Task.Delay(400, cancel);
            }

            return JobOutcome.Success();
        });
        await tenant.Admin.JobAsync(id);

        Assert.Equal(before, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1", tenant.Id));
    }
}
