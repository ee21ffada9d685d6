using System.ComponentModel.DataAnnotations;
using Tessera.Kernel.Database;
using Tessera.Kernel.Tenancy;

namespace Tessera.Recruiting;

/// <summary>What a workspace may choose about recruiting.</summary>
internal sealed record RecruitingSettings
{
    /// <summary>Pause between two interviews of one person. Counts for interviews that are booked or moved from now on.</summary>
    [Range(0, 60)]
    public int InterviewBufferMinutes { get; init; }

    /// <summary>A candidate becomes <c>interviewed</c> when their first interview is completed.</summary>
    public bool MoveToInterviewedOnCompletion { get; init; }

    internal TimeSpan InterviewBuffer => TimeSpan.FromMinutes(InterviewBufferMinutes);

    internal static Task<RecruitingSettings> ReadAsync(PlatformDb db, CancellationToken cancel) =>
        TenantSettings.ReadAsync<RecruitingSettings>(db, RecruitingModule.ModuleKey, cancel);
}
