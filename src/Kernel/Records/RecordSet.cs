using System.Linq.Expressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

/// <summary>What the kernel needs to know of any noun, whatever its types.</summary>
public interface IRecordSet
{
    /// <summary>Plural word in the address: <c>candidates</c>.</summary>
    string Noun { get; }

    /// <summary>Word in the change feed: <c>candidate</c>.</summary>
    string Target { get; }

    Page Page { get; }

    Type EntityType { get; }

    Type InputType { get; }

    Type RowType { get; }

    /// <summary>Fields a list can be sorted by; each has an index.</summary>
    IReadOnlyCollection<string> SortNames { get; }

    void Map(RouteGroupBuilder module);
}

/// <summary>
/// A noun, declared once. From the declaration follow list, lookup, read, create, update, trash, restore, history with
/// restore of a field or a version, bulk change, permission, OpenAPI and the change feed. A rule overrides <see cref="Saving"/>;
/// a verb is a slice of its own.
/// </summary>
/// <typeparam name="TEntity">The stored record.</typeparam>
/// <typeparam name="TInput">Body of create and update, with validation attributes; its properties are named like the entity's.</typeparam>
/// <typeparam name="TRow">What callers get.</typeparam>
public abstract partial class RecordSet<TEntity, TInput, TRow> : IRecordSet, Collaboration.IAttachable, Exchange.IExchanged
    where TEntity : TenantRecord
    where TInput : class
    where TRow : class, IRecordRow
{
    private static readonly Expression<Func<TEntity, Guid>> IdOf = record => record.Id;

    private readonly Dictionary<string, RecordFilter<TEntity>> _filters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordSort<TEntity>> _sorts = new(StringComparer.Ordinal);
    private readonly List<Expression<Func<TEntity, string?>>> _search = [];
    private readonly List<UniqueValue> _unique = [];
    private readonly bool _hasSearchText;
    private readonly Page[] _lookupPages;
    private Expression<Func<TEntity, string>>? _name;
    private Expression<Func<TEntity, string>>? _caption;
    private Expression<Func<TEntity, bool>>? _offered;
    private Expression<Func<TEntity, string?>>? _detail;
    private Expression<Func<TEntity, string?>>? _detailElsewhere;
    private string _defaultSort = "-createdAt";
    private Lazy<Func<PlatformDb, Guid, Task<TRow?>>>? _get;
    private Expression<Func<TEntity, TRow>>? _ownersRow;
    private Lazy<Func<PlatformDb, Guid, Task<TRow?>>>? _getOwn;

    /// <param name="page">Permission for all operations: read for reading, write for the rest.</param>
    /// <param name="noun">Plural word in the address.</param>
    /// <param name="lookupFor">Other pages whose pickers may look up id and name.</param>
    protected RecordSet(Page page, string noun, params Page[] lookupFor)
    {
        Page = page;
        Noun = noun;
        _lookupPages = [page, .. lookupFor];
        Sort(record => record.CreatedAt);
        Sort(record => record.UpdatedAt);
        Filter(record => record.CreatedAt);
        Filter(record => record.UpdatedAt);
        Filter(record => record.Id);
        if (SearchText.ColumnsOf(typeof(TEntity)) is { } columns)
        {
            _search.AddRange(columns.Cast<Expression<Func<TEntity, string?>>>());
            _hasSearchText = true;
        }
    }

    public Page Page { get; }

    public string Noun { get; }

    public string Target { get; } = ChangeRecorder.TargetOf(typeof(TEntity));

    public Type EntityType => typeof(TEntity);

    public Type InputType => typeof(TInput);

    public Type RowType => typeof(TRow);

    /// <summary>How a record becomes a row; translated to SQL. Set once, in the constructor.</summary>
    protected Expression<Func<TEntity, TRow>> Row
    {
        get => field ?? throw new InvalidOperationException($"{GetType().Name} declares no Row.");
        set
        {
            field = value;
            _get = new Lazy<Func<PlatformDb, Guid, Task<TRow?>>>(() => CompileGet(value));
            _ownersRow = StaffFields<TEntity>.Masked(value);
            _getOwn = _ownersRow == value ? _get : new Lazy<Func<PlatformDb, Guid, Task<TRow?>>>(() => CompileGet(_ownersRow));
        }
    }

    /// <summary>The row as somebody in this scope may see it.</summary>
    private Expression<Func<TEntity, TRow>> RowIn(PlatformDb db) => db.OwnRowsOf is null ? Row : _ownersRow!;

    /// <summary>Records that exist for a caller, where not all do: those whose parent is in the trash are hidden with it.</summary>
    protected Expression<Func<TEntity, bool>>? Visible { get; set; }

    /// <summary>Adds to rows what follows from more than the stored record: from today's date, from the workspace's settings.</summary>
    protected virtual ValueTask<IReadOnlyList<TRow>> CompleteAsync(PlatformDb db, IReadOnlyList<TRow> rows, CancellationToken cancel) => ValueTask.FromResult(rows);

    /// <summary>
    /// The noun's rule, asked before every save on every path. Returns null to go on; may change the entity, add other
    /// records to the same transaction, and name the change.
    /// </summary>
    protected virtual ValueTask<Refusal?> Saving(RecordChange<TEntity, TInput> change, CancellationToken cancel) => ValueTask.FromResult<Refusal?>(null);

    /// <summary>
    /// What <see cref="Saving"/> asks of a new record it answers from the record alone, and the record alone is saved: rule, record, change
    /// and row then take one round trip. The rule is asked outside a transaction.
    /// </summary>
    protected bool CreatesInOneTrip { get; init; }

    /// <summary>Says what a broken database constraint of this noun means; null when it is not one of its own.</summary>
    protected virtual Refusal? Explain(string constraint) => null;

    /// <summary>Columns the search box looks in, for any part of the text. A record that keeps its search text has said them itself (<see cref="ISearchedText{TSelf}"/>).</summary>
    protected void Search(params Expression<Func<TEntity, string?>>[] columns)
    {
        if (_hasSearchText)
        {
            throw new InvalidOperationException($"{typeof(TEntity).Name} says itself what is searched.");
        }

        foreach (var column in columns)
        {
            NameOf(column.Body);
        }

        _search.AddRange(columns);
    }

    /// <summary>Allows <c>?field=value</c> and the operators of the column's type.</summary>
    /// <param name="column">Of the record, or of one it belongs to; <c>a ?? b</c> for the first of two that is set.</param>
    /// <param name="field">What the row calls it, where that is not the column's own name.</param>
    protected void Filter<TValue>(Expression<Func<TEntity, TValue>> column, string? field = null)
    {
        var name = NameOf(column.Body);
        _filters[field ?? name] = new RecordFilter<TEntity, TValue>(field ?? name, column);
    }

    /// <summary>Allows <c>?sort=field</c>. The table needs an index <c>(tenant_id, field, id) where deleted_at is null</c>.</summary>
    protected void Sort<TKey>(Expression<Func<TEntity, TKey>> column)
    {
        var name = NameOf(column.Body);
        _sorts[name] = new RecordSort<TEntity, TKey>(name, column);
    }

    /// <param name="sort">As in the query: <c>-scheduledAt,fullName</c>.</param>
    protected void DefaultSort(string sort) => _defaultSort = sort;

    /// <summary>What the record is called in pickers and confirmations.</summary>
    /// <param name="name">Translated to SQL.</param>
    /// <param name="offered">Which records a picker offers; one that was chosen before is still named.</param>
    protected void Name(Expression<Func<TEntity, string>> name, Expression<Func<TEntity, bool>>? offered = null) => (_name, _offered) = (name, offered);

    /// <summary>What pickers show beside the name, to tell records of the same name apart.</summary>
    /// <param name="detail">For those who may read the noun's page; they find records by it, too.</param>
    /// <param name="elsewhere">For those who only look up: nothing that their own pages do not show. Without it they see the name alone.</param>
    protected void Detail(Expression<Func<TEntity, string?>> detail, Expression<Func<TEntity, string?>>? elsewhere = null) => (_detail, _detailElsewhere) = (detail, elsewhere);

    /// <summary>What people call the record, where its own <see cref="TenantRecord.Caption"/> does not know it.</summary>
    protected void Caption(Expression<Func<TEntity, string>> caption) => _caption = caption;

    /// <summary>Whether any member of the tenant may look up id and name, whatever pages they have.</summary>
    protected bool LooksUpForEverybody { get; init; }

    /// <summary>The value is unique among live records, by the partial unique index <paramref name="constraint"/>; it is also the noun's natural key.</summary>
    /// <param name="column">The stored, comparable form (an <c>EmailKey</c>).</param>
    /// <param name="field">The input's field, where the error shows.</param>
    /// <param name="constraint">Name of the unique index.</param>
    protected void Unique(Expression<Func<TEntity, string?>> column, string field, string constraint) => _unique.Add(new UniqueValue(column, field, constraint));

    internal IReadOnlyCollection<RecordFilter<TEntity>> Filters => _filters.Values;

    public IReadOnlyCollection<string> SortNames => _sorts.Keys;

    private static string NameOf(Expression column) => column switch
    {
        // What a list holds and in which order would tell the value to those who do not see it.
        MemberExpression { Member: var member } when member.IsDefined(typeof(StaffOnlyAttribute), inherit: true) => throw new ArgumentException($"{member.Name} is for staff only: lists are neither filtered nor sorted by it.", nameof(column)),
        MemberExpression { Member: var member } => Words.Camel(member.Name),
        BinaryExpression { NodeType: ExpressionType.Coalesce } either when NameOf(either.Left) is { } first && NameOf(either.Right) is not null => first,
        _ => throw new ArgumentException("Name a property of the record.", nameof(column)),
    };

    /// <summary>One statement, compiled once: most requests are this one.</summary>
    private Func<PlatformDb, Guid, Task<TRow?>> CompileGet(Expression<Func<TEntity, TRow>> row)
    {
        var db = Expression.Parameter(typeof(PlatformDb), "db");
        var id = Expression.Parameter(typeof(Guid), "id");
        Expression query = Expression.Call(db, nameof(DbContext.Set), [typeof(TEntity)]);
        if (Visible is not null)
        {
            query = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(TEntity)], query, Expression.Quote(Visible));
        }

        var record = Expression.Parameter(typeof(TEntity), "record");
        var isIt = Expression.Lambda<Func<TEntity, bool>>(Expression.Equal(Expression.Property(record, nameof(TenantRecord.Id)), id), record);
        query = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(TEntity)], query, Expression.Quote(isIt));
        query = SamePlan.Mark(typeof(TRow), Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(TEntity), typeof(TRow)], query, Expression.Quote(row)));
        query = Expression.Call(typeof(Queryable), nameof(Queryable.FirstOrDefault), [typeof(TRow)], query);
        return EF.CompileAsyncQuery(Expression.Lambda<Func<PlatformDb, Guid, TRow?>>(query, db, id));
    }

    internal sealed record UniqueValue(Expression<Func<TEntity, string?>> Column, string Field, string Constraint);
}
