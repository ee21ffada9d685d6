using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary><c>POST /milestones/{id}/reschedule</c>: dragged to another day.</summary>
internal static class RescheduleMilestone
{
    public sealed record Request
    {
        [Required]
        public DateOnly? Date { get; init; }
    }

    public static void Map(RouteGroupBuilder milestones) => milestones.Post("/{id:guid}/reschedule", Handle).WithName("rescheduleMilestone")
        .Requires(ProductionPages.Schedule, Level.Write).AcceptsVersion().WithSummary("Moves a milestone to another day.");

    private static async Task<Results<Ok<MilestoneRow>, Refused>> Handle(Guid id, Request request, HttpContext http, Milestones milestones, CancellationToken cancel) =>
        Milestones.Answer(http.Response, await milestones.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            milestone =>
            {
                milestone.Date = request.Date!.Value;
                return null;
            },
            reason: null,
            cancel));
}
