using System.ComponentModel.DataAnnotations;

namespace Tessera.Kernel.Exchange;

/// <summary>Settings <c>Tessera:Exchange</c>.</summary>
public sealed record ExchangeOptions
{
    /// <summary>Most rows of one import.</summary>
    [Range(1, 5_000_000)]
    public int MaxRows { get; init; } = 200_000;

    /// <summary>Greatest upload, in bytes.</summary>
    [Range(1_024, 2_000_000_000)]
    public long MaxFileBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most columns of one file.</summary>
    [Range(1, 16_384)]
    public int MaxColumns { get; init; } = 500;

    /// <summary>What so many rows or fewer need is done while the caller waits; more goes to the background.</summary>
    [Range(0, 1_000_000)]
    public int InlineRows { get; init; } = 5_000;

    /// <summary>So long a file that was exported or uploaded is kept.</summary>
    [Range(1, 365)]
    public int KeepDays { get; init; } = 7;
}
