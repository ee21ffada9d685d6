using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Recruiting;

/// <summary>Two records of one person became one; kept so that it can be undone.</summary>
internal sealed class CandidateMerge : TenantRecord
{
    /// <summary>So long a merge can be undone.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromDays(30);

    /// <summary>The record that stayed.</summary>
    public Guid TargetId { get; set; }

    public Candidate? Target { get; init; }

    /// <summary>The record that went to the trash.</summary>
    public Guid DuplicateId { get; set; }

    [Personal]
    public required string DuplicateName { get; set; }

    [Derived]
    public required string MergedByName { get; set; }

    /// <summary>JSON of <see cref="MergeSteps"/>.</summary>
    [Derived]
    public string Steps { get; set; } = "{}";

    public DateTimeOffset? UndoneAt { get; set; }

    protected override string? Caption => DuplicateName;
}

/// <summary>What a merge did, in a form that can be taken back.</summary>
internal sealed record MergeSteps
{
    public IReadOnlyList<MergedField> Fields { get; init; } = [];

    public IReadOnlyList<MovedRecord> Interviews { get; init; } = [];

    public IReadOnlyList<MovedRecord> Calls { get; init; } = [];

    public static MergeSteps Of(CandidateMerge merge) => JsonSerializer.Deserialize<MergeSteps>(merge.Steps, PlatformJson.Options)!;

    public override string ToString() => JsonSerializer.Serialize(this, PlatformJson.Options);
}

/// <summary>A field of the target, before and after.</summary>
internal sealed record MergedField(string Field, JsonNode? Before, JsonNode? After);

/// <summary>An interview or a call that changed its candidate, and the version it had then: a higher one was edited since.</summary>
internal sealed record MovedRecord(Guid Id, int Version);

internal sealed class CandidateMergeMapping : IEntityTypeConfiguration<CandidateMerge>
{
    public void Configure(EntityTypeBuilder<CandidateMerge> builder)
    {
        builder.Property(m => m.Steps).HasColumnType("jsonb");
        builder.References(m => m.Target, nameof(CandidateMerge.TargetId));
        builder.References<CandidateMerge, Candidate>(nameof(CandidateMerge.DuplicateId));
    }
}
