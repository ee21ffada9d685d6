using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Booking;
using Tessera.Kernel.Database;

namespace Tessera.Recruiting;

/// <summary>Interviews and calls on their way from one record of a person to the other.</summary>
internal static class CandidateRecords
{
    /// <summary>Gives all interviews and calls of a candidate, also those in the trash, to another; bookings go along.</summary>
    /// <returns>What moved, not saved yet, and the bookings in the way.</returns>
    public static async Task<(List<Interview> Interviews, List<Call> Calls, List<BookingConflict> Conflicts)> MoveAsync(
        PlatformDb db, Guid fromId, Guid toId, string action, CancellationToken cancel)
    {
        var interviews = await db.Set<Interview>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(i => i.CandidateId == fromId).ToListAsync(cancel);
        var calls = await db.Set<Call>().IgnoreQueryFilters(QueryFilters.WithTrash).Where(c => c.CandidateId == fromId).ToListAsync(cancel);
        return (interviews, calls, await MoveAsync(db, interviews, calls, toId, action, cancel));
    }

    /// <summary>Gives the loaded interviews and calls to another candidate.</summary>
    /// <returns>The bookings in the way.</returns>
    public static async Task<List<BookingConflict>> MoveAsync(
        PlatformDb db, IReadOnlyList<Interview> interviews, IReadOnlyList<Call> calls, Guid toId, string action, CancellationToken cancel)
    {
        var buffer = interviews.Count > 0 ? (await RecruitingSettings.ReadAsync(db, cancel)).InterviewBuffer : default;
        var conflicts = new List<BookingConflict>();
        foreach (var interview in interviews)
        {
            interview.CandidateId = toId;
            db.Describe(interview, reason: action);
            if (interview is { IsOpen: true, DeletedAt: null })
            {
                conflicts.AddRange(await InterviewRules.RebookAsync(db, interview, buffer, cancel));
            }
        }

        foreach (var call in calls)
        {
            call.CandidateId = toId;
            db.Describe(call, reason: action);
        }

        return conflicts;
    }
}
