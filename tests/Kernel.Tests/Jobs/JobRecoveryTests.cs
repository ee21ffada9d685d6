using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Jobs;

public sealed class JobRecoveryTests(JobApi api) : IClassFixture<JobApi>
{
    [Fact]
    public async Task A_host_that_stops_hands_its_job_back_and_the_next_one_finishes_it()
    {
        var tenant = await api.FoundAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempts = new List<int>();
        var id = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            attempts.Add(rehearsal.Run.Attempt);
            if (rehearsal.Run.Attempt == 1)
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, cancel);
            }

            return JobOutcome.Success(new { rehearsal.Run.Attempt });
        });
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await api.RestartAsync();
        Assert.Equal("queued", await api.SqlAsync("select status from kernel.job where id = $1", id));
        await api.Services.GetRequiredService<JobScheduler>().StartAsync(CancellationToken.None);

        await Waiting.UntilAsync(() => api.SqlAsync("select status from kernel.job where id = $1", id), status => status is "succeeded");
        Assert.Equal([1, 2], attempts);
    }

    [Fact]
    public async Task Nobody_runs_a_job_that_somebody_else_is_running()
    {
        var tenant = await api.FoundAsync();
        var (runs, begun, go) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var id = await api.AskAsync(tenant, tenant.Admin, async (_, cancel) =>
        {
            Interlocked.Increment(ref runs);
            begun.TrySetResult();
            await go.Task.WaitAsync(cancel);
            return JobOutcome.Success();
        });
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var second = api.Services.GetRequiredService<JobRunner>().RunAsync(tenant.Id, id, CancellationToken.None);
        go.SetResult();
        await second.WaitAsync(TimeSpan.FromSeconds(30));

        await Waiting.UntilAsync(() => api.SqlAsync("select status from kernel.job where id = $1", id), status => status is "succeeded");
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_job_that_loses_its_connection_is_broken_off_and_begun_again()
    {
        var tenant = await api.FoundAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            if (rehearsal.Run.Attempt == 1)
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, cancel);
            }

            return JobOutcome.Success(new { rehearsal.Run.Attempt });
        });
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        // The lease is the only one in this database that holds an advisory lock on a job.
        await api.SqlAsync("select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and l.granted and d.datname = current_database()");

        var job = await tenant.Admin.JobAsync(id);
        Assert.Equal(("succeeded", 2), (job["status"].GetString(), job["result"].GetProperty("attempt").GetInt32()));
    }

    [Fact]
    public async Task A_job_whose_last_commit_did_not_come_about_has_not_succeeded_and_one_whose_did_has()
    {
        var tenant = await api.FoundAsync();
        var undone = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            await using var transaction = await rehearsal.Db.Database.BeginTransactionAsync(cancel);
            await rehearsal.Run.SucceedAsync(rehearsal.Db, null, cancel);
            throw new InvalidOperationException("The commit was lost.");
        });
        var done = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            await using var transaction = await rehearsal.Db.Database.BeginTransactionAsync(cancel);
            await rehearsal.Run.SucceedAsync(rehearsal.Db, new { Done = true }, cancel);
            await transaction.CommitAsync(cancel);
            throw new InvalidOperationException("Too late to matter.");
        });

        Assert.Equal("failed", (await tenant.Admin.JobAsync(undone))["status"].GetString());
        Assert.Equal("succeeded", (await tenant.Admin.JobAsync(done))["status"].GetString());
    }

    [Fact]
    public async Task Work_inside_a_request_that_went_with_its_host_is_said_to_be_interrupted_and_what_somebody_runs_is_left_alone()
    {
        var tenant = await api.FoundAsync();
        var housekeeping = api.Services.GetRequiredService<Housekeeping>();
        var dead = await api.AskAsync(tenant, tenant.Admin, (_, _) => Task.FromResult(JobOutcome.Success()), inline: true);
        await api.SqlAsync("update kernel.job set status = 'running', finished_at = null where id = $1", dead);

        var alive = await api.AskAsync(
            tenant,
            tenant.Admin,
            async (_, cancel) =>
            {
                await housekeeping.RunAsync(tenant.Id, cancel);
                return JobOutcome.Success();
            },
            inline: true);

        var (gone, done) = ((await tenant.Admin.Get($"jobs/{dead}")).Must(200), (await tenant.Admin.Get($"jobs/{alive}")).Must(200));
        Assert.Equal(("failed", "interrupted", "interrupted"), (gone["status"].GetString(), gone["error"].GetProperty("code").GetString(), api.Rehearsals.Ended[dead]));
        Assert.Equal("succeeded", done["status"].GetString());
    }

    [Fact]
    public async Task A_job_that_is_not_committed_never_was()
    {
        var tenant = await api.FoundAsync();
        await using var scope = api.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>().Enter(TenantScope.System(tenant.Id));
        var queue = scope.ServiceProvider.GetRequiredService<JobQueue>();
        var before = await QueuedAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => queue.EnqueueAsync<RehearsalJob>(
            db, "Never", new RehearsalJob.Arguments("never"), CancellationToken.None, job => throw new InvalidOperationException("The caller changed their mind.")));

        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.job where tenant_id = $1", tenant.Id));
        Assert.Equal(before, await QueuedAsync());
    }

    private Task<object?> QueuedAsync() => api.SqlAsync("select count(*) from scheduler.qrtz_job_details");
}
