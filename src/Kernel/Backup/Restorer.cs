using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Backup;

/// <summary>
/// Brings records back from an archive, or shows what that would do. All in one transaction; each record goes through the history like any
/// other change. Rights and the audit trail are never restored.
/// </summary>
internal sealed class Restorer(IEnumerable<IRecordSet> nouns, RestoreSettings settings, FileStore store)
{
    /// <summary>Records saved at one time: enough to be quick, few enough to hold.</summary>
    private const int Chunk = 500;

    private const int SampleSize = 20;

    private static readonly string[] Kept = [nameof(TenantRecord.TenantId), nameof(TenantRecord.Id), nameof(TenantRecord.Version), nameof(TenantRecord.CreatedAt), nameof(TenantRecord.CreatedBy), nameof(TenantRecord.UpdatedAt), nameof(TenantRecord.UpdatedBy)];

    private static readonly MethodInfo LoadOf = typeof(Restorer).GetMethod(nameof(LoadStagedAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly MethodInfo PresentOf = typeof(Restorer).GetMethod(nameof(LoadPresentAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>What a restore would do.</summary>
    public async Task<(RestorePreview? Preview, Refusal? Refusal)> PreviewAsync(PlatformDb db, BackupArchive archive, RestoreRequest request, CancellationToken cancel)
    {
        // Nothing is committed: the staged tables go with the transaction.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var (stage, plan, refusal) = await PlanAsync(db, archive, request, (_, _, _) => { }, cancel);
        if (stage is null)
        {
            return (null, refusal);
        }

        var dangling = await plan!.CutDanglingAsync(cancel);
        var conflicts = await plan.ConflictsAsync(cancel);
        var counts = await CountsAsync(stage, cancel);
        var total = 0L;
        foreach (var table in stage.Records.Where(t => request.Noun is null || t.Noun == request.Noun))
        {
            total += request.RecordIds?.Count ?? (await stage.QueryAsync($"select count(*) from {RestoreStage.NameOf(table)}", r => r.GetInt64(0), cancel))[0];
        }

        var (added, changed, removed) = (counts.Sum(c => c.Added), counts.Sum(c => c.Changed), counts.Sum(c => c.Removed));
        var preview = new RestorePreview(
            added,
            changed,
            removed,
            Math.Max(0, total - added - changed - plan.Erased),
            plan.Erased,
            counts,
            await SampleAsync(db, stage, cancel),
            request.Noun is null ? await settings.PreviewAsync(db, archive.Manifest.Tenant, cancel) : [],
            [.. await NamedAsync(db, stage, dangling, (d, name) => new DanglingReference(WordOf(d.Table), d.Id, name, d.Field, d.Missing), d => (d.Table, d.Id), cancel)],
            [.. await NamedAsync(db, stage, conflicts, (c, name) => new RestoreConflict(WordOf(c.Table), c.Id, name, c.Reason), c => (c.Table, c.Id), cancel)]);
        return (preview, null);
    }

    /// <summary>Does it, in the caller's transaction.</summary>
    /// <param name="db">In a transaction, in the scope of the person who restores.</param>
    /// <param name="archive">Verified.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="report">Step, done, total.</param>
    /// <param name="cancel">Breaks off; the caller rolls back.</param>
    public async Task<(IReadOnlyList<RestoreCount>? Counts, Refusal? Refusal)> ApplyAsync(
        PlatformDb db, BackupArchive archive, RestoreRequest request, Action<string, long, long> report, CancellationToken cancel)
    {
        var (stage, plan, refusal) = await PlanAsync(db, archive, request, report, cancel);
        if (stage is null)
        {
            return (null, refusal);
        }

        await plan!.CutDanglingAsync(cancel);
        if (await plan.ConflictsAsync(cancel) is { Count: > 0 } conflicts)
        {
            var named = await NamedAsync(db, stage, [.. conflicts.Take(5)], (c, name) => $"{name}: {c.Reason}", c => (c.Table, c.Id), cancel);
            return (null, new Refusal(409, "restore_conflict", string.Join(" ", named)));
        }

        try
        {
            var (done, all) = (0L, (await stage.QueryAsync("select count(*) from restore_pick", r => r.GetInt64(0), cancel))[0]);
            foreach (var (change, tables) in new[] { ("removed", stage.Records.Reverse()), ("added", stage.Records), ("changed", stage.Records) })
            {
                foreach (var table in tables)
                {
                    foreach (var ids in (await PickedAsync(stage, table, change, cancel)).Chunk(Chunk))
                    {
                        cancel.ThrowIfCancellationRequested();
                        report(table.Noun ?? table.Name, done, all);
                        await SaveAsync(db, stage, table, change, ids, archive.Reason, cancel);
                        done += ids.Length;
                    }
                }
            }

            await BookAsync(db, stage, plan, cancel);
            await FilesAsync(db, archive, stage, plan, cancel);
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.CheckViolation } broken)
        {
            return (null, new Refusal(409, "restore_conflict", $"The rule {broken.ConstraintName} does not allow it any more."));
        }
        catch (PostgresException broken) when (broken.SqlState == PostgresErrorCodes.ExclusionViolation)
        {
            return (null, new Refusal(409, "restore_conflict", Bookings.Taken.Detail));
        }

        return (await CountsAsync(stage, cancel), null);
    }

    /// <summary>Records of one noun in the archive, each against what is here now.</summary>
    public async Task<(RecordPage<BackupRecordRow>? Page, Refusal? Refusal)> RecordsAsync(
        PlatformDb db, BackupArchive archive, string noun, string? search, int page, int limit, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var tables = new BackupTables(db, nouns);
        if (tables.OfNoun(noun) is not { IsRestored: true } table || !archive.Holds(table))
        {
            return (null, BackupRefusals.UnknownNoun(noun));
        }

        var (stage, refusal) = await RestoreStage.LoadAsync(db, archive, tables, t => t == table, (_, _, _) => { }, cancel);
        if (stage is null)
        {
            return (null, refusal);
        }

        // Any of the record's fields may hold what is looked for.
        var pattern = search is null ? "%" : "%" + LikePattern.Escape(search) + "%";
        var where = $"where ($1 = '%' or to_jsonb(s)::text ilike $1 escape '{LikePattern.EscapeSign}')";
        var total = (await stage.QueryAsync($"select count(*) from {RestoreStage.NameOf(table)} s {where}", r => r.GetInt64(0), cancel, pattern))[0];
        var rows = await stage.QueryAsync(
            $"""
             select s.id, case when t.id is null then 'missing' when t.deleted_at is not null then 'trashed' when {RestorePlan.Differs(table)} then 'changed' else 'same' end
             from {RestoreStage.NameOf(table)} s left join {table.Name} t on t.tenant_id = $2 and t.id = s.id {where} order by s.id desc limit $3 offset $4
             """,
            r => (Id: r.GetGuid(0), State: Words.Parse<RestoreState>(r.GetString(1))),
            cancel,
            pattern,
            db.TenantId,
            limit,
            (page - 1) * limit);
        var named = await StagedAsync(db, table, [.. rows.Select(r => r.Id)], cancel);
        return (new RecordPage<BackupRecordRow>([.. rows.Select(r => new BackupRecordRow(r.Id, NameOf(named.GetValueOrDefault(r.Id), r.Id), r.State))], (int)total, true, page, limit, null), null);
    }

    private async Task<(RestoreStage? Stage, RestorePlan? Plan, Refusal? Refusal)> PlanAsync(
        PlatformDb db, BackupArchive archive, RestoreRequest request, Action<string, long, long> report, CancellationToken cancel)
    {
        var tables = new BackupTables(db, nouns);
        if (request.Noun is { } noun && (tables.OfNoun(noun) is not { IsRestored: true } wanted || !archive.Holds(wanted)))
        {
            return (null, null, BackupRefusals.UnknownNoun(noun));
        }

        if (request is { Noun: null, RecordIds: not null })
        {
            return (null, null, Refusals.Invalid("noun", "Say of which noun these records are."));
        }

        var (stage, refusal) = await RestoreStage.LoadAsync(
            db, archive, tables, request is { Noun: not null, RecordIds: null } ? t => t.Noun == request.Noun || t.ClrType == typeof(BookedPeriod) : null, report, cancel);
        if (stage is null)
        {
            return (null, null, refusal);
        }

        var plan = new RestorePlan(db, stage);
        await plan.MakeAsync(request, cancel);
        return (stage, plan, null);
    }

    private static async Task SaveAsync(PlatformDb db, RestoreStage stage, BackupTable table, string change, Guid[] ids, string reason, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        if (change == "added")
        {
            var last = (await stage.QueryAsync(
                "select entity_id, max(entity_version) from kernel.change where tenant_id = $1 and target = $2 and entity_id = any ($3) group by entity_id",
                r => (Id: r.GetGuid(0), Version: r.IsDBNull(1) ? 0 : r.GetInt32(1)),
                cancel,
                db.TenantId,
                table.Target,
                ids)).ToDictionary(v => v.Id, v => v.Version);
            foreach (var record in (await StagedAsync(db, table, ids, cancel)).Values)
            {
                record.Version = Math.Max(record.Version, last.GetValueOrDefault(record.Id));
                db.Add(record);
                db.Describe(record, $"restore_{table.Target}", reason);
            }
        }
        else
        {
            var now = db.Clock.GetUtcNow().ToMicroseconds();
            var staged = change == "removed" ? [] : await StagedAsync(db, table, ids, cancel);
            foreach (var record in (await PresentAsync(db, table, ids, cancel)).Values)
            {
                if (change == "removed")
                {
                    (record.DeletedAt, record.DeletedBy) = (now, db.Scope.ActorId);
                }
                else if (staged.TryGetValue(record.Id, out var wanted))
                {
                    var (from, to) = (db.Entry(wanted), db.Entry(record));
                    foreach (var property in to.Properties.Where(p => !Kept.Contains(p.Metadata.Name)))
                    {
                        property.CurrentValue = from.Property(property.Metadata.Name).CurrentValue;
                    }
                }

                db.Describe(record, change == "removed" ? $"delete_{table.Target}" : $"restore_{table.Target}", reason);
            }
        }

        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private static async Task BookAsync(PlatformDb db, RestoreStage stage, RestorePlan plan, CancellationToken cancel)
    {
        if (plan.Staged<BookedPeriod>() is not { } bookings)
        {
            return;
        }

        var columns = string.Join(", ", bookings.Columns.Select(c => $"\"{c}\""));
        await stage.ExecuteAsync($"delete from {bookings.Name} b using restore_pick p where b.tenant_id = $1 and b.subject_kind = p.target and b.subject_id = p.id", cancel, db.TenantId);
        await stage.ExecuteAsync(
            $"""
             insert into {bookings.Name} (tenant_id, {columns}) select $1, {string.Join(", ", bookings.Columns.Select(c => $"s.\"{c}\""))} from {RestoreStage.NameOf(bookings)} s
             join restore_pick p on p.target = s.subject_kind and p.id = s.subject_id and p.change <> 'removed'
             """,
            cancel,
            db.TenantId);
    }

    /// <summary>Brings back the files that comments have again: what hangs on nothing would only lie there, an erased person's too.</summary>
    private async Task FilesAsync(PlatformDb db, BackupArchive archive, RestoreStage stage, RestorePlan plan, CancellationToken cancel)
    {
        if (plan.Staged<StoredFile>() is not { } files)
        {
            return;
        }

        var columns = string.Join(", ", files.Columns.Select(c => $"\"{c}\""));
        await stage.ExecuteAsync(
            $"""
             insert into {files.Name} (tenant_id, {columns}) select $1, {columns} from {RestoreStage.NameOf(files)} s
             where s.record_id is null or exists (
               select from kernel.comment c where c.tenant_id = $1 and c.record_kind = s.record_kind and c.record_id = s.record_id and c.deleted_at is null
               and c.attachments @> jsonb_build_array(jsonb_build_object('id', s.id)))
             on conflict (tenant_id, id) do update set expires_at = null
             """,
            cancel,
            db.TenantId);
        var kept = (await db.Set<StoredFile>().Where(f => f.Purpose == FilePurpose.Attachment && f.ExpiresAt == null).Select(f => f.Sha256).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in archive.Manifest.Files.Where(f => kept.Contains(f.Sha256) && !store.Has(db.TenantId, f.Sha256)))
        {
            await using var content = await archive.OpenAsync(file, cancel);
            await using var draft = store.Create(db.TenantId);
            if (content is not null)
            {
                await content.CopyToAsync(draft, cancel);
                await draft.CompleteAsync(file.Sha256, cancel);
            }
        }
    }

    private static Task<List<Guid>> PickedAsync(RestoreStage stage, BackupTable table, string change, CancellationToken cancel, int limit = int.MaxValue) =>
        stage.QueryAsync("select id from restore_pick where tbl = $1 and change = $2 order by id limit $3", r => r.GetGuid(0), cancel, table.Name, change, limit);

    private static async Task<IReadOnlyList<RestoreCount>> CountsAsync(RestoreStage stage, CancellationToken cancel)
    {
        var counts = await stage.QueryAsync("select tbl, change, count(*)::integer from restore_pick group by 1, 2", r => (Table: r.GetString(0), Change: r.GetString(1), Count: r.GetInt32(2)), cancel);
        int Of(BackupTable table, string change) => counts.Where(c => c.Table == table.Name && c.Change == change).Sum(c => c.Count);
        return [.. stage.Records.Where(t => counts.Any(c => c.Table == t.Name)).Select(t => new RestoreCount(WordOf(t), Of(t, "added"), Of(t, "changed"), Of(t, "removed")))];
    }

    private static async Task<IReadOnlyList<RestoreSample>> SampleAsync(PlatformDb db, RestoreStage stage, CancellationToken cancel)
    {
        var sample = new List<RestoreSample>();
        foreach (var change in Enum.GetValues<RestoreChange>())
        {
            foreach (var table in stage.Records)
            {
                var ids = (await PickedAsync(stage, table, Words.Of(change), cancel, SampleSize)).Take(SampleSize - sample.Count).ToArray();
                var (staged, present) = (await StagedAsync(db, table, ids, cancel), await PresentAsync(db, table, ids, cancel));
                sample.AddRange(ids.Select(id => SampleOf(db, table, id, change, staged.GetValueOrDefault(id), present.GetValueOrDefault(id))));
                db.ChangeTracker.Clear();
            }
        }

        return sample;
    }

    private static RestoreSample SampleOf(PlatformDb db, BackupTable table, Guid id, RestoreChange change, TenantRecord? staged, TenantRecord? present)
    {
        var before = present is null ? [] : ChangeRecorder.FieldsOf(db.Entry(present));
        var after = staged is null || change == RestoreChange.Removed ? [] : ChangeRecorder.FieldsOf(db.Entry(staged));
        var fields = before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Select(f => new FieldChange(f, Node(before.GetValueOrDefault(f)), Node(after.GetValueOrDefault(f)))).Where(f => !JsonNode.DeepEquals(f.Before, f.After));
        return new RestoreSample(WordOf(table), id, NameOf(staged ?? present, id), change, [.. fields]);
    }

    private static JsonNode? Node(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), PlatformJson.Options);

    private static async Task<IReadOnlyList<TResult>> NamedAsync<T, TResult>(
        PlatformDb db, RestoreStage stage, IReadOnlyList<T> items, Func<T, string, TResult> make, Func<T, (BackupTable Table, Guid Id)> key, CancellationToken cancel)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var table in items.GroupBy(i => key(i).Table))
        {
            foreach (var (id, record) in await StagedAsync(db, table.Key, [.. table.Select(i => key(i).Id).Distinct()], cancel))
            {
                names[id] = NameOf(record, id);
            }
        }

        return [.. items.Select(i => make(i, names.GetValueOrDefault(key(i).Id, key(i).Id.ToString())))];
    }

    private static string WordOf(BackupTable table) => table.Noun ?? table.Name;

    private static string NameOf(TenantRecord? record, Guid id) => record?.Caption ?? id.ToString();

    private static Task<Dictionary<Guid, TenantRecord>> StagedAsync(PlatformDb db, BackupTable table, Guid[] ids, CancellationToken cancel) =>
        ids.Length == 0 ? Task.FromResult(new Dictionary<Guid, TenantRecord>()) : (Task<Dictionary<Guid, TenantRecord>>)LoadOf.MakeGenericMethod(table.ClrType).Invoke(null, [db, table, ids, cancel])!;

    private static Task<Dictionary<Guid, TenantRecord>> PresentAsync(PlatformDb db, BackupTable table, Guid[] ids, CancellationToken cancel) =>
        ids.Length == 0 ? Task.FromResult(new Dictionary<Guid, TenantRecord>()) : (Task<Dictionary<Guid, TenantRecord>>)PresentOf.MakeGenericMethod(table.ClrType).Invoke(null, [db, ids, cancel])!;

#pragma warning disable EF1002 // The name is the model's own.
    private static async Task<Dictionary<Guid, TenantRecord>> LoadStagedAsync<TRecord>(PlatformDb db, BackupTable table, Guid[] ids, CancellationToken cancel)
        where TRecord : TenantRecord =>
        (await db.Set<TRecord>().FromSqlRaw($"select * from {RestoreStage.NameOf(table)}").IgnoreQueryFilters([QueryFilters.Live]).AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(cancel))
            .ToDictionary(r => r.Id, r => (TenantRecord)r);
#pragma warning restore EF1002

    private static async Task<Dictionary<Guid, TenantRecord>> LoadPresentAsync<TRecord>(PlatformDb db, Guid[] ids, CancellationToken cancel)
        where TRecord : TenantRecord =>
        (await db.Set<TRecord>().IgnoreQueryFilters([QueryFilters.Live]).Where(r => ids.Contains(r.Id)).ToListAsync(cancel)).ToDictionary(r => r.Id, r => (TenantRecord)r);
}
