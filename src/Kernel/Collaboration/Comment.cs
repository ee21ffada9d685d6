using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Collaboration;

/// <summary>One thing to do within a comment.</summary>
/// <param name="Id">Unique within its list.</param>
public sealed record ChecklistItem(Guid Id, string Text, bool Done);

/// <summary>A file of a comment; <c>POST /files/{id}/link</c> gives the download.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="ContentType">By content, not by name.</param>
public sealed record Attachment(Guid Id, string Name, long Size, string ContentType);

/// <summary>What somebody said about a record.</summary>
internal sealed class Comment : TenantRecord
{
    /// <summary>Word of the record's noun in the change feed: <c>candidate</c>.</summary>
    [Derived]
    public required string RecordKind { get; init; }

    [Derived]
    public required Guid RecordId { get; init; }

    [Derived]
    public required Guid AuthorId { get; init; }

    /// <summary>The author's name at that time.</summary>
    [Derived]
    public required string AuthorName { get; init; }

    /// <summary>First comment of the thread it belongs to; null when it is the first itself.</summary>
    [Derived]
    public Guid? ReplyToId { get; init; }

    [Personal]
    public required string Body { get; set; }

    /// <summary>Users the comment addresses.</summary>
    public List<Guid> Mentions { get; set; } = [];

    [Personal]
    public IReadOnlyList<ChecklistItem> Checklist { get; set; } = [];

    [Personal]
    public IReadOnlyList<Attachment> Attachments { get; set; } = [];

    /// <summary>Stands above the others; only a thread's first comment can.</summary>
    public bool Pinned { get; set; }

    /// <summary>Shows also where the record is shared with people outside.</summary>
    public bool ClientVisible { get; set; }

    [Derived]
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>What the record is called, for the change feed; whoever saves the comment says it.</summary>
    public string? RecordName { get; set; }

    protected internal override string? Caption => RecordName;

    protected internal override RecordRef? PartOf => new(RecordKind, RecordId);
}

internal sealed class CommentMapping : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.Ignore(c => c.RecordName);
        builder.References<Comment, User>(nameof(Comment.AuthorId));
        builder.References<Comment, Comment>(nameof(Comment.ReplyToId));
        AsJson(builder.Property(c => c.Checklist));
        AsJson(builder.Property(c => c.Attachments));
    }

    private static void AsJson<T>(PropertyBuilder<IReadOnlyList<T>> list) => list.HasColumnType("jsonb").HasConversion(
        items => JsonSerializer.Serialize(items, PlatformJson.Options),
        json => JsonSerializer.Deserialize<List<T>>(json, PlatformJson.Options)!,
        new ValueComparer<IReadOnlyList<T>>(
            (a, b) => a == null ? b == null : b != null && a.SequenceEqual(b),
            items => items.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
            items => items));
}
