using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Exchange;

/// <summary>Reading cells, resolving references and finding each row's record: a statement for each question, not for each row.</summary>
internal sealed partial class NounImport<TEntity, TInput, TRow>
{
    private const int MostSuggestions = 3;

    private readonly Dictionary<(Type Target, string Text), IReadOnlyList<LookupItem>> _resolved = [];

    private readonly Dictionary<Type, NameIndex> _targets = [];

    private readonly Dictionary<(int Key, string Value), int> _rowOfKey = [];

    private readonly Dictionary<Guid, int> _rowOfRecord = [];

    private readonly Dictionary<int, int> _twins = [];

    /// <param name="rows">As they were kept.</param>
    /// <param name="believes">Whether a record that the dry run did not find is taken for absent.</param>
    /// <param name="cancel">Ends the work.</param>
    private async Task<List<Pending>> PrepareAsync(IReadOnlyList<ImportRow> rows, bool believes, CancellationToken cancel)
    {
        var pending = rows.Select(row => new Pending(row, _fields.Length)).ToList();
        var open = pending.Where(p => !p.Row.Skipped).ToList();
        foreach (var one in open)
        {
            ReadCells(one);
        }

        await ResolveReferencesAsync(open, cancel);
        await MatchAsync(open, believes, cancel);
        await LoadAsync(open, cancel);
        foreach (var one in open.Where(p => _twins.ContainsKey(p.Row.N)))
        {
            one.Errors.Add(Twin(_twins[one.Row.N]));
        }

        return pending;
    }

    private void ReadCells(Pending one)
    {
        var cells = one.Row.Cells;
        if (cells.Length > _context.Headers.Count)
        {
            one.Errors.Add(new RowError("", "extra_cells", "The row has more cells than there are columns: a delimiter inside a text, perhaps.", []));
        }

        for (var i = 0; i < _fields.Length; i++)
        {
            var (column, cell) = (_fields[i].Column, cells[_fields[i].Cell]);
            var isBlank = string.IsNullOrWhiteSpace(cell);
            if (isBlank && (_context.Mapping.Blank == BlankRule.Keep || !IsClearable(column)))
            {
                continue;
            }

            if (isBlank || cell == CellText.Clear)
            {
                Clear(one, i);
            }
            else if (cell!.Contains(TextRules.Unreadable) || !TextRules.IsClean(cell))
            {
                one.Errors.Add(new RowError(column.Field, "unclean_text", "Contains a character that could not be read: perhaps another encoding fits the file.", []));
            }
            else if (column.Type == ColumnType.Reference)
            {
                (one.States[i], one.Values[i]) = (CellState.Set, cell!.Trim());
            }
            else
            {
                var (value, fault) = CellReader.Read(cell!, column, _rules);
                (one.States[i], one.Values[i]) = (fault is null ? CellState.Set : CellState.Absent, value);
                if (fault is not null)
                {
                    one.Errors.Add(new RowError(column.Field, fault.Code, fault.Message, fault.Suggestions ?? []));
                }
            }
        }
    }

    private static bool IsClearable(NounColumn column) => column.CanBeCleared || column.EntryType is not null;

    private void Clear(Pending one, int field)
    {
        var column = _fields[field].Column;
        if (IsClearable(column))
        {
            (one.States[field], one.Values[field]) = (CellState.Clear, column.CanBeCleared ? null : column.ListOf([]));
        }
        else
        {
            one.Errors.Add(new RowError(column.Field, "cannot_clear", "This always has a value.", []));
        }
    }

    private async Task ResolveReferencesAsync(List<Pending> rows, CancellationToken cancel)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            if (_fields[i].Column is not { Type: ColumnType.Reference, Target: { } target } column)
            {
                continue;
            }

            var noun = _catalog.Of(target);
            var mayName = noun.IsLookedUpBy(_context.User);
            var asking = rows.Where(p => p.States[i] == CellState.Set).ToList();
            var texts = asking.Select(p => (string)p.Values[i]!).Distinct().Where(text => !_resolved.ContainsKey((target, text))).ToList();
            if (texts.Count > 0)
            {
                var answers = await noun.ResolveAsync(Db, texts, mayName, cancel);
                foreach (var text in texts)
                {
                    _resolved[(target, text)] = answers.Found.GetValueOrDefault(text) ?? [];
                }
            }

            foreach (var one in asking)
            {
                var text = (string)one.Values[i]!;
                switch (_resolved[(target, text)])
                {
                    case [var single]:
                        one.Values[i] = single.Id;
                        break;
                    case { Count: > 1 } several:
                        one.States[i] = CellState.Absent;
                        one.Errors.Add(new RowError(column.Field, "ambiguous_reference", $"'{text}' is the name of {several.Count} {noun.Noun}.", [.. several.Take(MostSuggestions * 2).Select(s => new Suggestion(s.Id.ToString(), s.Name))]));
                        break;
                    default:
                        one.States[i] = CellState.Absent;
                        one.Errors.Add(new RowError(column.Field, UnknownReference, $"There are no {noun.Noun} called '{text}'.", mayName ? await SuggestAsync(noun, target, text, cancel) : []));
                        break;
                }
            }
        }
    }

    private async Task<IReadOnlyList<Suggestion>> SuggestAsync(NounExchange noun, Type target, string text, CancellationToken cancel)
    {
        if (!_targets.TryGetValue(target, out var index))
        {
            index = _targets[target] = new NameIndex(await noun.NamesAsync(Db, NameIndex.MostNames, cancel));
        }

        return [.. index.Like(text, MostSuggestions, 0.25).Select(m => new Suggestion(m.Id.ToString(), m.Name))];
    }

    private async Task MatchAsync(List<Pending> rows, bool believes, CancellationToken cancel)
    {
        foreach (var one in rows)
        {
            if (one.Row.ChosenId is { } chosen)
            {
                (one.Match, one.MatchedBy) = (chosen, "chosen");
            }
            else if (_idCell >= 0 && one.Row.Cells[_idCell] is { } text && !string.IsNullOrWhiteSpace(text))
            {
                if (Guid.TryParse(text.Trim(), out var id))
                {
                    (one.Match, one.MatchedBy) = (id, "id");
                }
                else
                {
                    one.Errors.Add(new RowError("id", "invalid_id", $"'{text}' is no id of a record here; leave the column out to find records otherwise.", []));
                }
            }
        }

        for (var k = 0; k < _keys.Length; k++)
        {
            var key = _keys[k];
            if (key.Field < 0)
            {
                continue;
            }

            var asking = rows.Where(p => p.States[key.Field] == CellState.Set && p.Values[key.Field] is string).ToList();
            var unknown = asking.Where(p => !believes || p.Row.Action != ImportAction.Create).Select(p => (string)p.Values[key.Field]!).Distinct().ToList();
            var owners = (await _noun.KeyedAsync(Db, key.Unique, unknown, cancel)).ToLookup(o => o.Key, o => o.Id, StringComparer.Ordinal);
            foreach (var one in asking)
            {
                var value = (string)one.Values[key.Field]!;
                var owner = NounExchange<TEntity, TInput, TRow>.KeysOf(value).SelectMany(v => owners[v]).Cast<Guid?>().FirstOrDefault();
                if (owner is not null && one.Match is null && key.IsMatched)
                {
                    (one.Match, one.MatchedBy) = (owner, key.Unique.Field);
                }
                else if (owner is not null && owner != one.Match)
                {
                    one.Errors.Add(new RowError(key.Unique.Field, "duplicate_value", $"Another record has '{value}' already.", []));
                }

                Meet(_rowOfKey, (k, value.Trim().ToLowerInvariant()), one);
            }
        }

        foreach (var one in rows.Where(p => p.Match is not null))
        {
            Meet(_rowOfRecord, one.Match!.Value, one);
        }
    }

    /// <summary>Two rows about one record are both wrong: which of them should win, only a person knows.</summary>
    private void Meet<TValue>(Dictionary<TValue, int> rowOf, TValue value, Pending one)
        where TValue : notnull
    {
        if (!rowOf.TryAdd(value, one.Row.N) && rowOf[value] != one.Row.N)
        {
            _twins.TryAdd(one.Row.N, rowOf[value]);
            _twins.TryAdd(rowOf[value], one.Row.N);
        }
    }

    private async Task LoadAsync(List<Pending> rows, CancellationToken cancel)
    {
        var ids = rows.Where(p => p.Match is not null).Select(p => p.Match!.Value).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return;
        }

        var found = await _set.Query(Db).Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancel);
        var missing = ids.Where(id => !found.ContainsKey(id)).ToArray();
        var trashed = missing.Length == 0 ? [] : await Db.Set<TEntity>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(e => missing.Contains(e.Id) && e.DeletedAt != null).Select(e => e.Id).ToListAsync(cancel);
        foreach (var one in rows.Where(p => p.Match is not null))
        {
            if (found.TryGetValue(one.Match!.Value, out var entity))
            {
                one.Entity = entity;
            }
            else
            {
                one.Errors.Add(trashed.Contains(one.Match.Value)
                    ? new RowError(one.MatchedBy == "chosen" ? "" : "id", "in_trash", "This record is in the trash: restore it first.", [])
                    : new RowError(one.MatchedBy == "chosen" ? "" : "id", "not_found", "There is no such record here. Leave the id out to add it.", []));
                one.Match = null;
            }
        }
    }
}
