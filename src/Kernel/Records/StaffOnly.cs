using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Query;
using Tessera.Kernel.Database;

namespace Tessera.Kernel.Records;

/// <summary>
/// The value is not for those who see their own rows only (<see cref="Access.Role.OwnRowsOnly"/>), though the row is theirs: they find
/// null in rows, exports and shared links and nothing of it in histories, and what they write leaves it as it is.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StaffOnlyAttribute : Attribute;

/// <summary>The values of a record that are not for everybody whose row it is.</summary>
internal static class StaffFields<TEntity>
    where TEntity : TenantRecord
{
    public static readonly IReadOnlyList<PropertyInfo> All = [.. typeof(TEntity).GetProperties().Where(p => p.IsDefined(typeof(StaffOnlyAttribute)))];

    private static readonly HashSet<string> Names = [.. All.Select(p => Words.Camel(p.Name))];

    /// <summary>Whether somebody in this scope may not know the field, by its name on the wire.</summary>
    public static bool Hides(PlatformDb db, string field) => db.OwnRowsOf is not null && Names.Contains(field);

    /// <summary>The expression with nothing where it reads such a value.</summary>
    public static T Masked<T>(T expression) where T : Expression => All.Count == 0 ? expression : (T)new Mask().Visit(expression);

    /// <summary>The query, as somebody in this scope may ask it.</summary>
    public static IQueryable<TEntity> Masked(PlatformDb db, IQueryable<TEntity> records) =>
        db.OwnRowsOf is null || All.Count == 0 ? records : new MaskedQuery(records);

    /// <summary>Puts back what the writer could not see and so cannot have meant to change.</summary>
    public static void Keep(PlatformDb db, TEntity entity, bool isNew)
    {
        if (db.OwnRowsOf is null)
        {
            return;
        }

        foreach (var property in All)
        {
            property.SetValue(entity, isNew ? null : db.Entry(entity).Property(property.Name).OriginalValue);
        }
    }

    private sealed class Mask : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            All.Any(p => p.HasSameMetadataDefinitionAs(node.Member)) ? Expression.Default(node.Type) : base.VisitMember(node);
    }

    /// <summary>Masks the first thing that is made of the records; from there on no such value is within reach.</summary>
    private sealed class MaskedQuery(IQueryable<TEntity> records) : IQueryable<TEntity>, IAsyncQueryProvider
    {
        public Type ElementType => typeof(TEntity);

        public Expression Expression => records.Expression;

        public IQueryProvider Provider => this;

        public IQueryable CreateQuery(Expression expression) => records.Provider.CreateQuery(Masked(expression));

        /// <summary>Records stay masked; what is made of them has been.</summary>
        public IQueryable<TElement> CreateQuery<TElement>(Expression expression) => records.Provider.CreateQuery<TElement>(Masked(expression)) switch
        {
            IQueryable<TEntity> still => (IQueryable<TElement>)(IQueryable)new MaskedQuery(still),
            var made => made,
        };

        public object? Execute(Expression expression) => records.Provider.Execute(Masked(expression));

        public TResult Execute<TResult>(Expression expression) => records.Provider.Execute<TResult>(Masked(expression));

        public TResult ExecuteAsync<TResult>(Expression expression, CancellationToken cancellationToken = default) =>
            ((IAsyncQueryProvider)records.Provider).ExecuteAsync<TResult>(Masked(expression), cancellationToken);

        public IEnumerator<TEntity> GetEnumerator() => throw new NotSupportedException("Say what you read of these records.");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
