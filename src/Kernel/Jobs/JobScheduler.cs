using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Jobs;

/// <summary>Settings <c>Tessera:Jobs</c>.</summary>
public sealed record JobOptions
{
    /// <summary>Jobs that run at one time at this node.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 4;

    /// <summary>Seconds a host that stops waits for its jobs to reach a safe point. They are asked at once, before requests are waited for.</summary>
    [Range(1, 600)]
    public int DrainSeconds { get; set; } = 20;

    /// <summary>The scheduler waits until the first job is asked for, for hosts that live a moment; work others left behind waits too.</summary>
    public bool StartsOnDemand { get; set; }
}

/// <summary>
/// The durable queue: Quartz with its PostgreSQL tables. A job enters it in the transaction that writes its row, so there is never
/// one without the other; when a host dies its jobs are begun again here or at another node, and a host that stops hands them back.
/// </summary>
internal sealed class JobScheduler(NpgsqlDataSource database, JobRunner runner, IOptions<JobOptions> options, ILoggerFactory logs) : IAsyncDisposable
{
    public const string Schema = "scheduler";

    private readonly SemaphoreSlim _starting = new(1, 1);

    private readonly List<StandaloneSchedulerFactory> _factories = [];

    private IScheduler? _scheduler;

    private Task? _stop;

    /// <summary>Puts a job into the queue as part of the context's transaction; dispose the answer after the commit, then it begins.</summary>
    public async Task<IDisposable> EnqueueAsync(PlatformDb db, Job job, CancellationToken cancel)
    {
        var scheduler = options.Value.StartsOnDemand ? await StartAsync(cancel) : await GetAsync(cancel);
        var enlisted = scheduler.EnlistTransaction(db.Database.CurrentTransaction!.GetDbTransaction());
        try
        {
            var detail = JobBuilder.Create<QueuedJob>().WithIdentity(job.Id.ToString(), job.Kind).RequestRecovery()
                .UsingJobData(QueuedJob.Tenant, job.TenantId.ToString()).UsingJobData(QueuedJob.Job, job.Id.ToString()).Build();
            await scheduler.ScheduleJob(detail, TriggerBuilder.Create().WithIdentity(job.Id.ToString(), job.Kind).StartAt(scheduler.TimeProvider.GetUtcNow()).Build(), cancellationToken: cancel);
            return enlisted;
        }
        catch
        {
            enlisted.Dispose();
            throw;
        }
    }

    /// <summary>Begins with the jobs that wait; not any more once the host stops.</summary>
    public async Task<IScheduler> StartAsync(CancellationToken cancel)
    {
        await _starting.WaitAsync(cancel);
        try
        {
            var scheduler = await MakeAsync(cancel);
            if (_stop is null && scheduler.Status is not SchedulerStatus.Running)
            {
                // To its end, with whoever wants to stop it waiting: half started it cannot be shut down.
                await scheduler.Start(CancellationToken.None);
            }

            return scheduler;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>
    /// Asks running jobs to leave at their next safe point and waits for them: the database must not be closed under them. Jobs that are asked
    /// for afterwards are taken in, and wait for the next host. A host can be told to stop more than once at a time; who asks again waits for the same end.
    /// </summary>
    public async Task StopAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_stop is null)
            {
                (_stop, _scheduler) = (StopAsync(_scheduler), null);
            }
        }
        finally
        {
            _starting.Release();
        }

        await _stop;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var factory in _factories)
        {
            await factory.DisposeAsync();
        }

        _starting.Dispose();
    }

    private async Task StopAsync(IScheduler? scheduler)
    {
        if (scheduler is not null)
        {
            // A limit of its own: when requests have used up the host's time, its jobs are still waited for.
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.DrainSeconds));
            await scheduler.Shutdown(waitForJobsToComplete: true, limit.Token);
            if (limit.IsCancellationRequested)
            {
                logs.CreateLogger<JobScheduler>().LogWarning("Some jobs did not reach a safe point in time; they will be begun again");
            }
        }
    }

    private async Task<IScheduler> GetAsync(CancellationToken cancel)
    {
        await _starting.WaitAsync(cancel);
        try
        {
            return await MakeAsync(cancel);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Made when it is first needed; until it is started it only takes jobs in. For who holds <see cref="_starting"/>.</summary>
    private async Task<IScheduler> MakeAsync(CancellationToken cancel)
    {
        if (_scheduler is null)
        {
            var factory = QuartzSchedulerBuilder.Create(Configure).Build();
            _factories.Add(factory);
            _scheduler = await factory.GetScheduler(cancel);
        }

        return _scheduler;
    }

    /// <summary>In a container of its own, with the system's clock: due means due in real time, whatever clock the product keeps.</summary>
    private void Configure(IQuartzBuilder quartz)
    {
        quartz.Services.AddSingleton(logs);
        quartz.Services.AddLogging();
        quartz.Services.AddSingleton(runner);
        quartz.Services.AddTransient<QueuedJob>();
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "tessera";
            scheduler.GenerateInstanceId = true;
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        quartz.UseDefaultThreadPool(options.Value.Concurrency);
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.DataSourceFactory = _ => database);
            store.UseSystemTextJsonSerializer();
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = TimeSpan.FromSeconds(5);
                cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(10);
            });
            store.ConfigureStore(tables =>
            {
                tables.TablePrefix = Schema + ".qrtz_";
                tables.AcceptEnlistedTransactions = true;
                tables.RecoverFiringsCancelledByShutdown = true;
                tables.StoreJobDataAsStrings = true;
            });
        });
    }
}

/// <summary>What Quartz fires: it only names the job. Where the database is away the job is not given up: it is begun again as soon as it can be.</summary>
internal sealed class QueuedJob(JobRunner runner, ILogger<QueuedJob> logger) : IJob
{
    public const string Tenant = "tenant";

    public const string Job = "job";

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        var (tenantId, jobId) = (Guid.Parse(data.GetString(Tenant)!), Guid.Parse(data.GetString(Job)!));
        try
        {
            while (!await TryAsync(tenantId, jobId, cancellationToken))
            {
                await Task.Delay(Retry, cancellationToken);
            }
        }
        catch (Exception failed) when (cancellationToken.IsCancellationRequested && failed is not OperationCanceledException)
        {
            // The queue keeps a job for the next host only when it leaves in these words.
            logger.LogWarning(failed, "Job {Job} was broken off by the end of its host", jobId);
            throw new OperationCanceledException(failed.Message, failed, cancellationToken);
        }
    }

    private async Task<bool> TryAsync(Guid tenantId, Guid jobId, CancellationToken cancel)
    {
        try
        {
            await runner.RunAsync(tenantId, jobId, cancel);
            return true;
        }
        catch (Exception lost) when (lost is NpgsqlException or JobLeaseLostException && !cancel.IsCancellationRequested)
        {
            logger.LogWarning(lost, "Job {Job} lost the database and will be begun again", jobId);
            return false;
        }
    }
}

/// <summary>Starts the scheduler once the host answers, so that nobody waits for it. When the host stops, jobs are asked to leave before requests are waited for.</summary>
internal sealed class JobScheduling(JobScheduler scheduler, IOptions<JobOptions> options, IHostApplicationLifetime lifetime, ILogger<JobScheduling> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private Task _stopping = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stopping = scheduler.StopAsync();
        return Task.CompletedTask;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _stopping;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.StartsOnDemand)
        {
            return;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            while (!await TryStartAsync(stoppingToken))
            {
                await Task.Delay(Retry, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops before it had begun.
        }
    }

    private async Task<bool> TryStartAsync(CancellationToken cancel)
    {
        try
        {
            await scheduler.StartAsync(cancel);
            return true;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            logger.LogWarning(failed, "The scheduler did not start and will be tried again");
            return false;
        }
    }
}

internal static class JobServices
{
    public static void AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobScheduler>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<DueRounds>();
        services.AddSingleton<Housekeeping>();
        services.AddScoped(provider => new JobQueue(provider.GetRequiredService<JobScheduler>(), provider.GetRequiredService<JobRunner>(), provider.GetRequiredService<TimeProvider>()));
    }
}
