using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary><c>GET /students/me</c>: the student the caller is, who need not have the students page for it.</summary>
internal static class ReadOwnStudent
{
    public static void Map(RouteGroupBuilder students) => students.Get("/me", Handle).WithName("getOwnStudent")
        .Requires(ProductionPages.Projects, Level.Read).WithSummary("The student the caller signs in as.");

    private static async Task<Results<Ok<StudentRow>, Refused>> Handle(HttpContext http, Students students, PlatformDb db, CancellationToken cancel)
    {
        var me = http.CurrentUser().UserId;
        return await students.RowsAsync(db, students.Query(db).Where(s => s.UserId == me), cancel) is [{ } row] ? TypedResults.Ok(row) : new Refused(Refusals.NotFound);
    }
}
