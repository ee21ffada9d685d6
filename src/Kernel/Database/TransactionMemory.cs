using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Storage;

namespace Tessera.Kernel.Database;

/// <summary>What holds until the transaction ends, so that a rule asked for thousands of records in it reads it once.</summary>
public static class TransactionMemory
{
    private static readonly ConditionalWeakTable<IDbContextTransaction, Dictionary<string, object>> Memories = [];

    /// <summary>The value under a name in the current transaction, read when it is first asked for; without a transaction it is read each time.</summary>
    /// <param name="db">In the tenant's scope.</param>
    /// <param name="name">What it is: <c>project_code</c>.</param>
    /// <param name="read">Reads it.</param>
    public static async Task<T> OnceAsync<T>(this PlatformDb db, string name, Func<Task<T>> read)
        where T : class
    {
        if (db.Database.CurrentTransaction is not { } transaction)
        {
            return await read();
        }

        var memory = Memories.GetOrCreateValue(transaction);
        if (memory.TryGetValue(name, out var known))
        {
            return (T)known;
        }

        var value = await read();
        memory[name] = value;
        return value;
    }

    /// <summary>Takes back what was done since the savepoint, forgets the loaded records, and remembers nothing of what was read since: locks taken on the way are gone.</summary>
    internal static async Task ReturnToAsync(this PlatformDb db, string savepoint, CancellationToken cancel)
    {
        var transaction = db.Database.CurrentTransaction!;
        await transaction.RollbackToSavepointAsync(savepoint, cancel);
        Memories.Remove(transaction);
        db.Forget();
    }
}
