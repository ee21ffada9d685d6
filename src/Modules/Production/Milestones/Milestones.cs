using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record MilestoneInput
{
    [Required]
    public Guid? ProjectId { get; init; }

    [MaxLength(40)]
    public string? Key { get; init; }

    [Required, MaxLength(120)]
    public string Name { get; init; } = "";

    [Required]
    public DateOnly? Date { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    /// <summary><c>#RRGGBB</c>.</summary>
    [RegularExpression("^#[0-9a-fA-F]{6}$", ErrorMessage = "Use a colour like #2F6FED.")]
    public string? Color { get; init; }
}

public sealed record MilestoneRow(
    Guid Id, Guid ProjectId, string ProjectCode, string ProjectTitle, ProjectStatus ProjectStatus, string? Key, string Name, DateOnly Date, DateTimeOffset? DoneAt, string? Color,
    int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow
{
    /// <summary>Its day has passed, it is not done and its project is open.</summary>
    [Required]
    public bool Overdue { get; init; }

    /// <summary>A weekend or a holiday, as long as its project is open.</summary>
    [Required]
    public IReadOnlyList<Warning> Warnings { get; init; } = [];
}

/// <summary>The free milestones of all projects.</summary>
internal sealed class Milestones : RecordSet<Milestone, MilestoneInput, MilestoneRow>
{
    public Milestones() : base(ProductionPages.Schedule, "milestones")
    {
        Search(m => m.Name);
        Filter(m => m.ProjectId);
        Filter(m => m.Key);
        Filter(m => m.Date);
        Filter(m => m.DoneAt);
        Sort(m => m.Date);
        Sort(m => m.Name);
        DefaultSort("date");
        Visible = m => m.Project != null;
        Row = m => new MilestoneRow(m.Id, m.ProjectId, m.Project!.Code, m.Project.Title, m.Project.Status, m.Key, m.Name, m.Date, m.DoneAt, m.Color, m.Version, m.CreatedAt, m.UpdatedAt, m.DeletedAt);
    }

    protected override void MapVerbs(RouteGroupBuilder records) => RescheduleMilestone.Map(records);

    protected override async ValueTask<IReadOnlyList<MilestoneRow>> CompleteAsync(PlatformDb db, IReadOnlyList<MilestoneRow> rows, CancellationToken cancel)
    {
        var calendar = await WorkCalendar.ReadAsync(db, cancel);
        return
        [
            .. rows.Select(row => !ProjectMoves.IsOpen(row.ProjectStatus) ? row : row with
            {
                Overdue = row.DoneAt is null && row.Date < calendar.Today,
                Warnings = calendar.Collision(row.Date, "date", row.Name) is { } warning ? [warning] : [],
            }),
        ];
    }

    protected override async ValueTask<Refusal?> Saving(RecordChange<Milestone, MilestoneInput> change, CancellationToken cancel) =>
        change.Kind is ChangeKind.Create or ChangeKind.Update && change.Changes(m => m.ProjectId) && !await change.Db.Set<Project>().AnyAsync(p => p.Id == change.Entity.ProjectId, cancel)
            ? Refusals.NotFound.On("projectId", "There is no such project here.")
            : null;
}
