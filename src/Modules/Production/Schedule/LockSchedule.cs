using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary><c>POST /schedule-versions/{id}/lock</c>: the draft is agreed; nothing in it moves any more.</summary>
internal static class LockSchedule
{
    public static void Map(RouteGroupBuilder versions) => versions.Post("/{id:guid}/lock", Handle).WithName("lockSchedule")
        .Requires(ProductionPages.Schedule, Level.Write).AcceptsVersion().WithSummary("Agrees on a draft: its dates move no more.");

    private static async Task<Results<Ok<ScheduleVersionRow>, Refused>> Handle(Guid id, HttpContext http, ScheduleVersions versions, CancellationToken cancel) =>
        ScheduleVersions.Answer(http.Response, await versions.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            version =>
            {
                if (version.Status != ScheduleStatus.Draft)
                {
                    return ScheduleVersions.NotADraft;
                }

                version.Status = ScheduleStatus.Locked;
                return null;
            },
            reason: null,
            cancel));
}
