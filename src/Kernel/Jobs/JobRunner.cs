using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Realtime;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Jobs;

/// <summary>
/// Runs one job: takes its lease, decides the person's rights afresh, lets its kind do the work in a scope of its own, passes
/// progress on, and writes how it ended.
/// </summary>
internal sealed class JobRunner(
    NpgsqlDataSource database, TenantDbFactory tenants, IServiceScopeFactory scopes, JobKinds kinds, Principals principals, PersonalNews news, TimeProvider clock, ILogger<JobRunner> logger)
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

    private static readonly Refusal Interrupted = new(500, "interrupted", "The host ended before it was done. Ask again.");

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

    /// <summary>Ends a job whose run inside a request went with its host: nobody waits for it any more, so it is not begun again. One that somebody runs is left alone.</summary>
    public async Task EndInterruptedAsync(Guid tenantId, Guid jobId, CancellationToken cancel)
    {
        await using var lease = await JobLease.TakeAsync(database, tenantId, jobId, clock.GetUtcNow().ToMicroseconds(), cancel, waits: false);
        if (lease is null)
        {
            return;
        }

        var scope = new TenantScope(tenantId, lease.RequestedById, lease.RequestedByName, lease.TraceId);
        var run = new JobRun(jobId, scope, null, lease.Attempt);
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<RequestScope>().Current = scope;
        if (kinds.Create(lease.Kind, services.ServiceProvider) is { } kind)
        {
            await ClearUpAsync(kind, run, lease, Interrupted);
        }

        await lease.EndAsync(JobStatus.Failed, run.Progress, Interrupted, clock.GetUtcNow().ToMicroseconds(), cancel);
    }

    private async Task RunAsync(JobLease lease, Guid tenantId, Guid jobId, CancellationTokenSource cancelled, CancellationToken cancel, CancellationToken stopping)
    {
        var user = lease.RequestedById is { } requester ? await principals.LoadMemberAsync(tenantId, requester, cancel) : null;
        var scope = new TenantScope(tenantId, lease.RequestedById, lease.RequestedByName, lease.TraceId) { OwnRowsOf = user?.OwnRowsOf };
        var run = new JobRun(jobId, scope, user, lease.Attempt);
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<RequestScope>().Current = scope;
        var kind = kinds.Create(lease.Kind, services.ServiceProvider);
        Tell(JobStatus.Running);

        using var ended = new CancellationTokenSource();
        var beating = BeatAsync(lease, run, progress => Tell(JobStatus.Running, progress), cancelled, ended.Token);
        var (outcome, failure) = await TryAsync(kind, run, lease, user, cancel);
        await ended.CancelAsync();
        if (!await beating)
        {
            throw new JobLeaseLostException(failure);
        }

        if (failure is not null && run.HasSucceeded && await lease.HasSucceededAsync(CancellationToken.None))
        {
            // It fell over behind its last commit.
            (outcome, failure) = (JobOutcome.Success(), null);
        }

        if (failure is not null && stopping.IsCancellationRequested && !cancelled.IsCancellationRequested)
        {
            // Whatever it says, it may have failed because its host goes.
            await lease.GiveBackAsync(CancellationToken.None);
            throw new OperationCanceledException("The host stops.", failure, stopping);
        }

        if (failure is not null && !(failure is OperationCanceledException && cancel.IsCancellationRequested))
        {
            logger.LogError(failure, "Job {Job} ({Kind}) of {Tenant} failed", jobId, lease.Kind, tenantId);
            outcome = Unexpected;
        }

        var status = outcome is null ? JobStatus.Cancelled : outcome.Refusal is null ? JobStatus.Succeeded : JobStatus.Failed;
        if (kind is not null)
        {
            await ClearUpAsync(kind, run, lease, outcome);
        }

        await lease.EndAsync(status, run.Progress, outcome, clock.GetUtcNow().ToMicroseconds(), CancellationToken.None);
        Tell(status, run.Progress);
        await NotifyAsync(lease, tenantId, jobId, status, outcome);

        void Tell(JobStatus state, JobProgress? progress = null) =>
            news.Tell(tenantId, lease.RequestedById, LiveHub.JobProgressed, new LiveJob(jobId, lease.Kind, state, progress?.Step, progress?.Done ?? 0, progress?.Total));
    }

    /// <summary>Tells the person who asked, unless they waited for it or ended it themselves. A job that has ended stays so when that fails.</summary>
    private async Task NotifyAsync(JobLease lease, Guid tenantId, Guid jobId, JobStatus status, JobOutcome? outcome)
    {
        if (lease.IsInline || status == JobStatus.Cancelled || lease.RequestedById is not { } requester)
        {
            return;
        }

        try
        {
            await using var db = tenants.Open(TenantScope.System(tenantId));
            db.Notify(KernelNotifications.JobEnded, [requester], new Notice($"{lease.Title} {(status == JobStatus.Succeeded ? "is done" : "failed")}", $"job:{jobId}")
            {
                Body = outcome?.Refusal?.Detail,
                JobId = jobId,
            });
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception failed)
        {
            logger.LogWarning(failed, "Nobody was told that job {Job} has ended", jobId);
        }
    }

    private static async Task<(JobOutcome? Outcome, Exception? Failure)> TryAsync(IJobKind? kind, JobRun run, JobLease lease, CurrentUser? user, CancellationToken cancel)
    {
        try
        {
            return (Fault(kind, lease, user) is { } fault ? fault : await kind!.RunAsync(run, lease.Arguments, cancel), null);
        }
        catch (Exception failure)
        {
            return (null, failure);
        }
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
    /// <returns>Whether the lease held.</returns>
    private async Task<bool> BeatAsync(JobLease lease, JobRun run, Action<JobProgress> tell, CancellationTokenSource cancelled, CancellationToken ended)
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

            return true;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException)
        {
            logger.LogWarning(lost, "Job {Job} lost the database and is broken off", run.Id);
            await cancelled.CancelAsync();
            return false;
        }
    }
}
