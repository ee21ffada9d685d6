using Npgsql;

namespace Tessera.Kernel.Identity;

/// <summary>
/// Slows down guessing of passwords. The counters live in PostgreSQL: all nodes share them and a restart does not reset
/// them. Blocks always end by themselves, so nobody can lock an administrator out for good.
/// </summary>
internal sealed class SignInThrottle(NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Failures of one account from one address before it waits; then 30 s, doubling up to the window.</summary>
    private const int PairLimit = 5;

    /// <summary>Failures of one account from anywhere: a distributed guess.</summary>
    private const int AccountLimit = 30;

    /// <summary>Failures from one address for any account: many people may share it.</summary>
    private const int AddressLimit = 100;

    /// <summary>How long to wait, or null when an attempt may be made now.</summary>
    public async Task<TimeSpan?> WaitAsync(string emailKey, string address, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select max(blocked_until) from kernel.sign_in_throttle where key = any($1)");
        command.Parameters.Add(new() { Value = Keys(emailKey, address) });
        var until = await command.ExecuteScalarAsync(cancel) as DateTime?;
        var wait = until - clock.GetUtcNow().UtcDateTime;
        return wait > TimeSpan.Zero ? wait : null;
    }

    public async Task FailedAsync(string emailKey, string address, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var keys = Keys(emailKey, address);
        await using var command = database.CreateCommand(
            """
            insert into kernel.sign_in_throttle as t (key, failures, window_started_at)
            select key, 1, $2 from unnest($1::text[]) as key order by key
            on conflict (key) do update set
              failures = case when t.window_started_at < $3 then 1 else t.failures + 1 end,
              window_started_at = case when t.window_started_at < $3 then $2 else t.window_started_at end
            returning key, failures
            """);
        command.Parameters.Add(new() { Value = keys });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now - Window });
        var blocks = new List<(string Key, DateTimeOffset Until)>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                if (BlockFor(Array.IndexOf(keys, reader.GetString(0)), reader.GetInt32(1)) is { } pause)
                {
                    blocks.Add((reader.GetString(0), now + pause));
                }
            }
        }

        foreach (var (key, until) in blocks)
        {
            await using var block = database.CreateCommand("update kernel.sign_in_throttle set blocked_until = $2 where key = $1");
            block.Parameters.Add(new() { Value = key });
            block.Parameters.Add(new() { Value = until });
            await block.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Forgets the failures of this account at this address; those of others stay.</summary>
    public async Task SucceededAsync(string emailKey, string address, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("delete from kernel.sign_in_throttle where key = any($1)");
        command.Parameters.Add(new() { Value = Keys(emailKey, address)[..2] });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Forgets all failures of an account, at whatever address.</summary>
    public async Task ForgetAsync(string emailKey, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("delete from kernel.sign_in_throttle where key = $1 or starts_with(key, $2)");
        command.Parameters.Add(new() { Value = $"account:{emailKey}" });
        command.Parameters.Add(new() { Value = $"pair:{emailKey}:" });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string[] Keys(string emailKey, string address) => [$"pair:{emailKey}:{address}", $"account:{emailKey}", $"address:{address}"];

    private static TimeSpan? BlockFor(int kind, int failures)
    {
        var over = failures - kind switch { 0 => PairLimit, 1 => AccountLimit, _ => AddressLimit };
        return over < 0 ? null : TimeSpan.FromSeconds(Math.Min(30 * Math.Pow(2, Math.Min(over, 10)), Window.TotalSeconds));
    }
}
