using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Jobs;

/// <summary>
/// What becomes due by the clock: a reminder, a promise nobody kept. It is not planned ahead, where a plan could grow stale: each round
/// asks the records themselves what became due since the round before.
/// </summary>
public interface IDueWork
{
    /// <summary>Key of the module it belongs to; tenants without it are passed over.</summary>
    string Module { get; }

    /// <summary>Does what became due. Broken off, it is asked for the same span again: what it did must not be done twice.</summary>
    /// <param name="db">In the scope of the platform in one tenant.</param>
    /// <param name="span">Longer than half a minute after a downtime.</param>
    /// <param name="cancel">The host stops.</param>
    Task RunAsync(PlatformDb db, DueSpan span, CancellationToken cancel);
}

/// <summary>A stretch of time; what became due at its end belongs to it, what became due at its beginning to the one before.</summary>
public sealed record DueSpan(DateTimeOffset After, DateTimeOffset Until);

/// <summary>Up to when what becomes due was done.</summary>
internal sealed class DueMark
{
    public required string Name { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class DueMarkMapping : IEntityTypeConfiguration<DueMark>
{
    public void Configure(EntityTypeBuilder<DueMark> builder)
    {
        builder.ToTable("due_mark", "kernel");
        builder.HasKey(m => m.Name);
    }
}

/// <summary>
/// Has everything done that became due since the last round, whichever host made that: one host at a time, and after a downtime all that
/// became due meanwhile. Where it failed in one tenant, that tenant's next round begins where the failed one did.
/// </summary>
internal sealed class DueRounds(NpgsqlDataSource database, TenantDbFactory tenants, IEnumerable<IDueWork> works, TimeProvider clock, ILogger<DueRounds> logger)
{
    private const string Name = "rounds";

    private readonly IReadOnlyList<IDueWork> _works = [.. works];

    private readonly ConcurrentDictionary<(Guid Tenant, IDueWork Work), DateTimeOffset> _failed = new();

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        if (await ScalarAsync("select pg_try_advisory_lock(hashtextextended($1, 0))", "due:" + Name) is not true)
        {
            return;
        }

        try
        {
            var now = clock.GetUtcNow().ToMicroseconds();

            // The first round of an installation only says from when on.
            if (await ScalarAsync("select at from kernel.due_mark where name = $1", Name) is not DateTime last)
            {
                last = now.UtcDateTime;
            }

            var span = new DueSpan(new DateTimeOffset(last, TimeSpan.Zero), now);
            if (span.Until > span.After)
            {
                await DoAsync(span, cancel);
            }

            await ScalarAsync("insert into kernel.due_mark (name, at) values ($1, $2) on conflict (name) do update set at = greatest(kernel.due_mark.at, excluded.at)", Name, now);
        }
        finally
        {
            await ScalarAsync("select pg_advisory_unlock(hashtextextended($1, 0))", "due:" + Name);
        }

        async Task<object?> ScalarAsync(string sql, params object[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var value in parameters)
            {
                command.Parameters.Add(new() { Value = value });
            }

            return await command.ExecuteScalarAsync(CancellationToken.None);
        }
    }

    private async Task DoAsync(DueSpan span, CancellationToken cancel)
    {
        foreach (var (tenant, modules) in await ActiveAsync(cancel))
        {
            foreach (var work in _works.Where(w => modules.Contains(w.Module)))
            {
                var key = (tenant, work);
                var from = _failed.TryGetValue(key, out var earlier) && earlier < span.After ? earlier : span.After;
                try
                {
                    await using var db = tenants.Open(TenantScope.System(tenant));
                    await work.RunAsync(db, span with { After = from }, cancel);
                    _failed.TryRemove(key, out _);
                }
                catch (Exception failed) when (failed is not OperationCanceledException)
                {
                    _failed[key] = from;
                    logger.LogWarning(failed, "What became due in {Tenant} was not done and will be tried again", tenant);
                }
            }
        }
    }

    private async Task<List<(Guid Id, string[] Modules)>> ActiveAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select id, modules from kernel.tenant where status = 'active' order by id");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<(Guid, string[])>();
        while (await reader.ReadAsync(cancel))
        {
            found.Add((reader.GetGuid(0), reader.GetFieldValue<string[]>(1)));
        }

        return found;
    }
}
