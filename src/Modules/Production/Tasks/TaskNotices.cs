using Tessera.Kernel.Database;
using Tessera.Kernel.Notifications;
using Tessera.Kernel.Records;

namespace Tessera.Production;

/// <summary>Tells people of tasks that are theirs from now on.</summary>
internal static class TaskNotices
{
    public static readonly NotificationKind Assigned = new("task_assigned", "New tasks", "A task is given to you, to do it or to answer for it.", ProductionPages.Schedule);

    /// <summary>Tells users who are to do the task.</summary>
    public static void Assign(RecordChange<ProjectTask, TaskInput> change, IEnumerable<Guid> users) => Tell(change, users, $"A task for you: {change.Entity.Title}", "assigned");

    /// <summary>Tells whoever answers for the task anew.</summary>
    public static void Answer(RecordChange<ProjectTask, TaskInput> change)
    {
        if (change.Entity.ResponsibleUserId is { } responsible && change.Changes(t => t.ResponsibleUserId))
        {
            Tell(change, [responsible], $"You answer for the task {change.Entity.Title}", "responsible");
        }
    }

    private static void Tell(RecordChange<ProjectTask, TaskInput> change, IEnumerable<Guid> users, string title, string what)
    {
        var task = change.Entity;
        if (task.DoneAt is null)
        {
            change.Db.Notify(Assigned, users, new Notice(title, $"task:{task.Id}:{what}:{task.Version}") { Record = RecordRef.To(task) });
        }
    }
}
