using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Realtime;

/// <summary>What the windows of one person are told, on its way to those at another node.</summary>
/// <param name="Name">The message, as <see cref="LiveHub"/> names it.</param>
/// <param name="Said">Its content.</param>
internal sealed record PersonalMessage(Guid TenantId, Guid UserId, string Name, JsonElement Said);

/// <summary>Tells one person's windows something, at whichever node they are open. What gets lost they find when they read.</summary>
internal sealed class PersonalNews
{
    private readonly LiveConnections _connections;
    private readonly IHubContext<LiveHub> _hub;
    private readonly LiveRelay _relay;
    private readonly ILogger<PersonalNews> _logger;

    /// <summary>Keeps the newest when the windows are slow; one person's news stay in order.</summary>
    private readonly Channel<PersonalMessage> _news = Channel.CreateBounded<PersonalMessage>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });

    private int _isTelling;

    public PersonalNews(LiveConnections connections, IHubContext<LiveHub> hub, LiveRelay relay, ILogger<PersonalNews> logger)
    {
        (_connections, _hub, _relay, _logger) = (connections, hub, relay, logger);
        relay.PersonalHeard = said => Hear(JsonSerializer.Deserialize<PersonalMessage>(said, PlatformJson.Options)!);
    }

    /// <param name="tenantId">The person's tenant.</param>
    /// <param name="userId">Who; the platform itself has no windows.</param>
    /// <param name="name">The message, as <see cref="LiveHub"/> names it.</param>
    /// <param name="said">Its content.</param>
    public void Tell(Guid tenantId, Guid? userId, string name, object said)
    {
        if (userId is not { } user)
        {
            return;
        }

        var message = new PersonalMessage(tenantId, user, name, JsonSerializer.SerializeToElement(said, PlatformJson.Options));
        _relay.Tell(JsonSerializer.Serialize(message, PlatformJson.Options));
        Hear(message);
    }

    private void Hear(PersonalMessage message)
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
                        await _hub.Clients.Clients(windows).SendAsync(message.Name, message.Said);
                    }
                }
                catch (Exception failed)
                {
                    _logger.LogWarning(failed, "News of {Message} did not reach its windows", message.Name);
                }
            }

            Volatile.Write(ref _isTelling, 0);
        }
        while (_news.Reader.Count > 0 && Interlocked.Exchange(ref _isTelling, 1) == 0);
    }
}
