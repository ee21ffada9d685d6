using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Jobs;

/// <summary>Why a job failed.</summary>
/// <param name="Code">Stable, as in a problem.</param>
public sealed record JobError(string Code, string Detail);

/// <summary>Background work, as the person who asked for it sees it.</summary>
/// <param name="Kind">For example <c>export</c>, <c>import</c>, <c>backup</c>, <c>restore</c>.</param>
/// <param name="Step">What is being done at the moment.</param>
/// <param name="Total">What <paramref name="Done"/> will be at the end; null while nobody knows.</param>
/// <param name="Result">What came of it; its shape is the kind's.</param>
/// <param name="IsInline">The request that asked for it waited for its end and answered with it: nobody need be told again.</param>
public sealed record JobRow(
    Guid Id, string Kind, string Title, JobStatus Status, string? Step, long Done, long? Total, JsonElement? Result, JobError? Error,
    ActorRef RequestedBy, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, bool IsInline)
{
    public static JobRow Of(Job job) => new(
        job.Id, job.Kind, job.Title, job.Status, job.Step, job.Done, job.Total, job.Result is null ? null : JsonSerializer.Deserialize<JsonElement>(job.Result),
        job.ErrorCode is null ? null : new JobError(job.ErrorCode, job.ErrorDetail ?? ""), new ActorRef(job.RequestedById, job.RequestedByName), job.CreatedAt, job.StartedAt, job.FinishedAt, job.IsInline);
}

/// <summary><c>/jobs</c>: each member sees what they asked for, administrators see all.</summary>
internal static class JobEndpoints
{
    private static readonly Refusal Ended = new(409, "job_ended", "It has ended already.");

    public static void Map(RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("jobs");
        jobs.Get("", List).WithName("listJobs").RequiresMember().WithSummary("Background work, newest first: one's own; administrators see all.");
        jobs.Get("/{id:guid}", Read).WithName("getJob").RequiresMember().WithSummary("How far a job has come, and what came of it.");
        jobs.Post("/{id:guid}/cancel", Cancel).WithName("cancelJob").RequiresMember().WithSummary("Ends a job at its next safe point.");
    }

    private static async Task<Results<Ok<RecordPage<JobRow>>, Refused>> List(
        HttpContext http, PlatformDb db, CancellationToken cancel, [FromQuery] string? status = null, [FromQuery, Range(1, 1_000)] int page = 1, [FromQuery, Range(1, 200)] int limit = 50)
    {
        var visible = db.Set<Job>().AsNoTracking().Where(Visible(http.CurrentUser()));
        if (status is not null)
        {
            if (!Words.TryParse<JobStatus>(status, out var wanted))
            {
                return new Refused(Refusals.Invalid("status", $"One of: {string.Join(", ", Words.All(typeof(JobStatus)))}."));
            }

            visible = visible.Where(j => j.Status == wanted);
        }

        return TypedResults.Ok(await Paging.PageAsync(visible.OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id), page, limit, JobRow.Of, cancel));
    }

    private static async Task<Results<Ok<JobRow>, Refused>> Read(Guid id, HttpContext http, PlatformDb db, CancellationToken cancel) =>
        await db.Set<Job>().AsNoTracking().Where(Visible(http.CurrentUser())).FirstOrDefaultAsync(j => j.Id == id, cancel) is { } job
            ? TypedResults.Ok(JobRow.Of(job)) : new Refused(Refusals.NotFound);

    private static async Task<Results<Ok<JobRow>, Refused>> Cancel(Guid id, HttpContext http, PlatformDb db, JobQueue queue, CancellationToken cancel)
    {
        var visible = db.Set<Job>().AsNoTracking().Where(Visible(http.CurrentUser())).Where(j => j.Id == id);
        if (!await visible.AnyAsync(cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        return await queue.CancelAsync(db, id, cancel) ? TypedResults.Ok(JobRow.Of(await visible.FirstAsync(cancel))) : new Refused(Ended);
    }

    private static Expression<Func<Job, bool>> Visible(CurrentUser user) => user.IsAdmin ? job => true : job => job.RequestedById == user.UserId;
}
