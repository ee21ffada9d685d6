using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Jobs;

/// <summary>One run of a job, as its body sees it.</summary>
public sealed class JobRun
{
    private readonly Lock _lock = new();

    private JobProgress _progress = new(null, 0, null);

    internal JobRun(Guid id, TenantScope scope, CurrentUser? user, int attempt) => (Id, Scope, User, Attempt) = (id, scope, user, attempt);

    /// <summary>The job's id.</summary>
    public Guid Id { get; }

    /// <summary>Tenant and person the work is done for; <see cref="PlatformDb"/> of the run is in it.</summary>
    public TenantScope Scope { get; }

    /// <summary>The person with the rights they had when the run began; null for the platform itself.</summary>
    public CurrentUser? User { get; }

    /// <summary>1, or more when an earlier run was broken off by the end of its host.</summary>
    public int Attempt { get; }

    /// <summary>The body has committed its end itself.</summary>
    internal bool HasSucceeded { get; private set; }

    internal JobProgress Progress
    {
        get
        {
            lock (_lock)
            {
                return _progress;
            }
        }
    }

    /// <summary>Says how far the work has come. Costs nothing: it is written and told a few times a second.</summary>
    /// <param name="step">What is being done, as people read it.</param>
    /// <param name="done">Units that are done.</param>
    /// <param name="total">Units there are; null while nobody knows.</param>
    public void Report(string step, long done = 0, long? total = null)
    {
        lock (_lock)
        {
            _progress = new JobProgress(step, done, total);
        }
    }

    /// <summary>
    /// Writes the job's success in the caller's transaction: either the work and its success are there or neither, so a host
    /// that is killed in between does not do it twice. Return <see cref="JobOutcome.Success"/> with the same result after the commit.
    /// </summary>
    /// <exception cref="InvalidOperationException">Outside a transaction.</exception>
    public async Task SucceedAsync(PlatformDb db, object? result, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("The success of a job is part of a transaction.");
        }

        var now = db.GetPlatformOptions().Clock.GetUtcNow().ToMicroseconds();
        var json = result is null ? null : JsonSerializer.Serialize(result, PlatformJson.Options);
        HasSucceeded = true;
        await db.Set<Job>().Where(j => j.Id == Id && j.Status == JobStatus.Running).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.Status, JobStatus.Succeeded).SetProperty(j => j.Result, json).SetProperty(j => j.FinishedAt, now), cancel);
    }
}

internal sealed record JobProgress(string? Step, long Done, long? Total);
