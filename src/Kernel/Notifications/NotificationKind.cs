using Tessera.Kernel.Access;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Notifications;

/// <summary>A kind of thing people are told, and can choose not to be.</summary>
/// <param name="Key">Stored and published word, unique in the product: <c>interview_reminder</c>.</param>
/// <param name="Name">What people read in their settings.</param>
/// <param name="Description">When it comes, in one sentence.</param>
/// <param name="Page">Only who may read it is offered the kind; null: everybody.</param>
/// <param name="OnByDefault">Whether people get it who never chose.</param>
public sealed record NotificationKind(string Key, string Name, string Description, Page? Page = null, bool OnByDefault = true);

/// <summary>What the kernel itself tells people.</summary>
public static class KernelNotifications
{
    public static readonly NotificationKind Mention = new("mention", "Mentions", "Somebody mentions you in a comment.");

    public static readonly NotificationKind Reply = new("comment_reply", "Replies", "Somebody answers a thread you have spoken in.");

    public static readonly NotificationKind JobEnded = new("job_ended", "Finished work", "An export, import, backup or restore you asked for is done, or failed.");

    public static readonly NotificationKind BackupFailed = new("backup_failed", "Failed backups", "The nightly backup failed.", KernelPages.Backup);

    public static readonly IReadOnlyList<NotificationKind> All = [Mention, Reply, JobEnded, BackupFailed];
}

/// <summary>The kinds of this build: the kernel's, then each module's.</summary>
internal sealed class NotificationKinds(IEnumerable<IModule> modules)
{
    private readonly IReadOnlyList<(NotificationKind Kind, IModule? Module)> _all =
        [.. KernelNotifications.All.Select(kind => (kind, (IModule?)null)), .. modules.SelectMany(m => m.NotificationKinds.Select(kind => (kind, (IModule?)m)))];

    /// <summary>Those that can reach this person, with the name of the module they come from.</summary>
    public IEnumerable<(NotificationKind Kind, string? Module)> Of(CurrentUser user) =>
        from one in _all
        where (one.Module is null || user.TenantModules.Contains(one.Module.Key)) && (one.Kind.Page is null || user.Can(one.Kind.Page, Level.Read))
        select (one.Kind, one.Module?.Name);
}
