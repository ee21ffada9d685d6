using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary><c>POST /calls/{id}/follow-up</c>: the missed caller was called back.</summary>
internal static class FollowUpCall
{
    private static readonly Refusal NothingToReturn = new(409, "no_follow_up", "Nobody waits to be called back here.");

    public static void Map(RouteGroupBuilder calls) => calls.Post("/{id:guid}/follow-up", Handle).WithName("followUpCall")
        .Requires(RecruitingPages.Calls, Level.Write).AcceptsVersion().WithSummary("Notes that a missed call was returned.");

    private static async Task<Results<Ok<CallRow>, Refused>> Handle(Guid id, HttpContext http, Calls calls, TimeProvider clock, CancellationToken cancel) =>
        Calls.Answer(http.Response, await calls.AlterAsync(
            http,
            id,
            VersionTag.Optional(http.Request),
            call =>
            {
                if (call.FollowUpAt is null || call.FollowedUpAt is not null)
                {
                    return NothingToReturn;
                }

                call.FollowedUpAt = clock.GetUtcNow().ToMicroseconds();
                return null;
            },
            reason: null,
            cancel));
}
