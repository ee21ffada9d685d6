using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Collaboration;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;

namespace Tessera.Kernel.Notifications;

/// <summary>
/// What a person may read of what they were told, asked each time: who lost the page or the record meanwhile, to whom a row is no
/// longer their own, or whose record is in the trash, sees no title of it and counts none, unless that is what it tells.
/// </summary>
internal sealed class NotificationReading(IEnumerable<IRecordSet> nouns)
{
    /// <summary>More unread ones are not counted.</summary>
    public const int MostCounted = 100;

    private static readonly ParameterExpression Row = Expression.Parameter(typeof(Notification), "n");

    private readonly IReadOnlyList<(AttachableNoun Noun, Expression IsIts)> _nouns =
        [.. nouns.Select(noun => ((IAttachable)noun).Attachable).Select(noun => (noun, (Expression)Expression.Equal(RecordKind, Expression.Constant(noun.Kind))))];

    private readonly Dictionary<string, string> _words = nouns.DistinctBy(n => n.Target).ToDictionary(n => n.Target, n => n.Noun, StringComparer.Ordinal);

    private static MemberExpression RecordKind => Expression.Property(Row, nameof(Notification.RecordKind));

    public NotificationRow RowOf(Notification n) => new(
        n.Id, n.Kind, n.Title, n.Body, n.AboutAt, n.ActorName, n is { RecordId: { } id, ShownInTrash: false } ? new NotifiedRecord(_words[n.RecordKind!], id) : null, n.JobId, n.CreatedAt, n.ReadAt);

    public IQueryable<Notification> Of(PlatformDb db, CurrentUser user)
    {
        // Nobody reads what another person was told, not even looking through their eyes.
        var reader = user.SeenBy is null ? user.UserId : Guid.Empty;
        var pages = user.Levels.Where(page => page.Value >= Level.Read).Select(page => page.Key).ToArray();
        return db.Set<Notification>().AsNoTracking().Where(n => n.UserId == reader && (n.Page == null || pages.Contains(n.Page))).Where(RecordIsSeen(db, user));
    }

    public Task<int> UnreadAsync(PlatformDb db, CurrentUser user, CancellationToken cancel) =>
        Of(db, user).Where(n => n.ReadAt == null).Take(MostCounted).CountAsync(cancel);

    private Expression<Func<Notification, bool>> RecordIsSeen(PlatformDb db, CurrentUser user)
    {
        Expression seen = Expression.Equal(RecordKind, Expression.Constant(null, typeof(string)));
        var id = Expression.Property(Expression.Property(Row, nameof(Notification.RecordId)), nameof(Nullable<>.Value));
        var goes = Expression.Property(Row, nameof(Notification.ShownInTrash));
        foreach (var (noun, isIts) in _nouns.Where(n => user.Can(n.Noun.Page, Level.Read)))
        {
            seen = Expression.OrElse(seen, Expression.AndAlso(isIts, Expression.OrElse(goes, noun.IsSeen(db, id))));
        }

        return Expression.Lambda<Func<Notification, bool>>(seen, Row);
    }
}
