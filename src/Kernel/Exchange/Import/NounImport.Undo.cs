using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>The way back: new records go to the trash, changed fields get their former values, through the rule like any other change.</summary>
internal sealed partial class NounImport<TEntity, TInput, TRow>
{
    public override async Task UndoAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        var transaction = Db.Database.CurrentTransaction!;
        var blocked = new HashSet<int>();
        while (true)
        {
            await transaction.CreateSavepointAsync("undo", cancel);
            var pending = await ReverseAsync([.. rows.Where(r => !blocked.Contains(r.N))], cancel);
            var refused = pending.Where(p => p.IsRefused).Select(p => p.Row.N).ToList();
            if (refused.Count == 0)
            {
                try
                {
                    await Db.SaveManyAsync([], cancel);
                    return;
                }
                catch (Exception broken) when (broken is PostgresException or DbUpdateException)
                {
                    refused = await FindBlockedAsync(transaction, [.. pending.Where(p => p.Row.Undo == UndoOutcome.Reversed)], cancel);
                }
            }

            // What a refused rule did to the database is taken back with the rest, and the rest is done again without it.
            blocked.UnionWith(refused);
            await Db.ReturnToAsync("undo", cancel);
        }
    }

    private async Task<List<Pending>> ReverseAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        var ids = rows.Select(r => r.RecordId!.Value).ToArray();
        var found = await Db.Set<TEntity>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancel);
        var inUse = await InUseAsync([.. rows.Where(r => r.Action == ImportAction.Create).Select(r => r.RecordId!.Value)], cancel);
        var pending = rows.Select(row => new Pending(row, 0) { Entity = found.GetValueOrDefault(row.RecordId!.Value) }).ToList();
        foreach (var one in pending)
        {
            if (one.Entity is not { DeletedAt: null } entity)
            {
                Say(one, UndoOutcome.Kept, "It is in the trash already.");
            }
            else if (entity.Version != one.Row.Version)
            {
                Say(one, UndoOutcome.Kept, "Somebody has changed it since.");
            }
            else if (inUse.TryGetValue(entity.Id, out var user))
            {
                Say(one, UndoOutcome.Blocked, $"It is used by {user}.");
            }
            else if (await ReverseAsync(one, entity, cancel) is { } refusal)
            {
                one.IsRefused = true;
                Say(one, UndoOutcome.Blocked, refusal.Errors?.Values.FirstOrDefault()?.FirstOrDefault() ?? refusal.Detail);
            }
            else
            {
                Say(one, UndoOutcome.Reversed, null);
            }
        }

        return pending;
    }

    private async Task<Refusal?> ReverseAsync(Pending one, TEntity entity, CancellationToken cancel)
    {
        Db.Describe(entity, reason: "Undo: " + _reason);
        if (one.Row.Action == ImportAction.Create)
        {
            entity.DeletedAt = _now;
            entity.DeletedBy = _context.User.UserId;
            return await _set.AskRuleAsync(new RecordChange<TEntity, TInput>(ChangeKind.Delete, entity, null, Db, _context.User, _context.Services, _now, "Undo: " + _reason), cancel);
        }

        var input = FieldMap<TEntity, TInput>.ToInput(entity);
        foreach (var change in JsonSerializer.Deserialize<List<CellChange>>(one.Row.Changes!, PlatformJson.Options)!)
        {
            var column = _noun.Column(change.Field)!;
            var value = change.Before is null ? null : CellReader.Read(change.Before, column, _rules).Value;
            column.Input!.SetValue(input, value ?? (column.CanBeCleared ? null : column.EntryType is null ? Activator.CreateInstance(column.ValueType) : column.ListOf([])));
        }

        if (InputValidator.Validate(input) is { Count: > 0 } errors)
        {
            return Refusals.Invalid(errors);
        }

        FieldMap<TEntity, TInput>.ToEntity(input, entity);
        return await _set.AskRuleAsync(new RecordChange<TEntity, TInput>(ChangeKind.Update, entity, input, Db, _context.User, _context.Services, _now, "Undo: " + _reason), cancel);
    }

    private static void Say(Pending one, UndoOutcome outcome, string? reason) => (one.Row.Undo, one.Row.UndoReason) = (outcome, reason);

    /// <summary>Which rows the database refuses, one by one.</summary>
    private async Task<List<int>> FindBlockedAsync(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, IReadOnlyList<Pending> pending, CancellationToken cancel)
    {
        await Db.ReturnToAsync("undo", cancel);
        var refused = new List<int>();
        foreach (var one in pending)
        {
            await transaction.CreateSavepointAsync("undo_one", cancel);
            var alone = await ReverseAsync([one.Row], cancel);
            try
            {
                await Db.SaveManyAsync([], cancel);
            }
            catch (Exception broken) when (broken is PostgresException or DbUpdateException)
            {
                await Db.ReturnToAsync("undo_one", cancel);
                var refusal = await ExplainAsync(alone[0].Entity, broken, cancel);
                Say(alone[0], UndoOutcome.Blocked, refusal?.Errors?.Values.FirstOrDefault()?.FirstOrDefault() ?? refusal?.Detail ?? "The database refused it.");
                refused.Add(one.Row.N);
            }
        }

        return refused.Count > 0 ? refused : throw new InvalidOperationException("The rows were refused together, and none of them alone.");
    }

    /// <summary>Records that live records of other nouns point to, and of which noun: they cannot go without those.</summary>
    private async Task<Dictionary<Guid, string>> InUseAsync(Guid[] ids, CancellationToken cancel)
    {
        var users = new Dictionary<Guid, string>();
        foreach (var key in ids.Length == 0 ? [] : _noun.Entity.GetReferencingForeignKeys())
        {
            var type = key.DeclaringEntityType;
            if (type == _noun.Entity || !type.ClrType.IsSubclassOf(typeof(TenantRecord)))
            {
                continue;
            }

            var column = key.Properties[^1].GetColumnName();
            var table = $"\"{type.GetSchema()}\".\"{type.GetTableName()}\"";
#pragma warning disable EF1002 // The names are the model's own.
            var used = await Db.Database.SqlQueryRaw<Guid>($"select distinct \"{column}\" as \"Value\" from {table} where tenant_id = {{0}} and \"{column}\" = any({{1}}) and deleted_at is null", Db.TenantId, ids).ToListAsync(cancel);
#pragma warning restore EF1002
            foreach (var id in used)
            {
                users.TryAdd(id, _catalog.AddressOf(type.ClrType) is null ? Words.Snake(type.ClrType.Name).Replace('_', ' ') : _catalog.Of(type.ClrType).Noun);
            }
        }

        return users;
    }
}
