using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Changes;

/// <summary>Who reads the audit trail leaves a trace in it: of opening it once an hour, of each export.</summary>
internal sealed class AuditReading(PlatformDb db, TimeProvider clock)
{
    private static readonly TimeSpan Once = TimeSpan.FromHours(1);

    /// <summary>Notes that the person opened the audit trail, unless that is noted for this hour already. Turning pages writes nothing.</summary>
    public async Task OpenedAsync(HttpContext http, CancellationToken cancel)
    {
        var reader = http.CurrentUser().Self;
        var since = clock.GetUtcNow() - Once;
        var noted = db.Changes.Where(c => c.ActorId == reader.UserId && c.Action == "view_audit" && c.At > since);
        if (await noted.AnyAsync(cancel))
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"view_audit:" + db.TenantId + reader.UserId}, 0))", cancel);
        if (!await noted.AnyAsync(cancel))
        {
            await NoteAsync(reader, http, new Change { Action = "view_audit", Target = "audit" }, cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    /// <summary>Notes an export before its first row leaves. What was searched for is left out: it may be a person's name.</summary>
    public Task ExportedAsync(HttpContext http, string format, CancellationToken cancel)
    {
        var filters = http.Request.Query.Where(p => p.Key is not "format")
            .ToDictionary(p => p.Key, p => p.Key == "search" ? "•••" : p.Value.ToString(), StringComparer.Ordinal);
        var after = JsonSerializer.Serialize(new { Format = format, Filters = filters }, PlatformJson.Options);
        return NoteAsync(http.CurrentUser().Self, http, new Change { Action = "export_data", Target = "audit", After = after }, cancel);
    }

    /// <summary>In the name of the person at the keyboard, also while they look through somebody else's eyes.</summary>
    private async Task NoteAsync(CurrentUser reader, HttpContext http, Change change, CancellationToken cancel)
    {
        db.EnterKeeping(reader.Scope(Refused.TraceIdOf(http), guarded: false));
        db.Note(change);
        await db.SaveChangesAsync(cancel);
    }
}
