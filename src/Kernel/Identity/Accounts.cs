using Npgsql;

namespace Tessera.Kernel.Identity;

/// <summary>Reads and writes accounts before any tenant is known.</summary>
internal static class Accounts
{
    public static async Task<Account?> FindAsync(NpgsqlDataSource database, string emailKey, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select id, email, email_key, full_name, password_hash, last_tenant_id, created_at from kernel.account where email_key = $1");
        command.Parameters.Add(new() { Value = emailKey });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new Account
            {
                Id = reader.GetGuid(0),
                Email = reader.GetString(1),
                EmailKey = reader.GetString(2),
                FullName = reader.GetString(3),
                PasswordHash = reader.GetFieldValue<string?>(4),
                LastTenantId = reader.GetFieldValue<Guid?>(5),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(6),
            }
            : null;
    }

    /// <param name="changedAt">When the person changed it; null when only the hash was renewed.</param>
    public static async Task SetPasswordHashAsync(NpgsqlDataSource database, Guid accountId, string hash, DateTimeOffset? changedAt, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("update kernel.account set password_hash = $2, password_changed_at = coalesce($3, password_changed_at) where id = $1");
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = (object?)changedAt ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
