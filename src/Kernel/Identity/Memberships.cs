using Npgsql;

namespace Tessera.Kernel.Identity;

/// <summary>One tenant an account belongs to.</summary>
internal sealed record Membership(Guid TenantId, string Slug, string TenantName, Guid UserId, string Role, string FullName);

/// <summary>
/// The one query across tenants: an account's own memberships. A second row-level policy lets an account see its own rows
/// and no others; the setting it looks at ends with the transaction, so it cannot stay behind on a pooled connection.
/// </summary>
internal sealed class Memberships(NpgsqlDataSource database)
{
    /// <summary>Active memberships in active tenants, by tenant name.</summary>
    public async Task<IReadOnlyList<Membership>> OfAsync(Guid accountId, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('app.account_id', $1, true), set_config('app.tenant_id', $2, true)")
        {
            Parameters = { new() { Value = accountId.ToString() }, new() { Value = Guid.Empty.ToString() } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            select t.id, t.slug, t.name, u.id, u.role, u.full_name
            from kernel.users u join kernel.tenant t on t.id = u.tenant_id
            where u.account_id = $1 and u.active and u.deleted_at is null and t.status = 'active'
            order by t.name, t.id
            """)
        {
            Parameters = { new() { Value = accountId } },
        });
        var memberships = new List<Membership>();
        await using (var reader = await batch.ExecuteReaderAsync(cancel))
        {
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                memberships.Add(new Membership(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetGuid(3), reader.GetString(4), reader.GetString(5)));
            }
        }

        await transaction.CommitAsync(cancel);
        return memberships;
    }
}
