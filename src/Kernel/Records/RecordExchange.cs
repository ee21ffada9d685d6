using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Tessera.Kernel.Database;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

/// <summary>What files need of a declaration: the list's own query, the rule, and by which values records are known.</summary>
public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    internal LambdaExpression RowShape => Row;

    internal Expression<Func<TEntity, string>>? RecordName => _name;

    internal IReadOnlyList<UniqueValue> UniqueValues => _unique;

    internal IReadOnlyList<Access.Page> LookupPages => _lookupPages;

    internal bool IsLookedUpByEverybody => LooksUpForEverybody;

    NounExchange IExchanged.ExchangeIn(NounCatalog catalog) => new NounExchange<TEntity, TInput, TRow>(this, catalog);

    /// <summary>The records a list with these parameters shows on all its pages, in its order.</summary>
    internal (IQueryable<TEntity>? Records, Refusal? Refusal) Listed(PlatformDb db, IQueryCollection parameters)
    {
        var (query, refusal) = RecordListQuery<TEntity>.Parse(parameters, _filters, _sorts, _defaultSort);
        return query is null ? (null, refusal) : (StaffFields<TEntity>.Masked(db, query.Order(Matching(db, query), IdOf)), null);
    }

    internal ValueTask<Refusal?> AskRuleAsync(RecordChange<TEntity, TInput> change, CancellationToken cancel)
    {
        StaffFields<TEntity>.Keep(change.Db, change.Entity, isNew: change.Kind == ChangeKind.Create);
        return Saving(change, cancel);
    }
}
