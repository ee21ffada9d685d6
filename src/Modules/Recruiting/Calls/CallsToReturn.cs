using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Jobs;
using Tessera.Kernel.Notifications;

namespace Tessera.Recruiting;

/// <summary>Tells who handles a missed call that matters when the time to return it is over.</summary>
internal sealed class CallsToReturn(Calls calls) : IDueWork
{
    public string Module => RecruitingModule.ModuleKey;

    public async Task RunAsync(PlatformDb db, DueSpan span, CancellationToken cancel)
    {
        var (after, until) = (span.After, span.Until);
        var due = await calls.Query(db).AsNoTracking()
            .Where(c => c.HandledById != null && c.FollowedUpAt == null && c.FollowUpAt > after && c.FollowUpAt <= until).ToListAsync(cancel);
        foreach (var call in due)
        {
            db.Notify(RecruitingNotifications.CallToReturn, [call.HandledById!.Value], new Notice($"{call.CallerName} waits to be called back", $"call:{call.Id}:return:{call.FollowUpAt!.Value.UtcTicks}")
            {
                At = call.OccurredAt,
                Record = RecordRef.To(call),
            });
        }

        await db.SaveChangesAsync(cancel);
    }
}
