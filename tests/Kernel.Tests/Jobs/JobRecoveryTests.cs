using Microsoft.Extensions.DependencyInjection;
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
