using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Tessera.Kernel.Database;

/// <summary>
/// Marks a query whose plan is right for every tenant and every value, because an index answers it. PostgreSQL then
/// keeps one plan instead of making a new one each time: planning a page of a list costs it as much as reading the page.
/// </summary>
internal static class SamePlan
{
    private const string Tag = "one plan";

    private const string OrderTag = Tag + " in index order";

    /// <summary>How the marked command's text begins.</summary>
    public const string Comment = "-- " + Tag;

    /// <summary>How the text begins when the plan is to read in the order of the result.</summary>
    public const string OrderComment = "-- " + OrderTag;

    /// <summary>The query with its mark, for a compiled query's expression.</summary>
    public static Expression Mark(Type element, Expression query) => Marked(element, query, Tag);

    /// <summary>
    /// The same for a page that is soon full in the order it is sorted by: without knowing the values PostgreSQL would expect to find little, and sort.
    /// </summary>
    public static Expression MarkInOrder(Type element, Expression query) => Marked(element, query, OrderTag);

    private static MethodCallExpression Marked(Type element, Expression query, string tag) =>
        Expression.Call(typeof(EntityFrameworkQueryableExtensions), nameof(EntityFrameworkQueryableExtensions.TagWith), [element], query, Expression.Constant(tag));
}
