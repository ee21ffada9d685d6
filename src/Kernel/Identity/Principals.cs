using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>
/// Finds the person behind a session. Reads may use the last decision, because their first statement proves it still holds
/// (<see cref="Database.SessionGuard"/>); writes ask for that proof before they begin; refusals and view-as always look afresh.
/// </summary>
internal sealed class Principals(NpgsqlDataSource database, SharedReads shared, AccessCatalog catalog, TimeProvider clock) : IDisposable
{
    private const string PersonColumns =
        """
        t.modules, t.time_zone, u.account_id, u.id, u.email, u.full_name, u.role,
        (select jsonb_object_agg(o.page, jsonb_build_object('access', o.access, 'level', o.level, 'expiresAt', o.expires_at))::text
         from kernel.page_override o where o.tenant_id = u.tenant_id and o.user_id = u.id)
        """;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    /// <summary>The last decision for this session, if it is not older than ten minutes and no exception has run out since.</summary>
    public CurrentUser? Cached(AccessClaims claims) =>
        _cache.TryGetValue<CurrentUser>(claims.SessionId, out var user) && user!.TenantId == claims.TenantId && !(user.DecideAgainAt <= clock.GetUtcNow()) ? user : null;

    /// <summary>The last decision for this session, when the database says that nothing it rests on has changed; else null.</summary>
    public async Task<CurrentUser?> ConfirmedAsync(AccessClaims claims, CancellationToken cancel)
    {
        if (Cached(claims) is not { } user)
        {
            return null;
        }

        var question = new SharedQuestion(new NpgsqlBatchCommand("select 1 from kernel.session where id = $1 and access_stamp = $2 and revoked_at is null and expires_at > $3")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = user.SessionId },
                new NpgsqlParameter<long> { TypedValue = user.AccessStamp },
                new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime },
            },
        });
        shared.Send(question);
        return await question.Answer.WaitAsync(cancel) == true ? user : null;
    }

    public void Forget(Guid sessionId) => _cache.Remove(sessionId);

    /// <summary>The person of a session that has neither ended nor been revoked, when they are active in an active tenant; else null.</summary>
    public async Task<CurrentUser?> LoadAsync(AccessClaims claims, CancellationToken cancel)
    {
        var user = await ReadAsync(
            $"""
             select s.id, s.access_stamp, {PersonColumns}
             from kernel.session s
             join kernel.tenant t on t.id = s.tenant_id and t.status = 'active'
             join kernel.users u on u.tenant_id = s.tenant_id and u.id = s.user_id and u.active and u.deleted_at is null
             where s.id = $1 and s.tenant_id = $2 and s.revoked_at is null and s.expires_at > $3
             """,
            claims.TenantId,
            cancel,
            claims.SessionId,
            claims.TenantId,
            clock.GetUtcNow());
        if (user is null)
        {
            Forget(claims.SessionId);
            return null;
        }

        _cache.Set(claims.SessionId, user, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) });
        return user;
    }

    /// <summary>Another active member, as <paramref name="seenBy"/> looks through their eyes.</summary>
    public async Task<CurrentUser?> LoadAsSeenByAsync(CurrentUser seenBy, Guid userId, CancellationToken cancel) =>
        await LoadMemberAsync(seenBy.TenantId, userId, cancel) is { } user ? user with { SeenBy = seenBy, SessionId = seenBy.SessionId } : null;

    /// <summary>An active member of an active tenant, outside any session of theirs; else null.</summary>
    public Task<CurrentUser?> LoadMemberAsync(Guid tenantId, Guid userId, CancellationToken cancel) => ReadAsync(
        $"""
         select '00000000-0000-0000-0000-000000000000'::uuid, 0::bigint, {PersonColumns}
         from kernel.tenant t join kernel.users u on u.tenant_id = t.id and u.active and u.deleted_at is null
         where t.id = $1 and u.id = $2 and t.status = 'active'
         """,
        tenantId,
        cancel,
        tenantId,
        userId);

    public void Dispose() => _cache.Dispose();

    private async Task<CurrentUser?> ReadAsync(string sql, Guid tenantId, CancellationToken cancel, params object[] parameters)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('app.tenant_id', $1, false)") { Parameters = { new() { Value = tenantId.ToString() } } });
        var query = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
        {
            query.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        batch.BatchCommands.Add(query);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        return await reader.ReadAsync(cancel) ? Read(reader, tenantId) : null;
    }

    private CurrentUser Read(NpgsqlDataReader reader, Guid tenantId)
    {
        var modules = reader.GetFieldValue<string[]>(2);
        var roleKey = reader.GetString(8);
        var overrides = reader.IsDBNull(9)
            ? []
            : JsonSerializer.Deserialize<Dictionary<string, PageOverrideState>>(reader.GetString(9), PlatformJson.Options)!;
        var now = clock.GetUtcNow();
        var role = catalog.RoleOf(modules, roleKey);
        return new CurrentUser
        {
            SessionId = reader.GetGuid(0),
            AccessStamp = reader.GetInt64(1),
            TenantId = tenantId,
            TenantModules = modules,
            TenantTimeZone = reader.GetString(3),
            AccountId = reader.GetGuid(4),
            UserId = reader.GetGuid(5),
            Email = reader.GetString(6),
            FullName = reader.GetString(7),
            Role = roleKey,
            // A role nobody knows has no pages either; should one be granted, it does not open everybody's rows.
            OwnRowsOnly = role?.OwnRowsOnly ?? true,
            Levels = catalog.PagesOf(modules).Select(p => p.Page).Concat(roleKey == Role.Admin ? KernelPages.OfAdministrators : []).DistinctBy(p => p.Key, StringComparer.Ordinal).ToFrozenDictionary(
                page => page.Key,
                page => AccessDecision.LevelOf(new AccessQuestion(true, true, role, roleKey, page, overrides.GetValueOrDefault(page.Key), now))),
            DecideAgainAt = overrides.Values.Where(o => o.ExpiresAt > now).Min(o => o.ExpiresAt),
        };
    }
}
