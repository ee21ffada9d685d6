using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary>A person's secret address for their calendar program. Only the token's hash is kept.</summary>
internal sealed class CalendarFeed : TenantRecord
{
    public required Guid UserId { get; init; }

    /// <summary>SHA-256, 32 bytes.</summary>
    [Secret]
    public required byte[] TokenHash { get; set; }

    protected override Guid? ConcernsUser => UserId;
}

internal sealed class CalendarFeedMapping : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> builder)
    {
        builder.References<CalendarFeed, User>(nameof(CalendarFeed.UserId));
        builder.HasIndex(f => new { f.TenantId, f.UserId }).IsUnique().HasFilter("deleted_at is null").HasDatabaseName("ux_calendar_feed_user_id");
        builder.HasIndex(f => new { f.TenantId, f.TokenHash }).IsUnique().HasDatabaseName("ux_calendar_feed_token_hash");
    }
}

/// <param name="CreatedAt">When the address was last made; null when there is none.</param>
public sealed record CalendarFeedState(bool Exists, DateTimeOffset? CreatedAt);

/// <param name="Link">Shown this once; it cannot be read again.</param>
public sealed record NewCalendarFeed(string Link);

/// <summary><c>/calendar-feed</c>: a person's shoots and deliveries for any calendar program, by an address that can be changed or taken back.</summary>
internal static class CalendarFeeds
{
    public static void Map(RouteGroupBuilder module)
    {
        var feed = module.MapGroup("/calendar-feed").WithTags("calendar-feed");
        feed.Get("", Read).WithName("getCalendarFeed").Requires(ProductionPages.Schedule, Level.Read).WithSummary("Whether the caller has a calendar address.");
        feed.Post("", Renew).WithName("renewCalendarFeed").Requires(ProductionPages.Schedule, Level.Read).WithSummary("Makes the caller's calendar address; one they had before ends.");
        feed.Delete("", Revoke).WithName("revokeCalendarFeed").Requires(ProductionPages.Schedule, Level.Read).WithSummary("Takes the caller's calendar address back.");
        feed.Get("/{token}/calendar.ics", Open).WithName("openCalendarFeed").Produces<string>(contentType: "text/calendar")
            .OpenToEverybody("The address itself is the permission; calendar programs cannot sign in.").WithSummary("The calendar behind a secret address.");
    }

    private static async Task<Ok<CalendarFeedState>> Read(HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        var me = http.CurrentUser().UserId;
        var since = await db.Set<CalendarFeed>().Where(f => f.UserId == me).Select(f => (DateTimeOffset?)f.UpdatedAt).FirstOrDefaultAsync(cancel);
        return TypedResults.Ok(new CalendarFeedState(since is not null, since));
    }

    private static async Task<Results<Ok<NewCalendarFeed>, Refused>> Renew(HttpContext http, PlatformDb db, SecretLinks links, CancellationToken cancel)
    {
        var me = http.CurrentUser().UserId;
        var token = SecretLinks.NewToken(db.TenantId);
        var feed = await db.Set<CalendarFeed>().FirstOrDefaultAsync(f => f.UserId == me, cancel);
        if (feed is null)
        {
            feed = new CalendarFeed { UserId = me, TokenHash = Secrets.HashOf(token) };
            db.Add(feed);
        }

        feed.TokenHash = Secrets.HashOf(token);
        db.Describe(feed, "renew_calendar_feed");
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // Asked for twice at the same moment: one of the two has an address, and a further try replaces it.
            return new Refused(new Refusal(409, "duplicate_value", "Your calendar address has just been made. Try again for a new one."));
        }

        return TypedResults.Ok(new NewCalendarFeed(links.AddressOf(http, $"/api/v1/{ProductionModule.ModuleKey}/calendar-feed/{token}/calendar.ics")));
    }

    private static async Task<NoContent> Revoke(HttpContext http, PlatformDb db, CancellationToken cancel)
    {
        var me = http.CurrentUser().UserId;
        if (await db.Set<CalendarFeed>().FirstOrDefaultAsync(f => f.UserId == me, cancel) is { } feed)
        {
            db.Remove(feed);
            db.Describe(feed, "revoke_calendar_feed");
            await db.SaveChangesAsync(cancel);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<FileContentHttpResult, Refused>> Open(string token, PlatformDb db, SecretLinks links, CancellationToken cancel)
    {
        if (SecretLinks.TenantOf(token) is not { } tenantId)
        {
            return new Refused(Refusals.NotFound);
        }

        db.Enter(TenantScope.System(tenantId, "Calendar feed"));
        var hash = Secrets.HashOf(token);
        var userId = await db.Set<CalendarFeed>().Where(f => f.TokenHash == hash).Select(f => (Guid?)f.UserId).FirstOrDefaultAsync(cancel);

        // An address is as good as its owner: whoever leaves, or loses the page, loses it too.
        var holder = userId is null ? null : await links.HolderAsync(tenantId, userId.Value, cancel);
        if (holder?.Can(ProductionPages.Schedule, Level.Read) != true)
        {
            return new Refused(Refusals.NotFound);
        }

        db.EnterKeeping(db.Scope with { OwnRowsOf = holder.OwnRowsOf });
        return TypedResults.File(await WriteAsync(db, holder.UserId, cancel), CalendarFile.ContentType, "productions.ics");
    }

    private static async Task<byte[]> WriteAsync(PlatformDb db, Guid userId, CancellationToken cancel)
    {
        var projects = await db.Set<Project>().AsNoTracking()
            .Where(p => p.Status != ProjectStatus.Cancelled && (p.ShootDate != null || p.DeliveryDate != null))
            .Where(p => p.SupervisorUserId == userId || p.ProducerUserId == userId || p.Crew.Any(c => db.Set<Student>().Any(s => s.Id == c.StudentId && s.UserId == userId)))
            .OrderBy(p => p.ShootDate ?? p.DeliveryDate).ThenBy(p => p.Id).ToListAsync(cancel);
        var file = new CalendarFile("Production", name: "Shoots and deliveries");
        foreach (var project in projects)
        {
            foreach (var stage in (Stage[])[Stage.Shoot, Stage.Delivery])
            {
                if (ProjectStages.Of(project, stage) is { Date: { } first } dates)
                {
                    var what = stage == Stage.Shoot ? "Shoot" : "Delivery";
                    var note = stage == Stage.Shoot ? project.ShootNote : project.DeliveryNote;
                    file.Days(
                        new CalendarEvent($"{project.Id}-{what.ToLowerInvariant()}@tessera", project.Version, project.UpdatedAt, $"{what}: {project.Title}", note is null ? project.Code : $"{project.Code}\n{note}"),
                        first,
                        dates.Last!.Value);
                }
            }
        }

        return file.ToBytes();
    }
}
