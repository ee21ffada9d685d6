namespace Tessera.Kernel.Database;

/// <summary>
/// On whose behalf the database is used: the tenant whose rows are visible, and the person (or system task) that changes leave as their author.
/// </summary>
/// <param name="TenantId">Tenant whose rows can be seen and written.</param>
/// <param name="ActorId">User of that tenant, null for the system.</param>
/// <param name="ActorName">Name kept with each change, so that it survives the user.</param>
/// <param name="TraceId">Request that caused the change.</param>
/// <param name="Guard">When set, reads fail with <see cref="StaleAccessException"/> as soon as the session's access has changed.</param>
public sealed record TenantScope(Guid TenantId, Guid? ActorId, string ActorName, string? TraceId = null, SessionGuard? Guard = null)
{
    /// <summary>When the scope's changes count as made, for data that tells a past (a seed, an import); null: now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// The person whose own rows alone are seen, of records that say whose they are (<see cref="IOwnedRows{TSelf}"/>); null: all rows.
    /// </summary>
    public Guid? OwnRowsOf { get; init; }

    /// <summary>The platform itself at work in a tenant: seeding, sealing, scheduled tasks.</summary>
    public static TenantScope System(Guid tenantId, string task = "Tessera") => new(tenantId, null, task);
}

/// <summary>The state of a session that a cached access decision was made on.</summary>
public sealed record SessionGuard(Guid SessionId, long AccessStamp);

/// <summary>The session's rights changed after they were cached; decide again on fresh data and repeat the read.</summary>
public sealed class StaleAccessException : Exception
{
    public StaleAccessException() : base("The session's access changed while it was cached.")
    {
    }
}
