using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Database;

namespace Tessera.Production;

/// <summary>What a department may spend on a project in a month, and what it spent. Money is staff business: no line is a student's own.</summary>
internal sealed class BudgetLine : TenantRecord, IOwnedRows<BudgetLine>
{
    public Guid ProjectId { get; set; }

    public Project? Project { get; init; }

    public Department Department { get; set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; set; }

    public decimal PlannedAmount { get; set; }

    public decimal ActualAmount { get; set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; set; } = "";

    public string? Note { get; set; }

    protected override string? Caption => $"{Department} {Month:yyyy-MM}";

    public static Expression<Func<BudgetLine, bool>> IsOwn(PlatformDb db) => line => false;
}

internal sealed class BudgetLineMapping : IEntityTypeConfiguration<BudgetLine>
{
    public void Configure(EntityTypeBuilder<BudgetLine> builder)
    {
        builder.References(b => b.Project, nameof(BudgetLine.ProjectId));
        builder.HasIndex(b => new { b.TenantId, b.ProjectId, b.Department, b.Month }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_budget_line_month");
    }
}
