using System.Buffers.Binary;
using System.Data;
using System.Security.Cryptography;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Changes;

/// <summary>Adds links to a tenant's chain for the changes that have settled: those no transaction still under way can come before.</summary>
internal sealed class ChangeSealer(NpgsqlDataSource database, ChainHeads heads, TimeProvider clock)
{
    /// <summary>Changes one link covers at most.</summary>
    private const int MaximumRows = 5_000;

    /// <summary>What the chain begins with.</summary>
    public static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    private const string Unsealed =
        """
        select c.xid, c.seq, c.at, coalesce(c.original_digest, kernel.change_digest(c))
        from kernel.change c
        where c.tenant_id = $1 and (c.xid, c.seq) > ($2, $3) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by c.xid, c.seq limit $4
        """;

    private const string Insert =
        """
        insert into kernel.change_seal (tenant_id, number, last_xid, last_seq, row_count, previous_hash, hash, sealed_at, newest_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    /// <summary>One change, as a link sees it.</summary>
    internal sealed record Row(ulong Xid, long Seq, DateTimeOffset At, byte[] Digest);

    /// <summary>Where a chain ends.</summary>
    internal sealed record End(long Number, ulong Xid, long Seq, byte[] Hash)
    {
        public static readonly End None = new(0, 0, 0, Genesis);
    }

    /// <summary>Seals what has settled. Another node may be at it: then nothing is done here.</summary>
    /// <returns>Whether the tenant is done for now; false when another node holds the lock or changes are still settling.</returns>
    public async Task<bool> SealAsync(Guid tenantId, CancellationToken cancel)
    {
        while (true)
        {
            await using var transaction = await TenantTransaction.BeginAsync(database, tenantId, IsolationLevel.ReadCommitted, cancel);
            if (!await TryLockAsync(transaction, tenantId, cancel))
            {
                return false;
            }

            var end = await EndAsync(transaction, tenantId, cancel);
            var rows = await SettledAsync(transaction, tenantId, end, cancel);
            if (rows.Count == 0)
            {
                return !await transaction.ScalarAsync<bool>(
                    "select exists(select from kernel.change c where c.tenant_id = $1 and (c.xid, c.seq) > ($2, $3))", cancel, tenantId, end.Xid, end.Seq);
            }

            var zone = TimeZoneInfo.FindSystemTimeZoneById(await transaction.ScalarAsync<string>("select time_zone from kernel.tenant where id = $1", cancel, tenantId));
            var now = clock.GetUtcNow().ToMicroseconds();
            foreach (var link in ByDay(rows, zone))
            {
                var last = link[^1];
                var hash = Hash(end.Hash, end.Number + 1, last.Xid, last.Seq, [.. link.Select(r => r.Digest)]);
                await transaction.ExecuteAsync(
                    Insert, cancel, tenantId, end.Number + 1, last.Xid, last.Seq, link.Count, end.Hash, hash, now, link.Max(r => r.At));
                end = new End(end.Number + 1, last.Xid, last.Seq, hash);
            }

            await transaction.CommitAsync(cancel);
            var known = await heads.ReadAsync(tenantId, cancel);
            if (known is null || known.Number < end.Number)
            {
                await heads.WriteAsync(
                    tenantId, new ChainHead(end.Number, Convert.ToHexStringLower(end.Hash), now, known?.AnchorNumber ?? 0, known?.AnchorHash), cancel);
            }
        }
    }

    /// <summary>Held until the transaction ends; sealing and purging take turns by it, on all nodes.</summary>
    public static Task<bool> TryLockAsync(TenantTransaction transaction, Guid tenantId, CancellationToken cancel) =>
        transaction.ScalarAsync<bool>("select pg_try_advisory_xact_lock(hashtextextended($1, 0))", cancel, LockName(tenantId));

    public static string LockName(Guid tenantId) => "change_seal:" + tenantId;

    /// <summary>A link's hash: over the link before, its number, its last change's place and the digests of all it covers.</summary>
    public static byte[] Hash(byte[] previous, long number, ulong lastXid, long lastSeq, IReadOnlyCollection<byte[]> digests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[28];
        BinaryPrimitives.WriteInt64BigEndian(numbers, number);
        BinaryPrimitives.WriteUInt64BigEndian(numbers[8..], lastXid);
        BinaryPrimitives.WriteInt64BigEndian(numbers[16..], lastSeq);
        BinaryPrimitives.WriteInt32BigEndian(numbers[24..], digests.Count);
        hash.AppendData(previous);
        hash.AppendData(numbers);
        foreach (var digest in digests)
        {
            hash.AppendData(digest);
        }

        return hash.GetHashAndReset();
    }

    private static async Task<End> EndAsync(TenantTransaction transaction, Guid tenantId, CancellationToken cancel)
    {
        await using var command = transaction.Command(
            "select number, last_xid, last_seq, hash from kernel.change_seal where tenant_id = $1 order by number desc limit 1", tenantId);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new End(reader.GetInt64(0), reader.GetFieldValue<ulong>(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3))
            : End.None;
    }

    private static async Task<List<Row>> SettledAsync(TenantTransaction transaction, Guid tenantId, End end, CancellationToken cancel)
    {
        await using var command = transaction.Command(Unsealed, tenantId, end.Xid, end.Seq, MaximumRows);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(new Row(reader.GetFieldValue<ulong>(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<byte[]>(3)));
        }

        return rows;
    }

    /// <summary>A new link wherever a new day begins, so that whole days can be archived without cutting a link.</summary>
    private static IEnumerable<List<Row>> ByDay(List<Row> rows, TimeZoneInfo zone)
    {
        var link = new List<Row>();
        var latest = DateTime.MinValue;
        foreach (var row in rows)
        {
            var day = TimeZoneInfo.ConvertTime(row.At, zone).Date;
            if (link.Count > 0 && day > latest)
            {
                yield return link;
                link = [];
            }

            latest = day > latest ? day : latest;
            link.Add(row);
        }

        yield return link;
    }
}
