using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record ScheduleVersionInput
{
    [Required]
    public Guid? ProjectId { get; init; }

    [Required, MaxLength(120)]
    public string Name { get; init; } = "";

    [MaxLength(2_000)]
    public string? Note { get; init; }
}

public sealed record ScheduleVersionRow(
    Guid Id, Guid ProjectId, string ProjectCode, string ProjectTitle, string Name, string? Note, ScheduleStatus Status, DateTimeOffset? AppliedAt, int EntryCount,
    int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>Drafts of schedules: a new one starts as what the project plans today.</summary>
internal sealed class ScheduleVersions : RecordSet<ScheduleVersion, ScheduleVersionInput, ScheduleVersionRow>
{
    public static readonly Refusal NotADraft = new(409, "not_a_draft", "This schedule is agreed: its dates move no more. Make a new draft.");

    public ScheduleVersions() : base(ProductionPages.Schedule, "schedule-versions")
    {
        Name(v => v.Name);
        Detail(v => v.Project!.Title);
        Search(v => v.Name);
        Filter(v => v.ProjectId);
        Filter(v => v.Status);
        Sort(v => v.Name);
        Sort(v => v.Status);
        Visible = v => v.Project != null;
        Row = v => new ScheduleVersionRow(v.Id, v.ProjectId, v.Project!.Code, v.Project.Title, v.Name, v.Note, v.Status, v.AppliedAt, v.Entries.Count(), v.Version, v.CreatedAt, v.UpdatedAt, v.DeletedAt);
    }

    protected override void MapVerbs(RouteGroupBuilder records)
    {
        CompareSchedule.Map(records);
        MoveInSchedule.Map(records);
        LockSchedule.Map(records);
        ApplySchedule.Map(records);
    }

    protected override async ValueTask<Refusal?> Saving(RecordChange<ScheduleVersion, ScheduleVersionInput> change, CancellationToken cancel)
    {
        var version = change.Entity;
        if (change.Kind == ChangeKind.Update && change.Changes(v => v.ProjectId))
        {
            return Refusals.Invalid("projectId", "A schedule stays with its project.");
        }

        return change.Kind == ChangeKind.Create ? await CopyAsync(change.Db, version, cancel) : null;
    }

    private static async Task<Refusal?> CopyAsync(PlatformDb db, ScheduleVersion version, CancellationToken cancel)
    {
        var project = await db.Set<Project>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == version.ProjectId, cancel);
        if (project is null)
        {
            return Refusals.NotFound.On("projectId", "There is no such project here.");
        }

        foreach (var stage in ProjectStages.All)
        {
            if (ProjectStages.Of(project, stage) is { Date: { } first } dates)
            {
                db.Add(new ScheduleEntry { VersionId = version.Id, Subject = ScheduleSubject.Stage, Stage = stage, Name = char.ToUpperInvariant(Words.Of(stage)[0]) + Words.Of(stage)[1..], Start = first, End = dates.EndDate });
            }
        }

        foreach (var milestone in await db.Set<Milestone>().AsNoTracking().Where(m => m.ProjectId == version.ProjectId).OrderBy(m => m.Date).ToListAsync(cancel))
        {
            db.Add(new ScheduleEntry { VersionId = version.Id, Subject = ScheduleSubject.Milestone, SubjectId = milestone.Id, Name = milestone.Name, Start = milestone.Date });
        }

        foreach (var task in await db.Set<ProjectTask>().AsNoTracking().Where(t => t.ProjectId == version.ProjectId && t.DoneAt == null && (t.Start != null || t.Due != null)).OrderBy(t => t.Sort).ToListAsync(cancel))
        {
            db.Add(new ScheduleEntry { VersionId = version.Id, Subject = ScheduleSubject.Task, SubjectId = task.Id, Name = task.Title, Start = task.Start ?? task.Due!.Value, End = task.Due });
        }

        return null;
    }
}
