using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Kernel.Collaboration;

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

    [Personal]
    public required string Body { get; set; }

    /// <summary>Users the comment addresses.</summary>
    public List<Guid> Mentions { get; set; } = [];

    [Derived]
    public DateTimeOffset? EditedAt { get; set; }

    protected internal override RecordRef? PartOf => new(RecordKind, RecordId);
}

internal sealed class CommentMapping : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> builder) => builder.References<Comment, User>(nameof(Comment.AuthorId));
}
