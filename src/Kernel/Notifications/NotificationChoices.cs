using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Notifications;

/// <summary><c>/notifications/kinds</c>: what the caller wants to be told.</summary>
internal static class NotificationChoices
{
    public static void Map(RouteGroupBuilder notifications)
    {
        notifications.Get("/kinds", List).WithName("listNotificationKinds").RequiresMember().WithSummary("What the caller can be told, and what of it they chose.");
        notifications.Put("/kinds/{kind}", Choose).WithName("chooseNotificationKind").RequiresMember().WithSummary("Switches a kind on or off for the caller, from now on.");
    }

    private static async Task<Ok<ItemList<NotificationKindRow>>> List(HttpContext http, PlatformDb db, NotificationKinds kinds, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        var chosen = await db.Set<NotificationChoice>().AsNoTracking().Where(c => c.UserId == user.UserId).ToDictionaryAsync(c => c.Kind, c => c.Enabled, cancel);
        return TypedResults.Ok(new ItemList<NotificationKindRow>(
            [.. kinds.Of(user).Select(one => RowOf(one.Kind, one.Module, chosen.TryGetValue(one.Kind.Key, out var enabled) ? enabled : one.Kind.OnByDefault))]));
    }

    private static async Task<Results<Ok<NotificationKindRow>, Refused>> Choose(
        string kind, NotificationWish wish, HttpContext http, PlatformDb db, NotificationKinds kinds, CancellationToken cancel)
    {
        var user = http.CurrentUser();
        if (kinds.Of(user).FirstOrDefault(one => one.Kind.Key == kind) is not { Kind: { } known } found)
        {
            return new Refused(Refusals.NotFound);
        }

        var enabled = wish.Enabled!.Value;
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into kernel.notification_choice (tenant_id, user_id, kind, enabled) values ({db.TenantId}, {user.UserId}, {known.Key}, {enabled})
             on conflict (tenant_id, user_id, kind) do update set enabled = excluded.enabled
             """,
            cancel);
        return TypedResults.Ok(RowOf(known, found.Module, enabled));
    }

    private static NotificationKindRow RowOf(NotificationKind kind, string? module, bool enabled) =>
        new(kind.Key, kind.Name, kind.Description, module, enabled, enabled == kind.OnByDefault);
}
