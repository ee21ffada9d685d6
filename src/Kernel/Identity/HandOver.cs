using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Access;
using Tessera.Kernel.Database;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Identity;

/// <summary><c>POST /users/{id}/hand-over</c>: gives a person's planned work and records to somebody else, before they leave.</summary>
internal static class HandOver
{
    public sealed record Request(Guid ToUserId);

    public static void Map(RouteGroupBuilder users)
    {
        users.Post("/{id:guid}/hand-over", Handle).WithName("handOverUser").Requires(KernelPages.UserManagement, Level.Write).WithSummary("Gives a person's open work to somebody else.");
        users.Get("/{id:guid}/commitments", List).WithName("listUserCommitments").Requires(KernelPages.UserManagement, Level.Read).WithSummary("What would be left without this person.");
    }

    private static async Task<Results<Ok<ItemList<Commitment>>, Refused>> List(
        Guid id, PlatformDb db, IEnumerable<IUserDeparture> modules, TimeProvider clock, CancellationToken cancel)
    {
        if (!await db.Set<User>().AnyAsync(u => u.Id == id, cancel))
        {
            return new Refused(Refusals.NotFound);
        }

        var open = new List<Commitment>();
        foreach (var module in modules)
        {
            open.AddRange(await module.CommitmentsAsync(db, id, clock.GetUtcNow(), cancel));
        }

        return TypedResults.Ok(new ItemList<Commitment>(open));
    }

    private static async Task<Results<NoContent, Refused>> Handle(
        Guid id, Request request, PlatformDb db, IEnumerable<IUserDeparture> modules, TimeProvider clock, CancellationToken cancel)
    {
        var successor = await db.Set<User>().FirstOrDefaultAsync(u => u.Id == request.ToUserId && u.Active, cancel);
        if (!await db.Set<User>().AnyAsync(u => u.Id == id, cancel) || successor is null)
        {
            return new Refused(Refusals.NotFound);
        }

        if (successor.Id == id)
        {
            return new Refused(Refusals.Invalid("toUserId", "Choose somebody else."));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var module in modules)
        {
            if (await module.HandOverAsync(db, id, successor, clock.GetUtcNow(), cancel) is { } refusal)
            {
                return new Refused(refusal);
            }
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.NoContent();
    }
}
