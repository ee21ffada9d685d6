using System.ComponentModel.DataAnnotations;

namespace Tessera.Kernel.Notifications;

/// <summary>The record a notification leads to.</summary>
/// <param name="Noun">Plural word of its address, as live messages name it: <c>interviews</c>.</param>
public sealed record NotifiedRecord(string Noun, Guid Id);

/// <summary>Something the caller was told.</summary>
/// <param name="Kind">Key of its kind: <c>interview_reminder</c>.</param>
/// <param name="Title">A sentence without times.</param>
/// <param name="AboutAt">The instant it is about, where it is about one.</param>
/// <param name="ActorName">Who did it; null for the platform itself.</param>
/// <param name="Record">Where it leads; null where it leads to no record.</param>
/// <param name="JobId">The job it tells of.</param>
/// <param name="ReadAt">Null while it is unread.</param>
public sealed record NotificationRow(
    Guid Id, string Kind, string Title, string? Body, DateTimeOffset? AboutAt, string? ActorName, NotifiedRecord? Record, Guid? JobId, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);

/// <summary>Notifications, newest first.</summary>
/// <param name="Unread">How many the caller has not read, counted up to 100.</param>
/// <param name="NextBefore">Pass it as <c>before</c> to read older ones; null at the end.</param>
public sealed record NotificationList(IReadOnlyList<NotificationRow> Items, int Unread, Guid? NextBefore);

/// <param name="Unread">How many the caller has not read, counted up to 100.</param>
public sealed record UnreadNotifications(int Unread);

/// <summary>Whether a notification counts as read.</summary>
public sealed record NotificationMark
{
    [Required]
    public bool? Read { get; init; }
}

/// <summary>What is meant by all.</summary>
public sealed record ReadAllNotifications
{
    /// <summary>The newest the caller has seen; what came after it stays unread. Absent: all.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A kind of notification, as the caller chose.</summary>
/// <param name="Key">Word of the kind: <c>interview_reminder</c>.</param>
/// <param name="Description">When it comes, in one sentence.</param>
/// <param name="Module">Name of the module it comes from; null for the platform's own.</param>
/// <param name="Enabled">Whether the caller gets it.</param>
/// <param name="IsDefault">The caller never chose otherwise.</param>
public sealed record NotificationKindRow(string Key, string Name, string Description, string? Module, bool Enabled, bool IsDefault);

/// <summary>Whether the caller wants a kind of notification.</summary>
public sealed record NotificationWish
{
    [Required]
    public bool? Enabled { get; init; }
}
