using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Notifications;

/// <summary>What people are told.</summary>
/// <param name="Title">A sentence without times: people read them by their own clocks.</param>
/// <param name="Key">What it tells: <c>interview:{id}:assigned:{version}</c>. The same person is told the same key once.</param>
public sealed record Notice(string Title, string Key)
{
    private const int MostTitle = 300;

    private const int MostBody = 500;

    public string Title { get; init => field = Shorten(value, MostTitle); } = Shorten(Title, MostTitle);

    /// <summary>More of it; what is beyond 500 characters is left out.</summary>
    public string? Body { get; init => field = Excerpt(value); }

    /// <summary>The instant it is about.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The record it leads to. Who may not read that when they look is not shown the notice.</summary>
    public RecordRef? Record { get; init; }

    /// <summary>
    /// It tells that the record goes to the trash: shown all the same, to whoever may open the noun's page, and leading nowhere. It tells
    /// only people whose record it was.
    /// </summary>
    public bool RecordGoes { get; init; }

    /// <summary>The job it leads to.</summary>
    public Guid? JobId { get; init; }

    /// <summary>As much of a text as a notice holds; null where there is none.</summary>
    internal static string? Excerpt(string? text) => string.IsNullOrEmpty(text) ? null : Shorten(text, MostBody);

    private static string Shorten(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1), "…");
}

/// <summary>How people are told something.</summary>
public static class Notifying
{
    /// <summary>
    /// Tells people with the next save of the context, in its transaction: both are there or neither. Nobody is told what they did
    /// themselves, what they switched off, or, once they are deactivated, anything.
    /// </summary>
    /// <param name="db">In the scope of whoever does it.</param>
    /// <param name="kind">A declared kind.</param>
    /// <param name="people">Ids of users.</param>
    /// <param name="notice">What they are told.</param>
    public static void Notify(this PlatformDb db, NotificationKind kind, IEnumerable<Guid> people, Notice notice)
    {
        var at = (db.Scope.At ?? db.Clock.GetUtcNow()).ToMicroseconds();
        foreach (var person in people.Distinct().Where(person => person != db.Scope.ActorId))
        {
            db.Add(new Notification
            {
                TenantId = db.TenantId,
                Id = RecordIds.Next(),
                UserId = person,
                Kind = kind.Key,
                OnByDefault = kind.OnByDefault,
                Title = notice.Title,
                Body = notice.Body,
                AboutAt = notice.At?.ToUniversalTime(),
                ActorName = db.Scope.ActorId is null ? null : db.Scope.ActorName,
                Page = kind.Page?.Key,
                RecordKind = notice.Record?.Kind,
                RecordId = notice.Record?.Id,
                ShownInTrash = notice.RecordGoes,
                JobId = notice.JobId,
                Key = notice.Key,
                CreatedAt = at,
            });
        }
    }

    /// <summary>Has everybody in the tenant read what they were told until then, for data that tells a past.</summary>
    public static Task ReadNotificationsAsync(this PlatformDb db, DateTimeOffset until, CancellationToken cancel) =>
        db.Set<Notification>().Where(n => n.CreatedAt <= until && n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, n => n.CreatedAt), cancel);
}
