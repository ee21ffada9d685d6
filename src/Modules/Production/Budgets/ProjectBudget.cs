using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record BudgetMonth(DateOnly Month, decimal Planned, decimal Actual);

public sealed record BudgetDepartment(Department Department, decimal Planned, decimal Actual);

/// <summary>One currency of a project's budget; sums of different currencies are never added up.</summary>
public sealed record BudgetSums(string Currency, decimal Planned, decimal Actual, IReadOnlyList<BudgetMonth> Months, IReadOnlyList<BudgetDepartment> Departments);

/// <param name="BudgetAmount">What the project was given, in <paramref name="Currency"/>.</param>
public sealed record ProjectBudgetView(Guid ProjectId, decimal? BudgetAmount, string? Currency, IReadOnlyList<BudgetSums> Sums);

/// <summary><c>GET /projects/{id}/budget</c>: planned against actual, by month and by department.</summary>
internal static class ProjectBudget
{
    public static void Map(RouteGroupBuilder projects) => projects.Get("/{id:guid}/budget", Handle).WithName("getProjectBudget")
        .Requires(ProductionPages.Projects, Level.Write).WithSummary("Planned against actual money, by month and by department.");

    private static async Task<Results<Ok<ProjectBudgetView>, Refused>> Handle(Guid id, PlatformDb db, CancellationToken cancel)
    {
        var project = await db.Set<Project>().Where(p => p.Id == id).Select(p => new { p.BudgetAmount, p.Currency }).FirstOrDefaultAsync(cancel);
        if (project is null)
        {
            return new Refused(Refusals.NotFound);
        }

        var lines = await db.Set<BudgetLine>().Where(b => b.ProjectId == id)
            .GroupBy(b => new { b.Currency, b.Month, b.Department })
            .Select(g => new { g.Key.Currency, g.Key.Month, g.Key.Department, Planned = g.Sum(b => b.PlannedAmount), Actual = g.Sum(b => b.ActualAmount) })
            .ToListAsync(cancel);
        return TypedResults.Ok(new ProjectBudgetView(id, project.BudgetAmount, project.Currency,
        [
            .. lines.GroupBy(l => l.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(currency => new BudgetSums(
                currency.Key,
                currency.Sum(l => l.Planned),
                currency.Sum(l => l.Actual),
                [.. currency.GroupBy(l => l.Month).OrderBy(g => g.Key).Select(g => new BudgetMonth(g.Key, g.Sum(l => l.Planned), g.Sum(l => l.Actual)))],
                [.. currency.GroupBy(l => l.Department).OrderBy(g => g.Key).Select(g => new BudgetDepartment(g.Key, g.Sum(l => l.Planned), g.Sum(l => l.Actual)))])),
        ]));
    }
}
