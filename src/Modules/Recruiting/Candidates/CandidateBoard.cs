using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary><c>GET /candidates/board</c>: all stages with their counts and first candidates, with the list's own search, filters and sort.</summary>
internal static class CandidateBoard
{
    public static void Map(RouteGroupBuilder candidates) => candidates.Get("/board", Handle).WithName("getCandidateBoard")
        .Requires(RecruitingPages.Candidates, Level.Read).WithSummary("The stages with their counts and first candidates.");

    private static async Task<Results<Ok<Board<CandidateRow>>, Refused>> Handle(HttpRequest request, Candidates candidates, PlatformDb db, CancellationToken cancel)
    {
        var (board, refusal) = await candidates.BoardAsync(db, request.Query, cancel);
        return board is null ? new Refused(refusal!) : TypedResults.Ok(board);
    }
}
