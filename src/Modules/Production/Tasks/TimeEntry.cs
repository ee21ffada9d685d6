using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Production;

/// <summary>Minutes one person spent on one task on one day. A day is a civil date: no zone moves it into another week.</summary>
internal sealed class TimeEntry : TenantRecord, IOwnedRows<TimeEntry>
{
    public Guid TaskId { get; set; }

    public ProjectTask? Task { get; init; }

    /// <summary>The task's project.</summary>
    [Derived]
    public Guid ProjectId { get; set; }

    public Project? Project { get; init; }

    /// <summary>The student who worked, or else the member of staff.</summary>
    public Guid? StudentId { get; set; }

    public Student? Student { get; init; }

    public Guid? UserId { get; set; }

    public User? User { get; init; }

    /// <summary>The name of whoever worked, as it was then.</summary>
    [Personal, Derived]
    public string PersonName { get; set; } = "";

    public DateOnly Date { get; set; }

    public int Minutes { get; set; }

    public string? Note { get; set; }

    protected override string? Caption => PersonName;

    public static Expression<Func<TimeEntry, bool>> IsOwn(PlatformDb db) =>
        entry => db.Set<ProjectMember>().Any(m => m.TenantId == entry.TenantId && m.ProjectId == entry.ProjectId && m.UserId == db.OwnRowsOf);
}

internal sealed class TimeEntryMapping : IEntityTypeConfiguration<TimeEntry>
{
    public void Configure(EntityTypeBuilder<TimeEntry> builder)
    {
        builder.References(e => e.Task, nameof(TimeEntry.TaskId), t => t.TimeEntries);
        builder.References(e => e.Project, nameof(TimeEntry.ProjectId));
        builder.References(e => e.Student, nameof(TimeEntry.StudentId));
        builder.References(e => e.User, nameof(TimeEntry.UserId));
        builder.HasIndex(e => new { e.TenantId, e.TaskId, e.StudentId, e.Date }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_time_entry_student_day");
        builder.HasIndex(e => new { e.TenantId, e.TaskId, e.UserId, e.Date }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_time_entry_user_day");
    }
}
