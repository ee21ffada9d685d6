using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record BudgetLineInput
{
    [Required]
    public Guid? ProjectId { get; init; }

    [Required]
    public Department? Department { get; init; }

    /// <summary>Any day of the month; its first is kept.</summary>
    [Required]
    public DateOnly? Month { get; init; }

    [MoneyAmount]
    public decimal PlannedAmount { get; init; }

    [MoneyAmount]
    public decimal ActualAmount { get; init; }

    /// <summary>The project's currency, when absent.</summary>
    [CurrencyCode]
    public string? Currency { get; init; }

    [MaxLength(500)]
    public string? Note { get; init; }
}

public sealed record BudgetLineRow(
    Guid Id, Guid ProjectId, string ProjectCode, string ProjectTitle, Department Department, DateOnly Month, decimal PlannedAmount, decimal ActualAmount, string Currency, string? Note,
    int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>Planned and actual money by project, department and month.</summary>
internal sealed class Budgets : RecordSet<BudgetLine, BudgetLineInput, BudgetLineRow>
{
    public Budgets() : base(ProductionPages.Projects, "budgets")
    {
        Search(b => b.Note);
        Filter(b => b.ProjectId);
        Filter(b => b.Department);
        Filter(b => b.Month);
        Filter(b => b.Currency);
        Sort(b => b.Month);
        Sort(b => b.Department);
        DefaultSort("month,department");
        Visible = b => b.Project != null;
        Row = b => new BudgetLineRow(
            b.Id, b.ProjectId, b.Project!.Code, b.Project.Title, b.Department, b.Month, b.PlannedAmount, b.ActualAmount, b.Currency, b.Note, b.Version, b.CreatedAt, b.UpdatedAt, b.DeletedAt);
    }

    protected override Refusal? Explain(string constraint) => constraint == "ux_budget_line_month"
        ? new Refusal(409, "duplicate_value", "This department has a line for this month already. Change that one.").On("month", "Already planned.")
        : null;

    protected override async ValueTask<Refusal?> Saving(RecordChange<BudgetLine, BudgetLineInput> change, CancellationToken cancel)
    {
        if (change.Kind is ChangeKind.Delete or ChangeKind.Restore)
        {
            return null;
        }

        var line = change.Entity;
        line.Month = new DateOnly(line.Month.Year, line.Month.Month, 1);
        line.Currency = line.Currency.ToUpperInvariant();
        if (!change.Changes(b => b.ProjectId) && line.Currency.Length > 0)
        {
            return null;
        }

        var project = await change.Db.Set<Project>().Where(p => p.Id == line.ProjectId).Select(p => new { p.Currency }).FirstOrDefaultAsync(cancel);
        if (project is null)
        {
            return Refusals.NotFound.On("projectId", "There is no such project here.");
        }

        line.Currency = line.Currency.Length > 0 ? line.Currency : project.Currency ?? (await WorkCalendar.ReadAsync(change.Db, cancel)).Settings.Currency;
        return null;
    }
}
