using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Jobs;

/// <summary>
/// Runs one job: takes its lease, decides the person's rights afresh, lets its kind do the work in a scope of its own, passes
/// progress on, and writes how it ended.
/// </summary>
internal sealed class JobRunner(
    NpgsqlDataSource database, IServiceScopeFactory scopes, JobKinds kinds, Principals principals, JobNews news, TimeProvider clock, ILogger<JobRunner> logger)
{
    /// <summary>A job whose runs keep taking their host down is not begun again.</summary>
    private const int MaximumAttempts = 5;

    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(300);

    /// <summary>Beats between two signs of life when there is nothing to tell.</summary>
    private const int LifeEvery = 4;

    private static readonly Refusal Gone = new(403, "requester_gone", "The person who asked for this is no longer an active member.");

    private static readonly Refusal NotAllowed = new(403, "forbidden", "The person who asked for this may no longer do it.");

    private static readonly Refusal UnknownKind = new(409, "unknown_job", "This version does not know how to do this.");

    private static readonly Refusal GaveUp = new(500, "gave_up", "It was broken off too often and is not tried again.");

    private static readonly Refusal Unexpected = new(500, "unexpected_error", "Something went wrong that nobody expected. The log of the server tells more.");

    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _running = new();

    /// <summary>Cancels a run of this node at once; those of other nodes hear of it with their next sign of life.</summary>
    public void Cancel(Guid jobId)
    {
        if (_running.TryGetValue(jobId, out var running))
        {
            running.Cancel();
        }
    }

    /// <param name="tenantId">Whose job.</param>
    /// <param name="jobId">Which.</param>
    /// <param name="stopping">The host stops: the job goes back into the queue.</param>
    /// <exception cref="OperationCanceledException">The host stopped before the end.</exception>
    public async Task RunAsync(Guid tenantId, Guid jobId, CancellationToken stopping)
    {
        await using var lease = await JobLease.TakeAsync(database, tenantId, jobId, clock.GetUtcNow().ToMicroseconds(), stopping);
        if (lease is null)
        {
            return;
        }

        using var cancelled = new CancellationTokenSource();
        _running[jobId] = cancelled;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancelled.Token);
        try
        {
            await RunAsync(lease, tenantId, jobId, cancelled, ending.Token, stopping);
        }
        finally
        {
            _running.TryRemove(jobId, out _);
        }
    }

    private async Task RunAsync(JobLease lease, Guid tenantId, Guid jobId, CancellationTokenSource cancelled, CancellationToken cancel, CancellationToken stopping)
    {
        var user = lease.RequestedById is { } requester ? await principals.LoadMemberAsync(tenantId, requester, cancel) : null;
        var scope = new TenantScope(tenantId, lease.RequestedById, lease.RequestedByName, lease.TraceId) { OwnRowsOf = user?.OwnRowsOf };
        var run = new JobRun(jobId, scope, user, lease.Attempt);
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<RequestScope>().Current = scope;
        var kind = kinds.Create(lease.Kind, services.ServiceProvider);
        JobOutcome? outcome = null;
        Tell(JobStatus.Running);

        using var ended = new CancellationTokenSource();
        var beating = BeatAsync(lease, run, progress => Tell(JobStatus.Running, progress), cancelled, ended.Token);
        try
        {
            outcome = Fault(kind, lease, user) is { } fault ? fault : await kind!.RunAsync(run, lease.Arguments, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await ended.CancelAsync();
            await beating;
            if (stopping.IsCancellationRequested && !cancelled.IsCancellationRequested)
            {
                await lease.GiveBackAsync(CancellationToken.None);
                throw;
            }
        }
        catch (Exception failed)
        {
            logger.LogError(failed, "Job {Job} ({Kind}) of {Tenant} failed", jobId, lease.Kind, tenantId);
            outcome = Unexpected;
        }

        await ended.CancelAsync();
        await beating;
        var status = run.HasSucceeded ? JobStatus.Succeeded : outcome is null ? JobStatus.Cancelled : outcome.Refusal is null ? JobStatus.Succeeded : JobStatus.Failed;
        if (kind is not null)
        {
            await ClearUpAsync(kind, run, lease, outcome);
        }

        await lease.EndAsync(status, run.Progress, outcome, clock.GetUtcNow().ToMicroseconds(), CancellationToken.None);
        Tell(status, run.Progress);

        void Tell(JobStatus state, JobProgress? progress = null) =>
            news.Tell(tenantId, lease.RequestedById, new LiveJob(jobId, lease.Kind, state, progress?.Step, progress?.Done ?? 0, progress?.Total));
    }

    private static Refusal? Fault(IJobKind? kind, JobLease lease, CurrentUser? user) =>
        kind is null ? UnknownKind
        : lease.Attempt > MaximumAttempts ? GaveUp
        : lease.RequestedById is null ? null
        : user is null ? Gone
        : kind.Allows(user, lease.Arguments) ? null : NotAllowed;

    private async Task ClearUpAsync(IJobKind kind, JobRun run, JobLease lease, JobOutcome? outcome)
    {
        try
        {
            await kind.EndedAsync(run, lease.Arguments, outcome, CancellationToken.None);
        }
        catch (Exception failed)
        {
            logger.LogError(failed, "Clearing up after job {Job} failed", run.Id);
        }
    }

    /// <summary>Passes progress on until the run has ended. Without the database the lease is lost, and the run is broken off.</summary>
    private async Task BeatAsync(JobLease lease, JobRun run, Action<JobProgress> tell, CancellationTokenSource cancelled, CancellationToken ended)
    {
        var (told, quiet) = (run.Progress, 0);
        using var timer = new PeriodicTimer(TellEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                var progress = run.Progress;
                if (run.HasSucceeded || (progress == told && ++quiet < LifeEvery))
                {
                    continue;
                }

                if (await lease.BeatAsync(progress, CancellationToken.None))
                {
                    await cancelled.CancelAsync();
                }

                if (progress != told)
                {
                    tell(progress);
                }

                (told, quiet) = (progress, 0);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The run has ended.
        }
        catch (NpgsqlException lost)
        {
            logger.LogWarning(lost, "Job {Job} lost the database and is broken off", run.Id);
            await cancelled.CancelAsync();
        }
    }
}
