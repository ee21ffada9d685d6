using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary><c>POST /tasks/{id}/reschedule</c>: a bar dragged on the timeline, as long as it was.</summary>
internal static class RescheduleTask
{
    public sealed record Request
    {
        [Required]
        public DateOnly? Start { get; init; }

        /// <summary>The new last day; absent: the task keeps its length.</summary>
        public DateOnly? Due { get; init; }
    }

    public static void Map(RouteGroupBuilder tasks) => tasks.Post("/{id:guid}/reschedule", Handle).WithName("rescheduleTask")
        .Requires(ProductionPages.Schedule, Level.Write).AcceptsVersion().WithSummary("Moves a task to other days.");

    private static async Task<Results<Ok<TaskRow>, Refused>> Handle(Guid id, Request request, HttpContext http, Tasks tasks, CancellationToken cancel) =>
        Tasks.Answer(http.Response, await tasks.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            task =>
            {
                var start = request.Start!.Value;
                task.Due = request.Due ?? ProjectDates.LastDay(new StageDates(task.Start ?? task.Due, task.Due), start) ?? start;
                task.Start = start;
                return null;
            },
            reason: null,
            cancel));
}
