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

    private StandaloneSchedulerFactory? _factory;

    private IScheduler? _scheduler;

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

    public async Task<IScheduler> StartAsync(CancellationToken cancel)
    {
        var scheduler = await GetAsync(cancel);
        if (scheduler.Status is not SchedulerStatus.Running)
        {
            await scheduler.Start(cancel);
        }

        return scheduler;
    }

    /// <summary>Asks running jobs to leave at their next safe point and waits for them.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        if (_scheduler is { } scheduler)
        {
            try
            {
                await scheduler.Shutdown(waitForJobsToComplete: true, cancel);
            }
            catch (OperationCanceledException)
            {
                logs.CreateLogger<JobScheduler>().LogWarning("Some jobs did not reach a safe point in time; they will be begun again");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_factory is not null)
        {
            await _factory.DisposeAsync();
        }

        _starting.Dispose();
    }

    /// <summary>Made when it is first needed; until it is started it only takes jobs in.</summary>
    private async Task<IScheduler> GetAsync(CancellationToken cancel)
    {
        await _starting.WaitAsync(cancel);
        try
        {
            _factory ??= QuartzSchedulerBuilder.Create(Configure).Build();
            return _scheduler ??= await _factory.GetScheduler(cancel);
        }
        finally
        {
            _starting.Release();
        }
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

/// <summary>What Quartz fires: it only names the job.</summary>
internal sealed class QueuedJob(JobRunner runner) : IJob
{
    public const string Tenant = "tenant";

    public const string Job = "job";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        await runner.RunAsync(Guid.Parse(data.GetString(Tenant)!), Guid.Parse(data.GetString(Job)!), cancellationToken);
    }
}

/// <summary>Starts the scheduler once the host answers, so that nobody waits for it, and stops it first.</summary>
internal sealed class JobScheduling(JobScheduler scheduler, IOptions<JobOptions> options, IHostApplicationLifetime lifetime, ILogger<JobScheduling> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await scheduler.StopAsync(cancellationToken);
    }

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
        services.AddSingleton<JobNews>();
        services.AddScoped(provider => new JobQueue(provider.GetRequiredService<JobScheduler>(), provider.GetRequiredService<JobRunner>(), provider.GetRequiredService<TimeProvider>()));
    }
}
