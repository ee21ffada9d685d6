using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary><c>POST /projects/{id}/move</c>: to another status, with a reason where the step needs one.</summary>
internal static class MoveProject
{
    public sealed record Request
    {
        [Required]
        public ProjectStatus? Status { get; init; }

        /// <summary>Needed to open a delivered project again.</summary>
        [MaxLength(1_000)]
        public string? Reason { get; init; }
    }

    public static void Map(RouteGroupBuilder projects) => projects.Post("/{id:guid}/move", Handle).WithName("moveProject")
        .Requires(ProductionPages.Projects, Level.Write).AcceptsVersion().WithSummary("Moves a project to another status.");

    private static async Task<Results<Ok<ProjectRow>, Refused>> Handle(Guid id, Request request, HttpContext http, Projects projects, CancellationToken cancel) =>
        Projects.Answer(http.Response, await projects.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            project =>
            {
                project.Status = request.Status!.Value;
                return null;
            },
            request.Reason,
            cancel));
}
