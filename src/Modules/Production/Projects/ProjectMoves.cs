using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary>The way of a project from idea to archive, and what each step does.</summary>
internal static class ProjectMoves
{
    /// <summary>Neither delivered nor given up: a date that passes makes it late.</summary>
    public static bool IsOpen(ProjectStatus status) => status is not (ProjectStatus.Delivered or ProjectStatus.Archived or ProjectStatus.Cancelled);

    /// <summary>Where a project can go from here.</summary>
    public static IReadOnlyList<ProjectStatus> AllowedFrom(ProjectStatus status, ProjectStatus? beforeHold) => status switch
    {
        ProjectStatus.Delivered => [ProjectStatus.Archived, ProjectStatus.PostProduction],
        ProjectStatus.OnHold => [beforeHold ?? ProjectStatus.Idea, ProjectStatus.Cancelled],
        ProjectStatus.Archived or ProjectStatus.Cancelled => [],
        _ => [status + 1, ProjectStatus.OnHold, ProjectStatus.Cancelled],
    };

    /// <summary>A new project, wherever it stands already.</summary>
    public static void Begin(RecordChange<Project, ProjectInput> change)
    {
        var project = change.Entity;
        project.StatusBeforeHold = project.Status == ProjectStatus.OnHold ? ProjectStatus.Idea : null;
        project.DeliveredAt = project.Status is ProjectStatus.Delivered or ProjectStatus.Archived ? change.Now : null;
    }

    public static Refusal? Check(RecordChange<Project, ProjectInput> change, DateOnly today)
    {
        var project = change.Entity;
        var from = change.Original(p => p.Status);
        var allowed = AllowedFrom(from, project.StatusBeforeHold);
        if (!allowed.Contains(project.Status))
        {
            return Refusals.MoveNotAllowed(Words.Of(from), Words.Of(project.Status), [.. allowed.Select(Words.Of)]);
        }

        if (from == ProjectStatus.Delivered && project.Status == ProjectStatus.PostProduction)
        {
            if (change.Reason is null)
            {
                return Refusals.ReasonRequired;
            }

            project.DeliveredAt = null;
            change.Describe("reopen_project");
            return null;
        }

        project.StatusBeforeHold = project.Status == ProjectStatus.OnHold ? from : null;
        if (from != ProjectStatus.OnHold)
        {
            FinishStages(project, today);
        }

        if (project.Status == ProjectStatus.Delivered)
        {
            project.DeliveredAt = change.Now;
        }

        change.Describe("move_project");
        return null;
    }

    /// <summary>Whoever goes on from a stage has finished it: that day is when it was really over, unless somebody said otherwise.</summary>
    private static void FinishStages(Project project, DateOnly today)
    {
        Stage[] over = project.Status switch
        {
            ProjectStatus.PostProduction => [Stage.Shoot],
            ProjectStatus.Delivered => [Stage.Shoot, Stage.Grade, Stage.Mix],
            _ => [],
        };
        foreach (var stage in over.Where(s => ProjectStages.Of(project, s).Date is not null && ProjectStages.DoneOn(project, s) is null))
        {
            ProjectStages.Finish(project, stage, today);
        }
    }
}
