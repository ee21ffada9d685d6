using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary>A state of tasks as the school calls it; the flags say what it means.</summary>
[ChangeTarget("task_status")]
internal sealed class WorkStatus : TenantRecord
{
    public required string Name { get; set; }

    [Derived]
    public string NameKey { get; set; } = "";

    public string ShortName { get; set; } = "";

    public string Color { get; set; } = "";

    /// <summary>A task in it is finished.</summary>
    public bool IsDone { get; set; }

    /// <summary>New tasks get it; one status at most.</summary>
    public bool IsDefault { get; set; }

    /// <summary>The work was sent back: entering it counts a retake.</summary>
    public bool IsRetake { get; set; }

    /// <summary>Somebody asks to be looked at.</summary>
    public bool IsFeedbackRequest { get; set; }

    /// <summary>Work in progress.</summary>
    public bool IsWip { get; set; }

    public bool ClientVisible { get; set; }

    public int Sort { get; set; }

    protected override string? Caption => Name;
}

internal sealed class WorkStatusMapping : IEntityTypeConfiguration<WorkStatus>
{
    public void Configure(EntityTypeBuilder<WorkStatus> builder)
    {
        builder.HasIndex(s => new { s.TenantId, s.NameKey }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_work_status_name");
        builder.HasIndex(s => new { s.TenantId }).IsUnique().HasFilter("deleted_at is null and is_default").HasDatabaseName("ux_work_status_default");
    }
}

public sealed record TaskStatusInput
{
    [Required, MaxLength(80)]
    public string Name { get; init; } = "";

    [Required, MaxLength(12)]
    public string ShortName { get; init; } = "";

    /// <summary><c>#RRGGBB</c>.</summary>
    [Required, RegularExpression("^#[0-9a-fA-F]{6}$", ErrorMessage = "Use a colour like #2F6FED.")]
    public string Color { get; init; } = "";

    public bool IsDone { get; init; }

    /// <summary>New tasks get it. The status that had the mark before loses it.</summary>
    public bool IsDefault { get; init; }

    public bool IsRetake { get; init; }

    public bool IsFeedbackRequest { get; init; }

    public bool IsWip { get; init; }

    public bool ClientVisible { get; init; }

    [Range(0, 10_000)]
    public int Sort { get; init; }
}

public sealed record TaskStatusRow(
    Guid Id, string Name, string ShortName, string Color, bool IsDone, bool IsDefault, bool IsRetake, bool IsFeedbackRequest, bool IsWip, bool ClientVisible, int Sort,
    int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>The states tasks can be in, in the school's own words.</summary>
internal sealed class WorkStatuses : RecordSet<WorkStatus, TaskStatusInput, TaskStatusRow>
{
    private static readonly Refusal Contradiction = Refusals.Invalid("isDone", "A finished task is neither in progress nor sent back nor waiting for feedback.");

    private static readonly Refusal InUse = new(409, "in_use", "Tasks are in this status. Move them to another first.");

    private static readonly Refusal DefaultNeeded = new Refusal(409, "default_needed", "New tasks need a status. Make another one the default first.").On("isDefault", "Make another one the default first.");

    public WorkStatuses() : base(ProductionPages.Schedule, "task-statuses", ProductionPages.Projects)
    {
        Name(s => s.Name);
        Search(s => s.Name, s => s.ShortName);
        Filter(s => s.IsDone);
        Filter(s => s.ClientVisible);
        Sort(s => s.Sort);
        Sort(s => s.Name);
        DefaultSort("sort");
        Unique(s => s.NameKey, "name", "ux_work_status_name");
        Row = s => new TaskStatusRow(
            s.Id, s.Name, s.ShortName, s.Color, s.IsDone, s.IsDefault, s.IsRetake, s.IsFeedbackRequest, s.IsWip, s.ClientVisible, s.Sort, s.Version, s.CreatedAt, s.UpdatedAt, s.DeletedAt);
    }

    protected override Refusal? Explain(string constraint) =>
        constraint == "ux_work_status_default" ? new Refusal(409, "duplicate_value", "Somebody else has just chosen the default.").On("isDefault", "Somebody else has just chosen the default.") : null;

    protected override async ValueTask<Refusal?> Saving(RecordChange<WorkStatus, TaskStatusInput> change, CancellationToken cancel)
    {
        var status = change.Entity;
        status.NameKey = status.Name.ToLowerInvariant();
        if (status.IsDone && (status.IsWip || status.IsRetake || status.IsFeedbackRequest))
        {
            return Contradiction;
        }

        var wasDefault = change.Kind != ChangeKind.Create && change.Original(s => s.IsDefault);
        if (change.Kind == ChangeKind.Delete)
        {
            return wasDefault ? DefaultNeeded
                : await change.Db.Set<ProjectTask>().AnyAsync(t => t.StatusId == status.Id, cancel) ? InUse : null;
        }

        var others = change.Db.Set<WorkStatus>().Where(s => s.Id != status.Id && s.IsDefault);
        if (change.Kind == ChangeKind.Restore)
        {
            status.IsDefault = status.IsDefault && !await others.AnyAsync(cancel);
        }
        else if (status.IsDefault && !wasDefault)
        {
            await PassOnAsync(change.Db, others, cancel);
        }
        else if (wasDefault && !status.IsDefault)
        {
            return DefaultNeeded;
        }

        return change.Kind == ChangeKind.Update && change.Changes(s => s.IsDone) ? await FollowAsync(change, cancel) : null;
    }

    /// <summary>The former default gives the mark away before this one takes it: the database allows one at a time.</summary>
    private static async Task PassOnAsync(PlatformDb db, IQueryable<WorkStatus> others, CancellationToken cancel)
    {
        foreach (var former in await others.ToListAsync(cancel))
        {
            former.IsDefault = false;
            await db.SaveAheadAsync(former, cancel);
        }
    }

    /// <summary>When a status becomes, or stops being, an end, its tasks are finished or open with it.</summary>
    private static async Task<Refusal?> FollowAsync(RecordChange<WorkStatus, TaskStatusInput> change, CancellationToken cancel)
    {
        foreach (var task in await change.Db.Set<ProjectTask>().Where(t => t.StatusId == change.Entity.Id).ToListAsync(cancel))
        {
            task.DoneAt = change.Entity.IsDone ? change.Now : null;
        }

        return null;
    }
}
