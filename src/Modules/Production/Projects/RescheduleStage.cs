using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary><c>POST /projects/{id}/reschedule</c>: a stage dragged to another day, as long as it was.</summary>
internal static class RescheduleStage
{
    public sealed record Request
    {
        [Required]
        public Stage? Stage { get; init; }

        [Required]
        public DateOnly? Date { get; init; }

        /// <summary>The new last day; absent: the stage keeps its length.</summary>
        public DateOnly? EndDate { get; init; }
    }

    public static void Map(RouteGroupBuilder projects) => projects.Post("/{id:guid}/reschedule", Handle).WithName("rescheduleProjectStage")
        .Requires(ProductionPages.Projects, Level.Write).AcceptsVersion().WithSummary("Moves a stage to another day.");

    private static async Task<Results<Ok<ProjectRow>, Refused>> Handle(Guid id, Request request, HttpContext http, Projects projects, CancellationToken cancel) =>
        Projects.Answer(http.Response, await projects.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            project =>
            {
                var (stage, first) = (request.Stage!.Value, request.Date!.Value);
                ProjectStages.Plan(project, stage, new StageDates(first, request.EndDate ?? ProjectDates.LastDay(ProjectStages.Of(project, stage), first)));
                return null;
            },
            reason: null,
            cancel));
}
