using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Changes;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Tenancy;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Collaboration;

/// <summary>A record as the holder of a link sees it.</summary>
/// <param name="Noun">Plural word in the address: <c>candidates</c>.</param>
/// <param name="Fields">The row; without what says something about people unless the link was made to show it.</param>
public sealed record SharedRecord(string TenantName, string Noun, string SharedBy, bool IncludesPersonal, DateTimeOffset ExpiresAt, JsonObject Fields);

/// <summary><c>GET /shared/{token}</c>: reading a record by its link.</summary>
internal static class OpenSharedRecord
{
    /// <summary>A link that is read often leaves one trace an hour, not a write for every reading.</summary>
    private static readonly TimeSpan TraceInterval = TimeSpan.FromHours(1);

    public static void Map(RouteGroupBuilder api) => api.Get("/shared/{token}", Handle).WithName("openSharedRecord").WithTags("shares")
        .OpenToEverybody("The link itself is the permission.").WithSummary("Reads a record by its link.");

    private static async Task<Results<Ok<SharedRecord>, Refused>> Handle(
        string token, PlatformDb db, IEnumerable<IRecordSet> nouns, Principals principals, TimeProvider clock, CancellationToken cancel)
    {
        if (TenantToken.TenantOf(token) is not { } tenantId)
        {
            return new Refused(Refusals.NotFound);
        }

        db.Enter(TenantScope.System(tenantId, "Shared link"));
        var (hash, now) = (Secrets.HashOf(token), clock.GetUtcNow().ToMicroseconds());
        var share = await db.Set<RecordShare>().AsNoTracking().FirstOrDefaultAsync(s => s.TokenHash == hash && s.ExpiresAt > now, cancel);
        var noun = nouns.OfType<IAttachable>().Select(n => n.Attachable).FirstOrDefault(n => n.Kind == share?.RecordKind);
        if (share is null || noun is null)
        {
            return new Refused(Refusals.NotFound);
        }

        // A link is as good as the person who made it: whoever leaves, or loses the page, takes their links along.
        var sharer = await principals.LoadMemberAsync(tenantId, share.SharedById, cancel);
        if (sharer?.Can(noun.Page, Level.Read) != true)
        {
            return new Refused(Refusals.NotFound);
        }

        db.EnterKeeping(db.Scope with { OwnRowsOf = sharer.OwnRowsOf });
        if (await noun.ReadAsync(db, share.RecordId) is not { } row)
        {
            return new Refused(Refusals.NotFound);
        }

        var tenantName = await db.Set<Tenant>().Where(t => t.Id == tenantId).Select(t => t.Name).FirstAsync(cancel);
        if (!(now - share.LastOpenedAt < TraceInterval))
        {
            await TraceAsync(db, share, now, cancel);
        }

        return TypedResults.Ok(new SharedRecord(tenantName, noun.Noun, share.SharedByName, share.IncludePersonal, share.ExpiresAt, Project(row, share.IncludePersonal ? null : noun.ImpersonalFields)));
    }

    private static JsonObject Project(object row, IReadOnlySet<string>? only)
    {
        var fields = (JsonObject)JsonSerializer.SerializeToNode(row, row.GetType(), PlatformJson.Options)!;
        foreach (var name in fields.Select(f => f.Key).Where(name => only?.Contains(name) == false).ToArray())
        {
            fields.Remove(name);
        }

        return fields;
    }

    private static async Task TraceAsync(PlatformDb db, RecordShare share, DateTimeOffset now, CancellationToken cancel)
    {
        var traced = await db.Set<RecordShare>().Where(s => s.Id == share.Id && (s.LastOpenedAt == null || s.LastOpenedAt <= now - TraceInterval))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.LastOpenedAt, now), cancel);
        if (traced > 0)
        {
            db.Note(new Change { Action = "open_share", Target = share.RecordKind, EntityId = share.RecordId, Label = share.SharedByName });
            await db.SaveChangesAsync(cancel);
        }
    }
}
