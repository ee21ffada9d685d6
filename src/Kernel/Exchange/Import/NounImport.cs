using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>What one step of an import works with.</summary>
internal sealed record ImportContext(
    PlatformDb Db, CurrentUser User, IServiceProvider Services, TimeProvider Clock, string FileName, IReadOnlyList<string> Headers, ImportMapping Mapping);

/// <summary>Takes the rows of one file through its noun: in a dry run, for good, and back.</summary>
internal abstract class NounImport
{
    /// <summary>Rows that are taken together: one statement for each question, whatever their number.</summary>
    public const int ChunkSize = 2_000;

    /// <summary>Rows of earlier chunks that turned out to be about the same record as a later one: row → the other row.</summary>
    public abstract IReadOnlyDictionary<int, int> Twins { get; }

    /// <summary>Says of each row what would happen. Call it in a transaction that is rolled back.</summary>
    public abstract Task CheckAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel);

    /// <summary>Writes rows that were checked. Call it in a transaction, and roll that back when it says false: then a row has an error.</summary>
    public abstract Task<bool> ApplyAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel);

    /// <summary>
    /// The same without looking again for what the dry run found absent: the database's own constraints see to that. Returns while the rows
    /// are still being written; what the database refuses is thrown by whatever uses it next. Then, and on false, rows say nothing of why.
    /// </summary>
    public abstract Task<bool> ApplyInHasteAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel);

    /// <summary>Takes back what applied rows did, in a transaction; rows say what became of them.</summary>
    public abstract Task UndoAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel);

    /// <summary>Names of records that are alike, for new ones: asked once for all rows.</summary>
    public abstract Task WarnOfNearMatchesAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel);

    public static RowError Twin(int other) => new("", "duplicate_in_file", $"Row {other} is about the same record.", []);
}

internal sealed partial class NounImport<TEntity, TInput, TRow> : NounImport
    where TEntity : TenantRecord
    where TInput : class
    where TRow : class, IRecordRow
{
    private static readonly Func<TInput> NewInput = Expression.Lambda<Func<TInput>>(Expression.New(typeof(TInput))).Compile();

    private static readonly Action<TEntity, Guid> SetId = CompileSetId();

    private static readonly HashSet<string> Stored = [.. FieldMap<TEntity, TInput>.Stored.Select(p => p.Name)];

    private readonly RecordSet<TEntity, TInput, TRow> _set;
    private readonly NounExchange<TEntity, TInput, TRow> _noun;
    private readonly NounCatalog _catalog;
    private readonly ImportContext _context;
    private readonly CellRules _rules;
    private const string UnknownReference = "unknown_reference";

    private readonly Field[] _fields;
    private readonly int _idCell;
    private readonly Key[] _keys;
    private readonly INavigationBase[] _related;
    private readonly DateTimeOffset _now;
    private readonly string _reason;

    /// <summary>New records of the rows at hand that refer to others by id only: they are written without being tracked.</summary>
    private readonly List<TEntity> _fresh = [];

    private NameIndex? _names;

    public NounImport(RecordSet<TEntity, TInput, TRow> set, NounExchange<TEntity, TInput, TRow> noun, NounCatalog catalog, ImportContext context)
    {
        (_set, _noun, _catalog, _context) = (set, noun, catalog, context);
        var mapping = context.Mapping;
        _rules = new CellRules(mapping.DateOrder, (mapping.Decimal ?? ".")[0], TimeZoneInfo.FindSystemTimeZoneById(context.User.TenantTimeZone));
        var cells = context.Headers.Select((header, i) => (Field: mapping.FieldOf(header), Cell: i)).Where(c => c.Field is not null).ToDictionary(c => c.Field!, c => c.Cell, StringComparer.Ordinal);
        _idCell = cells.GetValueOrDefault("id", -1);
        _fields = [.. noun.Columns.Where(c => c.Input is not null && cells.ContainsKey(c.Field)).Select(c => new Field(c, cells[c.Field]))];
        _keys = [.. set.UniqueValues.Select(u => new Key(u, u.Column.Compile(), Array.FindIndex(_fields, f => f.Column.Field == u.Field), mapping.MatchKeys?.Contains(u.Field) ?? true))];
        _related = [.. noun.Entity.GetNavigations(), .. noun.Entity.GetSkipNavigations()];
        _now = context.Clock.GetUtcNow().ToMicroseconds();
        _reason = $"Import of {context.FileName}";
    }

    public override IReadOnlyDictionary<int, int> Twins => _twins;

    private PlatformDb Db => _context.Db;

    public override Task CheckAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel) => TakeAsync(rows, isDryRun: true, cancel);

    public override Task<bool> ApplyAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel) => TakeAsync(rows, isDryRun: false, cancel);

    public override async Task<bool> ApplyInHasteAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        try
        {
            var pending = await PrepareAsync(rows, believes: true, cancel);
            foreach (var one in pending)
            {
                await JudgeAsync(one, isDryRun: false, cancel);
                if (one.Row.Action == ImportAction.Error)
                {
                    return false;
                }
            }

            await Db.BeginSavingManyAsync(_fresh, cancel);
            return await AreSeenAsync(pending, cancel);
        }
        finally
        {
            Forget();
        }
    }

    public override async Task WarnOfNearMatchesAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        var fresh = rows.Where(r => r is { Action: ImportAction.Create, RecordName.Length: > 2 }).ToList();
        if (fresh.Count == 0 || _set.RecordName is null)
        {
            return;
        }

        if (_names is null)
        {
            var names = await _noun.NamesAsync(Db, NameIndex.MostNames + 1, cancel);
            _names = new NameIndex(names.Count > NameIndex.MostNames ? [] : names);
        }

        foreach (var row in fresh)
        {
            if (_names.Like(row.RecordName!, 3) is { Count: > 0 } near)
            {
                var warnings = row.Warnings is null ? [] : JsonSerializer.Deserialize<List<RowWarning>>(row.Warnings, PlatformJson.Options)!;
                warnings.Add(new RowWarning(null, "near_match", $"A new record, although there is {string.Join(" and ", near.Select(n => $"'{n.Name}'"))}.", [.. near.Select(n => new NearMatch(n.Id, n.Name))]));
                row.Warnings = JsonSerializer.Serialize(warnings, PlatformJson.Options);
            }
        }
    }

    /// <summary>
    /// Rows through reading, matching, the noun's rule and, for good, to the tables. When the database refuses the lot, halves are
    /// tried until the row that is to blame is found: it alone gets the error.
    /// </summary>
    private async Task<bool> TakeAsync(IReadOnlyList<ImportRow> rows, bool isDryRun, CancellationToken cancel)
    {
        var transaction = Db.Database.CurrentTransaction!;
        var savepoint = $"rows_{rows[0].N}_{rows.Count}";
        await transaction.CreateSavepointAsync(savepoint, cancel);

        var pending = await PrepareAsync(rows, believes: false, cancel);
        foreach (var one in pending)
        {
            await JudgeAsync(one, isDryRun, cancel);
        }

        if (!isDryRun && pending.Exists(p => p.Row.Action == ImportAction.Error))
        {
            return false;
        }

        try
        {
            if (!isDryRun || HasOthers() || Db.OwnRowsOf is not null)
            {
                await Db.SaveManyAsync(_fresh, cancel);
                if (!await AreSeenAsync(pending, cancel))
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception refused) when (refused is PostgresException or DbUpdateException)
        {
            await Db.ReturnToAsync(savepoint, cancel);
            Forget();
            if (rows.Count == 1)
            {
                Blame(pending[0], await ExplainAsync(pending[0].Entity, refused, cancel) ?? throw new InvalidOperationException("A row was refused without a known reason.", refused));
                return false;
            }

            var half = rows.Count / 2;
            var first = await TakeAsync([.. rows.Take(half)], isDryRun, cancel);
            return (first || isDryRun) && await TakeAsync([.. rows.Skip(half)], isDryRun, cancel) && first;
        }
        finally
        {
            Forget();
        }
    }

    /// <summary>Whether the rule has more to save than the rows' own records: then only the database knows whether it may.</summary>
    private bool HasOthers() => Db.ChangeTracker.Entries().Any(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && e.Metadata != _noun.Entity);

    private void Forget()
    {
        _fresh.Clear();
        Db.Forget();
    }

    /// <summary>Nobody puts a record where they could not have found it.</summary>
    private async Task<bool> AreSeenAsync(List<Pending> pending, CancellationToken cancel)
    {
        if (Db.OwnRowsOf is null)
        {
            return true;
        }

        var saved = pending.Where(p => p.Row.Action is ImportAction.Create or ImportAction.Update).ToList();
        var ids = saved.Select(p => p.Entity!.Id).ToArray();
        var seen = await _set.Query(Db).Where(e => ids.Contains(e.Id)).Select(e => e.Id).ToListAsync(cancel);
        foreach (var one in saved.Where(p => !seen.Contains(p.Entity!.Id)))
        {
            Blame(one, Refusals.NotFound);
        }

        return seen.Count == saved.Count;
    }

    private async Task<Refusal?> ExplainAsync(TEntity? entity, Exception refused, CancellationToken cancel) => (refused as PostgresException ?? refused.InnerException) switch
    {
        PostgresException { ConstraintName: { } constraint } broken when entity is not null => await _set.ExplainAsync(Db, entity, constraint, broken.SqlState, cancel),
        PostgresException { SqlState: "22003" or "22008" or "22001" } => new Refusal(400, "validation_failed", "A value is out of the range that can be kept."),
        null when refused is DbUpdateConcurrencyException => new Refusal(409, "changed_meanwhile", "Somebody changed this record in the meantime: check the file again."),
        _ => null,
    };

    private static void Blame(Pending one, Refusal refusal)
    {
        one.Errors.AddRange(refusal.Errors is { Count: > 0 } fields
            ? fields.Select(f => new RowError(f.Key, refusal.Code, f.Value[0], []))
            : [new RowError("", refusal.Code, refusal.Detail, [])]);
        one.Finish(ImportAction.Error);
    }

    private static Action<TEntity, Guid> CompileSetId()
    {
        var (entity, id) = (Expression.Parameter(typeof(TEntity)), Expression.Parameter(typeof(Guid)));
        return Expression.Lambda<Action<TEntity, Guid>>(Expression.Assign(Expression.Property(entity, nameof(TenantRecord.Id)), id), entity, id).Compile();
    }

    /// <summary>A mapped column, with its place in the file and in the input.</summary>
    private sealed class Field
    {
        public Field(NounColumn column, int cell)
        {
            (Column, Cell) = (column, cell);
            var (input, value) = (Expression.Parameter(typeof(TInput)), Expression.Parameter(typeof(object)));
            Set = Expression.Lambda<Action<TInput, object?>>(
                Expression.Assign(Expression.Property(input, column.Input!), Expression.Convert(value, column.Input!.PropertyType)), input, value).Compile();
            var entity = Expression.Parameter(typeof(TEntity));
            Get = Expression.Lambda<Func<TEntity, object?>>(Expression.Convert(Expression.Property(entity, column.Stored!), typeof(object)), entity).Compile();
        }

        public NounColumn Column { get; }

        public int Cell { get; }

        public Action<TInput, object?> Set { get; }

        public Func<TEntity, object?> Get { get; }
    }

    /// <param name="Unique">The declaration.</param>
    /// <param name="Of">The stored key of a record.</param>
    /// <param name="Field">Place among the mapped fields; -1 when the file does not have it.</param>
    /// <param name="IsMatched">Whether records are found by it.</param>
    private sealed record Key(RecordSet<TEntity, TInput, TRow>.UniqueValue Unique, Func<TEntity, string?> Of, int Field, bool IsMatched);

    private enum CellState
    {
        Absent,
        Clear,
        Set,
    }

    /// <summary>A row on its way.</summary>
    private sealed class Pending(ImportRow row, int fields)
    {
        public ImportRow Row { get; } = row;

        public CellState[] States { get; } = new CellState[fields];

        public object?[] Values { get; } = new object?[fields];

        public List<RowError> Errors { get; } = [];

        public List<RowWarning> Warnings { get; } = [];

        public Guid? Match { get; set; }

        public string? MatchedBy { get; set; }

        public TEntity? Entity { get; set; }

        /// <summary>Undoing: the rule refused, so what it did on the way must be taken back.</summary>
        public bool IsRefused { get; set; }

        public void Finish(ImportAction action)
        {
            Row.Action = action;
            Row.Errors = Errors.Count == 0 ? null : JsonSerializer.Serialize(Errors, PlatformJson.Options);
            Row.Warnings = Warnings.Count == 0 ? null : JsonSerializer.Serialize(Warnings, PlatformJson.Options);
        }
    }
}
