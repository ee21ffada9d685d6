using Microsoft.EntityFrameworkCore;

namespace Tessera.Kernel.Database;

/// <summary>Lines that transactions of one tenant stand in where they must go one after the other, because each looks before it writes.</summary>
public static class TenantQueue
{
    /// <summary>Waits until nobody else of the tenant is in the line, and stays in it until the transaction ends.</summary>
    /// <param name="db">In the tenant's scope, in a transaction.</param>
    /// <param name="line">Name of the line: <c>project_code</c>.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static Task WaitTurnAsync(this PlatformDb db, string line, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({line + ":" + db.TenantId}, 0))", cancel);
}
