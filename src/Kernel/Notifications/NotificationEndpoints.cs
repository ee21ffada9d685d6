using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Notifications;

/// <summary><c>/notifications</c>: what the caller was told. Everybody reads their own.</summary>
internal static class NotificationEndpoints
{
    private const int MostAtOnce = 100;

    public static void Map(RouteGroupBuilder api)
    {
        var notifications = api.MapGroup("/notifications").WithTags("notifications");
        notifications.Get("", List).WithName("listNotifications").RequiresMember().WithSummary("What the caller was told, newest first, and how much of it is unread.");
        notifications.Get("/unread", Count).WithName("countUnreadNotifications").RequiresMember().WithSummary("How much the caller has not read.");
        notifications.Patch("/{id:guid}", Mark).WithName("markNotification").RequiresMember().WithSummary("Marks one as read or unread.");
        notifications.Post("/read-all", MarkAll).WithName("readAllNotifications").RequiresMember().WithSummary("Marks all as read.");
        NotificationChoices.Map(notifications);
    }

    private static async Task<Ok<NotificationList>> List(
        HttpContext http, PlatformDb db, NotificationReading reading, CancellationToken cancel, [FromQuery] bool unread = false, [FromQuery] Guid? before = null, [FromQuery, Range(1, MostAtOnce)] int limit = 30)
    {
        var user = http.CurrentUser();
        limit = Math.Clamp(limit, 1, MostAtOnce);
        var rows = reading.Of(db, user);
        if (unread)
        {
            rows = rows.Where(n => n.ReadAt == null);
        }

        if (before is { } last)
        {
            var at = db.Set<Notification>().Where(n => n.Id == last && n.UserId == user.UserId).Select(n => n.CreatedAt);
            rows = rows.Where(n => n.CreatedAt < at.First() || (n.CreatedAt == at.First() && n.Id.CompareTo(last) < 0));
        }

        var items = await rows.OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(limit).ToListAsync(cancel);
        return TypedResults.Ok(new NotificationList(
            items.ConvertAll(reading.RowOf), await reading.UnreadAsync(db, user, cancel), items.Count == limit ? items[^1].Id : null));
    }

    private static async Task<Ok<UnreadNotifications>> Count(HttpContext http, PlatformDb db, NotificationReading reading, CancellationToken cancel) =>
        TypedResults.Ok(new UnreadNotifications(await reading.UnreadAsync(db, http.CurrentUser(), cancel)));

    private static async Task<Results<Ok<UnreadNotifications>, Refused>> Mark(
        Guid id, NotificationMark mark, HttpContext http, PlatformDb db, NotificationReading reading, NotificationNews news, TimeProvider clock, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        DateTimeOffset? now = clock.GetUtcNow().ToMicroseconds();
        var own = db.Set<Notification>().Where(n => n.Id == id && n.UserId == user.UserId);
        var found = mark.Read!.Value
            ? await own.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, n => n.ReadAt ?? now), cancel)
            : await own.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, (DateTimeOffset?)null), cancel);
        return found == 0 ? new Refused(Refusals.NotFound) : TypedResults.Ok(await ToldAsync(user, db, reading, news, cancel));
    }

    private static async Task<Ok<UnreadNotifications>> MarkAll(
        ReadAllNotifications all, HttpContext http, PlatformDb db, NotificationReading reading, NotificationNews news, TimeProvider clock, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var now = clock.GetUtcNow().ToMicroseconds();
        var until = all.Until?.ToUniversalTime();
        await db.Set<Notification>().Where(n => n.UserId == user.UserId && n.ReadAt == null && (until == null || n.CreatedAt <= until))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancel);
        return TypedResults.Ok(await ToldAsync(user, db, reading, news, cancel));
    }

    private static async Task<UnreadNotifications> ToldAsync(CurrentUser user, PlatformDb db, NotificationReading reading, NotificationNews news, CancellationToken cancel)
    {
        news.Tell(user.TenantId, user.UserId);
        return new UnreadNotifications(await reading.UnreadAsync(db, user, cancel));
    }
}
