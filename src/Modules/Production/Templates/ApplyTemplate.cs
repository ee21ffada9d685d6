using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <param name="Tasks">How many tasks were added.</param>
/// <param name="Milestones">How many milestones were added.</param>
/// <param name="Stages">Stages that had no date and have one now.</param>
public sealed record AppliedTemplate(ProjectRow Project, int Tasks, int Milestones, IReadOnlyList<Stage> Stages);

/// <summary><c>POST /projects/{id}/apply-template</c>: adds the template's tasks and milestones, and dates the stages that have none. All or nothing.</summary>
internal static class ApplyTemplate
{
    public sealed record Request
    {
        [Required]
        public Guid? TemplateId { get; init; }

        /// <summary>The first day, from which the template counts; the project's own start when absent.</summary>
        public DateOnly? StartDate { get; init; }
    }

    private static readonly Refusal NoStart = Refusals.Invalid("startDate", "Say from which day to count: the project has no start yet.");

    public static void Map(RouteGroupBuilder projects) => projects.Post("/{id:guid}/apply-template", Handle).WithName("applyProjectTemplate")
        .Requires(ProductionPages.Projects, Level.Write).AcceptsVersion().WithSummary("Plans a project from a template.");

    private static async Task<Results<Ok<AppliedTemplate>, Refused>> Handle(Guid id, Request request, HttpContext http, Projects projects, PlatformDb db, CancellationToken cancel)
    {
        if (!await db.Set<Project>().AnyAsync(p => p.Id == id, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        if (!await db.Set<ProjectTemplate>().AnyAsync(t => t.Id == request.TemplateId, cancel))
        {
            return new Refused(Refusals.NotFound.On("templateId", "There is no such template here."));
        }

        var steps = await db.Set<TemplateStep>().AsNoTracking().Where(s => s.TemplateId == request.TemplateId).OrderBy(s => s.Sort).ThenBy(s => s.Id).ToListAsync(cancel);
        var statusId = await db.Set<WorkStatus>().Where(s => s.IsDefault).Select(s => s.Id).FirstOrDefaultAsync(cancel);
        if (statusId == Guid.Empty && steps.Exists(s => s.Kind == TemplateStepKind.Task))
        {
            return new Refused(TaskRules.NoStatus);
        }

        var stages = new List<Stage>();
        var (row, refusal) = await projects.AlterAsync(http, id, VersionTag.Optional(http.Request), Plan, reason: null, cancel);
        return row is null
            ? new Refused(refusal!)
            : TypedResults.Ok(new AppliedTemplate(row, steps.Count(s => s.Kind == TemplateStepKind.Task), steps.Count(s => s.Kind == TemplateStepKind.Milestone), stages));

        Refusal? Plan(Project project)
        {
            if ((request.StartDate ?? project.StartDate) is not { } start)
            {
                return NoStart;
            }

            project.StartDate ??= start;
            db.Describe(project, "apply_template");
            foreach (var step in steps)
            {
                var (first, last) = (start.AddDays(step.OffsetDays), start.AddDays(step.OffsetDays + step.DurationDays - 1));
                switch (step.Kind)
                {
                    case TemplateStepKind.Task:
                        db.Add(new ProjectTask { ProjectId = id, Title = step.Name, TaskTypeId = step.TaskTypeId, StatusId = statusId, Start = first, Due = last, EstimateMin = step.EstimateMin, Sort = step.Sort });
                        break;
                    case TemplateStepKind.Milestone:
                        db.Add(new Milestone { ProjectId = id, Name = step.Name, Date = first });
                        break;
                    case TemplateStepKind.Stage when ProjectStages.Of(project, step.Stage!.Value).Date is null:
                        ProjectStages.Plan(project, step.Stage.Value, new StageDates(first, step.DurationDays > 1 ? last : null));
                        stages.Add(step.Stage.Value);
                        break;
                }
            }

            return null;
        }
    }
}
