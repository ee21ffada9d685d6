using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Tests.Host;
using Tessera.Kernel.Web;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Jobs;

/// <summary>A host whose time for requests is over at once when it stops, and what hosts complain of.</summary>
public sealed class HastyApi : JobApi
{
    public Complaints Complaints { get; } = new();

    protected override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        services.AddSingleton<ILoggerProvider>(Complaints);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(1));
    }
}

public sealed class JobShutdownTests(HastyApi api) : IClassFixture<HastyApi>
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_job_that_comes_to_its_end_while_its_host_stops_has_succeeded()
    {
        var tenant = await api.FoundAsync();
        var id = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            _begun.SetResult();
            await StoppedAsync(cancel);

            // Past its last safe point: it ends well instead.
            await using var transaction = await rehearsal.Db.Database.BeginTransactionAsync(CancellationToken.None);
            await rehearsal.Run.SucceedAsync(rehearsal.Db, new { Late = true }, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            return JobOutcome.Success();
        });
        await _begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await api.RestartAsync();

        Assert.Equal("succeeded", await StatusAsync(id));
        Assert.Equal(0L, await api.SqlAsync("select count(*) from scheduler.qrtz_triggers where trigger_name = $1", id.ToString()));
        Assert.DoesNotContain(api.Complaints.All, line => line.Contains("Disposed", StringComparison.OrdinalIgnoreCase) || line.Contains(id.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_waits_for_its_jobs_to_leave_even_when_its_time_for_requests_is_over_and_the_next_one_goes_on()
    {
        var tenant = await api.FoundAsync();
        var attempts = new List<int>();
        var id = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            attempts.Add(rehearsal.Run.Attempt);
            if (rehearsal.Run.Attempt == 1)
            {
                _begun.SetResult();
                await StoppedAsync(cancel);
                await rehearsal.Db.Database.ExecuteSqlAsync($"select pg_sleep(0.3)", CancellationToken.None);
                cancel.ThrowIfCancellationRequested();
            }

            return JobOutcome.Success(new { rehearsal.Run.Attempt });
        });
        await _begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await api.RestartAsync();
        Assert.Equal("queued", await StatusAsync(id));
        await GoOnAsync();

        await Waiting.UntilAsync(() => StatusAsync(id), status => status is "succeeded");
        Assert.Equal([1, 2], attempts);
        Assert.DoesNotContain(api.Complaints.All, line => line.Contains("Disposed", StringComparison.OrdinalIgnoreCase) || line.Contains(id.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_that_fails_because_its_host_goes_is_begun_again()
    {
        var tenant = await api.FoundAsync();
        var id = await api.AskAsync(tenant, tenant.Admin, async (rehearsal, cancel) =>
        {
            if (rehearsal.Run.Attempt == 1)
            {
                _begun.SetResult();
                await StoppedAsync(cancel);
                throw new ObjectDisposedException("Something of the host's");
            }

            return JobOutcome.Success();
        });
        await _begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await api.RestartAsync();
        Assert.Equal("queued", await StatusAsync(id));
        await GoOnAsync();

        await Waiting.UntilAsync(() => StatusAsync(id), status => status is "succeeded");
    }

    [Fact]
    public async Task A_request_that_is_answered_while_the_host_stops_can_still_ask_for_a_job()
    {
        var tenant = await api.FoundAsync();
        await api.Services.GetRequiredService<JobScheduler>().StopAsync();

        var id = await api.AskAsync(tenant, tenant.Admin, (_, _) => Task.FromResult(JobOutcome.Success()));

        Assert.Equal("queued", await StatusAsync(id));
        await api.RestartAsync();
        await GoOnAsync();
        await Waiting.UntilAsync(() => StatusAsync(id), status => status is "succeeded");
    }

    [Fact]
    public async Task A_host_that_is_told_to_stop_while_its_queue_starts_stops_in_order()
    {
        await api.RestartAsync();
        var scheduler = api.Services.GetRequiredService<JobScheduler>();
        Task starting, stopping;
        await using (var gate = await Gate.BeforeReadingAsync(api.OwnerConnectionString, "scheduler.qrtz_scheduler_state"))
        {
            starting = scheduler.StartAsync(CancellationToken.None);
            await gate.ReachedAsync();
            stopping = scheduler.StopAsync();
        }

        await starting;
        await stopping;
    }

    private static async Task StoppedAsync(CancellationToken stopping)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(stopped.SetResult);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
    }

    private async Task GoOnAsync() => await api.Services.GetRequiredService<JobScheduler>().StartAsync(CancellationToken.None);

    private Task<object?> StatusAsync(Guid id) => api.SqlAsync("select status from kernel.job where id = $1", id);
}
