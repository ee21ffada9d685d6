using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>What a noun is called.</summary>
/// <param name="Address">Behind <c>/api/v1/</c>: <c>recruiting/candidates</c>.</param>
/// <param name="Noun">Plural word: the sheet's, table's and file's name.</param>
/// <param name="Target">Word in the change feed.</param>
internal sealed record NounName(string Address, string Noun, string Target);

/// <summary>One noun as files see it, whatever its types.</summary>
internal abstract class NounExchange
{
    /// <summary>Behind <c>/api/v1/</c>: <c>recruiting/candidates</c>.</summary>
    public abstract string Address { get; }

    public abstract string Module { get; }

    /// <summary>Plural word: the sheet's, table's and file's name.</summary>
    public abstract string Noun { get; }

    /// <summary>Word in the change feed.</summary>
    public abstract string Target { get; }

    public NounName Name => new(Address, Noun, Target);

    public abstract Page Page { get; }

    public abstract IEntityType Entity { get; }

    public abstract IReadOnlyList<NounColumn> Columns { get; }

    /// <summary>Fields that tell one record from another beside the id, each alone.</summary>
    public abstract IReadOnlyList<string> Keys { get; }

    /// <summary>How many references lie between this noun and one that refers to none.</summary>
    public abstract int Depth { get; }

    /// <summary>Who may look up the noun's records by name.</summary>
    public abstract bool IsLookedUpBy(CurrentUser user);

    /// <summary>The rows a list with these parameters shows, one array of values for each, as the database gives them.</summary>
    public abstract (IExportedRows? Rows, Refusal? Refusal) Export(PlatformDb db, IQueryCollection parameters, IReadOnlyList<NounColumn> columns);

    public abstract NounImport Import(ImportContext context);

    /// <summary>Ids of live records by text: their own id, a natural key or their name, exactly. One statement for each way.</summary>
    public abstract Task<ReferenceAnswers> ResolveAsync(PlatformDb db, IReadOnlyCollection<string> texts, bool byName, CancellationToken cancel);

    /// <summary>Id and name of live records, newest first.</summary>
    public abstract Task<IReadOnlyList<LookupItem>> NamesAsync(PlatformDb db, int most, CancellationToken cancel);

    /// <summary>A column by its field; null when there is none.</summary>
    public NounColumn? Column(string field) => Columns.FirstOrDefault(c => c.Field == field);
}

/// <summary>Rows that are about to be exported.</summary>
internal interface IExportedRows
{
    Task<int> CountAsync(int most, CancellationToken cancel);

    IAsyncEnumerable<object?[]> ReadAsync(CancellationToken cancel);
}

internal sealed partial class NounExchange<TEntity, TInput, TRow> : NounExchange
    where TEntity : TenantRecord
    where TInput : class
    where TRow : class, IRecordRow
{
    private readonly RecordSet<TEntity, TInput, TRow> _set;
    private readonly NounCatalog _catalog;

    public NounExchange(RecordSet<TEntity, TInput, TRow> set, NounCatalog catalog)
    {
        (_set, _catalog) = (set, catalog);
        Entity = catalog.Model.FindEntityType(typeof(TEntity))!;
        Columns = NounColumns.Of(Entity, typeof(TInput), set.RowShape, catalog.AddressOf);
        Keys = [.. set.UniqueValues.Select(u => u.Field).Where(field => Column(field) is { Input: not null })];
        Depth = DepthOf(Entity, []);
    }

    public override string Address => _catalog.AddressOf(typeof(TEntity))!;

    public override string Module => _catalog.ModuleOf(_set);

    public override string Noun => _set.Noun;

    public override string Target => _set.Target;

    public override Page Page => _set.Page;

    public override IEntityType Entity { get; }

    public override IReadOnlyList<NounColumn> Columns { get; }

    public override IReadOnlyList<string> Keys { get; }

    public override int Depth { get; }

    public override bool IsLookedUpBy(CurrentUser user) => _set.IsLookedUpByEverybody || _set.LookupPages.Any(page => user.Can(page, Level.Read));

    public override NounImport Import(ImportContext context) => new NounImport<TEntity, TInput, TRow>(_set, this, _catalog, context);

    public override (IExportedRows? Rows, Refusal? Refusal) Export(PlatformDb db, IQueryCollection parameters, IReadOnlyList<NounColumn> columns)
    {
        var (records, refusal) = _set.Listed(db, parameters);
        return records is null ? (null, refusal) : (new ExportedRows(records, records.Select(Values(columns))), null);
    }

    private Expression<Func<TEntity, object?[]>> Values(IReadOnlyList<NounColumn> columns)
    {
        var row = (Expression<Func<TEntity, TRow>>)_set.RowShape;
        var record = row.Parameters[0];
        var values = columns.Select(column => column.Stored is { } stored
            ? Expression.Property(record, stored)
            : NounColumns.Member(row, char.ToUpperInvariant(column.Field[0]) + column.Field[1..]) ?? throw new InvalidOperationException($"{typeof(TRow).Name} does not say how it makes {column.Field}."));
        return Expression.Lambda<Func<TEntity, object?[]>>(Expression.NewArrayInit(typeof(object), values.Select(v => Expression.Convert(v, typeof(object)))), record);
    }

    private int DepthOf(IEntityType type, HashSet<IEntityType> above) =>
        !above.Add(type) ? 0
        : type.GetForeignKeys().Where(k => k.PrincipalEntityType != type && _catalog.AddressOf(k.PrincipalEntityType.ClrType) is not null)
            .Select(k => 1 + DepthOf(k.PrincipalEntityType, [.. above])).DefaultIfEmpty(0).Max();

    private sealed class ExportedRows(IQueryable<TEntity> records, IQueryable<object?[]> values) : IExportedRows
    {
        public Task<int> CountAsync(int most, CancellationToken cancel) => records.Take(most).CountAsync(cancel);

        public IAsyncEnumerable<object?[]> ReadAsync(CancellationToken cancel) => values.AsAsyncEnumerable();
    }
}
