using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Tessera.Kernel.Database;

/// <summary>
/// Marks a query whose plan is right for every tenant and every value, because an index answers it in order. PostgreSQL then
/// keeps one plan instead of making a new one each time: planning a page of a list costs it as much as reading the page.
/// </summary>
internal static class SamePlan
{
    private const string Tag = "one plan";

    /// <summary>How the marked command's text begins.</summary>
    public const string Comment = "-- " + Tag;

    /// <summary>The query with its mark, for a compiled query's expression.</summary>
    public static Expression Mark(Type element, Expression query) =>
        Expression.Call(typeof(EntityFrameworkQueryableExtensions), nameof(EntityFrameworkQueryableExtensions.TagWith), [element], query, Expression.Constant(Tag));
}
