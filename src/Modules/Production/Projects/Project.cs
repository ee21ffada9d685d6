using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;

namespace Tessera.Production;

public enum ProjectType
{
    Film,
    Documentary,
    MusicVideo,
    Commercial,
    Podcast,
    Album,
    LiveSession,
    GameAudio,
    Other,
}

public enum ProjectMedium
{
    Film,
    Audio,
    Mixed,
}

public enum ProjectStatus
{
    Idea,
    Planned,
    PreProduction,
    Shooting,
    PostProduction,
    Delivered,
    Archived,
    OnHold,
    Cancelled,
}

public enum ProjectPriority
{
    Low,
    Normal,
    High,
    Urgent,
}

/// <summary>The four stages every production has a date for.</summary>
public enum Stage
{
    Shoot,
    Grade,
    Mix,
    Delivery,
}

/// <summary>A student production. Its dates are civil dates: no time zone moves them.</summary>
internal sealed class Project : TenantRecord, IOwnedRows<Project>, ISearchedText<Project>
{
    public static IReadOnlyList<Expression<Func<Project, string?>>> SearchedIn => [p => p.Title, p => p.Code, p => p.ClientName];

    public required string Code { get; set; }

    [Derived]
    public string CodeKey { get; set; } = "";

    public required string Title { get; set; }

    public ProjectType Type { get; set; }

    public ProjectMedium Medium { get; set; }

    public string? Description { get; set; }

    public string? Course { get; set; }

    public string? AcademicYear { get; set; }

    public Guid? SupervisorUserId { get; set; }

    public User? Supervisor { get; init; }

    public Guid? ProducerUserId { get; set; }

    public User? Producer { get; init; }

    public string? ClientName { get; set; }

    public ProjectStatus Status { get; set; }

    /// <summary>Where a project on hold goes on.</summary>
    [Derived]
    public ProjectStatus? StatusBeforeHold { get; set; }

    public ProjectPriority Priority { get; set; }

    public DateOnly? StartDate { get; set; }

    public DateOnly? ShootDate { get; set; }

    public DateOnly? ShootEndDate { get; set; }

    public string? ShootNote { get; set; }

    /// <summary>When the shoot really ended.</summary>
    public DateOnly? ShootDoneDate { get; set; }

    public DateOnly? GradeDate { get; set; }

    public DateOnly? GradeEndDate { get; set; }

    public string? GradeNote { get; set; }

    public DateOnly? GradeDoneDate { get; set; }

    public DateOnly? MixDate { get; set; }

    public DateOnly? MixEndDate { get; set; }

    public string? MixNote { get; set; }

    public DateOnly? MixDoneDate { get; set; }

    public DateOnly? DeliveryDate { get; set; }

    public DateOnly? DeliveryEndDate { get; set; }

    public string? DeliveryNote { get; set; }

    /// <summary>Set by moving to <see cref="ProjectStatus.Delivered"/>, cleared by moving back.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Frames a second, as the school writes it: <c>23.976</c>.</summary>
    public string? Fps { get; set; }

    public string? Ratio { get; set; }

    public string? Resolution { get; set; }

    public string? SampleRate { get; set; }

    public string? LoudnessTarget { get; set; }

    [StaffOnly]
    public decimal? BudgetAmount { get; set; }

    /// <summary>ISO 4217.</summary>
    [StaffOnly]
    public string? Currency { get; set; }

    public List<string> Tags { get; set; } = [];

    public List<CrewMember> Crew { get; init; } = [];

    public List<ProjectTask> Tasks { get; init; } = [];

    protected override string? Caption => Title;

    public static Expression<Func<Project, bool>> IsOwn(PlatformDb db) =>
        project => db.Set<ProjectMember>().Any(m => m.TenantId == project.TenantId && m.ProjectId == project.Id && m.UserId == db.OwnRowsOf);
}

internal sealed class ProjectMapping : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.References(p => p.Supervisor, nameof(Project.SupervisorUserId));
        builder.References(p => p.Producer, nameof(Project.ProducerUserId));
        builder.HasIndex(p => new { p.TenantId, p.CodeKey }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_project_code");
    }
}
