using System.Linq.Expressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

/// <summary>One column of a board.</summary>
/// <param name="Count">All records of the column that match.</param>
/// <param name="Items">The first of them, in the order asked for.</param>
public sealed record BoardColumn<TRow>(string Key, int Count, IReadOnlyList<TRow> Items);

/// <summary>A board, whole: every column, also an empty one, in the field's own order.</summary>
public sealed record Board<TRow>(IReadOnlyList<BoardColumn<TRow>> Columns);

public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    private static readonly string[] NotForBoards = ["page", "cursor", "trash"];

    /// <summary>Records that exist for a caller, for a verb's own query.</summary>
    public IQueryable<TEntity> Query(PlatformDb db) => Live(db);

    /// <summary>Records as callers get them, for a verb's own query.</summary>
    public async Task<IReadOnlyList<TRow>> RowsAsync(PlatformDb db, IQueryable<TEntity> records, CancellationToken cancel) =>
        await CompleteAsync(db, await records.Select(RowIn(db)).ToListAsync(cancel), cancel);

    /// <summary>Saves a new record as part of a verb, through the same path and rule as <c>POST</c>.</summary>
    public Task<(TRow? Row, Refusal? Refusal)> InsertAsync(HttpContext http, TInput input, CancellationToken cancel) => CreateAsync(WriteContext.Of(http), input, cancel);

    /// <summary>The verb takes the list's own search, filters, sort and paging.</summary>
    protected TBuilder TakesList<TBuilder>(TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new OtherListParameters(new ListParameters([.. _filters.Values.Select(f => new ListFilter(f.Name, f.ValueType, f.Allowed))], [.. _sorts.Keys])));

    /// <summary>The rows of a list as its address asks for them, for a verb that shows them in another form.</summary>
    public Task<(RecordPage<TRow>? Page, Refusal? Refusal)> PageAsync(PlatformDb db, IQueryCollection parameters, CancellationToken cancel) => ListAsync(db, parameters, cancel);

    /// <summary>
    /// Groups what a list with the same search, filters and sort would show by one of its fields, in two statements: the
    /// counts, and the first <c>limit</c> rows of every column.
    /// </summary>
    protected async Task<(Board<TRow>? Board, Refusal? Refusal)> BoardAsync<TKey>(
        PlatformDb db, IQueryCollection parameters, Expression<Func<TEntity, TKey>> column, CancellationToken cancel)
        where TKey : struct, Enum
    {
        if (NotForBoards.FirstOrDefault(parameters.ContainsKey) is { } unknown)
        {
            return (null, Refusals.Invalid(unknown, "A board has no pages and no trash."));
        }

        var (query, refusal) = RecordListQuery<TEntity>.Parse(parameters, _filters, _sorts, _defaultSort);
        if (query is null)
        {
            return (null, refusal);
        }

        var matching = Matching(db, query);
        var counts = await matching.GroupBy(column).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var columns = new List<BoardColumn<TRow>>();
        var heads = counts.Keys.Order()
            .Select(key => query.Order(matching.Where(Equal(column, key)), IdOf).Take(query.Limit))
            .ToList();
        var rows = new Dictionary<TKey, List<TRow>>();
        if (heads.Count > 0)
        {
            var keyed = Keyed(RowIn(db), column);
            var found = await query.Order(heads.Aggregate((all, next) => all.Concat(next)), IdOf).Select(keyed).ToListAsync(cancel);
            var completed = await CompleteAsync(db, found.ConvertAll(row => row.Row), cancel);
            foreach (var (key, row) in found.Zip(completed, (place, row) => (place.Key, row)))
            {
                (rows.TryGetValue(key, out var list) ? list : rows[key] = []).Add(row);
            }
        }

        foreach (var key in Enum.GetValues<TKey>())
        {
            columns.Add(new BoardColumn<TRow>(Words.Of(key), counts.GetValueOrDefault(key), rows.GetValueOrDefault(key) ?? []));
        }

        return (new Board<TRow>(columns), null);
    }

    private static Expression<Func<TEntity, bool>> Equal<TKey>(Expression<Func<TEntity, TKey>> column, TKey key) =>
        Expression.Lambda<Func<TEntity, bool>>(Expression.Equal(column.Body, ValueBox.Of(key)), column.Parameters);

    private static Expression<Func<TEntity, Placed<TKey>>> Keyed<TKey>(Expression<Func<TEntity, TRow>> row, Expression<Func<TEntity, TKey>> column)
        where TKey : struct, Enum
    {
        var record = row.Parameters[0];
        return Expression.Lambda<Func<TEntity, Placed<TKey>>>(
            Expression.MemberInit(
                Expression.New(typeof(Placed<TKey>)),
                Expression.Bind(typeof(Placed<TKey>).GetProperty(nameof(Placed<>.Key))!, Replace.Parameter(column, record)),
                Expression.Bind(typeof(Placed<TKey>).GetProperty(nameof(Placed<>.Row))!, row.Body)),
            record);
    }

    private sealed class Placed<TKey>
    {
        public TKey Key { get; init; } = default!;

        public TRow Row { get; init; } = null!;
    }
}
