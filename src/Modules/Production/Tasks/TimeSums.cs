using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Production;

public sealed record DaySum(DateOnly Date, int Minutes);

/// <param name="Monday">The week's first day; a week at the turn of the year is one week.</param>
public sealed record WeekSum(DateOnly Monday, int Minutes);

public sealed record PersonSum(Guid? StudentId, Guid? UserId, string Name, int Minutes);

/// <summary>Minutes written down in a range; days, weeks and people each add up to the total.</summary>
public sealed record TimeSumsView(int Minutes, IReadOnlyList<DaySum> Days, IReadOnlyList<WeekSum> Weeks, IReadOnlyList<PersonSum> People);

/// <summary><c>GET /time-entries/sums</c>: time by day, week and person. Days are civil dates, so no zone moves a minute.</summary>
internal static class TimeSums
{
    private const int MaximumDays = 800;

    public static void Map(RouteGroupBuilder times) => times.Get("/sums", Handle).WithName("getTimeSums")
        .Requires(ProductionPages.Schedule, Level.Read).WithSummary("Minutes by day, week and person, both ends included.");

    private static async Task<Results<Ok<TimeSumsView>, Refused>> Handle(
        TimeEntries times, PlatformDb db, CancellationToken cancel,
        [FromQuery] DateOnly from, [FromQuery] DateOnly to, [FromQuery] Guid? projectId = null, [FromQuery] Guid? studentId = null, [FromQuery] Guid? userId = null)
    {
        if (to < from || to.DayNumber - from.DayNumber >= MaximumDays)
        {
            return new Refused(Refusals.Invalid("to", $"Not before 'from', and at most {MaximumDays} days."));
        }

        var sums = await times.Query(db)
            .Where(e => e.Date >= from && e.Date <= to && (projectId == null || e.ProjectId == projectId) && (studentId == null || e.StudentId == studentId) && (userId == null || e.UserId == userId))
            .GroupBy(e => new { e.Date, e.StudentId, e.UserId })
            .Select(g => new { g.Key.Date, g.Key.StudentId, g.Key.UserId, Name = g.Max(e => e.PersonName), Minutes = g.Sum(e => e.Minutes) })
            .ToListAsync(cancel);
        return TypedResults.Ok(new TimeSumsView(
            sums.Sum(s => s.Minutes),
            [.. sums.GroupBy(s => s.Date).OrderBy(g => g.Key).Select(g => new DaySum(g.Key, g.Sum(s => s.Minutes)))],
            [.. sums.GroupBy(s => MondayOf(s.Date)).OrderBy(g => g.Key).Select(g => new WeekSum(g.Key, g.Sum(s => s.Minutes)))],
            [.. sums.GroupBy(s => (s.StudentId, s.UserId)).Select(g => new PersonSum(g.Key.StudentId, g.Key.UserId, g.Last().Name ?? "", g.Sum(s => s.Minutes))).OrderByDescending(p => p.Minutes).ThenBy(p => p.Name, StringComparer.Ordinal)]));
    }

    private static DateOnly MondayOf(DateOnly day) => DateOnly.FromDayNumber(Math.Max(0, day.DayNumber - (((int)day.DayOfWeek + 6) % 7)));
}
