using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Hosting;
using Tessera.Kernel.Database;
using Tessera.Kernel.Realtime;

namespace Tessera.Kernel.Notifications;

/// <summary>Says after a commit who was told something.</summary>
internal sealed class NotificationSignal
{
    /// <summary>Called on the writer's thread with tenant and person: takes note and returns.</summary>
    public Action<Guid, Guid>? Told { get; set; }
}

/// <summary>Raises <see cref="NotificationSignal"/> once the transaction that told somebody has committed, whoever began it.</summary>
internal sealed class NotificationCommitInterceptor(NotificationSignal signal) : DbTransactionInterceptor
{
    private static readonly ConditionalWeakTable<DbTransaction, HashSet<Guid>> Reached = [];

    /// <summary>Called by a save that tells people in the current transaction.</summary>
    public static void Tells(DbTransaction transaction, IEnumerable<Guid> people) => Reached.GetOrCreateValue(transaction).UnionWith(people);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PlatformDb db && Reached.Remove(transaction, out var people))
        {
            foreach (var person in people)
            {
                signal.Told?.Invoke(db.TenantId, person);
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>Lets the windows of people know that they were told something: what, they ask for themselves.</summary>
internal sealed class NotificationNews(NotificationSignal signal, PersonalNews news) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        signal.Told = Tell;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        signal.Told = null;
        return Task.CompletedTask;
    }

    /// <summary>Also when the person read something: their other windows count anew.</summary>
    public void Tell(Guid tenantId, Guid userId) => news.Tell(tenantId, userId, LiveHub.Notified, new object());
}
