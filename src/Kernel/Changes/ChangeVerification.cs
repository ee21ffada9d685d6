using System.Data;
using System.Text.Json;
using Npgsql;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Changes;

/// <summary>What is wrong with a chain, and where.</summary>
/// <param name="Seal">Number of the link that does not hold; null when the fault lies outside the links.</param>
/// <param name="Problem">
/// <c>rows_changed</c>, <c>rows_removed</c>, <c>rows_added</c>, <c>seal_changed</c>, <c>seal_missing</c>, <c>tail_removed</c> or <c>erasure_unproven</c>.
/// </param>
/// <param name="From">Time of the first change it concerns, where there is one.</param>
/// <param name="To">Time of the last.</param>
public sealed record ChainBreak(long? Seal, string Problem, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>The newest link.</summary>
/// <param name="KeptOutside">This installation's data folder remembers the chain's end; only then a removed end would be noticed.</param>
public sealed record VerifiedHead(long Number, string Hash, DateTimeOffset SealedAt, bool KeptOutside);

/// <summary>Whether a tenant's audit trail is as it was written.</summary>
/// <param name="Checked">Changes looked at.</param>
/// <param name="Sealed">Changes that the chain's links cover.</param>
/// <param name="Pending">Changes too young to be sealed yet.</param>
public sealed record ChainReport(bool Intact, long Checked, long Sealed, long Pending, VerifiedHead? Head, ChainBreak? BrokenAt);

/// <summary>Computes a tenant's chain again from its changes, in one snapshot, and compares it with the links and with the head kept outside.</summary>
internal sealed class ChangeVerification(NpgsqlDataSource database, ChainHeads heads)
{
    private const int SealsAtOnce = 1_000;

    private const string Seals =
        """
        select number, last_xid, last_seq, row_count, previous_hash, hash, sealed_at, archived_at is not null
        from kernel.change_seal where tenant_id = $1 and number > $2 order by number limit $3
        """;

    private const string Rows =
        """
        select c.xid, c.seq, c.at, kernel.change_digest(c), c.original_digest, (c.after -> '$erased')::text
        from kernel.change c
        where c.tenant_id = $1 and (c.xid, c.seq) > ($2, $3) and (c.xid, c.seq) <= ($4, $5) order by c.xid, c.seq
        """;

    private sealed record Seal(long Number, ulong Xid, long Seq, int Count, byte[] Previous, byte[] Hash, DateTimeOffset At, bool IsAnchor);

    public async Task<ChainReport> VerifyAsync(Guid tenantId, CancellationToken cancel)
    {
        // Read first: a head that is older than the snapshot is fine, one from after it would look like a removed end.
        var kept = await heads.ReadAsync(tenantId, cancel);
        await using var transaction = await TenantTransaction.BeginAsync(database, tenantId, IsolationLevel.RepeatableRead, cancel);
        var check = new Check(transaction, tenantId, kept, cancel);
        await check.RunAsync();
        var head = check.Last is { } last ? new VerifiedHead(last.Number, Convert.ToHexStringLower(last.Hash), last.At, kept is not null) : null;
        return new ChainReport(check.Broken is null, check.Checked, check.Sealed, check.Pending, head, check.Broken);
    }

    private sealed class Check(TenantTransaction transaction, Guid tenantId, ChainHead? kept, CancellationToken cancel)
    {
        // Digests of erased changes, until the erasure that vouches for them comes by.
        private readonly Dictionary<long, (string Digest, DateTimeOffset At)> _erased = [];

        public Seal? Last { get; private set; }

        public long Checked { get; private set; }

        public long Sealed { get; private set; }

        public long Pending { get; private set; }

        public ChainBreak? Broken { get; private set; }

        public async Task RunAsync()
        {
            while (await SealsAsync() is { Count: > 0 } seals)
            {
                foreach (var seal in seals)
                {
                    await CheckAsync(seal);
                    Last = seal;
                }
            }

            var pending = await RowsAsync((Last?.Xid ?? 0, Last?.Seq ?? 0), (ulong.MaxValue, long.MaxValue));
            Pending = pending.Count;
            if (kept is not null && (Last?.Number ?? 0) < kept.Number)
            {
                Break(kept.Number, "tail_removed", null, kept.SealedAt);
            }

            if (_erased.Count > 0)
            {
                Break(null, "erasure_unproven", _erased.Values.Min(e => e.At), _erased.Values.Max(e => e.At));
            }
        }

        private async Task CheckAsync(Seal seal)
        {
            var isFirst = Last is null;
            var rows = await RowsAsync((Last?.Xid ?? 0, Last?.Seq ?? 0), (seal.Xid, seal.Seq));
            if (isFirst && seal.IsAnchor)
            {
                // Its changes are in the archive; that it is the right anchor, the file outside knows.
                CheckKept(seal, kept?.AnchorNumber, kept?.AnchorHash);
                if (rows.Count > 0)
                {
                    Break(seal.Number, "rows_added", rows[0].At, rows[^1].At);
                }

                return;
            }

            Sealed += seal.Count;
            if (seal.Number != (Last?.Number ?? 0) + 1)
            {
                Break((Last?.Number ?? 0) + 1, "seal_missing", null, seal.At);
                return;
            }

            var previous = Last?.Hash ?? ChangeSealer.Genesis;
            if (!seal.Previous.AsSpan().SequenceEqual(previous))
            {
                Break(seal.Number, "seal_changed", null, seal.At);
            }

            if (!ChangeSealer.Hash(previous, seal.Number, seal.Xid, seal.Seq, [.. rows.Select(r => r.Digest)]).AsSpan().SequenceEqual(seal.Hash))
            {
                var problem = rows.Count < seal.Count ? "rows_removed" : rows.Count > seal.Count ? "rows_added" : "rows_changed";
                Break(seal.Number, problem, rows.Count > 0 ? rows[0].At : null, rows.Count > 0 ? rows[^1].At : seal.At);
            }

            CheckKept(seal, kept?.Number, kept?.Hash);
        }

        private void CheckKept(Seal seal, long? number, string? hash)
        {
            if (seal.Number == number && Convert.ToHexStringLower(seal.Hash) != hash)
            {
                Break(seal.Number, "seal_changed", null, seal.At);
            }
        }

        /// <summary>The first break tells most; those behind it follow from it.</summary>
        private void Break(long? seal, string problem, DateTimeOffset? from, DateTimeOffset? to) => Broken ??= new ChainBreak(seal, problem, from, to);

        private async Task<List<Seal>> SealsAsync()
        {
            await using var command = transaction.Command(Seals, tenantId, Last?.Number ?? 0, SealsAtOnce);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var seals = new List<Seal>();
            while (await reader.ReadAsync(cancel))
            {
                seals.Add(new Seal(
                    reader.GetInt64(0), reader.GetFieldValue<ulong>(1), reader.GetInt64(2), reader.GetInt32(3), reader.GetFieldValue<byte[]>(4),
                    reader.GetFieldValue<byte[]>(5), reader.GetFieldValue<DateTimeOffset>(6), reader.GetBoolean(7)));
            }

            return seals;
        }

        /// <summary>The changes behind one place up to another.</summary>
        private async Task<List<ChangeSealer.Row>> RowsAsync((ulong Xid, long Seq) after, (ulong Xid, long Seq) upTo)
        {
            await using var command = transaction.Command(Rows, tenantId, after.Xid, after.Seq, upTo.Xid, upTo.Seq);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var rows = new List<ChangeSealer.Row>();
            while (await reader.ReadAsync(cancel))
            {
                var (seq, at, digest) = (reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<byte[]>(3));
                if (!reader.IsDBNull(4))
                {
                    _erased[seq] = (Convert.ToHexStringLower(digest), at);
                    digest = reader.GetFieldValue<byte[]>(4);
                }

                if (!reader.IsDBNull(5))
                {
                    Vouch(JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(5))!);
                }

                rows.Add(new ChangeSealer.Row(reader.GetFieldValue<ulong>(0), seq, at, digest));
            }

            Checked += rows.Count;
            return rows;
        }

        private void Vouch(Dictionary<string, string> erased)
        {
            foreach (var (seq, digest) in erased)
            {
                if (long.TryParse(seq, out var number) && _erased.TryGetValue(number, out var found) && found.Digest == digest)
                {
                    _erased.Remove(number);
                }
            }
        }
    }
}
