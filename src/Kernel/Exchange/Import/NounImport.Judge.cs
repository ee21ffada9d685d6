using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>One row and its record: what a form would make of it, through the same validation and rule.</summary>
internal sealed partial class NounImport<TEntity, TInput, TRow>
{
    private async Task JudgeAsync(Pending one, bool isDryRun, CancellationToken cancel)
    {
        if (one.Row.Skipped)
        {
            one.Finish(ImportAction.Skip);
            return;
        }

        one.Row.MatchedBy = one.MatchedBy;
        var mode = _context.Mapping.Mode;
        if (one.Errors.Count == 0 && one.Entity is not null && mode == ImportMode.CreateOnly)
        {
            one.Warnings.Add(new RowWarning(null, "exists", "The record is there already, and only new ones are added."));
            Name(one, one.Entity);
            one.Finish(ImportAction.Skip);
        }
        else if (one.Errors.Count == 0 && one.Entity is null && mode == ImportMode.UpdateOnly)
        {
            one.Warnings.Add(new RowWarning(null, "unknown", "There is no such record, and only existing ones are changed."));
            one.Row.RecordId = null;
            one.Finish(ImportAction.Skip);
        }
        else if (one.Entity is null)
        {
            await CreateAsync(one, isDryRun, cancel);
        }
        else
        {
            await UpdateAsync(one, isDryRun, cancel);
        }
    }

    private async Task CreateAsync(Pending one, bool isDryRun, CancellationToken cancel)
    {
        var input = NewInput();
        Fill(one, input);
        Validate(one, input);
        one.Row.RecordId = isDryRun ? null : one.Row.RecordId;
        if (one.Errors.Count > 0)
        {
            one.Finish(ImportAction.Error);
            return;
        }

        var entity = FieldMap<TEntity, TInput>.Create();
        FieldMap<TEntity, TInput>.ToEntity(input, entity);
        if (one.Row.RecordId is { } id)
        {
            SetId(entity, id);
        }

        one.Entity = entity;
        if (await AskAsync(one, ChangeKind.Create, entity, input, cancel))
        {
            Keep(entity);
            Name(one, entity);
            one.Row.Version = 1;
            one.Finish(ImportAction.Create);
        }
    }

    private async Task UpdateAsync(Pending one, bool isDryRun, CancellationToken cancel)
    {
        var entity = one.Entity!;
        Name(one, entity);
        KeepUnseen(one, entity);
        if (!isDryRun && one.Row.Version is { } expected && expected != entity.Version + 1)
        {
            one.Errors.Add(new RowError("", "changed_meanwhile", "Somebody changed this record after the check: check the file again.", []));
        }

        one.Row.Version = entity.Version + 1;
        if (one.Errors.Count > 0)
        {
            one.Finish(ImportAction.Error);
            return;
        }

        var input = FieldMap<TEntity, TInput>.ToInput(entity);
        Fill(one, input);
        if (!Changes(one, entity))
        {
            one.Finish(ImportAction.Unchanged);
            return;
        }

        Validate(one, input);
        if (one.Errors.Count > 0)
        {
            one.Finish(ImportAction.Error);
            return;
        }

        FieldMap<TEntity, TInput>.ToEntity(input, entity);
        if (!await AskAsync(one, ChangeKind.Update, entity, input, cancel))
        {
            Revert(entity);
            return;
        }

        var entry = Db.Entry(entity);
        entry.DetectChanges();
        var changes = ChangesOf(entity);
        if (changes.Count == 0)
        {
            // The rule made the same of it as before: a telephone number in another spelling.
            Revert(entity);
            one.Row.Changes = null;
            one.Finish(ImportAction.Unchanged);
            return;
        }

        one.Row.Changes = JsonSerializer.Serialize(changes, PlatformJson.Options);
        Name(one, entity);
        one.Finish(ImportAction.Update);
    }

    /// <summary>Asks the noun's rule, as every other write does.</summary>
    /// <returns>False when it refuses; the row says why.</returns>
    private async Task<bool> AskAsync(Pending one, ChangeKind kind, TEntity entity, TInput? input, CancellationToken cancel)
    {
        Db.Describe(entity, reason: _reason);
        var refusal = await _set.AskRuleAsync(new RecordChange<TEntity, TInput>(kind, entity, input, Db, _context.User, _context.Services, _now, _reason), cancel);
        if (refusal is null)
        {
            return true;
        }

        Blame(one, refusal);
        return false;
    }

    /// <summary>What a record refers to may have gone to the trash since: a file that names it still changes nothing.</summary>
    private void KeepUnseen(Pending one, TEntity entity)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            var column = _fields[i].Column;
            if (column.Type == ColumnType.Reference && one.States[i] == CellState.Absent && Guid.TryParse(one.Values[i] as string, out var id) && Equals(_fields[i].Get(entity), id))
            {
                one.Errors.RemoveAll(e => e.Field == column.Field && e.Code == UnknownReference);
            }
        }
    }

    private void Fill(Pending one, TInput input)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            if (one.States[i] != CellState.Absent)
            {
                _fields[i].Set(input, one.Values[i]);
            }
        }
    }

    private bool Changes(Pending one, TEntity entity)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            if (one.States[i] != CellState.Absent && !SameCell(one.Values[i], _fields[i].Get(entity)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Equal as they are kept: text is trimmed, and no text is null.</summary>
    private static bool SameCell(object? one, object? other) =>
        one is string or null && other is string or null
            ? string.Equals(Text.Trimmed((string?)one), Text.Trimmed((string?)other), StringComparison.Ordinal)
            : Equals(one, other) || (one is System.Collections.IEnumerable && other is System.Collections.IEnumerable && CellText.Of(one) == CellText.Of(other))
                || (one is not null && other is not null && !CellText.IsPlain(one.GetType()) && CellText.Of(one) == CellText.Of(other));

    private void Validate(Pending one, TInput input)
    {
        foreach (var (path, messages) in InputValidator.Validate(input))
        {
            var field = path.Split('[', '.')[0];
            if (one.Errors.Exists(e => e.Field == field))
            {
                continue;
            }

            var column = _noun.Column(field);
            var isMissing = column is { Shown.Required: true, Input: { } property } && property.GetValue(input) is null or "";
            one.Errors.Add(new RowError(field, isMissing ? "required" : "invalid_value", messages[0], []));
        }
    }

    /// <summary>Keeps a new record to be written with the others. One that the rule hung others on, or on others, is tracked: EF finds the way.</summary>
    private void Keep(TEntity entity)
    {
        if (_related.Any(navigation => navigation.GetGetter().GetClrValue(entity) is not null and not System.Collections.IEnumerable or System.Collections.ICollection { Count: > 0 }))
        {
            Db.Add(entity);
        }
        else
        {
            _fresh.Add(entity);
        }
    }

    private static void Name(Pending one, TEntity entity)
    {
        one.Row.RecordId = entity.Id;
        one.Row.RecordName = entity.Caption;
    }

    private void Revert(TEntity entity)
    {
        var entry = Db.Entry(entity);
        entry.CurrentValues.SetValues(entry.OriginalValues);
        entry.State = EntityState.Unchanged;
    }

    /// <summary>What the next save changes of the fields a file can have.</summary>
    private List<CellChange> ChangesOf(TEntity entity)
    {
        var changes = new List<CellChange>();
        var entry = Db.Entry(entity);
        foreach (var column in _noun.Columns.Where(c => c.Input is not null))
        {
            var property = entry.Property(column.Stored!.Name);
            if (property.IsModified && !property.Metadata.GetValueComparer().Equals(property.OriginalValue, property.CurrentValue))
            {
                changes.Add(new CellChange(column.Field, CellText.Of(property.OriginalValue), CellText.Of(property.CurrentValue)));
            }
        }

        return changes;
    }
}
