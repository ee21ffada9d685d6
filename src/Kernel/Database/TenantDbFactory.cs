using Microsoft.EntityFrameworkCore;

namespace Tessera.Kernel.Database;

/// <summary>Leases a <see cref="PlatformDb"/> outside a request: for tasks, seeds and tests.</summary>
public sealed class TenantDbFactory(IDbContextFactory<PlatformDb> pool)
{
    /// <summary>A lease in the given scope; dispose it to give it back.</summary>
    public PlatformDb Open(TenantScope scope) => Lease().Enter(scope);

    internal PlatformDb Lease() => pool.CreateDbContext().Leave();
}
