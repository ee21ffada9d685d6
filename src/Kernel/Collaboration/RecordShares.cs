using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Collaboration;

/// <summary>A link that is open.</summary>
/// <param name="LastOpenedAt">When somebody last read the record by it, to the hour.</param>
public sealed record ShareRow(Guid Id, PersonRef SharedBy, bool IncludePersonal, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastOpenedAt);

/// <summary>The answer to sharing a record.</summary>
/// <param name="Link">Shown this once; it cannot be read again.</param>
public sealed record NewShare(Guid Id, string Link, bool IncludePersonal, DateTimeOffset ExpiresAt);

/// <summary><c>/{noun}/{id}/shares</c>, for every noun: links for people without an account.</summary>
internal static class RecordShares
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    public sealed record Request
    {
        /// <summary>When the link ends; within a year.</summary>
        [Required]
        public DateTimeOffset? ExpiresAt { get; init; }

        /// <summary>Whether it shows what says something about people: names, addresses, notes.</summary>
        public bool IncludePersonal { get; init; }
    }

    public static void Map(RouteGroupBuilder records, AttachableNoun noun, string one)
    {
        records.Get("/{id:guid}/shares", (Guid id, PlatformDb db, TimeProvider clock, CancellationToken cancel) => List(noun, id, db, clock, cancel))
            .WithName($"list{one}Shares").Requires(noun.Page, Level.Read).WithSummary("Links by which it can be read from outside.");
        records.Post("/{id:guid}/shares", (Guid id, Request request, HttpContext http, PlatformDb db, PublicAddress address, TimeProvider clock, CancellationToken cancel) =>
            Share(noun, id, request, http, db, address, clock, cancel))
            .WithName($"share{one}").Requires(noun.Page, Level.Write).WithSummary("Makes a link by which it can be read from outside.");
        records.Delete("/{id:guid}/shares/{shareId:guid}", (Guid id, Guid shareId, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel) =>
            Revoke(noun, id, shareId, http, db, clock, cancel))
            .WithName($"revoke{one}Share").Requires(noun.Page, Level.Write).WithSummary("Takes a link back.");
    }

    private static async Task<Results<Ok<ItemList<ShareRow>>, Refused>> List(AttachableNoun noun, Guid id, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (!await noun.ExistsAsync(db, id, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        var now = clock.GetUtcNow();
        var open = await db.Set<RecordShare>().Where(s => s.RecordKind == noun.Kind && s.RecordId == id && s.ExpiresAt > now).OrderByDescending(s => s.Id).Take(200)
            .Select(s => new ShareRow(s.Id, new PersonRef(s.SharedById, s.SharedByName), s.IncludePersonal, s.CreatedAt, s.ExpiresAt, s.LastOpenedAt)).ToListAsync(cancel);
        return TypedResults.Ok(new ItemList<ShareRow>(open));
    }

    private static async Task<Results<Created<NewShare>, Refused>> Share(
        AttachableNoun noun, Guid id, Request request, HttpContext http, PlatformDb db, PublicAddress address, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (request.ExpiresAt is not { } expiresAt || expiresAt <= now || expiresAt > now + LongestLife)
        {
            return new Refused(Refusals.Invalid("expiresAt", "Choose a time to come, within a year."));
        }

        if (!await noun.ExistsAsync(db, id, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        var user = http.CurrentUser();
        var token = TenantToken.New(db.TenantId);
        var share = new RecordShare
        {
            RecordKind = noun.Kind,
            RecordId = id,
            TokenHash = Secrets.HashOf(token),
            SharedById = user.UserId,
            SharedByName = user.FullName,
            IncludePersonal = request.IncludePersonal,
            ExpiresAt = expiresAt,
        };
        db.Add(share);
        db.Describe(share, $"share_{noun.Kind}");
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created(
            $"{http.Request.Path}/{share.Id}", new NewShare(share.Id, address.Of(http, $"/shared/{token}"), share.IncludePersonal, share.ExpiresAt));
    }

    private static async Task<Results<NoContent, Refused>> Revoke(
        AttachableNoun noun, Guid id, Guid shareId, HttpContext http, PlatformDb db, TimeProvider clock, CancellationToken cancel)
    {
        // A record in the trash keeps its links, and they can be taken back; one that is not the caller's to see cannot be reached through them.
        if ((db.OwnRowsOf is not null && !await noun.ExistsAsync(db, id, cancel))
            || await db.Set<RecordShare>().FirstOrDefaultAsync(s => s.Id == shareId && s.RecordKind == noun.Kind && s.RecordId == id, cancel) is not { } share)
        {
            return new Refused(Refusals.NotFound);
        }

        share.DeletedAt = clock.GetUtcNow().ToMicroseconds();
        share.DeletedBy = http.CurrentUser().UserId;
        db.Describe(share, $"unshare_{noun.Kind}");
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Taken back by somebody else in the same moment.
            return new Refused(Refusals.NotFound);
        }

        return TypedResults.NoContent();
    }
}
