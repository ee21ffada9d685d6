using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace Tessera.Kernel.Booking;

/// <summary>One resource taken for one half-open stretch of time, <c>[start, end)</c>.</summary>
public sealed class BookedPeriod
{
    public required Guid TenantId { get; init; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Kind of resource: <c>interviewer</c>, <c>candidate</c>, <c>room</c>.</summary>
    public required string ResourceKind { get; init; }

    public required Guid ResourceId { get; init; }

    public required string ResourceName { get; init; }

    /// <summary>UTC, the pause afterwards included.</summary>
    public required NpgsqlRange<DateTime> Period { get; init; }

    /// <summary>Length of the pause at the end of <see cref="Period"/>.</summary>
    public int BufferMinutes { get; init; }

    /// <summary>What takes it: <c>interview</c>.</summary>
    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }

    public required string SubjectTitle { get; init; }

    /// <summary>Two exclusive bookings of a resource cannot overlap; a knowing double booking is not exclusive.</summary>
    public required bool Exclusive { get; init; }
}

internal sealed class BookedPeriodMapping : IEntityTypeConfiguration<BookedPeriod>
{
    public void Configure(EntityTypeBuilder<BookedPeriod> builder)
    {
        builder.ToTable("booking", "kernel");
        builder.HasKey(b => new { b.TenantId, b.Id });
        builder.Property(b => b.Id).ValueGeneratedNever();
    }
}
