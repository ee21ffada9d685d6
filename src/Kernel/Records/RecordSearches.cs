using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Records;

/// <summary>
/// The first page of a search in kept texts. How best to read it depends on how much is found, which PostgreSQL could only guess at, for longer than the
/// search takes. So the texts are read first, from their index alone: a few records are then looked up by id; of many, the page is soon full in the order of its sort.
/// </summary>
public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    /// <summary>Looking up so many takes about as long as the page they are on.</summary>
    private const int FewFound = 500;

    private readonly ConcurrentDictionary<(string Sort, bool Descending), SearchPlans> _searches = new();

    /// <summary>The page when nothing but the search narrows the list; null for any other list.</summary>
    private IAsyncEnumerable<Counted>? Searched(PlatformDb db, RecordListQuery<TEntity> query)
    {
        if (!CountsTextsAlone || db.OwnRowsOf is not null || query is not { Search: not null, Page: 1, Conditions.Count: 0, Sorts.Count: 1, After: null, Trash: false })
        {
            return null;
        }

        var (sort, descending) = query.Sorts[0];
        var plans = _searches.GetOrAdd((sort.Name, descending), _ => CompileSearch(query));
        return SearchedAsync(db, plans, SearchText.Fold(query.Search), query.Limit);
    }

    private static async IAsyncEnumerable<Counted> SearchedAsync(PlatformDb db, SearchPlans plans, string text, int limit, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var ids = new List<Guid>();
        await foreach (var id in plans.Ids(db, text, FewFound + 1).WithCancellation(cancel))
        {
            ids.Add(id);
        }

        if (ids.Count == 0)
        {
            yield break;
        }

        var isMany = ids.Count > FewFound;
        var page = isMany ? plans.OfMany(db, text, limit) : plans.OfFew(db, [.. ids], limit);
        await foreach (var row in page.WithCancellation(cancel))
        {
            row.Total = isMany ? row.Total : ids.Count;
            yield return row;
        }
    }

    private SearchPlans CompileSearch(RecordListQuery<TEntity> query)
    {
        var db = Expression.Parameter(typeof(PlatformDb), "db");
        var text = Expression.Parameter(typeof(string), "text");
        var ids = Expression.Parameter(typeof(Guid[]), "ids");
        var take = Expression.Parameter(typeof(int), "take");
        var all = QueryOf(Expression.Call(db, nameof(DbContext.Set), [typeof(TEntity)]));
        var record = Expression.Parameter(typeof(TEntity), "record");
        var matching = all.Where(Expression.Lambda<Func<TEntity, bool>>(SearchText.StoredHolds(record, text), record));
        var isFound = Expression.Lambda<Func<TEntity, bool>>(
            Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(Guid)], ids, Expression.Property(record, nameof(TenantRecord.Id))), record);

        var found = Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(Guid)], matching.Select(IdOf).Expression, take);
        return new SearchPlans(
            EF.CompileAsyncQuery(Expression.Lambda<Func<PlatformDb, string, int, IQueryable<Guid>>>(SamePlan.Mark(typeof(Guid), found), db, text, take)),
            EF.CompileAsyncQuery(Expression.Lambda<Func<PlatformDb, Guid[], int, IQueryable<Counted>>>(
                SamePlan.Mark(typeof(Counted), Page(all.Where(isFound), WithKeys(Row, null, query))), db, ids, take)),
            EF.CompileAsyncQuery(Expression.Lambda<Func<PlatformDb, string, int, IQueryable<Counted>>>(
                SamePlan.MarkInOrder(typeof(Counted), Page(matching, WithKeys(Row, matching, query))), db, text, take)));

        Expression Page(IQueryable<TEntity> records, Expression<Func<TEntity, Counted>> row) => Expression.Call(
            typeof(Queryable),
            nameof(Queryable.Select),
            [typeof(TEntity), typeof(Counted)],
            Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(TEntity)], query.Order(records, IdOf).Expression, take),
            Expression.Quote(row));
    }

    /// <param name="Ids">Of what holds a folded text, so many at most.</param>
    /// <param name="OfFew">The first of these records; nothing is counted.</param>
    /// <param name="OfMany">The first that hold a folded text.</param>
    private sealed record SearchPlans(
        Func<PlatformDb, string, int, IAsyncEnumerable<Guid>> Ids,
        Func<PlatformDb, Guid[], int, IAsyncEnumerable<Counted>> OfFew,
        Func<PlatformDb, string, int, IAsyncEnumerable<Counted>> OfMany);
}
