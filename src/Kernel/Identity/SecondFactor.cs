using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary>
/// The second factor of an account: its secret, encrypted with a key of the installation, and recovery codes for the day the
/// telephone is gone. Every code works once, on all nodes: using it up is one conditional update.
/// </summary>
internal sealed class SecondFactor(NpgsqlDataSource database, Secrets secrets, TimeProvider clock)
{
    public const int RecoveryCodes = 10;

    private const int RecoveryCodeBytes = 10;

    private readonly SecretBox _box = new(secrets.For("two-factor"));

    private readonly byte[] _recoveryKey = secrets.For("recovery-code");

    public byte[] Seal(Guid accountId, byte[] secret) => _box.Seal(secret, accountId.ToByteArray());

    /// <summary>Whether the code is the authenticator's or one of the recovery codes; it is used up by that.</summary>
    public async Task<bool> UseAsync(Account account, string code, CancellationToken cancel)
    {
        var typed = Typed(code);
        return typed.Length == Totp.Digits ? await UseTotpAsync(account, typed, cancel) : await UseRecoveryCodeAsync(account.Id, typed, cancel);
    }

    /// <summary>Whether the code is the authenticator's; it is used up by that.</summary>
    public async Task<bool> UseTotpAsync(Account account, string code, CancellationToken cancel)
    {
        if (account.TwoFactorSecret is null || _box.Open(account.TwoFactorSecret, account.Id.ToByteArray()) is not { } secret
            || Totp.MatchingStep(secret, Typed(code), clock.GetUtcNow()) is not { } step)
        {
            return false;
        }

        await using var command = database.CreateCommand(
            "update kernel.account set two_factor_last_step = $2 where id = $1 and two_factor_secret = $3 and (two_factor_last_step is null or two_factor_last_step < $2)");
        command.Parameters.Add(new() { Value = account.Id });
        command.Parameters.Add(new() { Value = step });
        command.Parameters.Add(new() { Value = account.TwoFactorSecret });
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>New recovery codes in place of all former ones; they can be shown this once.</summary>
    public async Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(Guid accountId, CancellationToken cancel)
    {
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => Grouped(Base32.Encode(RandomNumberGenerator.GetBytes(RecoveryCodeBytes))))];
        await using var command = database.CreateCommand(
            """
            with gone as (delete from kernel.recovery_code where account_id = $1)
            insert into kernel.recovery_code (account_id, code_hash, created_at) select $1, hash, $3 from unnest($2::bytea[]) as hash
            """);
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = codes.Select(code => HashOf(Typed(code))).ToArray() });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().ToMicroseconds() });
        await command.ExecuteNonQueryAsync(cancel);
        return codes;
    }

    /// <summary>Forgets the secret and the recovery codes.</summary>
    /// <returns>Whether the account had a second factor that was asked for.</returns>
    public static async Task<bool> RemoveAsync(NpgsqlDataSource database, Guid accountId, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            with gone as (delete from kernel.recovery_code where account_id = $1)
            update kernel.account a set two_factor_secret = null, two_factor_enabled_at = null, two_factor_last_step = null
            from (select id, two_factor_enabled_at from kernel.account where id = $1 for update) before
            where a.id = before.id returning before.two_factor_enabled_at
            """);
        command.Parameters.Add(new() { Value = accountId });
        return await command.ExecuteScalarAsync(cancel) is DateTime;
    }

    private async Task<bool> UseRecoveryCodeAsync(Guid accountId, string typed, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("update kernel.recovery_code set used_at = $3 where account_id = $1 and code_hash = $2 and used_at is null");
        command.Parameters.Add(new() { Value = accountId });
        command.Parameters.Add(new() { Value = HashOf(typed) });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().ToMicroseconds() });
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    // 80 random bits under a key the database does not hold: a stolen table does not yield the codes.
    private byte[] HashOf(string typed) => HMACSHA256.HashData(_recoveryKey, Encoding.UTF8.GetBytes(typed));

    private static string Grouped(string code) => string.Join('-', code.Chunk(4).Select(part => new string(part)));

    private static string Typed(string code) => new([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
