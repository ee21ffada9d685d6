using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Tessera.Kernel.Realtime;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Jobs;

/// <summary>How far a job has come, as the windows of the person who asked hear it.</summary>
public sealed record LiveJob(Guid Id, string Kind, JobStatus Status, string? Step, long Done, long? Total);

/// <summary>A <see cref="LiveJob"/> on its way to the windows at another node.</summary>
internal sealed record JobMessage(Guid TenantId, Guid UserId, LiveJob Job);

/// <summary>Tells the person who asked for a job how far it has come, at whichever node their windows are open. What gets lost is told by the job's row.</summary>
internal sealed class JobNews
{
    private readonly LiveConnections _connections;
    private readonly IHubContext<LiveHub> _hub;
    private readonly LiveRelay _relay;
    private readonly ILogger<JobNews> _logger;

    /// <summary>Keeps the newest when the windows are slow; one job's news stay in order.</summary>
    private readonly Channel<JobMessage> _news = Channel.CreateBounded<JobMessage>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });

    private int _isTelling;

    public JobNews(LiveConnections connections, IHubContext<LiveHub> hub, LiveRelay relay, ILogger<JobNews> logger)
    {
        (_connections, _hub, _relay, _logger) = (connections, hub, relay, logger);
        relay.JobHeard = said => Hear(JsonSerializer.Deserialize<JobMessage>(said, PlatformJson.Options)!);
    }

    /// <param name="tenantId">The job's tenant.</param>
    /// <param name="userId">Who asked; the platform itself has no windows.</param>
    /// <param name="job">What is told.</param>
    public void Tell(Guid tenantId, Guid? userId, LiveJob job)
    {
        if (userId is not { } user)
        {
            return;
        }

        var message = new JobMessage(tenantId, user, job);
        _relay.Tell(JsonSerializer.Serialize(message, PlatformJson.Options));
        Hear(message);
    }

    private void Hear(JobMessage message)
    {
        _news.Writer.TryWrite(message);
        if (Interlocked.Exchange(ref _isTelling, 1) == 0)
        {
            _ = Task.Run(SendAsync);
        }
    }

    private async Task SendAsync()
    {
        do
        {
            while (_news.Reader.TryRead(out var message))
            {
                try
                {
                    var windows = _connections.Of(message.TenantId).Where(w => !w.HasEnded && w.User.UserId == message.UserId).Select(w => w.Id).ToList();
                    if (windows.Count > 0)
                    {
                        await _hub.Clients.Clients(windows).SendAsync(LiveHub.JobProgressed, message.Job);
                    }
                }
                catch (Exception failed)
                {
                    _logger.LogWarning(failed, "News of job {Job} did not reach its windows", message.Job.Id);
                }
            }

            Volatile.Write(ref _isTelling, 0);
        }
        while (_news.Reader.Count > 0 && Interlocked.Exchange(ref _isTelling, 1) == 0);
    }
}
