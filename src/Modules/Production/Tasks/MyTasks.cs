using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary><c>GET /tasks/mine</c>: what the caller has to do, on all projects, the most urgent first.</summary>
internal static class MyTasks
{
    private const int Most = 500;

    public static void Map(RouteGroupBuilder tasks) => tasks.Get("/mine", Handle).WithName("listMyTasks")
        .Requires(ProductionPages.Schedule, Level.Read).WithSummary("Tasks the caller answers for or is assigned to as a student.");

    private static async Task<Ok<ItemList<TaskRow>>> Handle(HttpContext http, Tasks tasks, PlatformDb db, CancellationToken cancel, [FromQuery] bool done = false)
    {
        var mine = Of(db, tasks.Query(db), http.CurrentUser().UserId).Where(t => done ? t.DoneAt != null : t.DoneAt == null);
        return TypedResults.Ok(new ItemList<TaskRow>(await tasks.RowsAsync(db, mine.OrderBy(t => t.Due).ThenBy(t => t.Sort).ThenBy(t => t.Id).Take(Most), cancel)));
    }

    /// <summary>Those of the tasks that are somebody's.</summary>
    public static IQueryable<ProjectTask> Of(PlatformDb db, IQueryable<ProjectTask> tasks, Guid userId) => tasks
        .Where(t => t.ResponsibleUserId == userId || db.Set<Student>().Any(s => s.UserId == userId && t.AssigneeIds.Contains(s.Id)));
}
