using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Collaboration;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Backup;

/// <summary>Which records a restore touches, and how: one row for each in the temporary table <c>restore_pick</c>.</summary>
internal sealed class RestorePlan(PlatformDb db, RestoreStage stage)
{
    /// <summary>Columns that keep books and are not compared: a restored record has a new version and a new time.</summary>
    private static readonly string[] Bookkeeping = ["id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_by"];

    /// <summary>Records left out because the persons they tell of were erased.</summary>
    public int Erased { get; private set; }

    public async Task MakeAsync(RestoreRequest request, CancellationToken cancel)
    {
        await stage.ExecuteAsync("create temporary table restore_pick (tbl text not null, target text not null, id uuid not null, change text not null, primary key (tbl, id)) on commit drop", cancel);
        if (request.RecordIds is { } ids)
        {
            await PickRecordsAsync(stage.Records.First(t => t.Noun == request.Noun), [.. ids], cancel);
        }
        else
        {
            foreach (var table in stage.Records.Where(t => request.Noun is null || t.Noun == request.Noun))
            {
                await PickTableAsync(table, request.Mode, cancel);
            }
        }

        await LeaveErasedAsync(cancel);
    }

    /// <summary>References of picked records to what will not be there. Those that may be empty are emptied in the staged rows; records whose reference may not are left out.</summary>
    public async Task<IReadOnlyList<(BackupTable Table, Guid Id, string Field, Guid Missing)>> CutDanglingAsync(CancellationToken cancel)
    {
        var found = new List<(BackupTable, Guid, string, Guid)>();
        foreach (var table in stage.Records)
        {
            foreach (var (column, target, isRequired, field) in table.References)
            {
                var missing = await stage.QueryAsync(
                    $"""
                     select s.id, s."{column}" from {RestoreStage.NameOf(table)} s join restore_pick p on p.tbl = $1 and p.id = s.id and p.change <> 'removed'
                     where s."{column}" is not null
                       and not exists (select from {target.GetSchema()}.{target.GetTableName()} t where t.tenant_id = $2 and t.id = s."{column}")
                       and not exists (select from restore_pick q where q.tbl = $3 and q.id = s."{column}" and q.change = 'added')
                     """,
                    r => (r.GetGuid(0), r.GetGuid(1)),
                    cancel,
                    table.Name,
                    db.TenantId,
                    $"{target.GetSchema()}.{target.GetTableName()}");
                if (missing.Count == 0)
                {
                    continue;
                }

                found.AddRange(missing.Select(m => (table, m.Item1, field, m.Item2)));
                var ids = missing.Select(m => m.Item1).ToArray();
                await (isRequired
                    ? stage.ExecuteAsync("delete from restore_pick where tbl = $1 and id = any ($2)", cancel, table.Name, ids)
                    : stage.ExecuteAsync($"update {RestoreStage.NameOf(table)} set \"{column}\" = null where id = any ($1)", cancel, ids));
            }
        }

        return found;
    }

    /// <summary>Unique values that others have now, and times that others booked.</summary>
    public async Task<IReadOnlyList<(BackupTable Table, Guid Id, string Reason)>> ConflictsAsync(CancellationToken cancel)
    {
        var found = new List<(BackupTable, Guid, string)>();
        foreach (var table in stage.Records)
        {
            foreach (var index in table.EntityType.GetIndexes().Where(i => i.IsUnique))
            {
                var columns = index.Properties.Select(p => p.GetColumnName()).Where(c => c != "tenant_id").ToList();
                var filter = index.GetFilter() is { } condition ? $" where {condition}" : "";
                var same = string.Join("", columns.Select(c => $" and t.\"{c}\" = s.\"{c}\""));
                found.AddRange((await stage.QueryAsync(
                    $"""
                     select s.id from (select * from {RestoreStage.NameOf(table)}{filter}) s join restore_pick p on p.tbl = $1 and p.id = s.id and p.change <> 'removed'
                     join (select * from {table.Name}{filter}) t on t.tenant_id = $2 and t.id <> s.id{same}
                     where not exists (select from restore_pick q where q.tbl = $1 and q.id = t.id) limit 100
                     """,
                    r => r.GetGuid(0),
                    cancel,
                    table.Name,
                    db.TenantId)).Select(id => (table, id, $"Another record has its {string.Join(" and ", columns)} now.")));
            }
        }

        if (Staged<BookedPeriod>() is { } bookings)
        {
            var taken = await stage.QueryAsync(
                $"""
                 select p.tbl, p.id, s.resource_name, b.subject_title from {RestoreStage.NameOf(bookings)} s
                 join restore_pick p on p.target = s.subject_kind and p.id = s.subject_id and p.change <> 'removed'
                 join {bookings.Name} b on b.tenant_id = $1 and b.resource_kind = s.resource_kind and b.resource_id = s.resource_id and b.period && s.period and b.exclusive and s.exclusive
                 where not exists (select from restore_pick q where q.target = b.subject_kind and q.id = b.subject_id) limit 100
                 """,
                r => (Table: r.GetString(0), Id: r.GetGuid(1), Resource: r.GetString(2), Title: r.GetString(3)),
                cancel,
                db.TenantId);
            found.AddRange(taken.Select(t => (stage.Tables.First(table => table.Name == t.Table), t.Id, $"{t.Resource} is booked for {t.Title} at that time now.")));
        }

        return found;
    }

    public BackupTable? Staged<TEntity>() => stage.Tables.FirstOrDefault(t => t.ClrType == typeof(TEntity));

    /// <summary>Whether a staged row and the present one differ in what people would call its content.</summary>
    public static string Differs(BackupTable table)
    {
        var columns = table.Columns.Except(Bookkeeping, StringComparer.Ordinal).Select(c => c == "deleted_at" ? ("(s.deleted_at is null)", "(t.deleted_at is null)") : ($"s.\"{c}\"", $"t.\"{c}\"")).ToList();
        return $"row({string.Join(", ", columns.Select(c => c.Item1))}) is distinct from row({string.Join(", ", columns.Select(c => c.Item2))})";
    }

    private async Task PickTableAsync(BackupTable table, RestoreMode mode, CancellationToken cancel)
    {
        // To bring back is not to throw away: what was in the trash then and is not now stays.
        var keeps = mode == RestoreMode.Merge ? " and not (s.deleted_at is not null and t.id is not null and t.deleted_at is null)" : "";
        await stage.ExecuteAsync(
            $"""
             insert into restore_pick (tbl, target, id, change)
             select $1, $2, s.id, case when t.id is null then 'added' else 'changed' end
             from {RestoreStage.NameOf(table)} s left join {table.Name} t on t.tenant_id = $3 and t.id = s.id
             where (t.id is null or {Differs(table)}){keeps}
             """,
            cancel,
            table.Name,
            table.Target,
            db.TenantId);
        if (mode == RestoreMode.Replace)
        {
            await stage.ExecuteAsync(
                $"""
                 insert into restore_pick (tbl, target, id, change)
                 select $1, $2, t.id, 'removed' from {table.Name} t
                 where t.tenant_id = $3 and t.deleted_at is null and not exists (select from {RestoreStage.NameOf(table)} s where s.id = t.id)
                 """,
                cancel,
                table.Name,
                table.Target,
                db.TenantId);
        }
    }

    /// <summary>The records themselves as they were; of what hangs on them, and of what they hang on, only what is gone or in the trash now.</summary>
    private async Task PickRecordsAsync(BackupTable table, Guid[] ids, CancellationToken cancel)
    {
        await stage.ExecuteAsync(
            $"""
             insert into restore_pick (tbl, target, id, change)
             select $1, $2, s.id, case when t.id is null then 'added' else 'changed' end
             from {RestoreStage.NameOf(table)} s left join {table.Name} t on t.tenant_id = $3 and t.id = s.id
             where s.id = any ($4) and (t.id is null or {Differs(table)})
             """,
            cancel,
            table.Name,
            table.Target,
            db.TenantId,
            ids);
        await stage.ExecuteAsync("create temporary table restore_near (tbl text not null, id uuid not null, primary key (tbl, id)) on commit drop", cancel);
        await stage.ExecuteAsync("insert into restore_near select $1, unnest($2)", cancel, table.Name, ids);
        for (var more = 1; more > 0;)
        {
            more = 0;
            foreach (var child in stage.Records)
            {
                foreach (var (column, target, _, _) in child.References.Where(r => r.Target.ClrType != child.ClrType))
                {
                    more += await PickNearAsync(child, $"s.\"{column}\" in (select n.id from restore_near n where n.tbl = '{target.GetSchema()}.{target.GetTableName()}')", cancel);
                }
            }

            if (Staged<Comment>() is { } comments)
            {
                foreach (var kind in stage.Records)
                {
                    more += await PickNearAsync(comments, $"s.record_kind = '{kind.Target}' and s.record_id in (select n.id from restore_near n where n.tbl = '{kind.Name}')", cancel);
                }
            }
        }

        await PickParentsAsync(cancel);
    }

    private async Task<int> PickNearAsync(BackupTable table, string condition, CancellationToken cancel)
    {
        var near = await stage.ExecuteAsync(
            $"insert into restore_near select $1, s.id from {RestoreStage.NameOf(table)} s where s.deleted_at is null and {condition} on conflict do nothing", cancel, table.Name);
        if (near > 0)
        {
            await stage.ExecuteAsync(
                $"""
                 insert into restore_pick (tbl, target, id, change)
                 select $1, $2, s.id, case when t.id is null then 'added' else 'changed' end
                 from {RestoreStage.NameOf(table)} s join restore_near n on n.tbl = $1 and n.id = s.id left join {table.Name} t on t.tenant_id = $3 and t.id = s.id
                 where t.id is null or t.deleted_at is not null on conflict do nothing
                 """,
                cancel,
                table.Name,
                table.Target,
                db.TenantId);
        }

        return near;
    }

    private async Task PickParentsAsync(CancellationToken cancel)
    {
        for (var more = 1; more > 0;)
        {
            more = 0;
            foreach (var child in stage.Records)
            {
                foreach (var (column, target, _, _) in child.References)
                {
                    if (stage.Records.FirstOrDefault(t => t.EntityType == target) is { } parent)
                    {
                        more += await stage.ExecuteAsync(
                            $"""
                             insert into restore_pick (tbl, target, id, change)
                             select distinct $1, $2, m.id, 'added' from restore_pick p join {RestoreStage.NameOf(child)} s on p.tbl = $3 and p.id = s.id join {RestoreStage.NameOf(parent)} m on m.id = s."{column}"
                             where not exists (select from {parent.Name} t where t.tenant_id = $4 and t.id = m.id) on conflict do nothing
                             """,
                            cancel,
                            parent.Name,
                            parent.Target,
                            child.Name,
                            db.TenantId);
                    }
                }
            }
        }
    }

    private async Task LeaveErasedAsync(CancellationToken cancel)
    {
        Erased = await stage.ExecuteAsync(
            "delete from restore_pick p using kernel.erasure e where e.tenant_id = $1 and e.target = p.target and e.entity_id = p.id and p.change <> 'removed'", cancel, db.TenantId);
        if (Staged<Comment>() is { } comments)
        {
            Erased += await stage.ExecuteAsync(
                $"delete from restore_pick p using {RestoreStage.NameOf(comments)} s, kernel.erasure e where p.tbl = $2 and s.id = p.id and e.tenant_id = $1 and e.target = s.record_kind and e.entity_id = s.record_id",
                cancel,
                db.TenantId,
                comments.Name);
        }
    }
}
