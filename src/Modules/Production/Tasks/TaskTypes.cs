using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public enum Department
{
    Production,
    Camera,
    Light,
    Sound,
    Art,
    Edit,
    Colour,
    Mix,
    Music,
    Other,
}

/// <summary>A kind of work: edit, sound design, colour.</summary>
internal sealed class TaskType : TenantRecord
{
    public required string Name { get; set; }

    [Derived]
    public string NameKey { get; set; } = "";

    public string ShortName { get; set; } = "";

    public string Color { get; set; } = "";

    public Department Department { get; set; }

    public int Sort { get; set; }

    protected override string? Caption => Name;
}

internal sealed class TaskTypeMapping : IEntityTypeConfiguration<TaskType>
{
    public void Configure(EntityTypeBuilder<TaskType> builder) =>
        builder.HasIndex(t => new { t.TenantId, t.NameKey }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_task_type_name");
}

public sealed record TaskTypeInput
{
    [Required, MaxLength(80)]
    public string Name { get; init; } = "";

    [Required, MaxLength(12)]
    public string ShortName { get; init; } = "";

    /// <summary><c>#RRGGBB</c>.</summary>
    [Required, RegularExpression("^#[0-9a-fA-F]{6}$", ErrorMessage = "Use a colour like #2F6FED.")]
    public string Color { get; init; } = "";

    public Department Department { get; init; }

    [Range(0, 10_000)]
    public int Sort { get; init; }
}

public sealed record TaskTypeRow(
    Guid Id, string Name, string ShortName, string Color, Department Department, int Sort, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>The kinds of work a school knows.</summary>
internal sealed class TaskTypes : RecordSet<TaskType, TaskTypeInput, TaskTypeRow>
{
    public TaskTypes() : base(ProductionPages.Schedule, "task-types", ProductionPages.Projects)
    {
        CreatesInOneTrip = true;
        Name(t => t.Name);
        Search(t => t.Name, t => t.ShortName);
        Filter(t => t.Department);
        Sort(t => t.Sort);
        Sort(t => t.Name);
        DefaultSort("sort");
        Unique(t => t.NameKey, "name", "ux_task_type_name");
        Row = t => new TaskTypeRow(t.Id, t.Name, t.ShortName, t.Color, t.Department, t.Sort, t.Version, t.CreatedAt, t.UpdatedAt, t.DeletedAt);
    }

    protected override ValueTask<Refusal?> Saving(RecordChange<TaskType, TaskTypeInput> change, CancellationToken cancel)
    {
        change.Entity.NameKey = change.Entity.Name.ToLowerInvariant();
        return ValueTask.FromResult<Refusal?>(null);
    }
}
