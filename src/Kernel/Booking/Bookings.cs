using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Booking;

/// <summary>Somebody or something that can be busy.</summary>
public sealed record BookedResource(string Kind, Guid Id, string Name);

/// <summary>A booking in the way.</summary>
/// <param name="Resource">Kind of resource.</param>
/// <param name="Label">Who or what is busy.</param>
/// <param name="Title">With what; null where the caller may not see it.</param>
public sealed record BookingConflict(string Resource, string Label, string? Title, DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// Who or what is busy when, for every module alike. Bookings of a tenant are made one after the other, so each reads what is in
/// its way; the database's exclusion constraint refuses an overlap whoever writes it.
/// </summary>
public static class Bookings
{
    /// <summary>Constraint that refuses an overlap.</summary>
    public const string OverlapConstraint = "ex_booking_overlap";

    private static readonly TimeSpan Raster = TimeSpan.FromMinutes(15);

    /// <summary>The refusal for an overlap that only the database saw.</summary>
    public static readonly Refusal Taken = new(409, "booking_conflict", "Somebody took this time at the same moment.");

    /// <summary>Releases what the subject held and takes the new time; call it in the transaction that saves the subject.</summary>
    /// <param name="db">In the tenant's scope, in a transaction.</param>
    /// <param name="subjectKind">What takes the time: <c>interview</c>.</param>
    /// <param name="subjectId">Its id.</param>
    /// <param name="title">What others read of it.</param>
    /// <param name="start">First instant taken.</param>
    /// <param name="duration">Positive.</param>
    /// <param name="resources">All of them are taken.</param>
    /// <param name="allowOverlap">Books although somebody is busy.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <param name="buffer">Pause that everybody needs afterwards, in whole minutes.</param>
    /// <returns>What is in the way; nothing was booked then, unless overlaps are allowed.</returns>
    public static async Task<IReadOnlyList<BookingConflict>> ReplaceAsync(
        PlatformDb db, string subjectKind, Guid subjectId, string title, DateTimeOffset start, TimeSpan duration, IReadOnlyList<BookedResource> resources, bool allowOverlap, CancellationToken cancel,
        TimeSpan buffer = default)
    {
        // One after the other: whoever comes second reads who was first. Two inserts that met in the constraint might deadlock instead.
        await db.WaitTurnAsync("booking", cancel);
        await ReleaseAsync(db, subjectKind, subjectId, cancel);
        var conflicts = await ConflictsAsync(db, start, duration, resources, null, cancel, buffer);
        if (conflicts.Count > 0 && !allowOverlap)
        {
            return conflicts;
        }

        db.AddRange(resources.DistinctBy(r => (r.Kind, r.Id)).Select(resource => new BookedPeriod
        {
            TenantId = db.TenantId,
            ResourceKind = resource.Kind,
            ResourceId = resource.Id,
            ResourceName = resource.Name,
            Period = PeriodOf(start, duration + buffer),
            BufferMinutes = (int)buffer.TotalMinutes,
            SubjectKind = subjectKind,
            SubjectId = subjectId,
            SubjectTitle = title,
            Exclusive = conflicts.Count == 0,
        }));
        return conflicts;
    }

    public static Task ReleaseAsync(PlatformDb db, string subjectKind, Guid subjectId, CancellationToken cancel) =>
        db.Set<BookedPeriod>().Where(b => b.SubjectKind == subjectKind && b.SubjectId == subjectId).ExecuteDeleteAsync(cancel);

    /// <summary>Calls resources by another name, in what is booked already too.</summary>
    public static Task RenameResourcesAsync(PlatformDb db, string kind, IReadOnlyCollection<Guid> ids, string name, CancellationToken cancel) =>
        db.Set<BookedPeriod>().Where(b => b.ResourceKind == kind && ids.Contains(b.ResourceId)).ExecuteUpdateAsync(b => b.SetProperty(x => x.ResourceName, name), cancel);

    /// <summary>Calls what takes the time by another name.</summary>
    public static Task RenameSubjectsAsync(PlatformDb db, string kind, IReadOnlyCollection<Guid> ids, string title, CancellationToken cancel) =>
        db.Set<BookedPeriod>().Where(b => b.SubjectKind == kind && ids.Contains(b.SubjectId)).ExecuteUpdateAsync(b => b.SetProperty(x => x.SubjectTitle, title), cancel);

    /// <param name="db">In the tenant's scope.</param>
    /// <param name="start">First instant wanted.</param>
    /// <param name="duration">Positive.</param>
    /// <param name="resources">All of them are wanted.</param>
    /// <param name="exceptSubject">Subject that does not conflict with itself.</param>
    /// <param name="cancel">Ends the query.</param>
    /// <param name="buffer">Pause that everybody needs afterwards.</param>
    public static async Task<IReadOnlyList<BookingConflict>> ConflictsAsync(
        PlatformDb db, DateTimeOffset start, TimeSpan duration, IReadOnlyList<BookedResource> resources, Guid? exceptSubject, CancellationToken cancel, TimeSpan buffer = default)
    {
        var wanted = PeriodOf(start, duration + buffer);
        var ids = resources.Select(r => r.Id).ToArray();
        var busy = await db.Set<BookedPeriod>().AsNoTracking()
            .Where(b => ids.Contains(b.ResourceId) && b.Period.Overlaps(wanted) && b.SubjectId != exceptSubject).ToListAsync(cancel);
        return
        [
            .. busy.Where(b => resources.Any(r => r.Kind == b.ResourceKind && r.Id == b.ResourceId)).OrderBy(b => b.Period.LowerBound)
                .Select(b => new BookingConflict(b.ResourceKind, b.ResourceName, b.SubjectTitle, new DateTimeOffset(b.Period.LowerBound, TimeSpan.Zero), new DateTimeOffset(b.Period.UpperBound.AddMinutes(-b.BufferMinutes), TimeSpan.Zero))),
        ];
    }

    /// <summary>The next starts, on the quarter hour and between 08:00 and 18:00 on working days of <paramref name="zone"/>, at which all resources are free.</summary>
    public static async Task<IReadOnlyList<DateTimeOffset>> SuggestAsync(
        PlatformDb db, DateTimeOffset notBefore, TimeSpan duration, IReadOnlyList<BookedResource> resources, Guid? exceptSubject, TimeZoneInfo zone, int count, CancellationToken cancel, TimeSpan buffer = default)
    {
        var horizon = TimeSpan.FromDays(14);
        var ids = resources.Select(r => r.Id).ToArray();
        var window = PeriodOf(notBefore, horizon);
        var busy = await db.Set<BookedPeriod>().AsNoTracking()
            .Where(b => ids.Contains(b.ResourceId) && b.Period.Overlaps(window) && b.SubjectId != exceptSubject)
            .Select(b => b.Period).ToListAsync(cancel);
        var first = new DateTimeOffset((notBefore.UtcTicks + Raster.Ticks - 1) / Raster.Ticks * Raster.Ticks, TimeSpan.Zero);
        var free = new List<DateTimeOffset>();
        for (var start = first; start < notBefore + horizon && free.Count < count; start += Raster)
        {
            var end = (start + duration + buffer).UtcDateTime;
            if (IsWorkingTime(start, duration, zone) && !busy.Exists(b => b.LowerBound < end && b.UpperBound > start.UtcDateTime))
            {
                free.Add(start);
            }
        }

        return free;
    }

    private static bool IsWorkingTime(DateTimeOffset start, TimeSpan duration, TimeZoneInfo zone)
    {
        var from = TimeZoneInfo.ConvertTime(start, zone);
        var to = TimeZoneInfo.ConvertTime(start + duration, zone);
        return from.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && from.TimeOfDay >= TimeSpan.FromHours(8)
            && to.Date == from.Date && to.TimeOfDay <= TimeSpan.FromHours(18);
    }

    private static NpgsqlRange<DateTime> PeriodOf(DateTimeOffset start, TimeSpan duration) => new(start.UtcDateTime, true, (start + duration).UtcDateTime, false);
}
