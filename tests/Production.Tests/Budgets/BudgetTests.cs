using Tessera.Testing;

namespace Tessera.Production.Tests.Budgets;

public sealed class BudgetTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task Planned_and_actual_money_add_up_by_month_and_department()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = (await admin.AddProjectAsync(new { budgetAmount = 5000.50m, currency = "chf" })).Id;
        await LineAsync(admin, project, "camera", "2026-04-17", 1000.10m, 900m);
        await LineAsync(admin, project, "sound", "2026-04-01", 200.20m, 250.25m);
        await LineAsync(admin, project, "camera", "2026-05-01", 300m, 0m);

        var view = (await admin.Get($"production/projects/{project}/budget")).Must(200);

        var sums = Assert.Single(view["sums"].EnumerateArray());
        Assert.Equal(("CHF", 1500.30m, 1150.25m), (sums.GetProperty("currency").GetString(), sums.GetProperty("planned").GetDecimal(), sums.GetProperty("actual").GetDecimal()));
        Assert.Equal([("2026-04-01", 1200.30m), ("2026-05-01", 300m)], sums.GetProperty("months").EnumerateArray().Select(m => (m.GetProperty("month").GetString(), m.GetProperty("planned").GetDecimal())));
        Assert.Equal([("camera", 1300.10m), ("sound", 200.20m)], sums.GetProperty("departments").EnumerateArray().Select(d => (d.GetProperty("department").GetString(), d.GetProperty("planned").GetDecimal())));
        Assert.Equal(5000.50m, view["budgetAmount"].GetDecimal());
    }

    [Fact]
    public async Task A_department_has_one_line_a_month_on_a_project()
    {
        var admin = (await api.FoundSchoolAsync()).Admin;
        var project = (await admin.AddProjectAsync()).Id;
        var line = await LineAsync(admin, project, "camera", "2026-04-17", 1m, 0m);

        Assert.Equal(("2026-04-01", "EUR"), (line["month"].GetString(), line["currency"].GetString()));
        Assert.Equal(["month"], (await admin.Post("production/budgets", new { projectId = project, department = "camera", month = "2026-04-30" })).Must(409, "duplicate_value").Faults);
        Assert.Equal(["plannedAmount"], (await admin.Post("production/budgets", new { projectId = project, department = "art", month = "2026-04-30", plannedAmount = -1 })).Must(400).Faults);
        Assert.Equal(["currency"], (await admin.Post("production/budgets", new { projectId = project, department = "art", month = "2026-04-30", currency = "euro" })).Must(400).Faults);
    }

    private static async Task<Answer> LineAsync(Client admin, Guid projectId, string department, string month, decimal plannedAmount, decimal actualAmount) =>
        (await admin.Post("production/budgets", new { projectId, department, month, plannedAmount, actualAmount })).Must(201);
}
