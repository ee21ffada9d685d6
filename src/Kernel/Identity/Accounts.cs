using Npgsql;

namespace Tessera.Kernel.Identity;

/// <summary>Reads and writes accounts before any tenant is known.</summary>
internal static class Accounts
{
    private const string Columns = "id, email, email_key, full_name, password_hash, last_tenant_id, created_at, two_factor_secret, two_factor_enabled_at";

    public static Task<Account?> FindAsync(NpgsqlDataSource database, string emailKey, CancellationToken cancel) =>
        ReadAsync(database, $"select {Columns} from kernel.account where email_key = $1", emailKey, cancel);

    public static Task<Account?> GetAsync(NpgsqlDataSource database, Guid id, CancellationToken cancel) =>
        ReadAsync(database, $"select {Columns} from kernel.account where id = $1", id, cancel);

    /// <param name="changedAt">When the person changed it; null when only the hash was renewed.</param>
    public static async Task SetPasswordHashAsync(NpgsqlDataSource database, Guid accountId, string hash, DateTimeOffset? changedAt, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("update kernel.account set password_hash = $2, password_changed_at = coalesce($3, password_changed_at) where id = $1");
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = (object?)changedAt ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<Account?> ReadAsync(NpgsqlDataSource database, string sql, object key, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = key });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new Account
            {
                Id = reader.GetGuid(0),
                Email = reader.GetString(1),
                EmailKey = reader.GetString(2),
                FullName = reader.GetString(3),
                PasswordHash = reader.IsDBNull(4) ? null : reader.GetString(4),
                LastTenantId = reader.GetFieldValue<Guid?>(5),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(6),
                TwoFactorSecret = reader.IsDBNull(7) ? null : reader.GetFieldValue<byte[]>(7),
                TwoFactorEnabledAt = reader.GetFieldValue<DateTimeOffset?>(8),
            }
            : null;
    }
}
