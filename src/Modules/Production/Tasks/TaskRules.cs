using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary>What a task needs, and what its status does to it.</summary>
internal static class TaskRules
{
    public static readonly Refusal NoStatus = new(409, "no_status", "This workspace has no status for new tasks. Add one first.");

    public static async Task<Refusal?> CheckAsync(RecordChange<ProjectTask, TaskInput> change, CancellationToken cancel)
    {
        var task = change.Entity;
        if (task.Due < task.Start)
        {
            return Refusals.Invalid("due", "Not before the first day.");
        }

        if (change.Changes(t => t.ProjectId) && !await change.Db.Set<Project>().AnyAsync(p => p.Id == task.ProjectId, cancel))
        {
            return Refusals.NotFound.On("projectId", "There is no such project here.");
        }

        // First the status: of what is done already nobody is told.
        if ((await EnterStatusAsync(change, cancel) ?? await AssignAsync(change, cancel)) is { } refusal)
        {
            return refusal;
        }

        TaskNotices.Answer(change);
        return null;
    }

    /// <summary>Names the assignees; somebody who has left keeps the tasks they have.</summary>
    private static async Task<Refusal?> AssignAsync(RecordChange<ProjectTask, TaskInput> change, CancellationToken cancel)
    {
        var task = change.Entity;
        var before = change.Kind == ChangeKind.Create ? [] : change.Original(t => t.AssigneeIds)!;
        if (change.Kind != ChangeKind.Create && before.SequenceEqual(task.AssigneeIds))
        {
            return null;
        }

        task.AssigneeIds = [.. task.AssigneeIds.Distinct()];
        var wanted = task.AssigneeIds;
        var students = await change.Db.Set<Student>().Where(s => wanted.Contains(s.Id)).Select(s => new { s.Id, s.FullName, s.UserId }).ToListAsync(cancel);
        var names = students.ToDictionary(s => s.Id, s => s.FullName);
        if (change.Kind != ChangeKind.Create)
        {
            foreach (var (id, name) in before.Zip(change.Original(t => t.AssigneeNames)!))
            {
                names.TryAdd(id, name);
            }
        }

        if (wanted.Exists(id => !names.ContainsKey(id)))
        {
            return Refusals.NotFound.On("assigneeIds", "There is no such student here.");
        }

        task.AssigneeNames = wanted.ConvertAll(id => names[id]);
        TaskNotices.Assign(change, students.Where(s => !before.Contains(s.Id)).Select(s => s.UserId).OfType<Guid>());
        return null;
    }

    private static async Task<Refusal?> EnterStatusAsync(RecordChange<ProjectTask, TaskInput> change, CancellationToken cancel)
    {
        var task = change.Entity;
        var isNew = change.Kind == ChangeKind.Create;
        if (task.StatusId == Guid.Empty)
        {
            task.StatusId = isNew ? await change.Db.Set<WorkStatus>().Where(s => s.IsDefault).Select(s => s.Id).FirstOrDefaultAsync(cancel) : change.Original(t => t.StatusId);
            if (task.StatusId == Guid.Empty)
            {
                return NoStatus;
            }
        }

        if (!change.Changes(t => t.StatusId))
        {
            return null;
        }

        var status = await change.Db.Set<WorkStatus>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == task.StatusId, cancel);
        if (status is null)
        {
            return Refusals.NotFound.On("statusId", "There is no such status here.");
        }

        task.DoneAt = status.IsDone ? task.DoneAt ?? change.Now : null;
        task.Completion = status.IsDone ? 100 : task.Completion;
        task.RetakeCount += status.IsRetake && !isNew ? 1 : 0;
        if (!isNew)
        {
            change.Describe("move_task");
        }

        return null;
    }
}
