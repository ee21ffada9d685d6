using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Changes;

/// <summary>
/// Tells this node's readers of the feed that a tenant's changes were committed. It only wakes: who hears nothing finds the
/// changes a little later, so a listener's failure loses none.
/// </summary>
internal sealed class ChangeSignal
{
    private ImmutableArray<Action<Guid>> _listeners = [];

    /// <param name="listener">Called with the tenant on the writer's thread after its commit: takes note and returns.</param>
    public void Listen(Action<Guid> listener) => ImmutableInterlocked.Update(ref _listeners, all => all.Add(listener));

    public void Leave(Action<Guid> listener) => ImmutableInterlocked.Update(ref _listeners, all => all.Remove(listener));

    public void Raise(Guid tenantId)
    {
        foreach (var listener in _listeners)
        {
            listener(tenantId);
        }
    }
}

/// <summary>Raises <see cref="ChangeSignal"/> once the transaction that wrote changes has committed, whoever began it.</summary>
internal sealed class ChangeCommitInterceptor(ChangeSignal signal) : DbTransactionInterceptor
{
    private static readonly ConditionalWeakTable<DbTransaction, object> Writing = [];

    /// <summary>Called by a save that puts changes into the current transaction.</summary>
    public static void WritesChanges(DbTransaction transaction) => Writing.AddOrUpdate(transaction, transaction);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PlatformDb db && Writing.Remove(transaction))
        {
            signal.Raise(db.TenantId);
        }

        return Task.CompletedTask;
    }
}
