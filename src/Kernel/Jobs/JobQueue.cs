using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Jobs;

/// <summary>Where work is asked for. The person in whose scope the context is has asked for it.</summary>
public sealed class JobQueue
{
    private readonly JobScheduler _scheduler;
    private readonly JobRunner _runner;
    private readonly TimeProvider _clock;

    internal JobQueue(JobScheduler scheduler, JobRunner runner, TimeProvider clock) => (_scheduler, _runner, _clock) = (scheduler, runner, clock);

    /// <summary>
    /// Saves what the context tracks together with a new job, in one transaction of its own, and has the job run in the
    /// background.
    /// </summary>
    /// <typeparam name="TKind">Who does it.</typeparam>
    /// <param name="db">In the scope of the person who asks, outside a transaction.</param>
    /// <param name="title">What people read.</param>
    /// <param name="arguments">Of the kind's own type.</param>
    /// <param name="cancel">Ends the attempt; nothing is queued then.</param>
    /// <param name="prepare">Adds what belongs to the job and is saved with it.</param>
    public async Task<Job> EnqueueAsync<TKind>(PlatformDb db, string title, object arguments, CancellationToken cancel, Action<Job>? prepare = null)
        where TKind : IJobKind
    {
        var job = New<TKind>(db, title, arguments, isInline: false);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(job);
        prepare?.Invoke(job);
        await db.SaveChangesAsync(cancel);

        // Ending the enlistment tells the scheduler that there is work: only now can it be seen.
        using var enlisted = await _scheduler.EnqueueAsync(db, job, cancel);
        await transaction.CommitAsync(cancel);
        return job;
    }

    /// <summary>Runs small work at once and answers with its row, ended. When the host dies meanwhile the row says so later; nobody repeats it.</summary>
    /// <inheritdoc cref="EnqueueAsync"/>
    public async Task<Job> RunAsync<TKind>(PlatformDb db, string title, object arguments, CancellationToken cancel, Action<Job>? prepare = null)
        where TKind : IJobKind
    {
        var job = New<TKind>(db, title, arguments, isInline: true);
        db.Add(job);
        prepare?.Invoke(job);
        await db.SaveChangesAsync(cancel);
        await _runner.RunAsync(job.TenantId, job.Id, CancellationToken.None);
        await db.Entry(job).ReloadAsync(CancellationToken.None);
        return job;
    }

    /// <summary>Asks a job to end. One that has not begun ends at once, a running one at its next safe point.</summary>
    /// <returns>False when it has ended already.</returns>
    public async Task<bool> CancelAsync(PlatformDb db, Guid jobId, CancellationToken cancel)
    {
        var now = _clock.GetUtcNow().ToMicroseconds();
        var waiting = await db.Set<Job>().Where(j => j.Id == jobId && j.Status == JobStatus.Queued).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Status, JobStatus.Cancelled).SetProperty(j => j.CancelRequestedAt, now).SetProperty(j => j.FinishedAt, now), cancel);
        if (waiting > 0)
        {
            return true;
        }

        var running = await db.Set<Job>().Where(j => j.Id == jobId && j.Status == JobStatus.Running).ExecuteUpdateAsync(set => set.SetProperty(j => j.CancelRequestedAt, now), cancel);
        _runner.Cancel(jobId);
        return running > 0;
    }

    private Job New<TKind>(PlatformDb db, string title, object arguments, bool isInline) => new()
    {
        TenantId = db.TenantId,
        Kind = JobKinds.NameOf(typeof(TKind)),
        Title = title,
        Arguments = JsonSerializer.Serialize(arguments, PlatformJson.Options),
        RequestedById = db.Scope.ActorId,
        RequestedByName = db.Scope.ActorName,
        TraceId = db.Scope.TraceId,
        IsInline = isInline,
        CreatedAt = _clock.GetUtcNow().ToMicroseconds(),
    };
}
