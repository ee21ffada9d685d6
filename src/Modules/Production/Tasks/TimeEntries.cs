using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record TimeEntryInput
{
    [Required]
    public Guid? TaskId { get; init; }

    /// <summary>The student who worked. Without a student and a user: the caller.</summary>
    public Guid? StudentId { get; init; }

    /// <summary>The member of staff who worked.</summary>
    public Guid? UserId { get; init; }

    [Required]
    public DateOnly? Date { get; init; }

    [Required, Range(1, 1_440)]
    public int? Minutes { get; init; }

    [MaxLength(500)]
    public string? Note { get; init; }
}

public sealed record TimeEntryRow(
    Guid Id, Guid TaskId, string TaskTitle, Guid ProjectId, string ProjectTitle, Guid? StudentId, Guid? UserId, string PersonName, DateOnly Date, int Minutes, string? Note,
    int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt) : IRecordRow;

/// <summary>Time spent, by person, task and day.</summary>
internal sealed class TimeEntries : RecordSet<TimeEntry, TimeEntryInput, TimeEntryRow>
{
    private static readonly Refusal SameDay = new Refusal(409, "duplicate_value", "This person has time on this task on this day already. Change that entry.").On("date", "Already written down.");

    public TimeEntries() : base(ProductionPages.Schedule, "time-entries")
    {
        Search(e => e.PersonName, e => e.Note);
        Filter(e => e.TaskId);
        Filter(e => e.ProjectId);
        Filter(e => e.StudentId);
        Filter(e => e.UserId);
        Filter(e => e.Date);
        Filter(e => e.Minutes);
        Sort(e => e.Date);
        Sort(e => e.PersonName);
        Sort(e => e.Minutes);
        DefaultSort("-date");
        Visible = e => e.Project != null && e.Task != null;
        Row = e => new TimeEntryRow(
            e.Id, e.TaskId, e.Task!.Title, e.ProjectId, e.Project!.Title, e.StudentId, e.UserId, e.PersonName, e.Date, e.Minutes, e.Note, e.Version, e.CreatedAt, e.UpdatedAt, e.DeletedAt);
    }

    protected override void MapVerbs(RouteGroupBuilder records) => TimeSums.Map(records);

    protected override Refusal? Explain(string constraint) => constraint is "ux_time_entry_student_day" or "ux_time_entry_user_day" ? SameDay : null;

    protected override async ValueTask<Refusal?> Saving(RecordChange<TimeEntry, TimeEntryInput> change, CancellationToken cancel)
    {
        if (change.Kind is ChangeKind.Delete or ChangeKind.Restore)
        {
            return null;
        }

        var entry = change.Entity;
        if (entry is { StudentId: not null, UserId: not null })
        {
            return Refusals.Invalid("userId", "Either a student or a member of staff.");
        }

        if (change.Changes(e => e.TaskId))
        {
            entry.ProjectId = await change.Db.Set<ProjectTask>().Where(t => t.Id == entry.TaskId && t.Project != null).Select(t => t.ProjectId).FirstOrDefaultAsync(cancel);
            if (entry.ProjectId == Guid.Empty)
            {
                return Refusals.NotFound.On("taskId", "There is no such task here.");
            }
        }

        if (entry is { StudentId: null, UserId: null })
        {
            var me = change.User.UserId;
            entry.StudentId = await change.Db.Set<Student>().Where(s => s.UserId == me).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(cancel);
            entry.UserId = entry.StudentId is null ? me : null;
        }

        if (change.Changes(e => e.StudentId) || change.Changes(e => e.UserId))
        {
            var (student, user) = (entry.StudentId, entry.UserId);
            var name = student is not null
                ? await change.Db.Set<Student>().Where(s => s.Id == student).Select(s => s.FullName).FirstOrDefaultAsync(cancel)
                : await change.Db.Set<User>().Where(u => u.Id == user).Select(u => u.FullName).FirstOrDefaultAsync(cancel);
            if (name is null)
            {
                return Refusals.NotFound.On(student is not null ? "studentId" : "userId", "There is no such person here.");
            }

            entry.PersonName = name;
        }

        return null;
    }
}
