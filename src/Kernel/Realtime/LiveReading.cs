using Npgsql;
using NpgsqlTypes;

namespace Tessera.Kernel.Realtime;

/// <summary>A place in a tenant's feed: the last change that was read.</summary>
internal sealed record FeedCursor(ulong Xid, long Seq);

/// <summary>What is told of a change; its values are not.</summary>
internal sealed record FeedChange(
    ulong Xid, long Seq, string Action, string Target, Guid? EntityId, int? Version, Guid? ActorId, Guid? TargetUserId)
{
    public bool ChangesRightsOf(Guid userId) => TargetUserId == userId && (Target == "permission" || Action == "role_change");
}

/// <param name="IsAlive">Neither ended nor revoked, of an active person in an active tenant.</param>
internal sealed record SessionState(long AccessStamp, bool IsAlive);

/// <summary>The live feed's two questions to the database.</summary>
internal static class LiveReading
{
    /// <summary>Changes read in one go.</summary>
    public const int AtOnce = 1_000;

    private const string Start =
        """
        select least(
          pg_snapshot_xmin(pg_current_snapshot()),
          (select c.xid from kernel.change c where c.tenant_id = $1 and c.at >= $2 order by c.xid limit 1))
        """;

    // Below the snapshot's horizon no change can come late in between.
    private const string Changes =
        """
        select xid, seq, action, target, entity_id, entity_version, actor_id, target_user_id
        from kernel.change
        where tenant_id = $1 and (xid, seq) > ($2, $3) and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid, seq limit $4
        """;

    private const string Sessions =
        """
        select s.id, s.access_stamp, s.revoked_at is null and s.expires_at > $2
          and exists(select from kernel.tenant t where t.id = s.tenant_id and t.status = 'active')
          and exists(select from kernel.users u where u.tenant_id = s.tenant_id and u.id = s.user_id and u.active and u.deleted_at is null)
        from kernel.session s where s.id = any ($1)
        """;

    /// <summary>A cursor before all changes from <paramref name="since"/> on and before all that are not committed yet.</summary>
    public static async Task<FeedCursor> StartAsync(NpgsqlDataSource database, Guid tenantId, DateTimeOffset since, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var batch = InTenant(connection, tenantId);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Start) { Parameters = { new() { Value = tenantId }, new() { Value = since } } });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return new FeedCursor(reader.GetFieldValue<ulong>(0), -1);
    }

    /// <summary>The changes behind the cursor, and after them the state of the sessions.</summary>
    public static async Task<(IReadOnlyList<FeedChange> Changes, IReadOnlyDictionary<Guid, SessionState> Sessions)> ReadAsync(
        NpgsqlDataSource database, Guid tenantId, FeedCursor cursor, Guid[] sessionIds, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var batch = InTenant(connection, tenantId);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Changes)
        {
            Parameters =
            {
                new() { Value = tenantId },
                new NpgsqlParameter<ulong>("", NpgsqlDbType.Xid8) { TypedValue = cursor.Xid },
                new() { Value = cursor.Seq },
                new() { Value = AtOnce },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Sessions) { Parameters = { new() { Value = sessionIds }, new() { Value = now } } });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var changes = new List<FeedChange>();
        while (await reader.ReadAsync(cancel))
        {
            changes.Add(new FeedChange(
                reader.GetFieldValue<ulong>(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), Id(reader, 4),
                reader.IsDBNull(5) ? null : reader.GetInt32(5), Id(reader, 6), Id(reader, 7)));
        }

        await reader.NextResultAsync(cancel);
        var sessions = new Dictionary<Guid, SessionState>();
        while (await reader.ReadAsync(cancel))
        {
            sessions[reader.GetGuid(0)] = new SessionState(reader.GetInt64(1), reader.GetBoolean(2));
        }

        return (changes, sessions);
    }

    private static Guid? Id(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    private static NpgsqlBatch InTenant(NpgsqlConnection connection, Guid tenantId)
    {
        var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('app.tenant_id', $1, false)") { Parameters = { new() { Value = tenantId.ToString() } } });
        return batch;
    }
}
