using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Records;

public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    /// <summary>
    /// Compiled pages, one for each sort with and without search, first and later ones: the lists people open most. Translating the row's whole
    /// expression anew costs several times what the rest of such a request does.
    /// </summary>
    private readonly ConcurrentDictionary<(string Sort, bool Descending, bool Searches, bool OwnOnly, bool Later), Func<PlatformDb, string, int, int, IAsyncEnumerable<Counted>>> _plans = new();

    /// <summary>The page of a list without filters, cursor or trash, sorted by one field; null for any other list.</summary>
    private IAsyncEnumerable<Counted>? Planned(PlatformDb db, RecordListQuery<TEntity> query)
    {
        if (query is not { Conditions.Count: 0, Sorts.Count: 1, After: null, Trash: false })
        {
            return null;
        }

        var (sort, descending) = query.Sorts[0];
        var plan = _plans.GetOrAdd((sort.Name, descending, query.Search is not null, db.OwnRowsOf is not null && _ownersRow != Row, query.Page > 1), _ => Compile(RowIn(db), query));
        return plan(db, query.Search is null ? "" : SearchText.PatternOf(query.Search), (query.Page - 1) * query.Limit, query.Limit);
    }

    private Func<PlatformDb, string, int, int, IAsyncEnumerable<Counted>> Compile(Expression<Func<TEntity, TRow>> row, RecordListQuery<TEntity> query)
    {
        var db = Expression.Parameter(typeof(PlatformDb), "db");
        var pattern = Expression.Parameter(typeof(string), "pattern");
        var skip = Expression.Parameter(typeof(int), "skip");
        var take = Expression.Parameter(typeof(int), "take");

        var matching = QueryOf(All());
        matching = Visible is null ? matching : matching.Where(Visible);
        var counted = matching;
        if (query.Search is not null)
        {
            counted = CountsTextsAlone ? matching.Where(HasStoredMatch(pattern)) : matching.Where(Finds(All(), pattern));
            matching = matching.Where(Finds(All(), pattern));
        }

        // What lies in front of a later page is passed over in the index of the sort, not read from the table.
        var ordered = query.Order(matching, IdOf);
        var page = query is { Search: null, Page: > 1 }
            ? query.Order(QueryOf(All()).Where(Among(Turned<Guid>(ordered.Select(IdOf)))), IdOf).Expression
            : Turned<TEntity>(ordered);
        page = Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(TEntity), typeof(Counted)], page, Expression.Quote(WithKeys(row, counted, query)));

        // What a search finds differs by its text, and so does the best way to it.
        page = query.Search is null ? SamePlan.Mark(typeof(Counted), page) : page;
        return EF.CompileAsyncQuery(Expression.Lambda<Func<PlatformDb, string, int, int, IQueryable<Counted>>>(page, db, pattern, skip, take));

        MethodCallExpression All() => Expression.Call(db, nameof(DbContext.Set), [typeof(TEntity)]);

        Expression Turned<T>(IQueryable<T> all) =>
            Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(T)], Expression.Call(typeof(Queryable), nameof(Queryable.Skip), [typeof(T)], all.Expression, skip), take);
    }

    /// <summary>By a provider that only keeps the expression, so that a query can be built with the operators themselves.</summary>
    private static IQueryable<TEntity> QueryOf(Expression records) => Array.Empty<TEntity>().AsQueryable().Provider.CreateQuery<TEntity>(records);

    /// <summary>Whether what a search finds can be counted in the index of texts, which knows nothing but what is live.</summary>
    private bool CountsTextsAlone => _hasSearchText && Visible is null;
}
