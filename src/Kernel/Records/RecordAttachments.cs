using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Collaboration;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Records;

public abstract partial class RecordSet<TEntity, TInput, TRow>
{
    private static readonly bool IsOwned = typeof(TEntity).IsAssignableTo(typeof(IOwnedRows<>).MakeGenericType(typeof(TEntity)));

    private static readonly MethodInfo RuleOfRecord = typeof(RecordSet<TEntity, TInput, TRow>).GetMethod(nameof(RuleOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    AttachableNoun IAttachable.Attachable => Attachable;

    private AttachableNoun Attachable => field ??= new(
        Target,
        Noun,
        Page,
        (db, id, cancel) => Live(db).AnyAsync(e => e.Id == id, cancel),
        async (db, id, cancel) => _caption is null ? (await Live(db).AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, cancel))?.Caption : await Live(db).Where(e => e.Id == id).Select(_caption).FirstOrDefaultAsync(cancel),
        async (db, id) => await GetAsync(db, id),
        IsOwned ? SeenAsync : null,
        IsSeen,
        IsOwned ? IsOwnOf : null,
        ImpersonalFields());

    private static async Task<IReadOnlySet<Guid>> SeenAsync(PlatformDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel) =>
        await db.Set<TEntity>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(e => ids.Contains(e.Id)).Select(e => e.Id).ToHashSetAsync(cancel);

    /// <summary>The rule by which rows are somebody's own, asked for another person than the scope's.</summary>
    private MethodCallExpression IsOwnOf(PlatformDb db, Guid id, Expression userId)
    {
        var rule = (Expression<Func<TEntity, bool>>)RuleOfRecord.MakeGenericMethod(typeof(TEntity)).Invoke(null, [db])!;
        var isTheirs = Expression.Lambda<Func<TEntity, bool>>(new OwnerIs(userId).Visit(rule.Body), rule.Parameters);
        return Expression.Call(typeof(Queryable), nameof(Queryable.Any), [typeof(TEntity)], Live(db).Where(e => e.Id == id).Expression, Expression.Quote(isTheirs));
    }

    private static Expression<Func<TRecord, bool>> RuleOf<TRecord>(PlatformDb db)
        where TRecord : TenantRecord, IOwnedRows<TRecord> => TRecord.IsOwn(db);

    private sealed class OwnerIs(Expression userId) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            node.Member.DeclaringType == typeof(PlatformDb) && node.Member.Name == nameof(PlatformDb.OwnRowsOf) ? Expression.Convert(userId, typeof(Guid?)) : base.VisitMember(node);
    }

    private MethodCallExpression IsSeen(PlatformDb db, Expression id)
    {
        var record = Expression.Parameter(typeof(TEntity), "record");
        var isIt = Expression.Lambda<Func<TEntity, bool>>(Expression.Equal(Expression.Property(record, nameof(TenantRecord.Id)), id), record);
        return Expression.Call(typeof(Queryable), nameof(Queryable.Any), [typeof(TEntity)], Live(db).Expression, Expression.Quote(isIt));
    }

    /// <summary>
    /// What is left of a row for somebody who may not learn about people: values of the record itself that are not marked
    /// personal. What the row takes from elsewhere (the owner's name) or points to (the owner's id) is about others.
    /// </summary>
    private static HashSet<string> ImpersonalFields() =>
    [
        .. from field in typeof(TRow).GetProperties()
           let stored = typeof(TEntity).GetProperty(field.Name)
           where stored is not null && !stored.IsDefined(typeof(PersonalAttribute)) && !stored.IsDefined(typeof(SecretAttribute))
               && (field.Name == nameof(IRecordRow.Id) || (Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType) != typeof(Guid))
               && !typeof(IEnumerable<Guid>).IsAssignableFrom(field.PropertyType)
           select Words.Camel(field.Name),
    ];
}
