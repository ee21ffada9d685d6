using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Collaboration;

/// <summary>A comment as people read it.</summary>
public record CommentRow
{
    public required Guid Id { get; init; }

    /// <summary>Empty when it was removed, or says all by its checklist or files.</summary>
    public required string Body { get; init; }

    public required PersonRef Author { get; init; }

    /// <summary>The people it addresses, as long as they are members.</summary>
    public required IReadOnlyList<PersonRef> Mentions { get; init; }

    public required IReadOnlyList<ChecklistItem> Checklist { get; init; }

    public required IReadOnlyList<Attachment> Attachments { get; init; }

    /// <summary>First comment of its thread; null when it is that itself.</summary>
    public required Guid? ReplyToId { get; init; }

    public required bool Pinned { get; init; }

    /// <summary>Shows also where the record is shared with people outside.</summary>
    public required bool ClientVisible { get; init; }

    /// <summary>Its author took it back; it stands here for the replies it has.</summary>
    public required bool Removed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its author last changed it; null when they never did.</summary>
    public required DateTimeOffset? EditedAt { get; init; }

    public required int Version { get; init; }
}

/// <summary>A comment and what was answered to it.</summary>
public sealed record CommentThread : CommentRow
{
    [JsonConstructor]
    public CommentThread()
    {
    }

    [SetsRequiredMembers]
    public CommentThread(CommentRow first, IReadOnlyList<CommentRow> replies) : base(first) => Replies = replies;

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<CommentRow> Replies { get; init; }
}

/// <summary>Threads, newest first.</summary>
/// <param name="Items">Without the pinned ones.</param>
/// <param name="Pinned">All pinned threads, newest first, with the first page; empty afterwards.</param>
/// <param name="NextBefore">Pass it as <c>before</c> to read older ones; null at the end.</param>
public sealed record CommentList(IReadOnlyList<CommentThread> Items, IReadOnlyList<CommentThread> Pinned, Guid? NextBefore);

/// <summary>One thing to do.</summary>
public sealed record ChecklistEntry
{
    /// <summary>Of the item that is kept; left out for a new one.</summary>
    public Guid? Id { get; init; }

    [Required, MaxLength(500)]
    public string Text { get; init; } = "";

    /// <summary>Left out, a kept item stays as it is and a new one is to be done.</summary>
    public bool? Done { get; init; }
}

/// <summary>What somebody says. A comment needs words, a checklist or files; when one is changed, what is left out stays.</summary>
public sealed record CommentInput
{
    public const int MostItems = 50;

    public const int MostAttachments = 10;

    [MaxLength(10_000)]
    public string Body { get; init; } = "";

    /// <summary>Ids of the people it addresses; they may read the record.</summary>
    [MaxLength(50)]
    public IReadOnlyList<Guid> Mentions { get; init; } = [];

    /// <summary>The comment it answers; an answer to an answer joins its thread.</summary>
    public Guid? ReplyToId { get; init; }

    [MaxLength(MostItems)]
    public IReadOnlyList<ChecklistEntry>? Checklist { get; init; }

    /// <summary>Ids of one's own uploads, and of files the comment has already.</summary>
    [MaxLength(MostAttachments)]
    public IReadOnlyList<Guid>? Attachments { get; init; }

    public bool? ClientVisible { get; init; }
}

/// <summary>What everybody who may change the record may do to a comment.</summary>
public sealed record CommentMarks
{
    public bool? Pinned { get; init; }

    /// <summary>Checklist items by id: done or not. The others stay as they are.</summary>
    [MaxLength(CommentInput.MostItems)]
    public IReadOnlyDictionary<Guid, bool>? Checked { get; init; }
}

/// <summary>How comments refuse.</summary>
internal static class CommentRefusals
{
    public static readonly Refusal NotYours = new(403, "not_yours", "Only its author changes or removes a comment.");

    public static readonly Refusal Empty = Refusals.Invalid("body", "Write something, or add a checklist or a file.");

    public static readonly Refusal UnknownPerson = Refusals.Invalid("mentions", "Somebody mentioned is no member of this workspace.");

    public static readonly Refusal UnknownReply = Refusals.Invalid("replyToId", "There is no such comment on this record.");

    public static readonly Refusal OtherThread = Refusals.Invalid("replyToId", "A comment stays in its thread.");

    public static readonly Refusal OnlyThreadsArePinned = Refusals.Invalid("pinned", "An answer cannot be pinned: pin the comment it answers.");

    public static readonly Refusal ThreadFull = new(409, "thread_full", "This thread is full: begin a new comment.");

    public static readonly Refusal TooManyPins = new(409, "too_many_pins", "Unpin another comment first.");

    public static Refusal CannotRead(IReadOnlyList<string> names) =>
        Refusals.Invalid("mentions", $"{string.Join(" and ", names)} may not open this record, so {(names.Count == 1 ? "is" : "are")} not told of it: take the @ away.");

    public static Refusal UnknownFile(int index) => Refusals.Invalid($"attachments[{index}]", "There is no such upload of yours: upload the file again.");

    public static Refusal RepeatedItem(int index) => Refusals.Invalid($"checklist[{index}].id", "Each item has an id of its own.");

    public static Refusal UnknownItem(Guid id) => Refusals.Invalid($"checked.{id}", "The checklist has no such item.");
}
