using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    /// <summary>Matches are counted exactly up to here; counting more costs more than anybody learns from it.</summary>
    private const int CountCap = 10_000;

    internal async Task<TRow?> GetAsync(PlatformDb db, Guid id) => await CompletedAsync(db, await PlanOfGet(db)(db, id), CancellationToken.None);

    /// <summary>The same for a request that only reads: its query goes with others'.</summary>
    private async Task<TRow?> GetSharedAsync(PlatformDb db, Guid id) => await CompletedAsync(db, await db.ReadSharedAsync(() => PlanOfGet(db)(db, id)), CancellationToken.None);

    private Func<PlatformDb, Guid, Task<TRow?>> PlanOfGet(PlatformDb db) => (db.OwnRowsOf is null ? _get! : _getOwn!).Value;

    /// <summary>The row, also when the record is in the trash.</summary>
    internal async Task<TRow?> GetWithTrashAsync(PlatformDb db, Guid id, CancellationToken cancel) => await CompletedAsync(
        db, await db.Set<TEntity>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(e => e.Id == id).Select(RowIn(db)).FirstOrDefaultAsync(cancel), cancel);

    private async ValueTask<TRow?> CompletedAsync(PlatformDb db, TRow? row, CancellationToken cancel) => row is null ? null : (await CompleteAsync(db, [row], cancel))[0];

    /// <summary>One page in one statement: the rows, and beside each the count of all matches, which PostgreSQL computes once. A search in kept texts takes two.</summary>
    internal async Task<(RecordPage<TRow>? Page, Refusal? Refusal)> ListAsync(PlatformDb db, IQueryCollection parameters, CancellationToken cancel)
    {
        var (query, refusal) = RecordListQuery<TEntity>.Parse(parameters, _filters, _sorts, _defaultSort);
        if (query is null)
        {
            return (null, refusal);
        }

        List<Counted> rows;
        try
        {
            rows = await (Searched(db, query) ?? Planned(db, query) ?? Translated(db, query).AsAsyncEnumerable()).ToListAsync(cancel);
        }
        catch (FormatException)
        {
            return (null, Refusals.Invalid("cursor", "This cursor does not belong to this list and sort; start again without one."));
        }

        var total = rows.Count > 0 ? rows[0].Total : query.Page == 1 && query.After is null ? 0 : await Capped(Matching(db, query)).CountAsync(cancel);
        var next = rows.Count == query.Limit ? query.CursorAfter(rows[^1].Keys, rows[^1].Row.Id) : null;
        IReadOnlyList<TRow> items = rows.ConvertAll(r => r.Row);
        items = items.Count == 0 ? items : await CompleteAsync(db, items, cancel);
        return (new RecordPage<TRow>(items, Math.Min(total, CountCap), total <= CountCap, query.Page, query.Limit, next), null);
    }

    /// <param name="db">In the scope of whoever looks.</param>
    /// <param name="isReader">They may read the noun's page, and not only look up names.</param>
    /// <param name="search">A part of the name; null finds all.</param>
    /// <param name="ids">These and no others; none: those on offer.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Ends the work.</param>
    internal async Task<ItemList<LookupItem>> LookupAsync(PlatformDb db, bool isReader, string? search, Guid[] ids, int limit, CancellationToken cancel)
    {
        var name = _name ?? throw new InvalidOperationException($"{GetType().Name} declares no Name.");
        IQueryable<TEntity> records = Live(db);
        if (ids.Length > 0)
        {
            records = records.Where(e => ids.Contains(e.Id));
        }
        else if (_offered is not null)
        {
            records = records.Where(_offered);
        }

        var record = name.Parameters[0];
        var detail = (isReader ? _detail : _detailElsewhere) is { } declared ? Replace.Parameter(db.OwnRowsOf is null ? declared : StaffFields<TEntity>.Masked(declared), record) : null;
        if (Text.OrNull(search) is { } text)
        {
            var pattern = ValueBox.Of(SearchText.PatternOf(text));
            Expression matches = SearchText.Matches(name.Body, pattern);
            var stored = _hasSearchText && _search.Any(column => SameColumn(column, name));
            if (isReader && detail is not null)
            {
                matches = Expression.OrElse(matches, SearchText.Matches(detail, pattern));
                stored = stored && _search.Any(column => SameColumn(column, _detail!));
            }

            records = records.Where(Expression.Lambda<Func<TEntity, bool>>(matches, record));
            records = stored ? records.Where(Found(db.Set<TEntity>().AsQueryable().Expression, pattern)) : records;
        }

        Expression item = Expression.New(typeof(LookupItem).GetConstructors()[0], Expression.Property(record, nameof(TenantRecord.Id)), name.Body);
        item = detail is null ? item : Expression.MemberInit((NewExpression)item, Expression.Bind(typeof(LookupItem).GetProperty(nameof(LookupItem.Detail))!, detail));
        var items = await records.OrderBy(name).ThenBy(IdOf).Take(limit).Select(Expression.Lambda<Func<TEntity, LookupItem>>(item, record)).ToListAsync(cancel);
        return new ItemList<LookupItem>(items);
    }

    private IQueryable<TEntity> Live(PlatformDb db) => Visible is null ? db.Set<TEntity>() : db.Set<TEntity>().Where(Visible);

    private IQueryable<TEntity> Matching(PlatformDb db, RecordListQuery<TEntity> query)
    {
        var records = query.Trash
            ? db.Set<TEntity>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(e => e.DeletedAt != null)
            : Live(db);
        if (query.Search is { } text)
        {
            records = records.Where(Finds(db.Set<TEntity>().AsQueryable().Expression, ValueBox.Of(SearchText.PatternOf(text))));
        }

        return query.Conditions.Aggregate(records, (rows, condition) => rows.Where(condition));
    }

    /// <exception cref="FormatException">The cursor holds values of other columns.</exception>
    private IQueryable<Counted> Translated(PlatformDb db, RecordListQuery<TEntity> query)
    {
        var matching = Matching(db, query);
        var page = query.Order(query.BehindCursor(IdOf) is { } behind ? matching.Where(behind) : matching, IdOf);
        page = query.After is null ? page.Skip((query.Page - 1) * query.Limit) : page;
        return page.Take(query.Limit).Select(WithKeys(RowIn(db), matching, query));
    }

    /// <param name="all">The noun's records, as a part of the query.</param>
    /// <param name="pattern">Of <see cref="SearchText.PatternOf"/>.</param>
    private Expression<Func<TEntity, bool>> Finds(Expression all, Expression pattern)
    {
        if (_hasSearchText)
        {
            return Found(all, pattern);
        }

        var record = Expression.Parameter(typeof(TEntity), "record");
        var anyColumn = _search
            .Select(column => (Expression)SearchText.Matches(Replace.Parameter(column, record), pattern))
            .DefaultIfEmpty(Expression.Constant(false))
            .Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<TEntity, bool>>(anyColumn, record);
    }

    /// <summary>
    /// The record is one of those whose stored text matches. Asked like this, PostgreSQL reads the texts from their index alone and
    /// looks up what it found; a condition on the row would make it read all rows of the workspace.
    /// </summary>
    private static Expression<Func<TEntity, bool>> Found(Expression all, Expression pattern)
    {
        var matching = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(TEntity)], all, Expression.Quote(HasStoredMatch(pattern)));
        return Among(Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(TEntity), typeof(Guid)], matching, Expression.Quote(IdOf)));
    }

    /// <param name="ids">A query of ids.</param>
    private static Expression<Func<TEntity, bool>> Among(Expression ids)
    {
        var record = Expression.Parameter(typeof(TEntity), "record");
        return Expression.Lambda<Func<TEntity, bool>>(Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [typeof(Guid)], ids, Expression.Property(record, nameof(TenantRecord.Id))), record);
    }

    private static Expression<Func<TEntity, bool>> HasStoredMatch(Expression pattern)
    {
        var record = Expression.Parameter(typeof(TEntity), "record");
        return Expression.Lambda<Func<TEntity, bool>>(SearchText.StoredMatches(record, pattern), record);
    }

    private static bool SameColumn(LambdaExpression one, LambdaExpression other) =>
        one.Body is MemberExpression { Member: var member } && other.Body is MemberExpression { Member: var name } && member == name;

    private static IQueryable<Guid> Capped(IQueryable<TEntity> matching) => matching.Select(IdOf).Take(CountCap + 1);

    /// <param name="row">What is shown of a record.</param>
    /// <param name="counted">What stands beside it is how many these are; null: nothing is.</param>
    /// <param name="query">By what the list is sorted: a cursor needs it.</param>
    private static Expression<Func<TEntity, Counted>> WithKeys(Expression<Func<TEntity, TRow>> row, IQueryable<TEntity>? counted, RecordListQuery<TEntity> query)
    {
        var keys = Expression.NewArrayInit(typeof(object), query.Sorts.Select(s => s.Sort.KeyOf(row.Parameters[0])));
        List<MemberBinding> parts = [Part(nameof(Counted.Row), row.Body), Part(nameof(Counted.Keys), keys)];
        if (counted is not null)
        {
            parts.Insert(1, Part(nameof(Counted.Total), Expression.Call(typeof(Queryable), nameof(Queryable.Count), [typeof(Guid)], Capped(counted).Expression)));
        }

        return Expression.Lambda<Func<TEntity, Counted>>(Expression.MemberInit(Expression.New(typeof(Counted)), parts), row.Parameters[0]);

        static MemberAssignment Part(string name, Expression value) => Expression.Bind(typeof(Counted).GetProperty(name)!, value);
    }

    private sealed class Counted
    {
        public TRow Row { get; init; } = null!;

        public int Total { get; set; }

        public object?[] Keys { get; init; } = [];
    }
}
