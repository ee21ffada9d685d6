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
    public Task<IReadOnlyList<Membership>> OfAsync(Guid accountId, CancellationToken cancel) => ReadAsync(
        accountId,
        """
        select t.id, t.slug, t.name, u.id, u.role, u.full_name
        from kernel.users u join kernel.tenant t on t.id = u.tenant_id
        where u.account_id = $1 and u.active and u.deleted_at is null and t.status = 'active'
        order by t.name, t.id
        """,
        reader => new Membership(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetGuid(3), reader.GetString(4), reader.GetString(5)),
        cancel);

    /// <summary>
    /// Whether the account is, or ever was, at home in a tenant other than this one: then what opens it everywhere (password,
    /// address, second factor) is not this tenant's to set. One that is deactivated, suspended or in the trash there may come back.
    /// </summary>
    public async Task<bool> IsSharedAsync(Guid accountId, Guid tenantId, CancellationToken cancel) =>
        (await ReadAsync(accountId, "select tenant_id from kernel.users where account_id = $1", reader => reader.GetGuid(0), cancel)).Any(id => id != tenantId);

    private async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(Guid accountId, string sql, Func<NpgsqlDataReader, TRow> read, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('app.account_id', $1, true), set_config('app.tenant_id', $2, true)")
        {
            Parameters = { new() { Value = accountId.ToString() }, new() { Value = Guid.Empty.ToString() } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = accountId } } });
        var rows = new List<TRow>();
        await using (var reader = await batch.ExecuteReaderAsync(cancel))
        {
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                rows.Add(read(reader));
            }
        }

        await transaction.CommitAsync(cancel);
        return rows;
    }
}
